/** The content of a wire item, however it is wrapped: NITF, XHTML, HTML written as text, plain text. */
import type { ParseContext, StoryPhoto } from '../../../stories/story.ts';
import { type NitfBody, readNitfBody } from '../nitf/body.ts';
import { innerHtmlOf } from '../nitf/html.ts';
import { looksLikeHtml, readHtmlBody, readTextBody, type WireBody } from './body-html.ts';
import { photosOfHtml } from './body-photos.ts';
import { child, childrenOf, descendants, placeOf, textOf, type XmlElement } from './xml.ts';

export interface ItemContent {
  body: WireBody;
  photos: StoryPhoto[];
  /** Head lines of inline NITF, which NewsML's own win over. */
  nitf: NitfBody | null;
  place: string | null;
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
