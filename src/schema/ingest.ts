import { requireScope } from '../auth/authenticate.ts';
import type { UserError } from '../errors.ts';
import { draft, type IngestInput, type IngestResult, ingest } from '../ingest/ingest.ts';
import type { LedgerItem } from '../ingest/ledger.ts';
import { FORMAT_FIELDS, INPUT_FORMATS } from '../ingest/parse.ts';
import { takeSnapshot } from '../stories/snapshot.ts';
import type { Story } from '../stories/story.ts';
import { Article } from './article.ts';
import { builder } from './builder.ts';
import { IngestOutcome } from './enums.ts';

export const UserErrorType = builder.objectRef<UserError>('UserError').implement({
  description: 'Something the caller can mend.',
  fields: (t) => ({
    code: t.exposeString('code', { nullable: false, description: 'Stable; to branch on.' }),
    path: t.exposeStringList('path', {
      nullable: false,
      description: 'Path of the input field; empty where none is to blame.',
    }),
    message: t.exposeString('message', { nullable: false, description: 'What is wrong and what to do.' }),
  }),
});

builder.prismaNode('IngestRun', {
  id: { field: 'id' },
  description: 'One call that handed stories in.',
  fields: (t) => ({
    startedAt: t.expose('startedAt', { type: 'DateTime', nullable: false, description: 'UTC.' }),
    finishedAt: t.expose('finishedAt', { type: 'DateTime', nullable: false, description: 'UTC.' }),
    key: t.string({
      description: 'Name of the key it was sent with.',
      select: { apiKey: { select: { name: true } } },
      resolve: (run) => run.apiKey?.name,
    }),
    items: t.relatedConnection('items', {
      cursor: 'id',
      totalCount: true,
      description: 'What was handed in and what became of it, in order.',
      query: { orderBy: [{ position: 'asc' }, { part: 'asc' }] },
    }),
  }),
});

builder.prismaNode('IngestItem', {
  id: { field: 'id' },
  description: 'One item that was handed in, and what became of it.',
  fields: (t) => ({
    outcome: t.expose('outcome', { type: IngestOutcome, nullable: false, description: 'What became of it.' }),
    format: t.exposeString('format', { nullable: false, description: 'What it was read as.' }),
    url: t.field({ type: 'URL', description: 'Where it was said to come from.', resolve: (item) => item.url }),
    receivedAt: t.expose('receivedAt', { type: 'DateTime', nullable: false, description: 'UTC.' }),
    version: t.exposeInt('version', { description: 'Version of the article that holds it.' }),
    idempotencyKey: t.exposeString('idempotencyKey', { description: 'As given.' }),
    inputHash: t.exposeString('inputHash', { nullable: false, description: 'SHA-256 of the input, hex.' }),
    errors: t.field({
      type: [UserErrorType],
      nullable: { list: false, items: false },
      description: 'Why it was rejected.',
      resolve: (item) => item.errors as unknown as UserError[],
    }),
    provenance: t.expose('provenance', {
      type: 'JSON',
      description: 'Where each field was found: {field: {reader, place, confidence}}.',
    }),
    article: t.relation('article', { description: 'The article it became or repeated.' }),
  }),
});

builder.queryField('ingestRuns', (t) =>
  t.prismaConnection({
    type: 'IngestRun',
    cursor: 'id',
    description: 'The ledger of everything handed in, latest first. Needs the scope WRITE.',
    resolve: (query, _root, _args, { db, viewer }) => {
      requireScope(viewer, 'WRITE');
      return db.ingestRun.findMany({ ...query, orderBy: [{ startedAt: 'desc' }, { id: 'desc' }] });
    },
  }),
);

const IngestSourceInput = builder.inputType('IngestSourceInput', {
  isOneOf: true,
  description: 'The story, in one of the forms newsrooms have it.',
  fields: (t) => ({
    pageText: t.string({ description: "A page's text without mark-up, as scraped." }),
  }),
});

