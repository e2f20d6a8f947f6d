/** Pictures of feed entries: Media RSS, enclosures, image links. */

import type { MediaNs } from 'feedsmith';
import type { StoryPhoto, StoryRendition } from '../../../stories/story.ts';
import { emptyPhoto } from '../../../stories/story.ts';
import { webUrl } from '../wire/identity.ts';
import { oneLine } from '../wire/plain-text.ts';

/** A picture by its address alone; null unless the type, where given, is an image's. */
export function pictureAt(href: string | undefined, type: string | undefined, base: string | null): StoryPhoto | null {
  const url = webUrl(href, base);
  const looksLikePicture = type
    ? type.startsWith('image')
    : /\.(?:jpe?g|png|webp|gif|avif)(?:[?#]|$)/iu.test(url ?? '');
  return url && looksLikePicture ? { ...emptyPhoto('INLINE'), renditions: [rendition(url, type ?? null)] } : null;
}

/** Media RSS contents (alone or in groups: one group, one picture) and thumbnails where there is nothing better. */
export function mediaPhotos(media: MediaNs.ItemOrFeed | undefined, base: string | null): StoryPhoto[] {
  if (!media) return [];
  const single = (media.contents ?? []).map((content) => photoOf([content], [content, media], base));
  const grouped = (media.groups ?? []).map((group) =>
    photoOf(group.contents ?? [], [group, ...(group.contents ?? []), media], base),
  );
  const photos = [...grouped, ...single].flatMap((photo) => photo ?? []);
  if (photos.length > 0) return photos;
  const thumbnails = [media, ...(media.groups ?? []), ...(media.contents ?? [])].flatMap(
    (level) => level.thumbnails ?? [],
  );
  const renditions = thumbnails.flatMap(({ url, width, height }) => {
    const href = webUrl(url, base);
    return href ? { ...rendition(href, null), name: 'thumbnail', width: pixels(width), height: pixels(height) } : [];
  });
  return renditions.length > 0 ? [{ ...emptyPhoto('INLINE'), renditions }] : [];
}

/** One picture out of its files; caption and credit come from the innermost level that has them. */
function photoOf(contents: MediaNs.Content[], levels: MediaNs.ItemOrFeed[], base: string | null): StoryPhoto | null {
  const renditions = contents.flatMap((content) => {
    const isPicture =
      content.medium === 'image' || content.type?.startsWith('image') || pictureAt(content.url, content.type, base);
    const href = webUrl(content.url, base);
    if (!isPicture || !href) return [];
    return { ...rendition(href, content.type ?? null), width: pixels(content.width), height: pixels(content.height) };
  });
  if (renditions.length === 0) return null;
  const first = <T>(read: (level: MediaNs.ItemOrFeed) => T | null | undefined) =>
    levels.map(read).find((value) => value) ?? null;
  return {
    ...emptyPhoto('INLINE'),
    caption: first((level) => oneLine(level.description?.value ?? level.texts?.[0]?.value)),
    altText: first((level) => oneLine(level.title?.value)),
    creditText: first((level) => oneLine(level.credits?.[0]?.value)),
    copyrightNotice: first((level) => oneLine(level.copyright?.value)),
    renditions,
  };
}

function rendition(href: string, contentType: string | null): StoryRendition {
  return { name: null, href, contentType: contentType?.includes('/') ? contentType : null, width: null, height: null };
}

function pixels(value: number | undefined): number | null {
  return value !== undefined && Number.isInteger(value) && value > 0 ? value : null;
}
