import type { UserError } from '../errors.ts';
import { detectFormat, type InputFormat } from '../ingest/detect.ts';
import type { IngestInput } from '../ingest/read.ts';
import { storable } from '../stories/storable.ts';
import { builder } from './builder.ts';
import { PhotoRole, PubStatus, RelatedRel, TagType } from './enums.ts';

const StorySourceInput = builder.inputType('StorySourceInput', {
  description: 'A publisher or agency.',
  fields: (t) => ({
    name: t.string({ required: true, description: 'As it writes itself.' }),
    domain: t.string({ description: 'Registrable domain; it recognises the source.' }),
  }),
});
const StoryTagInput = builder.inputType('StoryTagInput', {
  description: 'What the story is about, as its publisher says.',
  fields: (t) => ({
    type: t.field({ type: TagType, defaultValue: 'KEYWORD', description: 'What kind of thing it names.' }),
    name: t.string({ required: true, description: 'Its usual name.' }),
    scheme: t.string({ description: 'Vocabulary: "medtop".' }),
    termCode: t.string({ description: 'Code within it: "20000587".' }),
    sameAs: t.field({ type: ['URL'], description: 'The same thing elsewhere (Wikidata …).' }),
    relevance: t.int({ description: '0–100.' }),
    confidence: t.int({ description: '0–100.' }),
  }),
});
const RenditionInput = builder.inputType('RenditionInput', {
  description: 'One size of a photo.',
  fields: (t) => ({
    name: t.string({ description: '"original", "thumbnail" …' }),
    href: t.field({ type: 'URL', required: true, description: 'http(s) address of the picture.' }),
    contentType: t.string({ description: 'IANA media type.' }),
    width: t.int({ description: 'Pixels.' }),
    height: t.int({ description: 'Pixels.' }),
  }),
});
const StoryPhotoInput = builder.inputType('StoryPhotoInput', {
  description: 'A picture of the story (IPTC Photo Metadata).',
  fields: (t) => ({
    uri: t.string({ description: "The picture's own identity." }),
    caption: t.string({ description: 'As printed.' }),
    altText: t.string({ description: 'Text for those who cannot see it.' }),
    creditText: t.string({ description: 'Who is to be credited.' }),
    creator: t.string({ description: 'Photographer.' }),
    copyrightNotice: t.string({ description: 'As stated.' }),
    dateCreated: t.field({ type: 'DateTime', description: 'When it was taken.' }),
    contentLocation: t.string({ description: 'Where it was taken.' }),
    digitalSourceType: t.string({ description: 'IPTC digital source type.' }),
    role: t.field({ type: PhotoRole, description: 'LEAD for the first, INLINE for the others, if not given.' }),
    renditions: t.field({ type: [RenditionInput], description: 'Its sizes.' }),
  }),
});
const StoryRelatedInput = builder.inputType('StoryRelatedInput', {
  description: 'A related story; it becomes an edge when that story is here.',
  fields: (t) => ({
    title: t.string({ required: true, description: 'As printed.' }),
    url: t.field({ type: 'URL', description: 'Address of its page.' }),
    uri: t.string({ description: 'Its uri.' }),
    rel: t.field({ type: RelatedRel, defaultValue: 'RELATED', description: 'What it is to this story.' }),
  }),
});

const StoryInput = builder.inputType('StoryInput', {
  description: 'A story that somebody has in fields already (names of IPTC ninjs 3 and schema.org).',
  fields: (t) => ({
    uri: t.string({ description: 'Stable identity; it decides which story this is a version of.' }),
    canonicalUrl: t.field({ type: 'URL', description: "Address of the story's page." }),
    source: t.field({ type: StorySourceInput, description: 'Publisher or agency.' }),
    headline: t.string({ required: true, description: 'Plain text.' }),
    alternativeHeadline: t.string({ description: 'A second headline.' }),
    abstract: t.string({ description: 'Standfirst or summary.' }),
    byline: t.string({ description: 'As printed.' }),
    authors: t.stringList({ description: 'Names.' }),
    dateline: t.string({ description: 'Place the story was filed from.' }),
    bodyText: t.string({ description: 'Plain text; blocks are separated by a blank line.' }),
    language: t.string({ description: 'BCP 47.' }),
    datePublished: t.field({ type: 'DateTime', description: 'First publication.' }),
    firstCreated: t.field({ type: 'DateTime', description: 'First creation at its origin.' }),
    versionCreated: t.field({
      type: 'DateTime',
      description: 'Creation of this version; an older one never overwrites a newer one.',
    }),
    originVersion: t.int({ description: "The origin's own count of versions." }),
    pubStatus: t.field({ type: PubStatus, defaultValue: 'USABLE', description: 'Whether it may be shown.' }),
    isCorrection: t.boolean({ description: 'Whether this version corrects an earlier one.' }),
    embargoedUntil: t.field({ type: 'DateTime', description: 'Not to be shown before this instant.' }),
    urgency: t.int({ description: '1 (most) to 9.' }),
    section: t.string({ description: "The publication's own section." }),
    creditText: t.string({ description: 'Who is to be credited.' }),
    copyrightNotice: t.string({ description: 'As stated.' }),
    usageTerms: t.string({ description: 'As stated.' }),
    edNote: t.string({ description: 'Note to other editors.' }),
    isAccessibleForFree: t.boolean({ description: 'False behind a paywall.' }),
    tags: t.field({ type: [StoryTagInput], description: 'What it is about.' }),
    photos: t.field({ type: [StoryPhotoInput], description: 'Its pictures in order.' }),
    related: t.field({ type: [StoryRelatedInput], description: 'Related stories in order.' }),
  }),
});

