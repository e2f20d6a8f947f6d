/** Which format an input is in, by its own marks first, by what the sender said where there are none. */

import { dropForbiddenCharacters } from './parsers/wire/xml.ts';

export const INPUT_FORMATS = [
  'PAGE_TEXT',
  'HTML',
  'NINJS',
  'NEWSML_G2',
  'NITF',
  'NEWSML_1',
  'FEED',
  'JSON_LD',
  'STRUCTURED',
] as const;
export type InputFormat = (typeof INPUT_FORMATS)[number];

export interface FormatHint {
  /** HTTP Content-Type or the like. */
  contentType?: string;
  fileName?: string;
}

/** Root elements that only one format has. NITF is told from HTML, NewsML 1 from 2, by these alone. */
const ROOTS = new Map<string, InputFormat>([
  ['newsmessage', 'NEWSML_G2'],
  ['newsitem', 'NEWSML_G2'],
  ['packageitem', 'NEWSML_G2'],
  ['conceptitem', 'NEWSML_G2'],
  ['knowledgeitem', 'NEWSML_G2'],
  ['planningitem', 'NEWSML_G2'],
  ['newsml', 'NEWSML_1'],
  ['nitf', 'NITF'],
  ['rss', 'FEED'],
  ['feed', 'FEED'],
  ['rdf', 'FEED'],
  ['urlset', 'FEED'],
  ['sitemapindex', 'FEED'],
  ['html', 'HTML'],
]);
/** Elements no page text starts with but fragments of HTML do. */
const HTML_START =
  /^<(?:!doctype html|html|head|body|article|main|section|div|p|h[1-6]|meta|title|script|span|a|img|ul|table)\b/iu;
/** Names that only ninjs (or its agency dialects) has, in any version's spelling. */
const NINJS_NAMES =
  /"(?:versioncreated|firstcreated|pubstatus|body_(?:xhtml|html|text|richtext|main)|headlines|bodies|representationtype|description_text|copyrightholder|usageterms)"\s*:/iu;
/** How much of an input is looked at: marks stand at the top; JSON's names may come later. */
const TOP = 20_000;
const JSON_TOP = 200_000;

/** Never throws; text without any mark is page text. */
export function detectFormat(input: string, hint: FormatHint = {}): InputFormat {
  const top = dropForbiddenCharacters(input.slice(0, TOP)).replace(/^\s+/u, '');
  if (top.startsWith('{') || top.startsWith('[')) {
    const json = jsonFormat(input.slice(0, JSON_TOP), hint);
    if (json) return json;
  }
  if (top.startsWith('<')) {
    const root = rootOf(top);
    // A bare NewsItem is NewsML 1 (which capitalises its names) or NewsML-G2 (which does not).
    if (root === 'NewsItem') return 'NEWSML_1';
    const byRoot = ROOTS.get(root?.toLowerCase() ?? '');
    if (byRoot) return byRoot;
    if (HTML_START.test(top)) return 'HTML';
  }
  return hintedFormat(top, hint);
}

/** The local name of the first element after declarations, comments and the document type. */
function rootOf(top: string): string | null {
  let rest = top;
  for (let step = 0; step < 50; step += 1) {
    const end = rest.startsWith('<!--') ? rest.indexOf('-->') + 3 : /^<[?!]/u.test(rest) ? rest.indexOf('>') + 1 : 0;
    if (end < 3) break;
    rest = rest.slice(end).trimStart();
  }
  return /^<(?:[\w.-]{1,50}:)?([\w.-]{1,50})/u.exec(rest)?.[1] ?? null;
}

/** JSON by the names it uses; page text may start with a bracket, so that something must be named. */
function jsonFormat(top: string, hint: FormatHint): InputFormat | null {
  if (!/^[[{]\s*(?:[[{]\s*)?"|^\s*[[{]\s*[\]}]/u.test(top.trimStart()) && !/json/iu.test(hint.contentType ?? ''))
    return null;
  if (/"version"\s*:\s*"https?:\/\/jsonfeed\.org\//u.test(top)) return 'FEED';
  if (/"@(?:context|type|graph)"\s*:/u.test(top)) return 'JSON_LD';
  if (
    NINJS_NAMES.test(top) ||
    /"uri"\s*:[\s\S]{0,2000}"type"\s*:\s*"(?:text|picture|graphic|video|audio|composite|event|planning)"/iu.test(top)
  )
    return 'NINJS';
  return 'STRUCTURED';
}

/** What the sender says counts where the input has no mark of its own. */
function hintedFormat(top: string, hint: FormatHint): InputFormat {
  const type = hint.contentType?.toLowerCase() ?? '';
  const name = hint.fileName?.toLowerCase() ?? '';
  if (/ld\+json/u.test(type) || name.endsWith('.jsonld')) return 'JSON_LD';
  if (/rss|atom|feed\+json/u.test(type) || /\.(?:rss|atom)$/u.test(name)) return 'FEED';
  if (/nitf/u.test(type) || name.endsWith('.nitf')) return 'NITF';
  if (/g2\.(?:news|package|concept|knowledge|planning)(?:item|message)/u.test(type)) return 'NEWSML_G2';
  const isPage = /html/u.test(type) || /\.x?html?$/u.test(name);
  return isPage && top.includes('<') ? 'HTML' : 'PAGE_TEXT';
}
