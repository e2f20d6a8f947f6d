import { requireScope } from '../auth/authenticate.ts';
import type { UserError } from '../errors.ts';
import { draft, type IngestResult, ingest } from '../ingest/ingest.ts';
import type { LedgerItem } from '../ingest/ledger.ts';
import type { IngestInput } from '../ingest/read.ts';
import { takeSnapshot } from '../stories/snapshot.ts';
import type { Story } from '../stories/story.ts';
import { Article } from './article.ts';
import { builder, type Context } from './builder.ts';
import { IngestOutcome } from './enums.ts';
import { Event } from './event.ts';
import { IngestSourceInput, readInput, StoryItemInput } from './ingest-input.ts';
import { Photo } from './photo.ts';
import { Tag } from './tag.ts';
import { UserErrorType } from './user-error.ts';

/** Most items of one batch. */
const LARGEST_BATCH = 500;

interface Ingested {
  item: LedgerItem;
  /** False for a dry run: the ledger then has no entry. */
  isStored: boolean;
  draft: Story | null;
}

const IngestedItem = builder.objectRef<Ingested>('IngestedItem').implement({
  description: 'What became of one item: a page is one, a wire message or feed may hold several.',
  fields: (t) => ({
    outcome: t.field({
      type: IngestOutcome,
      nullable: false,
      description: 'What became of it.',
      resolve: ({ item }) => item.outcome,
    }),
    article: t.prismaField({
      type: Article,
      nullable: true,
      description: 'The article it became or repeated.',
      resolve: (query, { item }, _args, { db }) =>
        item.articleId ? db.article.findUnique({ ...query, where: { id: item.articleId } }) : null,
    }),
    photo: t.prismaField({
      type: Photo,
      nullable: true,
      description: 'The photo, where the item is a picture by itself.',
      resolve: (query, { item }, _args, { db }) =>
        item.photoId ? db.photo.findUnique({ ...query, where: { id: item.photoId } }) : null,
    }),
    event: t.prismaField({
      type: Event,
      nullable: true,
      description: 'The event, where the item announces one.',
      resolve: (query, { item }, _args, { db }) =>
        item.eventId ? db.event.findUnique({ ...query, where: { id: item.eventId } }) : null,
    }),
    tag: t.prismaField({
      type: Tag,
      nullable: true,
      description: 'The tag, where the item is a concept of a vocabulary.',
      resolve: (query, { item }, _args, { db }) =>
        item.tagId ? db.tag.findUnique({ ...query, where: { id: item.tagId } }) : null,
    }),
    draft: t.field({
      type: 'JSON',
      description: 'The story as it was read, whether stored or not.',
      resolve: (ingested) => ingested.draft && takeSnapshot(ingested.draft),
    }),
    provenance: t.field({
      type: 'JSON',
      description: 'Where each field was found: {field: {reader, place, confidence}}.',
      resolve: ({ item }) => item.provenance,
    }),
    item: t.prismaField({
      type: 'IngestItem',
      nullable: true,
      description: 'The entry in the ledger; null for a dry run.',
      resolve: (query, { item, isStored }, _args, { db }) =>
        isStored ? db.ingestItem.findUnique({ ...query, where: { id: item.id } }) : null,
    }),
    userErrors: t.field({
      type: [UserErrorType],
      nullable: { list: false, items: false },
      description: 'Why it was rejected.',
      resolve: ({ item }) => item.errors,
    }),
  }),
});

interface IngestPayload {
  items: Ingested[];
  userErrors: UserError[];
}

const IngestStoryPayload = builder.objectRef<IngestPayload>('IngestStoryPayload').implement({
  description: 'What became of one input.',
  fields: (t) => ({
    outcome: t.field({
      type: IngestOutcome,
      nullable: false,
      description: 'What became of its first item.',
      resolve: ({ items }) => items[0]?.item.outcome ?? 'REJECTED',
    }),
    article: t.prismaField({
      type: Article,
      nullable: true,
      description: 'The article its first item became or repeated.',
      resolve: (query, { items }, _args, { db }) => {
        const id = items[0]?.item.articleId;
        return id ? db.article.findUnique({ ...query, where: { id } }) : null;
      },
    }),
    draft: t.field({
      type: 'JSON',
      description: 'The first item as it was read, whether stored or not.',
      resolve: ({ items }) => (items[0]?.draft ? takeSnapshot(items[0].draft) : null),
    }),
    provenance: t.field({
      type: 'JSON',
      description: 'Where each field of the first item was found: {field: {reader, place, confidence}}.',
      resolve: ({ items }) => items[0]?.item.provenance,
    }),
    item: t.prismaField({
      type: 'IngestItem',
      nullable: true,
      description: "The first item's entry in the ledger; null for a dry run.",
      resolve: (query, { items: [first] }, _args, { db }) =>
        first?.isStored ? db.ingestItem.findUnique({ ...query, where: { id: first.item.id } }) : null,
    }),
    items: t.expose('items', {
      type: [IngestedItem],
      nullable: { list: false, items: false },
      description: 'All its items, in order.',
    }),
    userErrors: t.expose('userErrors', {
      type: [UserErrorType],
      nullable: { list: false, items: false },
      description: 'Empty when all went well.',
    }),
  }),
});

