/**
 * The part of the DOM that the page readers use, typed here because the project is compiled without the `dom`
 * library (its globals would let browser-only code pass the compiler).
 */
export interface PageNode {
  readonly nodeType: number;
  readonly nodeName: string;
  readonly parentNode: PageElement | null;
  readonly firstChild: PageNode | null;
  readonly nextSibling: PageNode | null;
  readonly previousSibling: PageNode | null;
  textContent: string;
  remove(): void;
}

export interface PageElement extends PageNode {
  readonly localName: string;
  readonly children: ArrayLike<PageElement>;
  readonly parentElement: PageElement | null;
  readonly nextElementSibling: PageElement | null;
  readonly previousElementSibling: PageElement | null;
  readonly innerHTML: string;
  getAttribute(name: string): string | null;
  setAttribute(name: string, value: string): void;
  hasAttribute(name: string): boolean;
  contains(other: PageNode | null): boolean;
}

export interface PageDocument {
  readonly documentElement: PageElement;
  readonly body: PageElement;
}

export const ELEMENT_NODE = 1;
export const TEXT_NODE = 3;

export function isElement(node: PageNode): node is PageElement {
  return node.nodeType === ELEMENT_NODE;
}

/** Class names and id of an element as one lower-case string, the usual evidence of what a box is for. */
export function labelOf(element: PageElement): string {
  let label = labels.get(element);
  if (label === undefined) {
    label = `${element.getAttribute('class') ?? ''} ${element.getAttribute('id') ?? ''}`
      .trim()
      .toLowerCase()
      .slice(0, 500);
    labels.set(element, label);
  }
  return label;
}

/** Every reader asks for labels all the way up the tree; building them anew took a third of the time. */
const labels = new WeakMap<PageElement, string>();

/** Visits `root` and all below it in page order, without recursion; `visit` returns false to leave a subtree out. */
export function walk(root: PageElement, visit: (node: PageNode) => boolean | undefined): void {
  let node: PageNode | null = root;
  while (node !== null) {
    if (visit(node) !== false && node.firstChild !== null) {
      node = node.firstChild;
      continue;
    }
    while (node !== null && node !== root && node.nextSibling === null) node = node.parentNode;
    node = node === null || node === root ? null : node.nextSibling;
  }
}

/** The nearest of `element` and its ancestors, at most `levels` up, that `test` accepts. */
export function closest(
  element: PageElement | null,
  test: (candidate: PageElement) => boolean,
  levels = 64,
): PageElement | null {
  let candidate = element;
  for (let level = 0; candidate !== null && level <= levels; level++) {
    if (test(candidate)) return candidate;
    candidate = candidate.parentElement;
  }
  return null;
}

/** Text of an element on one line: white space folded, ends trimmed. */
export function textOf(node: PageNode | null | undefined): string {
  return node ? oneLine(node.textContent) : '';
}

/**
 * {@link textOf} where that has at most `most` characters, else null. Stops reading as soon as it is longer: asking
 * every box of a page for its whole text reads the page once per level of nesting.
 */
export function shortTextOf(element: PageElement, most: number): string | null {
  let text = '';
  let length = 0;
  walk(element, (node) => {
    if (length > most) return false;
    if (node.nodeType === TEXT_NODE) {
      const data = node.textContent;
      text += data;
      length += data.length < 40 ? data.trim().length : oneLine(data.slice(0, 4 * most + 400)).length;
    }
    return true;
  });
  const line = length > most ? null : oneLine(text);
  return line === null || line.length > most ? null : line;
}

export function oneLine(text: string): string {
  return text.replace(/[\s\u00a0\u200b\ufeff]+/g, ' ').trim();
}
