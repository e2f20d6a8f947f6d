import type { StoryPhoto, StoryRendition } from '../../../stories/story.ts';
import { emptyPhoto } from '../../../stories/story.ts';
import { readCaption } from './captions.ts';
import { absoluteUrl, type Page } from './document.ts';
import { closest, labelOf, type PageElement, textOf } from './dom.ts';
import type { PageMetadata } from './metadata.ts';
import { pixels, type SchemaImage } from './schema-org.ts';

const NOT_CONTENT =
  /(?:^|[\s_-])(?:logos?|icons?|avatars?|sprite|author\w*|byline|profile|related\w*|recommend\w*|recirc\w*|popular|trending|sidebar|widget|footer|comments?|share|sharing|social|promo\w*|newsletter|latest|more-\w+|nav|navbar|menu|thumbs|pixel|advert\w*|ads?|sponsor\w*|emoji|outbrain|taboola|teaser\w*)(?:$|[\s_-])/;
const NOT_PICTURE =
  /(?:^data:|1x1|pixel|spacer|blank\.|placeholder|transparent|lazy[-_]?load|\.svg(?:$|\?)|gravatar|doubleclick|scorecardresearch|facebook\.com\/tr|\/logo|logo[-_.]|icon[-_.s/]|sprite)/i;
/** What a picture's own label may call it; where it stands is for the boxes around it to say. */
const NOT_PHOTO = /(?:^|[\s_-])(?:logos?|icons?|avatars?|sprite|emoji|pixel)(?:$|[\s_-])/;
const PHOTO_LIMIT = 60;

/** Pictures a site shows for want of one of the story's own. */
const STANDING =
  /default|generic|fallback|placeholder|share[-_.]|social|(?:^|[-_/])fb[-_.]|opengraph|og[-_]image|logo/i;

interface FoundPhoto {
  photo: StoryPhoto;
  /** The metadata name it as well. */
  isNamed: boolean;
  /** It stands between the headline and the first paragraph. */
  opens: boolean;
}

/** Pictures of the story in page order, the first of them or the one the metadata name as LEAD. */
export function findPhotos(
  page: Page,
  metadata: PageMetadata,
  headline: PageElement | null,
  isBodyElement: (element: PageElement) => boolean,
): StoryPhoto[] {
  const start = headline === null ? 0 : page.elements.indexOf(headline);
  const stated = statedImages(metadata, page.baseUrl);
  const statedNames = new Set(stated.map((image) => pictureName(image.url)));
  const firstProse = page.elements.findIndex(
    (element, index) => index > start && element.localName === 'p' && textOf(element).length > 120,
  );
  const found: FoundPhoto[] = [];
  const seen = new Set<string>();
  for (const [index, element] of page.elements.entries()) {
    if (!/^(?:img|amp-img)$/.test(element.localName) || found.length >= PHOTO_LIMIT) continue;
    const renditions = renditionsOf(element, page.baseUrl);
    const names = renditions.map((rendition) => pictureName(rendition.href));
    const isNamed = names.some((name) => statedNames.has(name));
    if (names.length === 0 || names.some((name) => seen.has(name))) continue;
    if (isTooSmall(element) || (!isNamed && isFurniture(element))) continue;
    if (index < start - 40 && !isNamed) continue;
    if (!isNamed && !isBodyElement(element) && !nearHeadline(page, element, index, start)) continue;
    for (const name of names) seen.add(name);
    found.push({ photo: photoOf(element, renditions), isNamed, opens: index < firstProse && index >= start - 40 });
  }
  return withLead(found, stated);
}

function nearHeadline(page: Page, element: PageElement, index: number, start: number): boolean {
  return (
    index > start - 40 &&
    index - start < 60 &&
    (closest(element, (box) => box.localName === 'figure' || box.localName === 'picture', 4) !== null ||
      page.byTag('article').some((article) => article.contains(element)))
  );
}

/** The picture shown above the text leads; else the one the metadata name, unless it is the site's standing one. */
function withLead(found: FoundPhoto[], stated: SchemaImage[]): StoryPhoto[] {
  const photos = found.map((entry) => entry.photo);
  const opening = found.find((entry) => entry.opens && entry.isNamed) ?? found.find((entry) => entry.opens);
  const own = stated.find((image) => !NOT_PICTURE.test(image.url) && !STANDING.test(image.url));
  const lead = (opening ?? found.find((entry) => entry.isNamed))?.photo ?? (own === undefined ? photos[0] : undefined);
  if (lead === undefined && own !== undefined) {
    const { caption, creditText } = own;
    return [
      { ...emptyPhoto('INLINE'), role: 'LEAD', caption, creditText, renditions: extraRendition(own, []) },
      ...photos,
    ];
  }
  if (lead === undefined) return photos;
  lead.role = 'LEAD';
  const names = new Set(lead.renditions.map((rendition) => pictureName(rendition.href)));
  const same = stated.find((image) => names.has(pictureName(image.url)));
  if (same !== undefined) lead.renditions.push(...extraRendition(same, lead.renditions));
  lead.renditions = plainFirst(lead.renditions, same?.url ?? null);
  return [lead, ...photos.filter((photo) => photo !== lead)];
}

/**
 * The address shown first stays first, unless it is one of a set of sizes to choose from or a script's: then the
 * address that the metadata give the picture is its name.
 */