const IngestBatchPayload = builder
  .objectRef<{ results: IngestPayload[]; userErrors: UserError[] }>('IngestBatchPayload')
  .implement({
    description: 'What became of a batch.',
    fields: (t) => ({
      results: t.expose('results', {
        type: [IngestStoryPayload],
        nullable: { list: false, items: false },
        description: 'One for each item of the batch, in order.',
      }),
      userErrors: t.expose('userErrors', {
        type: [UserErrorType],
        nullable: { list: false, items: false },
        description: 'What is wrong with the batch as a whole; then nothing of it was read.',
      }),
    }),
  });

const DRY_RUN = 'Read it and return the drafts, store nothing.';

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
    dryRun: t.boolean({ defaultValue: false, description: DRY_RUN }),
  }),
});
const IngestFeedInput = builder.inputType('IngestFeedInput', {
  description: 'A feed whose items are to be ingested.',
  fields: (t) => ({
    feed: t.string({ required: true, description: 'RSS 0.9–2.0, RDF, Atom, JSON Feed or a news sitemap, as fetched.' }),
    url: t.field({ type: 'URL', description: 'Where the feed was fetched from; resolves relative links.' }),
    receivedAt: t.field({ type: 'DateTime', description: 'When it was received; now, if not given.' }),
    idempotencyKey: t.string({ description: 'As for ingestStory.' }),
    dryRun: t.boolean({ defaultValue: false, description: DRY_RUN }),
  }),
});
const IngestBatchInput = builder.inputType('IngestBatchInput', {
  description: 'Stories to be ingested together; each has its own outcome, and a bad one does not sink the rest.',
  fields: (t) => ({
    items: t.field({ type: [StoryItemInput], required: true, description: `The stories, at most ${LARGEST_BATCH}.` }),
    dryRun: t.boolean({ defaultValue: false, description: DRY_RUN }),
  }),
});

builder.mutationFields((t) => ({
  ingestStory: t.field({
    type: IngestStoryPayload,
    nullable: false,
    description: 'Reads one input and stores it; the same story again is UNCHANGED and adds nothing.',
    args: { input: t.arg({ type: IngestStoryInput, required: true, description: 'The story.' }) },
    resolve: async (_root, { input }, context) => {
      const read = readInput(input, ['input']);
      return one(await run([read], input.dryRun ?? false, context));
    },
  }),
  ingestFeed: t.field({
    type: IngestStoryPayload,
    nullable: false,
    description: 'Reads a feed and stores its items.',
    args: { input: t.arg({ type: IngestFeedInput, required: true, description: 'The feed.' }) },
    resolve: async (_root, { input: { feed, ...rest } }, context) => {
      const read = readInput({ ...rest, source: { feed } }, ['input']);
      return one(await run([read], rest.dryRun ?? false, context));
    },
  }),
  ingestBatch: t.field({
    type: IngestBatchPayload,
    nullable: false,
    description: 'Reads and stores many inputs at once, much faster than one by one.',
    args: { input: t.arg({ type: IngestBatchInput, required: true, description: 'The stories.' }) },
    resolve: async (_root, { input }, context) => {
      if (input.items.length > LARGEST_BATCH) {
        const message = `The batch has ${input.items.length} items; the most is ${LARGEST_BATCH}. Send several batches.`;
        return { results: [], userErrors: [{ code: 'TOO_LARGE', path: ['input', 'items'], message }] };
      }
      const reads = input.items.map((item, index) => readInput(item, ['input', 'items', String(index)]));
      return { results: await run(reads, input.dryRun ?? false, context), userErrors: [] };
    },
  }),
}));

function one(payloads: IngestPayload[]): IngestPayload {
  return payloads[0] ?? { items: [], userErrors: [] };
}

/** Reads and stores what could be understood; the rest is answered with its errors. */
async function run(
  reads: { read: IngestInput | null; errors: UserError[] }[],
  dryRun: boolean,
  context: Context,
): Promise<IngestPayload[]> {
  requireScope(context.viewer, 'WRITE');
  const inputs = reads.flatMap(({ read }) => read ?? []);
  const { reader, database, viewer } = context;
  const results = await (dryRun ? draft(reader, inputs) : ingest(database, reader, inputs, viewer.key?.id ?? null));
  const byInput = new Map(inputs.map((input, index) => [input, results[index] as IngestResult]));
  return reads.map(({ read, errors }) => {
    const result = read && byInput.get(read);
    if (!result) return { items: [], userErrors: errors };
    const items = result.items.map((item, index) => ({ item, isStored: !dryRun, draft: result.drafts[index] ?? null }));
    return { items, userErrors: items.flatMap(({ item }) => item.errors) };
  });
}
