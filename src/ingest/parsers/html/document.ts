import { parseHTML } from 'linkedom';
import { isElement, type PageDocument, type PageElement, walk } from './dom.ts';
import { limitMarkup } from './prelimit.ts';

/** A parsed page with its elements sorted by tag, so that no reader has to search the whole tree again. */
export interface Page {
  document: PageDocument;
  /** Raw contents of the JSON-LD scripts, in page order. */
  jsonLd: string[];
  /** All elements in page order. */
  elements: PageElement[];
  byTag(name: string): readonly PageElement[];
  /** Where the page was fetched from or says it lives; resolves relative links. */
  baseUrl: string | null;
}

/** Parses a page of any quality within bounded time. `url` is where it was fetched from. */
export function parsePage(input: string, url: string | null): Page {
  const { html, jsonLd } = limitMarkup(input);
  const document = parseHTML(withRoot(html)).document as unknown as PageDocument;
  const elements: PageElement[] = [];
  const tags = new Map<string, PageElement[]>();
  walk(document.documentElement, (node) => {
    if (!isElement(node)) return;
    elements.push(node);
    const sameTag = tags.get(node.localName);
    if (sameTag === undefined) tags.set(node.localName, [node]);
    else sameTag.push(node);
    return true;
  });
  const byTag = (name: string) => tags.get(name) ?? [];
  const base = byTag('base')[0]?.getAttribute('href') ?? null;
  return { document, jsonLd, elements, byTag, baseUrl: absoluteUrl(base, url) ?? url };
}

/** linkedom builds no html and body of its own: a fragment or a broken head would leave it without a root. */
function withRoot(html: string): string {
  const root = /<html[\s>]/i.exec(html);
  if (root === null) return `<!doctype html><html><body>${html}</body></html>`;
  return `<!doctype html>${html.slice(root.index)}`;
}

/** Absolute http(s) URL of a link as written on a page, or null where it is none. */
export function absoluteUrl(link: string | null | undefined, base: string | null): string | null {
  const written = link?.trim();
  if (!written || written.length > 4000) return null;
  try {
    const url = new URL(written, base ?? undefined);
    return url.protocol === 'http:' || url.protocol === 'https:' ? url.href : null;
  } catch {
    return null;
  }
}
