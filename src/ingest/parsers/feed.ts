/**
 * Feeds: RSS 0.9–2.0, RDF, Atom, JSON Feed, Media RSS (read by feedsmith) and Google News sitemaps. One entry, one item:
 * - the entry's content is the text and its summary the abstract; an entry with a summary only takes it as both;
 * - an entry with neither, but a title and a page, is kept only from a news sitemap, as a bare reference without text,
 *   to be filled when the page itself is handed in; in other feeds it is rejected;
 * - an entry without a title is headed by the first sentence of its text (see `finishStory`).
 */
import { getDomain } from 'tldts';
import { type ParseContext, type ParsedItem, ParseError, type Story } from '../../stories/story.ts';
import type { Feed, FeedEntry } from './feed/entry.ts';
import { readFeed } from './feed/read.ts';
import { sitemapEntries, sitemapUrls } from './feed/sitemap.ts';
import { readHtmlBody, readTextBody } from './wire/body-html.ts';
import { photosOfHtml, uniquePhotos } from './wire/body-photos.ts';
import { languageOf, webUrl } from './wire/identity.ts';
import { authorsOf } from './wire/lines.ts';
import { oneLine } from './wire/plain-text.ts';
import { finishStory } from './wire/story.ts';
import { keywordTag } from './wire/tags.ts';
import { readFeedTime } from './wire/time.ts';
import { dropForbiddenCharacters, readXml } from './wire/xml.ts';

/** Depth of elements no feed reaches; feedsmith's parser has no bound of its own. */
const MOST_OPEN_ELEMENTS = 500;
const MARK_UP = /<\/?[a-z][^<>]{0,1000}>/iu;

/** @throws {@link ParseError} when the input is no feed or sitemap, or declares entities of its own. */
export function parseFeed(input: string, context: ParseContext): ParsedItem[] {
  const text = prepare(input);
  const { feed, isSitemap } = isSitemapText(text)
    ? { feed: sitemapFeed(text, context), isSitemap: true }
    : { feed: readFeed(text, context.url), isSitemap: false };
  return feed.entries.map((entry) => outcomeOf(entry, feed, isSitemap, context));
}

/** Addresses of the stories a feed or sitemap lists, in order, each once; a sitemap index gives its sitemaps. */
export function feedUrls(input: string, base: string | null = null): string[] {
  const text = prepare(input);
  const urls = isSitemapText(text)
    ? sitemapUrls(readXml(text), base)
    : readFeed(text, base).entries.flatMap((entry) => webUrl(entry.link, base) ?? []);
  return [...new Set(urls)];
}

function prepare(input: string): string {
  const text = dropForbiddenCharacters(input).replace(/^\s+/u, '');
  if (/<!DOCTYPE/iu.test(text.slice(0, 10_000)) && /<!ENTITY/iu.test(text)) {
    throw new ParseError('feed', 'The document type declares entities of its own; remove the DOCTYPE.');
  }
  if (!text.startsWith('{') && deepest(text) > MOST_OPEN_ELEMENTS) {
    throw new ParseError('feed', `Elements are nested deeper than ${MOST_OPEN_ELEMENTS} levels; flatten the feed.`);
  }
  return text;
}

/** How many more start tags than end tags there are at most, roughly: CDATA and comments are counted too. */
function deepest(text: string): number {
  let depth = 0;
  let most = 0;
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at + 1)) {
    if (text.startsWith('<![CDATA[', at)) {
      const end = text.indexOf(']]>', at);
      if (end < 0) break;
      at = end;
    } else if (text[at + 1] === '/') depth -= 1;
    else if (/[a-z_]/iu.test(text[at + 1] ?? '')) {
      const end = text.indexOf('>', at);
      if (end < 0) break;
      if (text[end - 1] !== '/') most = Math.max(most, ++depth);
      at = end;
    }
  }
  return most;
}

function isSitemapText(text: string): boolean {
  return /^(?:<\?[^>]*>\s*|<!--[\s\S]{0,5000}?-->\s*)*<(?:\w+:)?(?:urlset|sitemapindex)\b/iu.test(
    text.slice(0, 20_000),
  );
}

