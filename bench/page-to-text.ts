import { parseHTML } from 'linkedom';

/** The part of a DOM node this renderer walks. */
interface TextNode {
  nodeType: number;
  nodeName: string;
  data?: string;
  firstChild: TextNode | null;
  nextSibling: TextNode | null;
  parentNode: TextNode | null;
  getAttribute?: (name: string) => string | null;
}

/** Elements whose content a reader never sees as text. */
const DROPPED = new Set(
  'SCRIPT STYLE NOSCRIPT TEMPLATE SVG MATH IFRAME OBJECT CANVAS AUDIO VIDEO HEAD TEXTAREA SELECT DATALIST'.split(' '),
);

/** Elements that run on within a line; every other element begins and ends one. */
const INLINE = new Set(
  (
    'A ABBR ACRONYM B BDI BDO BIG CITE CODE DATA DEL DFN EM FONT I INS KBD LABEL MARK Q RUBY RP RT S SAMP SMALL SPAN ' +
    'STRIKE STRONG SUB SUP TIME TT U VAR WBR TD TH BUTTON INPUT'
  ).split(' '),
);

/**
 * Renders a page to unmarked text as a scraper leaves it: the document title is the first line, every block element
 * is a line of its own, alternative texts of images stand as lines, menus and lists stay in. Lines are trimmed, white
 * space within them is folded, empty ones are left out. Walks without recursion, so depth costs no stack.
 */
export function pageToText(html: string): string {
  const { document } = parseHTML(html.includes('<html') ? html : `<!doctype html><html><body>${html}</body></html>`);
  const lines: string[] = [];
  let line = '';
  const breakLine = () => {
    const text = line.replace(/\s+/g, ' ').trim();
    if (text !== '') lines.push(text);
    line = '';
  };

  line = document.querySelector('title')?.textContent ?? '';
  breakLine();

  const root = document.documentElement as unknown as TextNode;
  let node: TextNode | null = root;
  while (node !== null) {
    const name: string = node.nodeName.toUpperCase();
    const isElement = node.nodeType === 1;
    if (node.nodeType === 3) line += node.data ?? '';
    else if (isElement && name === 'IMG') {
      breakLine();
      line = node.getAttribute?.('alt') ?? '';
      breakLine();
    } else if (isElement && !INLINE.has(name)) breakLine();
    else if (name === 'TD' || name === 'TH') line += ' ';

    if (isElement && !DROPPED.has(name) && node.firstChild !== null) {
      node = node.firstChild;
      continue;
    }
    while (node !== null && node !== root && node.nextSibling === null) {
      node = node.parentNode;
      if (node !== null && !INLINE.has(node.nodeName.toUpperCase())) breakLine();
    }
    node = node === null || node === root ? null : node.nextSibling;
  }
  breakLine();
  return lines.join('\n');
}
