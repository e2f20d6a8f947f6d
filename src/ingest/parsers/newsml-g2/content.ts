/** A news item's contentSet: the text in it, and the remote renditions of a picture. */
import type { ParseContext, StoryRendition } from '../../../stories/story.ts';
import { type ItemContent, readContent } from '../wire/content.ts';
import { webUrl, wholeNumber } from '../wire/identity.ts';
import { child, childrenOf, descendants, type XmlElement } from '../wire/xml.ts';

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
