/** Pictures inside a rich body: img and figure → photos with caption and alternative text. */

import sanitizeHtml from 'sanitize-html';
import type { StoryPhoto } from '../../../stories/story.ts';
import { emptyPhoto } from '../../../stories/story.ts';
import { flattenHtml } from './html-depth.ts';
import { webUrl, wholeNumber } from './identity.ts';
import { oneLine } from './plain-text.ts';
import { child, descendants, dropForbiddenCharacters, readXml, textOf, type XmlElement } from './xml.ts';

/** Photos of an HTML body in order; `base` resolves relative addresses, pictures of one or two pixels are counters. */
export function photosOfHtml(html: string, base: string | null): StoryPhoto[] {
  if (!/<img\b/iu.test(html)) return [];
  const safe = sanitizeHtml(flattenHtml(dropForbiddenCharacters(html), 100), {
    allowedTags: ['figure', 'img', 'figcaption'],
    allowedAttributes: { img: ['src', 'alt', 'width', 'height', 'data-uri'] },
    selfClosing: ['img'],
    nestingLimit: 20,
  });
  const root = readXml(`<div>${dropForbiddenCharacters(safe)}</div>`);
  return descendants(root, 'img').flatMap((image) => photoOf(image, base) ?? []);
}

/** Joins photo lists, each picture once (by identity or by address). */
export function uniquePhotos(...lists: StoryPhoto[][]): StoryPhoto[] {
  const seen = new Set<string>();
  return lists.flat().filter((photo) => {
    const keys = [photo.uri, ...photo.renditions.map((rendition) => rendition.href)].filter((key) => key !== null);
    const known = keys.some((key) => seen.has(key));
    for (const key of keys) seen.add(key);
    return !known;
  });
}

function photoOf(image: XmlElement, base: string | null): StoryPhoto | null {
  const href = webUrl(image.attributes.src, base);
  const width = wholeNumber(image.attributes.width, 1, 100_000);
  const height = wholeNumber(image.attributes.height, 1, 100_000);
  if (!href || (width !== null && width < 3) || (height !== null && height < 3)) return null;
  const figure = image.parent?.local === 'figure' ? image.parent : null;
  return {
    ...emptyPhoto('INLINE'),
    uri: image.attributes['data-uri'] ?? null,
    caption: oneLine(textOf(child(figure, 'figcaption'))),
    altText: oneLine(image.attributes.alt),
    renditions: [{ name: null, href, contentType: null, width, height }],
  };
}
