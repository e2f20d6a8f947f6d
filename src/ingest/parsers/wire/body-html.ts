/**
 * A wire's body → plain text and safe HTML of the same blocks. Whatever mark-up came in (HTML of any age, XHTML,
 * NITF turned to HTML) passes one allow-list first; text and HTML are then written from what is left.
 */
import sanitizeHtml from 'sanitize-html';
import { ParseError } from '../../../stories/story.ts';
import { type BodyBlock, trimFurniture } from './body-furniture.ts';
import { flattenHtml } from './html-depth.ts';
import { foldSpace, oneLine, repairMojibake, splitBlocks } from './plain-text.ts';
import { childrenOf, dropForbiddenCharacters, readXml, textOf, type XmlElement, type XmlNode } from './xml.ts';

export interface WireBody {
  /** Blocks parted by one blank line, table rows as cells parted by tabs; no headline, byline or desk marks. */
  text: string;
  /** The same blocks as HTML; null where the body had no mark-up. */
  html: string | null;
  /** A byline that stood as a line of the body ("By Jane Doe"). */
  byline: string | null;
  /** The desk's note at the top ("(Adds quotes)"). */
  edNote: string | null;
}

const DASHES = new Map([
  ['endash', '–'],
  ['emdash', '—'],
]);
const BREAK = '\u2028';
/** Characters; a novel has a million. */
const MOST_CHARACTERS = 5_000_000;
const BLOCKS = ['p', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'li', 'blockquote', 'pre', 'dt', 'dd', 'caption'];
const CONTAINERS = ['ul', 'ol', 'dl', 'table', 'thead', 'tbody', 'tfoot', 'tr', 'td', 'th', 'div'];
const INLINE = ['a', 'b', 'strong', 'i', 'em', 'u', 's', 'sub', 'sup', 'span', 'q', 'cite', 'code', 'abbr', 'br'];
const OUTER = new Set([...BLOCKS, ...CONTAINERS]);
/** Never body text: pictures and captions become photos, headers and asides repeat slugs, headlines and adverts. */
const DROPPED = ['head', 'header', 'footer', 'nav', 'aside', 'figure', 'form', 'script', 'style', 'iframe', 'noscript'];
const SANITISE: sanitizeHtml.IOptions = {
  allowedTags: [...BLOCKS, ...CONTAINERS, ...INLINE],
  allowedAttributes: { a: ['href'], '*': ['lang', 'dir'] },
  allowedSchemes: ['http', 'https', 'mailto'],
  allowProtocolRelative: false,
  nonTextTags: [...DROPPED, 'title', 'textarea', 'object', 'svg', 'select', 'option', 'template'],
  selfClosing: ['br'],
  transformTags: {
    section: 'div',
    article: 'div',
    main: 'div',
    body: 'div',
    address: 'p',
    hl2: 'h2',
    block: 'div',
    bq: 'blockquote',
  },
  nestingLimit: 100,
};

/**
 * Reads a body with mark-up. `headline` is what must not be repeated inside. Broken HTML is closed or flattened,
 * not refused; tags nested deeper than 100 levels are dropped.
 * @throws {@link ParseError} for more than {@link MOST_CHARACTERS} characters.
 */
export function readHtmlBody(html: string, headline: string | null): WireBody {
  refuseEndless(html);
  const safe = sanitizeHtml(flattenHtml(prepare(html), SANITISE.nestingLimit ?? 0), SANITISE);
  const blocks: BodyBlock[] = [];
  collect(readXml(`<div>${dropForbiddenCharacters(safe)}</div>`), 'p', true, blocks);
  const { kept, byline, edNote } = trimFurniture(blocks, headline);
  return { text: kept.map((block) => block.text).join('\n\n'), html: writeBlocks(kept), byline, edNote };
}

/** Reads a body of plain text; see {@link splitBlocks} for how it falls into blocks. */
export function readTextBody(text: string, headline: string | null): WireBody {
  refuseEndless(text);
  const blocks = splitBlocks(afterHeadline(text.trim(), headline)).map((line) => ({
    tag: 'p',
    text: line,
    html: '',
    loose: false,
  }));
  const { kept, byline, edNote } = trimFurniture(blocks, headline);
  return { text: kept.map((block) => block.text).join('\n\n'), html: null, byline, edNote };
}

/** Undoes damage done on the way: double encoding, runs of "<", and tags of an agency's own that were escaped as text. */
function prepare(html: string): string {
  return dropForbiddenCharacters(repairMojibake(html))
    .replace(/<+(?=<)/gu, '')
    .replace(/&lt;([a-z]\w{0,20})&gt;([^&<>]{0,200})&lt;\/\1&gt;/giu, (_, name: string, inner: string) => {
      return DASHES.get(name.toLowerCase()) ?? inner;
    });
}

/** The text without its first line where that is the headline again. */
function afterHeadline(text: string, headline: string | null): string {
  const end = text.indexOf('\n');
  return end > 0 && headline !== null && oneLine(text.slice(0, Math.min(end, 1000))) === headline
    ? text.slice(end + 1)
    : text;
}

function refuseEndless(body: string): void {
  if (body.length <= MOST_CHARACTERS) return;
  throw new ParseError(
    'body',
    `The text is longer than ${MOST_CHARACTERS} characters; no story is, so check what was sent.`,
  );
}

/** True for text that holds mark-up of its own (agencies put HTML into fields meant for plain text). */
export function looksLikeHtml(text: string): boolean {
  return /<(?:p|br|div|body|html|ul|ol|table|h[1-6])\b[^<>]{0,500}>/iu.test(text);
}

