/** The parts of a NewsML 1 item: which component holds the text, which the pictures with their captions. */

import type { ParseContext, StoryPhoto, StoryRendition } from '../../../stories/story.ts';
import { emptyPhoto } from '../../../stories/story.ts';
import { webUrl, wholeNumber } from '../wire/identity.ts';
import { oneLine } from '../wire/plain-text.ts';
import { child, childrenOf, descendants, textOf, type XmlElement } from '../wire/xml.ts';

/** Roles of components that stand beside a story and are neither its text nor its pictures. */
const BESIDE = /stylesheet|headline|contact|logo|byline|caption|summary|abstract|metadata|icon|video|audio/iu;
const TEXT = /^text|nitf|html/iu;

/** The DataContent of the story's text: that of a component of role Main or Body first, else the first text. */
export function mainContent(item: XmlElement): XmlElement | null {
  const texts = descendants(item, 'ContentItem').filter((content) => {
    const data = child(content, 'DataContent');
    return (
      data !== undefined &&
      oneLine(textOf(data)) !== null &&
      isText(content) &&
      !roles(content).some((role) => BESIDE.test(role))
    );
  });
  const main = texts.find((content) => roles(content).some((role) => /^(?:main|body|text|story|article)/iu.test(role)));
  return child(main ?? texts[0], 'DataContent') ?? null;
}

/** One photo for each component that holds still pictures and no film; logos and style sheets are left out. */
export function componentPhotos(item: XmlElement, context: ParseContext): StoryPhoto[] {
  const components = descendants(item, 'NewsComponent').filter((component) => {
    const contents = childrenOf(component, 'ContentItem');
    const isFilm = contents.some((content) => /video|audio/iu.test(typesOf(content)));
    return contents.some(isPicture) && !isFilm && !BESIDE.test(roleOf(component) ?? '');
  });
  const photos = components.flatMap((component) => {
    const renditions = childrenOf(component, 'ContentItem')
      .filter(isPicture)
      .flatMap((content) => renditionOf(content, context) ?? []);
    const caption = captionOf(component, components.length === 1);
    return caption || renditions.length > 0
      ? {
          ...emptyPhoto('INLINE'),
          caption,
          creditText: lineOf(component, 'CreditLine'),
          creator: lineOf(component, 'ByLine'),
          renditions,
        }
      : [];
  });
  return photos.map((photo, index) => (index === 0 ? { ...photo, role: 'LEAD' } : photo));
}

/** The media types an item holds, for the reason of a rejection. */
export function mediaTypes(item: XmlElement): string[] {
  return [...new Set(descendants(item, 'MediaType').flatMap((type) => oneLine(type.attributes.FormalName) ?? []))];
}

function roleOf(component: XmlElement): string | null {
  return oneLine(child(component, 'Role')?.attributes.FormalName);
}

/** Roles of the component and of those it stands in, innermost first. */
function roles(content: XmlElement): string[] {
  const found: string[] = [];
  for (let current = content.parent; current; current = current.parent) {
    if (current.local === 'NewsComponent') found.push(roleOf(current) ?? '');
  }
  return found.filter((role) => role !== '');
}

function typesOf(content: XmlElement): string {
  const names = ['MediaType', 'MimeType', 'Format'].map((name) => child(content, name)?.attributes.FormalName ?? '');
  return names.join(' ');
}

/** Texts say so, or say nothing at all. */
function isText(content: XmlElement): boolean {
  const types = typesOf(content)
    .split(' ')
    .filter((type) => type !== '');
  return types.length === 0 || types.some((type) => TEXT.test(type));
}

function isPicture(content: XmlElement): boolean {
  return /photo|picture|image|jpe?g|png|gif/iu.test(typesOf(content));
}

function renditionOf(content: XmlElement, context: ParseContext): StoryRendition | null {
  const href = webUrl(content.attributes.Href, context.url);
  if (!href) return null;
  const characteristics = child(content, 'Characteristics');
  const property = (...names: string[]) =>
    childrenOf(characteristics, 'Property').find(({ attributes }) => names.includes(attributes.FormalName ?? ''))
      ?.attributes.Value;
  const mime = child(content, 'MimeType')?.attributes.FormalName ?? null;
  return {
    name: oneLine(property('ImageUse') ?? roleOf(content.parent as XmlElement)),
    href,
    contentType: mime?.startsWith('image/') ? mime : null,
    width: wholeNumber(property('PixelWidth', 'Width'), 1, 1_000_000),
    height: wholeNumber(property('PixelHeight', 'Height'), 1, 1_000_000),
  };
}

/** A caption stands in a component of that role inside the picture's, or beside it where it is the only one; else in its head line. */
function captionOf(component: XmlElement, isOnly: boolean): string | null {
  const near = [
    ...descendants(component, 'NewsComponent'),
    ...(isOnly ? childrenOf(component.parent, 'NewsComponent') : []),
  ];
  const caption = near.find((candidate) => /caption/iu.test(roleOf(candidate) ?? ''));
  return oneLine(textOf(descendants(caption, 'DataContent')[0])) ?? lineOf(component, 'HeadLine');
}

function lineOf(component: XmlElement, name: string): string | null {
  return oneLine(textOf(child(component, 'NewsLines', name)));
}