const IngestStoryInput = builder.inputType('IngestStoryInput', {
  description: 'One story to be ingested.',
  fields: (t) => ({
    source: t.field({ type: IngestSourceInput, required: true, description: 'The story itself.' }),
    url: t.field({
      type: 'URL',
      description: 'Where it was fetched from (http or https); resolves relative links and identifies it.',
    }),
    receivedAt: t.field({
      type: 'DateTime',
      description: 'When it was received; now, if not given. Resolves "3 hours ago".',
    }),
    idempotencyKey: t.string({
      description:
        'The same key with the same input is answered as before; with another input it is an error. At most 200 characters.',
    }),
    dryRun: t.boolean({ defaultValue: false, description: 'Read it and return the draft, store nothing.' }),
  }),
});

interface IngestPayload {
  item: LedgerItem | null;
  draft: Story | null;
  userErrors: UserError[];
}

const IngestStoryPayload = builder.objectRef<IngestPayload>('IngestStoryPayload').implement({
  description: 'What became of the story.',
  fields: (t) => ({
    outcome: t.field({
      type: IngestOutcome,
      nullable: false,
      description: 'What became of it.',
      resolve: ({ item }) => item?.outcome ?? 'REJECTED',
    }),
    article: t.prismaField({
      type: Article,
      nullable: true,
      description: 'The article it became or repeated.',
      resolve: (query, { item }, _args, { db }) =>
        item?.articleId ? db.article.findUnique({ ...query, where: { id: item.articleId } }) : null,
    }),
    draft: t.field({
      type: 'JSON',
      description: 'The story as it was read, whether stored or not.',
      resolve: (payload) => payload.draft && takeSnapshot(payload.draft),
    }),
    provenance: t.field({
      type: 'JSON',
      description: 'Where each field was found: {field: {reader, place, confidence}}.',
      resolve: ({ item }) => item?.provenance,
    }),
    item: t.prismaField({
      type: 'IngestItem',
      nullable: true,
      description: 'The entry in the ledger; null for a dry run.',
      resolve: (query, { item }, _args, { db }) =>
        item ? db.ingestItem.findUnique({ ...query, where: { id: item.id } }) : null,
    }),
    userErrors: t.expose('userErrors', {
      type: [UserErrorType],
      nullable: { list: false, items: false },
      description: 'Empty when all went well.',
    }),
  }),
});

builder.mutationField('ingestStory', (t) =>
  t.field({
    type: IngestStoryPayload,
    nullable: false,
    description: 'Reads one story and stores it; the same story again is UNCHANGED and adds nothing.',
    args: { input: t.arg({ type: IngestStoryInput, required: true, description: 'The story.' }) },
    resolve: async (_root, { input }, { database, viewer }): Promise<IngestPayload> => {
      requireScope(viewer, 'WRITE');
      const { read, errors } = readInput(input);
      if (!read) return { item: null, draft: null, userErrors: errors };
      const [result] = input.dryRun ? draft([read]) : await ingest(database, [read], viewer.key?.id ?? null);
      return payload(result);
    },
  }),
);

function payload(result: IngestResult | undefined): IngestPayload {
  const item = result?.items[0] ?? null;
  return { item, draft: result?.drafts[0] ?? null, userErrors: item?.errors ?? [] };
}

/** A receivedAt further ahead of this server's clock than this is a mistake, not a skewed clock. */
const CLOCK_SKEW = 24 * 60 * 60 * 1000;

function readInput(input: typeof IngestStoryInput.$inferInput): { read: IngestInput | null; errors: UserError[] } {
  const errors: UserError[] = [];
  const reject = (path: string, message: string) => errors.push({ code: 'INVALID', path: ['input', path], message });
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
  const format = INPUT_FORMATS.find(
    (one) => typeof input.source[FORMAT_FIELDS[one] as keyof typeof input.source] === 'string',
  );
  if (!format || errors.length > 0) return { read: null, errors };
  const content = input.source[FORMAT_FIELDS[format] as keyof typeof input.source] as string;
  return { read: { format, content, url: url?.href ?? null, receivedAt, idempotencyKey }, errors };
}
