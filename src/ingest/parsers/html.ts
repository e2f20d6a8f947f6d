import { knownSourceByDomain } from '../../stories/known-sources.ts';
import {
  emptyStory,
  type ParseContext,
  type ParsedItem,
  ParseError,
  type Parser,
  type Provenance,
  type Story,
} from '../../stories/story.ts';
import { readDateline } from './html/agency.ts';
import { findArticle } from './html/article.ts';
import { filterBlocks } from './html/block-filter.ts';
import { renderBlocks } from './html/blocks.ts';
import { renderBodyHtml } from './html/body-html.ts';
import { findByline } from './html/byline.ts';
import { type Claim, claim, claimIf, provenanceOf } from './html/claim.ts';
import { findDates } from './html/dates.ts';
import { absoluteUrl, type Page, parsePage } from './html/document.ts';
import { closest, type PageElement } from './html/dom.ts';
import { findHeadline } from './html/headline.ts';
import { findLanguage } from './html/language.ts';
import { type PageMetadata, readMetadata } from './html/metadata.ts';
import { findPhotos } from './html/photos.ts';
import { findRelated } from './html/related.ts';
import { findSource } from './html/source.ts';
import { findTags } from './html/tags.ts';

/**
 * Reads a news page. What the reader sees is weighed against what the page says of itself (JSON-LD, OpenGraph, meta,
 * microdata), and each field's provenance is kept. Throws {@link ParseError} where no headline or no body is found.
 */
export const parseHtml: Parser = (input: string, context: ParseContext): ParsedItem[] => {
  const page = parsePage(input, context.url);
  const metadata = readMetadata(page);
  const headline = findHeadline(page, metadata);
  if (headline === null) {
    throw new ParseError('headline', 'The page has no heading and no title; hand the story in as structured input.');
  }
  const story = emptyStory(headline.value);
  const provenance: Provenance = { headline: provenanceOf(headline) };
  const set = <Field extends keyof Story>(field: Field, found: Claim<Story[Field]> | null | undefined) => {
    if (found === null || found === undefined) return;
    story[field] = found.value;
    provenance[field] = provenanceOf(found);
  };

  const canonical = canonicalUrl(page, metadata);
  set('canonicalUrl', canonical);
  set('source', findSource(metadata, canonical?.value ?? context.url));
  set(
    'abstract',
    firstOf(
      claimIf(metadata.schema?.description, 'json-ld', 'description', 75),
      claimIf(metadata.meta('og:description'), 'og', 'meta[property=og:description]', 75),
      claimIf(metadata.meta('description'), 'meta', 'meta[name=description]', 70),
    ),
  );
  set(
    'section',
    firstOf(
      claimIf(metadata.meta('article:section'), 'og', 'meta[property=article:section]', 85),
      claimIf(metadata.schema?.section, 'json-ld', 'articleSection', 85),
      claimIf(metadata.itemprop('articleSection'), 'microdata', '[itemprop=articleSection]', 80),
      claimIf(metadata.meta('parsely-section') ?? metadata.meta('section'), 'meta', 'meta[name=section]', 70),
    ),
  );
  set(
    'isAccessibleForFree',
    metadata.schema?.isAccessibleForFree == null
      ? null
      : claim(metadata.schema.isAccessibleForFree, 'json-ld', 'isAccessibleForFree', 90),
  );
  set(
    'copyrightNotice',
    firstOf(
      claimIf(metadata.schema?.copyrightNotice, 'json-ld', 'copyrightNotice', 80),
      claimIf(metadata.meta('copyright'), 'meta', 'meta[name=copyright]', 70),
    ),
  );

  const dates = findDates(page, metadata, {
    receivedAt: context.receivedAt,
    timeZone: context.timeZone ?? knownSourceByDomain(story.source?.domain ?? '')?.timeZone ?? null,
    language: metadata.htmlLanguage ?? 'en',
    headline: headline.element,
  });
  set('datePublished', dates.published);
  set('versionCreated', dates.modified);

  const siteNames = [
    story.source?.name,
    story.source?.domain,
    metadata.meta('og:site_name'),
    metadata.schema?.publisher,
  ].filter((name): name is string => Boolean(name));
  const byline = findByline(page, metadata, headline.element, siteNames);
  set('byline', byline.byline);
  set('authors', byline.authors);
  set('tags', findTags(page, metadata, headline.element));

  const articles = page.byTag('article');
  const isBody = (element: PageElement) =>
    closest(
      element,
      (box) =>
        articles.includes(box) ||
        box.localName === 'main' ||
        /article|story|post|entry|content/.test(
          `${box.getAttribute('class') ?? ''}${box.getAttribute('id') ?? ''}`.toLowerCase(),
        ),
      12,
    ) !== null;
  const photos = findPhotos(page, metadata, headline.element, isBody);
  if (photos.length > 0) set('photos', claim(photos, 'dom', 'img', 80));
  const related = findRelated(page, isBody, canonical?.value ?? context.url);
  if (related.length > 0) set('related', claim(related, 'dom', 'a', 70));

  readBody(page, story, provenance, metadata);
  const dateline = readDateline(story.bodyText.slice(0, 300));
  set('dateline', dateline.dateline === null ? null : claim(dateline.dateline, 'text', 'bodyText', 85));
  const agency = dateline.agency ?? byline.agency?.value ?? null;
  if (agency !== null)
    set(
      'creditText',
      claim(
        agency,
        dateline.agency === null ? (byline.agency?.reader ?? 'dom') : 'text',
        dateline.agency === null ? (byline.agency?.place ?? '') : 'bodyText',
        80,
      ),
    );
  set('language', findLanguage(metadata, story.bodyText));
  return [{ kind: 'STORY', story, provenance }];
};

function firstOf<T>(...claims: Claim<T>[][]): Claim<T> | null {
  return claims.flat()[0] ?? null;
}

function canonicalUrl(page: Page, metadata: PageMetadata): Claim | null {
  const candidates: [string | null | undefined, string, string, number][] = [
    [metadata.canonical, 'dom', 'link[rel=canonical]', 95],
    [metadata.meta('og:url'), 'og', 'meta[property=og:url]', 85],
    [metadata.schema?.url, 'json-ld', 'url', 80],
    [page.baseUrl, 'url', 'url', 60],
  ];
  for (const [link, reader, place, confidence] of candidates) {
    const url = absoluteUrl(link, page.baseUrl);
    if (url !== null) return claim(url, reader, place, confidence);
  }
  return null;
}

function readBody(page: Page, story: Story, provenance: Provenance, metadata: PageMetadata): void {
  const root = findArticle(page.document);
  const blocks = root === null ? [] : renderBlocks(root);
  const kept = filterBlocks(blocks, {
    headline: story.headline,
    abstract: metadata.meta('description') ?? story.abstract,
    captions: story.photos.flatMap((photo) => photo.caption ?? []),
    byline: story.byline,
  });
  if (root === null || kept.length === 0) {
    throw new ParseError(
      'bodyText',
      'The page has no text that reads as an article; hand the story in as structured input.',
    );
  }
  story.bodyText = kept.map((block) => block.text).join('\n\n');
  story.bodyHtml = renderBodyHtml(root, blocks, kept);
  provenance.bodyText = { reader: 'dom', place: 'readability', confidence: 85 };
  provenance.bodyHtml = provenance.bodyText;
}
