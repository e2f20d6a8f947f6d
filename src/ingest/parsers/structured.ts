import { z } from 'zod';
import {
  emptyStory,
  type ParseContext,
  type ParsedItem,
  ParseError,
  type Story,
  type StoryTime,
  TAG_TYPES,
} from '../../stories/story.ts';

/** The longest a line (headline, name, credit) may be; more is a body in the wrong field. */
const line = z.string().trim().min(1).max(2_000);
const time = z.iso.datetime({ offset: true }).or(z.iso.date());
const url = z.url({ protocol: /^https?$/ });

const Structured = z.strictObject({
  uri: line.nullish(),
  canonicalUrl: url.nullish(),
  source: z.strictObject({ name: line, domain: line.nullish() }).nullish(),
  headline: line,
  alternativeHeadline: line.nullish(),
  abstract: z.string().nullish(),
  byline: line.nullish(),
  authors: z.array(line).nullish(),
  dateline: line.nullish(),
  bodyText: z.string().nullish(),
  language: line.nullish(),
  datePublished: time.nullish(),
  firstCreated: time.nullish(),
  versionCreated: time.nullish(),
  originVersion: z.int().positive().nullish(),
  pubStatus: z.enum(['USABLE', 'WITHHELD', 'CANCELED']).nullish(),
  isCorrection: z.boolean().nullish(),
  embargoedUntil: z.iso.datetime({ offset: true }).nullish(),
  urgency: z.int().min(1).max(9).nullish(),
  section: line.nullish(),
  creditText: line.nullish(),
  copyrightNotice: line.nullish(),
  usageTerms: z.string().nullish(),
  edNote: z.string().nullish(),
  isAccessibleForFree: z.boolean().nullish(),
  tags: z
    .array(
      z.strictObject({
        type: z.enum(TAG_TYPES).default('KEYWORD'),
        name: line,
        scheme: line.nullish(),
        termCode: line.nullish(),
        sameAs: z.array(url).nullish(),
        relevance: z.int().min(0).max(100).nullish(),
        confidence: z.int().min(0).max(100).nullish(),
      }),
    )
    .max(1_000)
    .nullish(),
  photos: z
    .array(
      z.strictObject({
        uri: line.nullish(),
        caption: z.string().nullish(),
        altText: z.string().nullish(),
        creditText: line.nullish(),
        creator: line.nullish(),
        copyrightNotice: line.nullish(),
        dateCreated: time.nullish(),
        contentLocation: line.nullish(),
        digitalSourceType: line.nullish(),
        role: z.enum(['LEAD', 'INLINE']).nullish(),
        renditions: z
          .array(
            z.strictObject({
              name: line.nullish(),
              href: url,
              contentType: line.nullish(),
              width: z.int().positive().nullish(),
              height: z.int().positive().nullish(),
            }),
          )
          .max(100)
          .nullish(),
      }),
    )
    .max(1_000)
    .nullish(),
  related: z
    .array(
      z.strictObject({
        title: line,
        url: url.nullish(),
        uri: line.nullish(),
        rel: z.enum(['RELATED', 'FEATURED', 'BACKGROUND', 'FOLLOW_UP', 'UPDATE_OF', 'COPY_OF']).nullish(),
      }),
    )
    .max(1_000)
    .nullish(),
});

/**
 * Reads a story that somebody has in fields already: JSON with the names of {@link Story}, instants in ISO 8601. This
 * is what GraphQL's `StoryInput` becomes, and what an NDJSON file for the command line holds.
 *
 * @throws {ParseError} that names the field
 */
export function parseStructured(input: string, _context: ParseContext): ParsedItem[] {
  const read = Structured.safeParse(readJson(input));
  if (!read.success) {
    const [issue] = read.error.issues;
    throw new ParseError(issue?.path.join('.') || 'story', issue?.message ?? 'This is no story.');
  }
  const { source, tags, photos, related, ...fields } = withoutUndefined(read.data);
  const story: Story = {
    ...emptyStory(fields.headline),
    ...fields,
    authors: fields.authors ?? [],
    bodyText: paragraphs(fields.bodyText ?? ''),
    pubStatus: fields.pubStatus ?? 'USABLE',
    isCorrection: fields.isCorrection ?? false,
    embargoedUntil: fields.embargoedUntil ? new Date(fields.embargoedUntil) : null,
    datePublished: readTime(fields.datePublished),
    firstCreated: readTime(fields.firstCreated),
    versionCreated: readTime(fields.versionCreated),
    source: source ? { name: source.name, domain: source.domain?.toLowerCase() ?? null } : null,
    tags: (tags ?? []).map((tag) => ({
      ...tag,
      scheme: tag.scheme ?? null,
      termCode: tag.termCode ?? null,
      sameAs: tag.sameAs ?? [],
      relevance: tag.relevance ?? null,
      confidence: tag.confidence ?? null,
    })),
    photos: (photos ?? []).map((photo, index) => ({
      uri: photo.uri ?? null,
      caption: photo.caption ?? null,
      altText: photo.altText ?? null,
      creditText: photo.creditText ?? null,
      creator: photo.creator ?? null,
      copyrightNotice: photo.copyrightNotice ?? null,
      dateCreated: readTime(photo.dateCreated),
      contentLocation: photo.contentLocation ?? null,
      digitalSourceType: photo.digitalSourceType ?? null,
      role: photo.role ?? (index === 0 ? 'LEAD' : 'INLINE'),
      renditions: (photo.renditions ?? []).map((rendition) => ({
        name: rendition.name ?? null,
        href: rendition.href,
        contentType: rendition.contentType ?? null,
        width: rendition.width ?? null,
        height: rendition.height ?? null,
      })),
    })),
    related: (related ?? []).map((one) => ({
      title: one.title,
      url: one.url ?? null,
      uri: one.uri ?? null,
      rel: one.rel ?? 'RELATED',
    })),
    events: [],
  };
  if (story.bodyText === '' && story.pubStatus === 'USABLE')
    throw new ParseError(
      'bodyText',
      'A story that may be shown needs a text; only a withdrawal (pubStatus WITHHELD or CANCELED) goes without.',
    );
  const stated = Object.keys(fields).map((field) => [field, { reader: 'structured', place: field, confidence: 100 }]);
  return [{ kind: 'STORY', story, provenance: Object.fromEntries(stated) }];
}

function readJson(input: string): unknown {
  try {
    return JSON.parse(input);
  } catch {
    throw new ParseError('story', 'This is not valid JSON.');
  }
}

/** A day without a time of day is that day in UTC. */
function readTime(value: string | null | undefined): StoryTime | null {
  if (!value) return null;
  const zone = /(?:[+-]\d\d:\d\d)$/.exec(value)?.[0] ?? (value.endsWith('Z') ? '+00:00' : null);
  return { instant: new Date(value), precision: value.includes('T') ? 'TIME' : 'DAY', zone };
}

function paragraphs(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .trim()
    .replace(/\n{3,}/g, '\n\n');
}

function withoutUndefined<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, one ?? null])) as T;
}
