/** RSS, RDF, Atom and JSON Feed, as feedsmith reads them → one shape of feed and entry. */
import { type AnyFeed, type AtomFeed, type JsonFeed, parseFeed, type RdfFeed, type RssFeed } from 'feedsmith';
import { ParseError } from '../../../stories/story.ts';
import { type Feed, type FeedEntry, filled } from './entry.ts';
import { mediaPhotos, pictureAt } from './media.ts';

/** @throws {@link ParseError} when the input is none of these formats. `base` resolves relative addresses. */
export function readFeed(input: string, base: string | null): Feed {
  let parsed: AnyFeed<string>;
  try {
    parsed = parseFeed<string>(input.startsWith('{') ? JSON.parse(input) : input);
  } catch (error) {
    throw new ParseError(
      'feed',
      `Not a readable RSS, RDF, Atom or JSON feed (${(error as Error).message}); check that the whole document was sent.`,
    );
  }
  if (parsed.format === 'rss') return rss(parsed.feed, base);
  if (parsed.format === 'atom') return atom(parsed.feed, base);
  if (parsed.format === 'rdf') return rdf(parsed.feed, base);
  return jsonFeed(parsed.feed, base);
}

function rss(feed: RssFeed.Feed<string>, base: string | null): Feed {
  const language = feed.language ?? feed.dc?.languages?.[0] ?? null;
  const entries = (feed.items ?? []).map((item, index): FeedEntry => {
    const permalink =
      item.guid?.isPermaLink !== false && /^https?:/u.test(item.guid?.value ?? '') ? item.guid?.value : undefined;
    const persons = [
      ...(item.dc?.creators ?? []),
      ...(item.authors ?? []).map(({ name }) => name),
      ...(item.itunes?.author ? [item.itunes.author] : []),
    ];
    const enclosures = (item.enclosures ?? []).flatMap(({ url, type }) => pictureAt(url, type, base) ?? []);
    return {
      title: item.title ?? item.dc?.titles?.[0] ?? item.media?.title?.value ?? null,
      id: item.guid?.value ?? null,
      link: item.link ?? permalink ?? null,
      content: item.content?.encoded ?? null,
      summary: item.description ?? item.dc?.descriptions?.[0] ?? item.media?.description?.value ?? null,
      authors: filled(...persons),
      keywords: filled(
        ...(item.categories ?? []).map(({ name }) => name),
        ...(item.dc?.subjects ?? []),
        ...(item.media?.keywords ?? []),
      ),
      published: item.pubDate ?? item.dc?.dates?.[0] ?? item.dcterms?.issued?.[0] ?? null,
      updated: item.atom?.updated ?? item.dcterms?.modified?.[0] ?? null,
      language: item.dc?.languages?.[0] ?? null,
      rights: item.dc?.rights?.[0] ?? null,
      publisher: item.source?.title ?? null,
      photos: [...mediaPhotos(item.media, base), ...enclosures],
      place: `/rss/channel/item[${index + 1}]`,
    };
  });
  return { title: feed.title ?? null, link: feed.link ?? null, language, rights: feed.copyright ?? null, entries };
}

function rdf(feed: RdfFeed.Feed<string>, base: string | null): Feed {
  const entries = (feed.items ?? []).map(
    (item, index): FeedEntry => ({
      title: item.title ?? null,
      id: item.rdf?.about ?? null,
      link: item.link ?? item.rdf?.about ?? null,
      content: item.content?.encoded ?? null,
      summary: item.description ?? item.dc?.descriptions?.[0] ?? null,
      authors: filled(...(item.dc?.creators ?? [])),
      keywords: filled(...(item.dc?.subjects ?? [])),
      published: item.dc?.dates?.[0] ?? item.dcterms?.issued?.[0] ?? null,
      updated: item.dcterms?.modified?.[0] ?? null,
      language: item.dc?.languages?.[0] ?? null,
      rights: item.dc?.rights?.[0] ?? null,
      publisher: item.dc?.publishers?.[0] ?? null,
      photos: mediaPhotos(item.media, base),
      place: `/RDF/item[${index + 1}]`,
    }),
  );
  const { title, link, dc } = feed;
  return {
    title: title ?? null,
    link: link ?? null,
    language: dc?.languages?.[0] ?? null,
    rights: dc?.rights?.[0] ?? null,
    entries,
  };
}

function atom(feed: AtomFeed.Feed<string>, base: string | null): Feed {
  const entries = (feed.entries ?? []).map((entry, index): FeedEntry => {
    const enclosures = (entry.links ?? [])
      .filter(({ rel }) => rel === 'enclosure')
      .flatMap(({ href, type }) => pictureAt(href, type, base) ?? []);
    return {
      title: entry.title?.value ?? null,
      id: entry.id ?? null,
      link: pageLink(entry.links),
      content: entry.content?.value ?? null,
      summary:
        entry.summary?.value ?? entry.media?.description?.value ?? entry.media?.groups?.[0]?.description?.value ?? null,
      authors: filled(...(entry.authors ?? []).map(({ name }) => name), ...(entry.dc?.creators ?? [])),
      keywords: filled(
        ...(entry.categories ?? []).map(({ label, term }) => label ?? term),
        ...(entry.dc?.subjects ?? []),
      ),
      published: entry.published ?? entry.dc?.dates?.[0] ?? entry.updated ?? null,
      updated: entry.updated ?? null,
      language: entry.xml?.lang ?? entry.content?.xml?.lang ?? entry.dc?.languages?.[0] ?? null,
      rights: entry.rights?.value ?? null,
      publisher: entry.source?.title?.value ?? null,
      photos: [...mediaPhotos(entry.media, base), ...enclosures],
      place: `/feed/entry[${index + 1}]`,
    };
  });
  return {
    title: feed.title?.value ?? null,
    link: pageLink(feed.links),
    language: feed.xml?.lang ?? null,
    rights: feed.rights?.value ?? null,
    entries,
  };
}

/** The link to the page itself: rel "alternate" (the default), HTML before other types. */
function pageLink(links: AtomFeed.Link<string>[] | undefined): string | null {
  const pages = (links ?? []).filter(({ rel }) => rel === undefined || rel === 'alternate');
  return (pages.find(({ type }) => type === undefined || type.includes('html')) ?? pages[0])?.href ?? null;
}

function jsonFeed(feed: JsonFeed.Feed<string>, base: string | null): Feed {
  const entries = (feed.items ?? []).map((item, index): FeedEntry => {
    const attachments = (item.attachments ?? []).flatMap(({ url, mime_type }) => pictureAt(url, mime_type, base) ?? []);
    return {
      title: item.title ?? null,
      id: item.id ?? null,
      link: item.url ?? item.external_url ?? null,
      content: item.content_html ?? item.content_text ?? null,
      summary: item.summary ?? null,
      authors: filled(...(item.authors ?? feed.authors ?? []).map(({ name }) => name)),
      keywords: filled(...(item.tags ?? [])),
      published: item.date_published ?? null,
      updated: item.date_modified ?? null,
      language: item.language ?? null,
      rights: null,
      publisher: null,
      photos: [
        ...filled(item.image, item.banner_image).flatMap((url) => pictureAt(url, 'image', base) ?? []),
        ...attachments,
      ],
      place: `/items/${index}`,
    };
  });
  return {
    title: feed.title ?? null,
    link: feed.home_page_url ?? feed.feed_url ?? null,
    language: feed.language ?? null,
    rights: null,
    entries,
  };
}
