import type { StoryPhoto, StoryRendition } from '../../../stories/story.ts';
import { absoluteUrl, type Page } from './document.ts';
import { closest, isElement, labelOf, type PageElement, textOf, walk } from './dom.ts';
import type { PageMetadata } from './metadata.ts';
import { pixels, type SchemaImage } from './schema-org.ts';

const NOT_CONTENT =
  /logo|icon|avatar|sprite|author|byline|profile|related|recommend|popular|trending|sidebar|widget|footer|header-ad|comment|share|social|promo|newsletter|banner|latest|more-|nav|menu|thumbs|pixel|tracking|advert|sponsor|emoji/;
const NOT_PICTURE =
  /(?:^data:|1x1|pixel|spacer|blank\.|placeholder|transparent|lazy[-_]?load|\.svg(?:$|\?)|gravatar|doubleclick|scorecardresearch|facebook\.com\/tr|\/logo|logo[-_.]|icon[-_.s/]|sprite)/i;
const CAPTION_LABEL = /caption|cutline|\bdesc(?:ription)?\b|legend/;
const CREDIT_LABEL = /credit|photographer|copyright|attribution|\bsource\b|byline/;
const PHOTO_LIMIT = 60;

interface FoundPhoto {
  photo: StoryPhoto;
  element: PageElement;
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
  const found: FoundPhoto[] = [];
  const seen = new Set<string>();
  for (const [index, element] of page.elements.entries()) {
    if (!/^(?:img|amp-img)$/.test(element.localName) || found.length >= PHOTO_LIMIT) continue;
    const renditions = renditionsOf(element, page.baseUrl);
    const first = renditions[0];
    if (first === undefined) continue;
    const name = pictureName(first.href);
    const named = statedNames.has(name);
    if (seen.has(name) || (!named && (index < start - 40 || !isContentPicture(element)))) continue;
    if (!named && !isBodyElement(element) && !nearHeadline(page, element, index, start)) continue;
    seen.add(name);
    found.push({ photo: photoOf(element, renditions), element });
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

function withLead(found: FoundPhoto[], stated: SchemaImage[]): StoryPhoto[] {
  const photos = found.map((entry) => entry.photo);
  const names = stated.map((image) => pictureName(image.url));
  const named = photos.find((photo) => names.includes(pictureName(photo.renditions[0]?.href ?? '')));
  const lead = named ?? photos[0];
  if (lead !== undefined) {
    lead.role = 'LEAD';
    const same = stated.find((image) => pictureName(image.url) === pictureName(lead.renditions[0]?.href ?? ''));
    if (same !== undefined) lead.renditions.push(...extraRendition(same, lead.renditions));
    return photos;
  }
  const only = stated.find(
    (image) => !NOT_PICTURE.test(image.url) && !/default|generic|fallback|share|social|fb[-_]/i.test(image.url),
  );
  if (only === undefined) return photos;
  return [
    {
      ...emptyPhoto(),
      role: 'LEAD',
      caption: only.caption,
      creditText: only.creditText,
      renditions: extraRendition(only, []),
    },
  ];
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

function isContentPicture(element: PageElement): boolean {
  const width = pixels(element.getAttribute('width'));
  const height = pixels(element.getAttribute('height'));
  if ((width !== null && width < 150) || (height !== null && height < 100)) return false;
  return (
    closest(
      element,
      (box) =>
        /^(?:nav|aside|footer)$/.test(box.localName) ||
        (box.localName !== 'body' && box.localName !== 'html' && NOT_CONTENT.test(labelOf(box))),
      5,
    ) === null
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
    if (href === null || renditions.some((known) => known.href === href)) return;
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
  const nested = /%2F/i.test(href) ? href : path;
  const segments = nested.split(/\/|%2F/i).filter((segment) => /[a-z0-9]{3}/i.test(segment));
  const stem = (segments.at(-1) ?? path)
    .replace(/\.(?:jpe?g|png|gif|webp|avif).*$/i, '')
    .replace(/[-_](?:\d{2,4}x\d{2,4}|scaled)$/i, '');
  return (
    /^(?:image|preview|photo|rawimage|\d{1,4}x\d{1,4}x?)$/i.test(stem) ? segments.slice(-3, -1).join('/') : stem
  ).toLowerCase();
}

function emptyPhoto(): StoryPhoto {
  return {
    uri: null,
    caption: null,
    altText: null,
    creditText: null,
    creator: null,
    copyrightNotice: null,
    dateCreated: null,
    contentLocation: null,
    digitalSourceType: null,
    renditions: [],
    role: 'INLINE',
  };
}

function photoOf(element: PageElement, renditions: StoryRendition[]): StoryPhoto {
  const alt = element.getAttribute('alt')?.replace(/\s+/g, ' ').trim() || null;
  const printed = readCaption(element);
  return { ...emptyPhoto(), renditions, altText: alt, caption: printed.caption, creditText: printed.credit };
}

/** Caption and credit printed with a picture: in its figure, or in a labelled box around it that holds no other text. */
function readCaption(image: PageElement): { caption: string | null; credit: string | null } {
  let box: PageElement | null = image.parentElement;
  for (let level = 0; box !== null && level < 6 && box.localName !== 'body'; level++, box = box.parentElement) {
    if (textOf(box).length > 900) break;
    const parts = labelledParts(box);
    if (parts.caption !== null || parts.credit !== null) return splitCredit(parts.caption, parts.credit);
  }
  return { caption: null, credit: null };
}

function labelledParts(box: PageElement): { caption: string | null; credit: string | null } {
  let caption: PageElement | null = null;
  let credit: PageElement | null = null;
  walk(box, (node) => {
    if (!isElement(node) || node === box) return true;
    const label = labelOf(node);
    if (credit === null && CREDIT_LABEL.test(label) && textOf(node) !== '') credit = node;
    else if (caption === null && (node.localName === 'figcaption' || CAPTION_LABEL.test(label)) && textOf(node) !== '')
      caption = node;
    return true;
  });
  const creditText = textOf(credit) || null;
  let captionText = textOf(caption) || null;
  if (captionText !== null && creditText !== null && (caption as PageElement | null)?.contains(credit)) {
    captionText = captionText.replace(creditText, '').trim() || null;
  }
  return { caption: captionText, credit: creditText };
}

const CREDIT_WORD =
  /^(?:\(?(?:photo(?:graph)?s?|image|picture|pic|foto|imagem|credits?|source|copyright|©|via)\s*(?:credit|courtesy)?(?:\s*(?:by|of|via|:|©))*\s*[:.]*\s*)+/i;

/** A credit printed at the end of the caption: "(AP Photo/Jane Doe)", "Photo: Jane Doe", "© Reuters / Jane Doe". */
export function splitCredit(
  caption: string | null,
  credit: string | null,
): { caption: string | null; credit: string | null } {
  const cleanCredit = (text: string) =>
    text
      .replace(CREDIT_WORD, '')
      .replace(/^\((.*)\)$/, '$1')
      .replace(/[\s)]+$/, (end) => (end.includes(')') && text.includes('(') ? end.trim() : ''))
      .trim() || null;
  if (credit !== null) return { caption, credit: cleanCredit(credit) };
  if (caption === null) return { caption: null, credit: null };
  const bracketed =
    /\s*\(((?:photo|image|picture|credit|AP|AFP|Reuters|Getty|©)[^()]{0,120}|[^()]{2,80}\/[^()]{2,60})\)\.?\s*$/i.exec(
      caption,
    );
  if (bracketed !== null)
    return { caption: caption.slice(0, bracketed.index).trim() || null, credit: cleanCredit(bracketed[1] as string) };
  const trailing =
    /(?:^|[.!?"”]\s+|\s[|–—-]\s+|\s)((?:photo(?:graph)?(?: credit)?|image(?: credit)?|credit|foto|imagem|©)\s*(?:by |:|©)\s*.{2,80}|©\s*.{2,80})$/i.exec(
      caption,
    );
  if (trailing !== null) {
    const text = trailing[1] as string;
    return {
      caption:
        caption
          .slice(0, caption.length - text.length)
          .replace(/[\s|–—-]+$/, '')
          .trim() || null,
      credit: cleanCredit(text),
    };
  }
  return { caption, credit: null };
}