function plainFirst(renditions: StoryRendition[], stated: string | null): StoryRendition[] {
  const first = renditions[0];
  if (first === undefined || (first.name === null && mediaType(first.href.replace(/\?.*$/, '')) !== null))
    return renditions;
  const plain = renditions.find(({ href }) => href === stated) ?? first;
  return [plain, ...renditions.filter((rendition) => rendition !== plain)];
}

function extraRendition(image: SchemaImage, known: StoryRendition[]): StoryRendition[] {
  if (known.some((rendition) => rendition.href === image.url)) return [];
  return [
    { name: 'preview', href: image.url, contentType: mediaType(image.url), width: image.width, height: image.height },
  ];
}

function statedImages(metadata: PageMetadata, base: string | null): SchemaImage[] {
  const image = (url: string): SchemaImage => ({ url, caption: null, creditText: null, width: null, height: null });
  return [
    ...metadata.metas('og:image').slice(0, 3).map(image),
    ...(metadata.schema?.images ?? []).slice(0, 3),
    ...metadata.metas('twitter:image').slice(0, 1).map(image),
  ].flatMap((entry) => {
    const url = absoluteUrl(entry.url, base);
    return url === null ? [] : [{ ...entry, url }];
  });
}

function isTooSmall(element: PageElement): boolean {
  const width = pixels(element.getAttribute('width'));
  const height = pixels(element.getAttribute('height'));
  return (width !== null && width < 150) || (height !== null && height < 100);
}

/** Stands in a place for something else than the story's pictures. */
function isFurniture(element: PageElement): boolean {
  if (NOT_PHOTO.test(labelOf(element))) return true;
  return (
    closest(
      element.parentElement,
      (box) =>
        /^(?:nav|aside|footer)$/.test(box.localName) ||
        (box.localName !== 'body' && box.localName !== 'html' && NOT_CONTENT.test(labelOf(box))),
      5,
    ) !== null
  );
}

const SOURCE_ATTRIBUTES = [
  'data-src',
  'data-original',
  'data-lazy-src',
  'data-lazy',
  'data-hi-res-src',
  'data-src-large',
  'data-image',
  'data-url',
  'src',
];

/** All addresses of a picture, the one the page shows first: lazy-loading attributes before `src`, then srcset. */
function renditionsOf(element: PageElement, base: string | null): StoryRendition[] {
  const renditions: StoryRendition[] = [];
  const add = (link: string | null | undefined, name: string | null, width: number | null, height: number | null) => {
    if (!link || NOT_PICTURE.test(link)) return;
    const href = absoluteUrl(link, base);
    if (href === null || new URL(href).pathname.length < 2 || renditions.some((known) => known.href === href)) return;
    renditions.push({ name, href, contentType: mediaType(href), width, height });
  };
  const width = pixels(element.getAttribute('width'));
  const height = pixels(element.getAttribute('height'));
  for (const attribute of SOURCE_ATTRIBUTES) add(element.getAttribute(attribute), null, width, height);
  const sources =
    element.parentElement?.localName === 'picture'
      ? [...Array.from(element.parentElement.children), element]
      : [element];
  for (const source of sources) {
    for (const attribute of ['srcset', 'data-srcset', 'data-lazy-srcset']) {
      for (const { link, name, pixelWidth } of srcsetOf(source.getAttribute(attribute)))
        add(link, name, pixelWidth, null);
    }
  }
  return renditions.slice(0, 20);
}

/** Entries of a srcset; commas inside addresses are followed by no space. */
function srcsetOf(srcset: string | null): { link: string; name: string | null; pixelWidth: number | null }[] {
  if (!srcset || srcset.length > 20_000) return [];
  return srcset
    .split(/,\s+/)
    .slice(0, 20)
    .map((entry) => {
      const [link = '', descriptor] = entry.trim().split(/\s+/);
      const pixelWidth = /^(\d+)w$/.exec(descriptor ?? '')?.[1];
      return { link, name: descriptor ?? null, pixelWidth: pixelWidth === undefined ? null : Number(pixelWidth) };
    });
}

function mediaType(href: string): string | null {
  const extension = /\.(jpe?g|png|gif|webp|avif)(?:$|[?&#])/i.exec(href)?.[1]?.toLowerCase();
  return extension === undefined ? null : `image/${extension === 'jpg' ? 'jpeg' : extension}`;
}

/** What stays the same when a picture is resized: its file name without size, or the folder where the name says nothing. */
export function pictureName(href: string): string {
  const path = href.replace(/[?#].*$/, '');
  const nested = /%2F/i.test(href)
    ? href
    : (/[?&](?:src|url|image|img)=([^&]*\.(?:jpe?g|png|gif|webp|avif))/i.exec(href)?.[1] ?? path);
  const segments = nested.split(/\/|%2F/i).filter((segment) => /[a-z0-9]{3}/i.test(segment));
  const stem = (segments.at(-1) ?? path)
    .replace(/\.(?:jpe?g|png|gif|webp|avif).*$/i, '')
    .replace(/(?:[-_](?:\d{2,4}x\d{2,4}|scaled))+$/i, '');
  return (
    /^(?:image|preview|photo|rawimage|\d{1,4}x\d{1,4}x?)$/i.test(stem) ? segments.slice(-3, -1).join('/') : stem
  ).toLowerCase();
}

function photoOf(element: PageElement, renditions: StoryRendition[]): StoryPhoto {
  const alt = element.getAttribute('alt')?.replace(/\s+/g, ' ').trim() || null;
  const printed = readCaption(element);
  return { ...emptyPhoto('INLINE'), renditions, altText: alt, caption: printed.caption, creditText: printed.credit };
}