/** Walks containers and blocks in order; runs of inline nodes become blocks printed as `tag`. */
function collect(element: XmlElement, tag: string, loose: boolean, blocks: BodyBlock[]): void {
  let run: XmlNode[] = [];
  const flush = () => {
    blocks.push(...blocksOfRun(run, tag, loose));
    run = [];
  };
  for (const node of element.children) {
    if (typeof node === 'string' || !holdsBlocks(node)) {
      run.push(node);
      continue;
    }
    flush();
    if (node.local === 'tr') blocks.push(rowOf(node));
    else if (node.local === 'pre') blocks.push(...preformatted(textOf(node)));
    else if (BLOCKS.includes(node.local))
      collect(node, node.local === 'p' && tag !== 'p' ? tag : node.local, false, blocks);
    else collect(node, tag, loose, blocks);
  }
  flush();
}

/** Blocks and containers, and inline elements wrapped around some. */
function holdsBlocks(element: XmlElement): boolean {
  return OUTER.has(element.local) || childrenOf(element).some(holdsBlocks);
}

function rowOf(row: XmlElement): BodyBlock {
  const cells = childrenOf(row).map((cell) => foldSpace(textOf(cell)).trim());
  const html = childrenOf(row).map((cell, index) => `<${cell.local}>${escapeHtml(cells[index] ?? '')}</${cell.local}>`);
  return { tag: 'tr', text: cells.join('\t').trim(), html: html.join(''), loose: false };
}

/** One block of inline nodes; two line breaks in a row part blocks, and so do the lines of text laid out by hand. */
function blocksOfRun(run: XmlNode[], tag: string, loose: boolean): BodyBlock[] {
  const raw = run.map((node) => (typeof node === 'string' ? node : textOf(node))).join('');
  if (isLaidOutByHand(raw)) return preformatted(raw).map((block) => ({ ...block, loose }));
  const parts: XmlNode[][] = [[]];
  let breaks = 0;
  for (const node of run) {
    const isBreak = typeof node !== 'string' && node.local === 'br';
    if (isBreak) breaks += 1;
    else if (typeof node !== 'string' || node.trim() !== '') {
      if (breaks > 1) parts.push([]);
      breaks = 0;
    }
    parts.at(-1)?.push(node);
  }
  return parts
    .map((part) => ({ tag, text: inlineText(part), html: inlineHtml(part).trim(), loose }))
    .filter((block) => block.text !== '');
}

/** Old wire systems put a whole story into one element, its paragraphs marked by indents or blank lines only. */
function isLaidOutByHand(raw: string): boolean {
  const lines = raw
    .trim()
    .split(/\r\n?|\n/u)
    .slice(1);
  if (lines.length < 5) return false;
  const filled = lines.filter((line) => line.trim() !== '');
  const indents = filled.map((line) => line.length - line.trimStart().length);
  const margin = indents.reduce((least, indent) => Math.min(least, indent), Number.POSITIVE_INFINITY);
  const atMargin = indents.filter((indent) => indent === margin).length;
  const indented = indents.filter((indent) => indent >= margin + 2).length;
  return filled.length < lines.length || (indented >= 2 && atMargin >= 3);
}

function preformatted(raw: string): BodyBlock[] {
  return splitBlocks(raw.trim()).map((text) => ({ tag: 'p', text, html: escapeHtml(text), loose: false }));
}

function inlineText(nodes: XmlNode[]): string {
  const lines = nodes
    .map(inlineTextOf)
    .join('')
    .split(BREAK)
    .map((line) => foldSpace(line).trim());
  const parts: string[] = [];
  let end = '';
  for (const line of lines.filter((candidate) => candidate !== '')) {
    const isWrapped = /^\p{Ll}/u.test(line) && !/[.!?:;"”]$/u.test(end);
    if (parts.length > 0) parts.push(isWrapped ? ' ' : '\n');
    parts.push(line);
    end = line.slice(-1);
  }
  return parts.join('');
}

/** A break is kept as U+2028 until white space is folded; one in the middle of a wrapped sentence becomes a space. */
function inlineTextOf(node: XmlNode): string {
  if (typeof node === 'string') return node;
  return node.local === 'br' ? BREAK : node.children.map(inlineTextOf).join('');
}

function inlineHtml(nodes: XmlNode[]): string {
  return nodes
    .map((node) => {
      if (typeof node === 'string') return escapeHtml(foldSpace(node));
      if (node.local === 'br') return '<br>';
      const href = node.attributes.href ? ` href="${escapeHtml(node.attributes.href)}"` : '';
      return `<${node.local}${href}>${inlineHtml(node.children)}</${node.local}>`;
    })
    .join('');
}

/** Blocks as HTML: list items and table rows that follow each other share one list and one table. */
function writeBlocks(blocks: BodyBlock[]): string {
  const wrappers: Record<string, string> = { li: 'ul', tr: 'table', dt: 'dl', dd: 'dl' };
  let html = '';
  let open: string | undefined;
  for (const block of blocks) {
    const wrapper = wrappers[block.tag];
    if (wrapper !== open) html += `${open ? `</${open}>` : ''}${wrapper ? `<${wrapper}>` : ''}`;
    open = wrapper;
    const tag = block.tag === 'h1' ? 'h2' : block.tag === 'caption' ? 'p' : block.tag;
    html += `<${tag}>${block.html}</${tag}>`;
  }
  return open ? `${html}</${open}>` : html;
}

function escapeHtml(text: string): string {
  return text.replace(/&/gu, '&amp;').replace(/</gu, '&lt;').replace(/>/gu, '&gt;').replace(/"/gu, '&quot;');
}
