/** The `body` of a NITF document, whether it stands alone or inside NewsML: head lines, content, media. */

import type { StoryPhoto } from '../../../stories/story.ts';
import { emptyPhoto } from '../../../stories/story.ts';
import { webUrl, wholeNumber } from '../wire/identity.ts';
import { authorsOf, type Dateline, partsOfByline, readByline, readDateline } from '../wire/lines.ts';
import { oneLine } from '../wire/plain-text.ts';
import { child, childrenOf, descendants, textOf, type XmlElement } from '../wire/xml.ts';
import { innerHtmlOf } from './html.ts';

export interface NitfBody {
  headline: string | null;
  subHeadline: string | null;
  byline: string | null;
  authors: string[];
  dateline: Dateline;
  abstract: string | null;
  distributor: string | null;
  note: string | null;
  /** Content as HTML, not yet cleaned; "" where the document has none. */
  html: string;
  photos: StoryPhoto[];
}

/** Reads a `nitf` (or bare `body`) element; `base` resolves the media's addresses. */
export function readNitfBody(nitf: XmlElement, base: string | null): NitfBody {
  const body = nitf.local === 'body' ? nitf : child(nitf, 'body');
  const head = child(body, 'body.head');
  const hedline = child(head, 'hedline') ?? child(head, 'headline');
  const content = child(body, 'body.content');
  const bylineElement = child(head, 'byline');
  const byline = bylineElement ? printedByline(bylineElement) : null;
  return {
    headline: lineOf(child(hedline, 'hl1')),
    subHeadline: lineOf(child(hedline, 'hl2')),
    byline,
    authors: bylineElement ? authorsOfByline(bylineElement, byline) : [],
    dateline: datelineOf(child(head, 'dateline')),
    abstract: lineOf(child(head, 'abstract')),
    distributor: lineOf(child(head, 'distributor')),
    note: lineOf(child(head, 'note')),
    html: content ? innerHtmlOf(content) : '',
    photos: descendants(content, 'media').flatMap((media) => photoOf(media, base) ?? []),
  };
}

function lineOf(element: XmlElement | undefined): string | null {
  return element ? oneLine(textOf(element)) : null;
}

/** The byline's text, with a comma before a job title that stands in an element of its own. */
function printedByline(element: XmlElement): string | null {
  const title = element.children.findIndex((node) => typeof node !== 'string' && node.local === 'byttl');
  const text = (nodes: (XmlElement | string)[]) => oneLine(nodes.map(nodeText).join('')) ?? '';
  if (title < 0) return readByline(text(element.children));
  const parts = [text(element.children.slice(0, title)).replace(/,$/u, ''), text(element.children.slice(title))];
  return readByline(parts.filter((part) => part !== '').join(', '));
}

/** `person` elements name the authors; else the byline's text without the job title (`byttl`). */
function authorsOfByline(element: XmlElement, byline: string | null): string[] {
  const people = descendants(element, 'person').flatMap((person) => partsOfByline(lineOf(person)));
  if (people.length > 0) return people;
  const title = lineOf(child(element, 'byttl'));
  return authorsOf(title && byline ? byline.replace(title, '') : byline);
}

/** The location's parts as printed; the date beside them (`story.date`) is no place. */
function datelineOf(element: XmlElement | undefined): Dateline {
  if (!element) return { place: null, agency: null };
  const location = child(element, 'location');
  const parts = location ? childrenOf(location).flatMap((part) => lineOf(part) ?? []) : [];
  if (parts.length > 0) return { place: parts.join(', '), agency: null };
  const text = element.children.map((node) =>
    typeof node !== 'string' && node.local === 'story.date' ? ' ' : nodeText(node),
  );
  return readDateline(text.join(''));
}

function nodeText(node: XmlElement | string): string {
  return typeof node === 'string' ? node : textOf(node);
}

/** A `media` of type image with a caption or an address on the web; an agency's own picture number is its identity. */
function photoOf(media: XmlElement, base: string | null): StoryPhoto | null {
  const references = childrenOf(media, 'media-reference');
  const mime = references.map((reference) => reference.attributes['mime-type'] ?? '').join(' ');
  if (!/image|photo|picture/iu.test(`${media.attributes['media-type'] ?? ''} ${mime}`)) return null;
  const renditions = references.flatMap((reference) => {
    const href = webUrl(reference.attributes.source, base);
    if (!href) return [];
    const contentType = reference.attributes['mime-type'] ?? null;
    const pixels = (name: string) => wholeNumber(reference.attributes[name], 1, 1_000_000);
    return {
      name: reference.attributes.name ?? null,
      href,
      contentType,
      width: pixels('width'),
      height: pixels('height'),
    };
  });
  const source = references[0]?.attributes.source ?? null;
  const caption = lineOf(child(media, 'media-caption'));
  if (!caption && renditions.length === 0) return null;
  return {
    ...emptyPhoto('INLINE'),
    uri: renditions.length === 0 && source && !/[.\s]/u.test(source) ? source : null,
    caption,
    altText: oneLine(references[0]?.attributes['alternate-text']),
    creditText: oneLine(references[0]?.attributes['source-credit']),
    creator: lineOf(child(media, 'media-producer')),
    renditions,
  };
}
