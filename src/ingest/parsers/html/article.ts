import { Readability } from '@mozilla/readability';
import type { PageDocument, PageElement } from './dom.ts';

/**
 * The element that holds the article's text, as Mozilla's Readability finds it; null where it finds none.
 * Consumes the document: what else is to be read from it must have been read before.
 */
export function findArticle(document: PageDocument): PageElement | null {
  const reader = new Readability<PageElement>(document as never, {
    keepClasses: true,
    disableJSONLD: true,
    serializer: (node) => node as unknown as PageElement,
  });
  return reader.parse()?.content ?? null;
}