function sitemapFeed(text: string, context: ParseContext): Feed {
  const entries = sitemapEntries(readXml(text), context.url);
  return { title: null, link: null, language: null, rights: null, entries };
}

function outcomeOf(entry: FeedEntry, feed: Feed, isSitemap: boolean, context: ParseContext): ParsedItem {
  const headline = oneLine(entry.title);
  const canonicalUrl = webUrl(entry.link, context.url ?? feed.link);
  if (isSitemap && (!headline || !canonicalUrl)) {
    return {
      kind: 'REJECTED',
      reason: `The sitemap lists ${canonicalUrl ?? 'an entry'} without a title; hand in the page itself.`,
    };
  }
  const content = oneLine(entry.content) ? entry.content : entry.summary;
  const body =
    content && MARK_UP.test(content) ? readHtmlBody(content, headline) : readTextBody(content ?? '', headline);
  const abstract = oneLine(
    entry.summary && MARK_UP.test(entry.summary) ? readHtmlBody(entry.summary, null).text : entry.summary,
  );
  const base = canonicalUrl ?? context.url;
  const sourceName = oneLine(entry.publisher) ?? oneLine(feed.title);
  const domain = siteOf(feed.link) ?? siteOf(canonicalUrl);
  const published = readFeedTime(entry.published, context);
  const authors = entry.authors.map((name) => oneLine(name) ?? '').filter((name) => name !== '' && name !== sourceName);
  const id = oneLine(entry.id);
  const story: Omit<Story, 'headline'> = {
    uri: id && isUri(id) && webUrl(id, null) !== canonicalUrl ? id : null,
    canonicalUrl,
    source: sourceName || domain ? { name: sourceName ?? domain ?? '', domain } : null,
    alternativeHeadline: null,
    abstract,
    byline: authors.length > 0 ? authors.join(', ') : body.byline,
    authors: namesOf(authors, body.byline),
    dateline: null,
    bodyText: body.text,
    bodyHtml: body.html || null,
    language: languageOf(entry.language) ?? languageOf(feed.language),
    datePublished: published,
    firstCreated: null,
    versionCreated: readFeedTime(entry.updated, context),
    originVersion: null,
    pubStatus: 'USABLE',
    isCorrection: false,
    embargoedUntil: null,
    urgency: null,
    section: null,
    creditText: null,
    copyrightNotice: oneLine(entry.rights) ?? oneLine(feed.rights),
    usageTerms: null,
    edNote: body.edNote,
    isAccessibleForFree: null,
    tags: entry.keywords.flatMap((word) => {
      const name = oneLine(word);
      return name ? keywordTag(name) : [];
    }),
    photos: uniquePhotos(entry.photos, photosOfHtml(content ?? '', base)).map((photo, index) => ({
      ...photo,
      role: index === 0 ? ('LEAD' as const) : photo.role,
    })),
    related: [],
    events: [],
  };
  const places = {
    headline: 'title',
    bodyText: entry.content ? 'content' : 'summary',
    abstract: 'summary',
    datePublished: 'published',
    tags: 'categories',
  };
  return finishStory({
    reader: 'feed',
    headline,
    labels: [],
    story,
    isReference: isSitemap,
    place: entry.place,
    places: Object.fromEntries(Object.entries(places).map(([field, name]) => [field, `${entry.place}/${name}`])),
  });
}

/** A bare number is unique within its feed only, and would mix up the stories of two feeds. */
function isUri(id: string): boolean {
  return /^[a-z][a-z\d+.-]*:\S/iu.test(id);
}

/** Feeds name authors one by one, or as a byline in one field; a desk's name stays as it is. */
function namesOf(authors: string[], byline: string | null): string[] {
  const names = authors.flatMap((author) => {
    const people = authorsOf(author);
    return people.length > 0 ? people : [author];
  });
  return names.length > 0 ? [...new Set(names)] : authorsOf(byline);
}

function siteOf(url: string | null): string | null {
  return url ? (getDomain(url)?.toLowerCase() ?? null) : null;
}