export const IngestSourceInput = builder.inputType('IngestSourceInput', {
  isOneOf: true,
  description: 'The story, in one of the forms newsrooms have it.',
  fields: (t) => ({
    pageText: t.string({ description: "A page's text without mark-up, as scraped." }),
    html: t.string({ description: "A page's HTML." }),
    structured: t.field({ type: StoryInput, description: 'Its fields.' }),
    ninjs: t.field({ type: 'JSON', description: 'IPTC ninjs 1.x–3.x: the object, or its JSON as a string.' }),
    newsml: t.string({ description: 'NewsML-G2 or NewsML 1.2: an item, or a message of several.' }),
    nitf: t.string({ description: 'NITF.' }),
    jsonLd: t.field({
      type: 'JSON',
      description: 'schema.org NewsArticle and its kin: the object, or its JSON as a string.',
    }),
    feed: t.string({ description: 'RSS, RDF, Atom, JSON Feed or a news sitemap.' }),
    any: t.string({ description: 'Any of these as text; the server finds out which by its own marks.' }),
  }),
});

export const StoryItemInput = builder.inputType('StoryItemInput', {
  description: 'One story of a batch.',
  fields: (t) => ({
    source: t.field({ type: IngestSourceInput, required: true, description: 'The story itself.' }),
    url: t.field({ type: 'URL', description: 'As for ingestStory.' }),
    receivedAt: t.field({ type: 'DateTime', description: 'As for ingestStory.' }),
    idempotencyKey: t.string({ description: 'As for ingestStory.' }),
  }),
});

/** Null: found out by the input's own marks. */
const FORMATS: Record<keyof typeof IngestSourceInput.$inferInput, InputFormat | null> = {
  pageText: 'PAGE_TEXT',
  html: 'HTML',
  structured: 'STRUCTURED',
  ninjs: 'NINJS',
  newsml: 'NEWSML_G2',
  nitf: 'NITF',
  jsonLd: 'JSON_LD',
  feed: 'FEED',
  any: null,
};

/** A receivedAt further ahead of this server's clock than this is a mistake, not a skewed clock. */
const CLOCK_SKEW = 24 * 60 * 60 * 1000;

/** Checks what GraphQL's types cannot say; `path` is where the input stands in the request. */
export function readInput(
  input: typeof StoryItemInput.$inferInput,
  path: string[],
): { read: IngestInput | null; errors: UserError[] } {
  const errors: UserError[] = [];
  const reject = (field: string, message: string) => errors.push({ code: 'INVALID', path: [...path, field], message });
  const url = input.url ? new URL(input.url) : null;
  if (url && !/^https?:$/.test(url.protocol)) reject('url', 'The address must begin with http:// or https://.');
  const receivedAt = input.receivedAt ?? new Date();
  if (receivedAt.getTime() > Date.now() + CLOCK_SKEW)
    reject('receivedAt', 'receivedAt is in the future; leave it out for now.');
  if (receivedAt.getUTCFullYear() < 1990)
    reject('receivedAt', 'receivedAt is before there were web pages; leave it out for now.');
  const idempotencyKey = input.idempotencyKey ?? null;
  if (idempotencyKey !== null && (idempotencyKey === '' || idempotencyKey.length > 200))
    reject('idempotencyKey', 'The key must have 1 to 200 characters.');
  else if (idempotencyKey !== null && storable(idempotencyKey) !== idempotencyKey)
    reject('idempotencyKey', 'The key must not hold NUL or half a surrogate pair.');
  const [given] = Object.entries(input.source).filter(([, value]) => value != null);
  if (!given || errors.length > 0) return { read: null, errors };
  const [field, value] = given;
  const content = typeof value === 'string' ? value : JSON.stringify(value);
  const stated = FORMATS[field as keyof typeof FORMATS];
  // One field for both generations of NewsML, which have nothing in common but the name.
  const format = field === 'newsml' && detectFormat(content) === 'NEWSML_1' ? 'NEWSML_1' : stated;
  return {
    read: { format, content, path: [...path, 'source', field], url: url?.href ?? null, receivedAt, idempotencyKey },
    errors,
  };
}
