/** A news item's contentSet: inline NITF or XHTML, inline data, remote renditions. */
import type { ParseContext, StoryPhoto, StoryRendition } from '../../../stories/story.ts';
import { looksLikeHtml, readHtmlBody, readTextBody, type WireBody } from '../body-html.ts';
import { photosOfHtml } from '../body-photos.ts';
import { type NitfBody, readNitfBody } from '../nitf-body.ts';
import { innerHtmlOf } from '../nitf-html.ts';
import { webUrl, wholeNumber } from '../wire-identity.ts';
import { child, childrenOf, descendants, placeOf, textOf, type XmlElement } from '../xml.ts';

export interface ItemContent {
  body: WireBody;
  photos: StoryPhoto[];
  /** Head lines of inline NITF, which NewsML's own win over. */
  nitf: NitfBody | null;
  place: string | null;
}

/** Reads the text content; the richest of several is the first inlineXML that has text. */
export function contentOf(item: XmlElement, headline: string | null, context: ParseContext): ItemContent {
  const contentSet = child(item, 'contentSet');
  const inline = [...childrenOf(contentSet, 'inlineXML'), ...childrenOf(contentSet, 'inlineData')].filter(isProse);
  for (const element of inline) {
    const content = readContent(element, headline, context);
    if (content.body.text !== '') return content;
  }
  return { body: { text: '', html: null, byline: null, edNote: null }, photos: [], nitf: null, place: null };
}

/** Elements without which XML is data (SportsML, tables of results, an agency's records), not text to read. */
const PROSE = ['nitf', 'body', 'body.content', 'p', 'div', 'section', 'article', 'h1', 'h2', 'br', 'span'];

/** False for encoded data, media types other than text, and XML in which no paragraph stands. */
function isProse(element: XmlElement): boolean {
  const type = element.attributes.contenttype ?? '';
  if (element.attributes.encoding || /^(?:image|video|audio)\/|json|csv|sportsml|chart/iu.test(type)) return false;
  return childrenOf(element).length === 0 || descendants(element, ...PROSE).length > 0;
}

/** Reads one element that holds NITF, XHTML, HTML as text, or plain text. */
export function readContent(element: XmlElement, headline: string | null, context: ParseContext): ItemContent {
  const place = placeOf(element);
  const nitfElement =
    descendants(element, 'nitf')[0] ?? descendants(element, 'body').find((body) => child(body, 'body.content'));
  const nitf = nitfElement ? readNitfBody(nitfElement, context.url) : null;
  if (nitf) return { body: readHtmlBody(nitf.html, headline ?? nitf.headline), photos: nitf.photos, nitf, place };
  if (childrenOf(element).length > 0) {
    const html = innerHtmlOf(descendants(element, 'body')[0] ?? element);
    return { body: readHtmlBody(html, headline), photos: photosOfHtml(html, context.url), nitf: null, place };
  }
  const text = textOf(element);
  if (!looksLikeHtml(text)) return { body: readTextBody(text, headline), photos: [], nitf: null, place };
  return { body: readHtmlBody(text, headline), photos: photosOfHtml(text, context.url), nitf: null, place };
}

/** Still renditions of a picture item, with absolute addresses; relative ones are resolved where the input's is known. */
export function renditionsOf(item: XmlElement, context: ParseContext): StoryRendition[] {
  return childrenOf(child(item, 'contentSet'), 'remoteContent').flatMap(({ attributes }) => {
    const href = webUrl(attributes.href, context.url);
    const contentType = attributes.contenttype?.toLowerCase() ?? null;
    if (!href || (contentType !== null && !contentType.startsWith('image/'))) return [];
    const rendition = attributes.rendition ?? attributes.renditionuri;
    return {
      name: rendition?.split(/[:/#]/u).at(-1) ?? null,
      href,
      contentType: contentType === 'image/jpg' ? 'image/jpeg' : contentType,
      width: wholeNumber(attributes.width, 1, 1_000_000),
      height: wholeNumber(attributes.height, 1, 1_000_000),
    };
  });
}
