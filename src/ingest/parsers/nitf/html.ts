/** XML content (NITF, XHTML, an agency's own tags) → HTML text for the body reader. */
import type { XmlElement } from '../wire/xml.ts';

/** NITF elements and the HTML they mean (NITF 3.6 DTD); unknown elements keep only their content. */
const HTML_NAMES = new Map<string, string>([
  ['hl1', 'h1'],
  ['hl2', 'h2'],
  ['block', 'div'],
  ['bq', 'blockquote'],
  ['nitf-table', 'div'],
]);
const KEPT = new Set(
  'p h1 h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote pre table thead tbody tfoot tr td th caption div section article header footer nav aside figure figcaption img a b strong i em u s sub sup span q br body head title style script'.split(
    ' ',
  ),
);
/** Media, notes to editors and metadata inside content are read elsewhere, never as body text. */
const DROPPED = new Set([
  'media',
  'note',
  'nitf-table-metadata',
  'virtloc',
  'body.head',
  'body.end',
  'docdata',
  'style',
  'script',
]);
const ATTRIBUTES = ['href', 'src', 'alt', 'width', 'height', 'class', 'data-uri'];

/** The element's content as HTML. */
export function innerHtmlOf(element: XmlElement): string {
  return element.children.map((node) => (typeof node === 'string' ? escapeText(node) : htmlOf(node))).join('');
}

function htmlOf(element: XmlElement): string {
  const local = element.local.toLowerCase();
  if (DROPPED.has(local)) return '';
  const name = HTML_NAMES.get(local) ?? (KEPT.has(local) ? local : null);
  if (name === null) return innerHtmlOf(element);
  const attributes = ATTRIBUTES.flatMap((key) => {
    const value = element.attributes[key];
    return value === undefined ? [] : ` ${key}="${escapeText(value)}"`;
  }).join('');
  if (name === 'br' || name === 'img') return `<${name}${attributes}>`;
  return `<${name}${attributes}>${innerHtmlOf(element)}</${name}>`;
}

function escapeText(text: string): string {
  return text.replace(/&/gu, '&amp;').replace(/</gu, '&lt;').replace(/>/gu, '&gt;').replace(/"/gu, '&quot;');
}
