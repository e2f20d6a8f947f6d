import { slug, storyUri, textKey } from './identity.ts';
import type { Story } from './story.ts';
import { searchVector, words } from './tokens.ts';

/** Columns of `articles` and their types, as {@link articleRow} fills them. */
export const ARTICLE = {
  id: 'uuid',
  uri: 'text',
  canonical_url: 'text',
  slug: 'text',
  source_id: 'uuid',
  headline: 'text',
  headline_key: 'text',
  alternative_headline: 'text',
  abstract: 'text',
  byline: 'text',
  authors: 'text[]',
  author_keys: 'text[]',
  dateline: 'text',
  body_text: 'text',
  body_html: 'text',
  word_count: 'int',
  language: 'text',
  date_published: 'timestamptz',
  date_precision: 'date_precision',
  time_zone: 'text',
  first_created: 'timestamptz',
  version_created: 'timestamptz',
  version: 'int',
  origin_version: 'bigint',
  pub_status: 'pub_status',
  embargoed_until: 'timestamptz',
  announced: 'boolean',
  urgency: 'int',
  section: 'text',
  credit_text: 'text',
  copyright_notice: 'text',
  usage_terms: 'text',
  ed_note: 'text',
  is_accessible_for_free: 'boolean',
  listed_at: 'timestamptz',
  ingested_at: 'timestamptz',
  content_hash: 'text',
  search: 'tsvector',
};

/** Makes the insert of a known id an update of everything else. */
export const ARTICLE_UPDATE = `on conflict (id) do update set ${Object.keys(ARTICLE)
  // Neither ever changes; without them the row's lock lets others refer to the story meanwhile.
  .filter((column) => column !== 'id' && column !== 'slug')
  .map((column) => `${column} = excluded.${column}`)
  .join(', ')}`;

/** What a row needs beside the story itself. */
export interface ArticleRowFacts {
  articleId: string;
  version: number;
  sourceId: string | null;
  contentHash: string;
  receivedAt: Date;
  /** Of the row that is there already. */
  before: { slug: string; ingested_at: Date } | null;
  now: Date;
}

/** The story's current version as `articles` stores it. */
export function articleRow(story: Story, facts: ArticleRowFacts): Record<keyof typeof ARTICLE, unknown> {
  const { articleId, version, sourceId, contentHash, receivedAt, before, now } = facts;
  return {
    id: articleId,
    uri: storyUri(story),
    canonical_url: story.canonicalUrl,
    slug: before?.slug ?? `${slug(story.headline)}-${articleId.slice(-8)}`,
    source_id: sourceId,
    headline: story.headline,
    headline_key: textKey(story.headline),
    alternative_headline: story.alternativeHeadline,
    abstract: story.abstract,
    byline: story.byline,
    authors: story.authors,
    author_keys: story.authors.map(textKey),
    dateline: story.dateline,
    body_text: story.bodyText,
    body_html: story.bodyHtml,
    word_count: words(story.bodyText).length,
    language: story.language,
    date_published: story.datePublished?.instant,
    date_precision: story.datePublished && (story.datePublished.precision === 'DAY' ? 'DAY' : 'MINUTE'),
    time_zone: story.datePublished?.zone,
    first_created: story.firstCreated?.instant,
    version_created: story.versionCreated?.instant ?? receivedAt,
    version,
    origin_version: story.originVersion,
    pub_status: story.pubStatus,
    embargoed_until: story.embargoedUntil,
    announced: !story.embargoedUntil || story.embargoedUntil <= now,
    urgency: story.urgency,
    section: story.section,
    credit_text: story.creditText,
    copyright_notice: story.copyrightNotice,
    usage_terms: story.usageTerms,
    ed_note: story.edNote,
    is_accessible_for_free: story.isAccessibleForFree,
    listed_at: story.datePublished?.instant ?? before?.ingested_at ?? now,
    ingested_at: before?.ingested_at ?? now,
    content_hash: contentHash,
    search: searchVector(story),
  };
}
