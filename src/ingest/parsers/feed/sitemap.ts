/** Google News sitemaps: addresses of stories with title, date, publication. https://www.google.com/schemas/sitemap-news/0.9 */

import type { StoryPhoto } from '../../../stories/story.ts';
import { emptyPhoto } from '../../../stories/story.ts';
import { webUrl } from '../wire/identity.ts';
import { oneLine } from '../wire/plain-text.ts';
import { child, childrenOf, placeOf, textOf, type XmlElement } from '../wire/xml.ts';
import type { FeedEntry } from './entry.ts';

/** Addresses a sitemap or a sitemap index lists. */
export function sitemapUrls(root: XmlElement, base: string | null): string[] {
  return childrenOf(root).flatMap((entry) => webUrl(textOf(child(entry, 'loc')), base) ?? []);
}

/** Entries of a url set; those of a plain sitemap have no title. */
export function sitemapEntries(root: XmlElement, base: string | null): FeedEntry[] {
  return childrenOf(root, 'url').map((entry) => {
    const news = child(entry, 'news');
    const text = (...path: string[]) => oneLine(textOf(child(news, ...path)));
    return {
      title: text('title'),
      id: null,
      link: webUrl(textOf(child(entry, 'loc')), base),
      content: null,
      summary: null,
      authors: [],
      keywords: (text('keywords') ?? '').split(',').flatMap((word) => oneLine(word) ?? []),
      published: text('publication_date'),
      updated: oneLine(textOf(child(entry, 'lastmod'))),
      language: text('publication', 'language'),
      rights: null,
      publisher: text('publication', 'name'),
      photos: childrenOf(entry, 'image').flatMap((image) => photoOf(image, base) ?? []),
      place: placeOf(entry),
    };
  });
}

function photoOf(image: XmlElement, base: string | null): StoryPhoto | null {
  const href = webUrl(textOf(child(image, 'loc')), base);
  if (!href) return null;
  const renditions = [{ name: null, href, contentType: null, width: null, height: null }];
  return {
    ...emptyPhoto('INLINE'),
    caption: oneLine(textOf(child(image, 'caption'))),
    altText: oneLine(textOf(child(image, 'title'))),
    renditions,
  };
}
