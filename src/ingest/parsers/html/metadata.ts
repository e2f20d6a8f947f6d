import type { Page } from './document.ts';
import { isElement, oneLine, type PageElement, textOf, walk } from './dom.ts';
import { findArticleNode, readSchemaArticle, readSchemaNodes, type SchemaArticle } from './schema-org.ts';

/** What a page says about itself in its head: not yet believed. */
export interface PageMetadata {
  schema: SchemaArticle | null;
  /** First content of a meta element by name, property or itemprop, in lower case. */
  meta(name: string): string | null;
  /** All contents, in page order. */
  metas(name: string): string[];
  canonical: string | null;
  title: string | null;
  htmlLanguage: string | null;
  /** Microdata: first value of an itemprop in the page, attribute before text. */
  itemprop(name: string): string | null;
  /** Elements with an itemprop. */
  itemprops(name: string): PageElement[];
}

export function readMetadata(page: Page): PageMetadata {
  const contents = new Map<string, string[]>();
  for (const element of page.byTag('meta')) {
    const value = element.getAttribute('content');
    if (value === null || oneLine(value) === '') continue;
    for (const attribute of ['property', 'name', 'itemprop', 'http-equiv']) {
      const key = element.getAttribute(attribute)?.trim().toLowerCase();
      if (key) contents.set(key, [...(contents.get(key) ?? []), oneLine(value)].slice(0, 100));
    }
  }
  const properties = new Map<string, PageElement[]>();
  for (const element of page.elements) {
    if (element.localName === 'meta' && element.getAttribute('itemprop') === null) continue;
    for (const name of element.getAttribute('itemprop')?.split(/\s+/) ?? []) {
      properties.set(name.toLowerCase(), [...(properties.get(name.toLowerCase()) ?? []), element].slice(0, 200));
    }
  }
  const nodes = readSchemaNodes(page.jsonLd);
  const article = findArticleNode(nodes);
  const itemprops = (name: string) => properties.get(name.toLowerCase()) ?? [];
  return {
    schema: article && readSchemaArticle(article, nodes),
    meta: (name) => contents.get(name.toLowerCase())?.[0] ?? null,
    metas: (name) => contents.get(name.toLowerCase()) ?? [],
    canonical: linkOf(page, 'canonical'),
    title: textOf(page.byTag('title')[0]) || null,
    htmlLanguage: page.document.documentElement.getAttribute('lang'),
    itemprops,
    itemprop: (name) =>
      itemprops(name)
        .map(propertyValue)
        .find((value) => value !== '') ?? null,
  };
}

function linkOf(page: Page, relation: string): string | null {
  const link = page.byTag('link').find((element) => element.getAttribute('rel')?.toLowerCase() === relation);
  return link?.getAttribute('href') ?? null;
}

/** The value of a microdata property: attribute before text, without texts that are only hidden labels. */
export function propertyValue(element: PageElement): string {
  const attribute = ['content', 'datetime'].map((name) => element.getAttribute(name)).find((value) => value);
  if (attribute) return oneLine(attribute);
  const name = firstNamed(element);
  return textOf(name ?? element);
}

function firstNamed(element: PageElement): PageElement | null {
  let found: PageElement | null = null;
  walk(element, (node) => {
    if (found !== null) return false;
    if (isElement(node) && node !== element && node.getAttribute('itemprop') === 'name') found = node;
    return true;
  });
  return found;
}
