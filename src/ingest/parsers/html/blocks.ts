import { isElement, oneLine, type PageElement, type PageNode, TEXT_NODE } from './dom.ts';

/** A line of the article as a reader sees it: what stands between two block boundaries. */
export interface Block {
  /** On one line, white space folded. */
  text: string;
  /** The nearest block element around it. */
  element: PageElement;
  /** The text nodes it was made of. */
  nodes: PageNode[];
  /** Characters of `text` inside links. */
  linkLength: number;
  /** Characters of `text` in bold or italics. */
  emphasisLength: number;
}

const INLINE = new Set(
  (
    'a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q ruby rp rt s samp small span ' +
    'strike strong sub sup time tt u var wbr button img'
  ).split(' '),
);
const EMPHASIS = new Set(['b', 'strong', 'em', 'i']);
/** Runs on within a line; so do custom elements, whose block children break lines by themselves. */
function isInline(element: PageElement): boolean {
  return INLINE.has(element.localName) || element.localName.includes('-');
}

const HIDDEN = new Set(
  'script style noscript template svg math iframe object embed video audio canvas select textarea head title'.split(
    ' ',
  ),
);

/** Cuts the text below `root` into lines, one per block element, `br` or table cell, in page order. */
export function renderBlocks(root: PageElement): Block[] {
  const blocks: Block[] = [];
  let current: Block | null = null;
  let raw = '';
  let links = 0;
  let emphasis = 0;

  const flush = () => {
    const text = oneLine(raw);
    if (current !== null && text !== '') {
      current.text = text;
      blocks.push(current);
    }
    current = null;
    raw = '';
  };
  const enter = (element: PageElement) => {
    if (element.localName === 'a') links++;
    else if (EMPHASIS.has(element.localName)) emphasis++;
    else if (!isInline(element)) flush();
  };
  const leave = (element: PageElement) => {
    if (element.localName === 'a') links--;
    else if (EMPHASIS.has(element.localName)) emphasis--;
    else if (!isInline(element)) flush();
  };

  let node: PageNode | null = root;
  while (node !== null) {
    if (node.nodeType === TEXT_NODE) {
      const data: string = node.textContent;
      current ??= { text: '', element: blockAround(node), nodes: [], linkLength: 0, emphasisLength: 0 };
      current.nodes.push(node);
      raw += data;
      const length = oneLine(data).length;
      if (links > 0) current.linkLength += length;
      if (emphasis > 0) current.emphasisLength += length;
    } else if (isElement(node)) {
      enter(node);
      if (node.firstChild !== null && !HIDDEN.has(node.localName)) {
        node = node.firstChild;
        continue;
      }
      leave(node);
    }
    while (node !== null && node !== root && node.nextSibling === null) {
      node = node.parentNode;
      if (node !== null && isElement(node)) leave(node);
    }
    node = node === null || node === root ? null : node.nextSibling;
  }
  flush();
  return blocks;
}

function blockAround(node: PageNode): PageElement {
  let element = node.parentNode as PageElement;
  while (isInline(element) && element.parentElement !== null) element = element.parentElement;
  return element;
}
