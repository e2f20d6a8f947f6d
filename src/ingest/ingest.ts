import { v7 as uuid } from 'uuid';
import { attachToEvents } from '../context/events.ts';
import { readContext, type StoryContext } from '../context/story-context.ts';
import { writeStoryTags } from '../context/tags.ts';
import type { Database } from '../db/client.ts';
import { inTransaction, type Transaction } from '../db/transaction.ts';
import type { UserError } from '../errors.ts';
import { appendToLog, type LogEntryDraft } from '../log/append.ts';
import { loadFacts } from '../stories/facts.ts';
import { storyKeys } from '../stories/identity.ts';
import { storableStory } from '../stories/snapshot.ts';
import type { ParsedItem, Provenance, Story } from '../stories/story.ts';
import { type RevisionKind, type WrittenStory, writeStories } from '../stories/write.ts';
import { findEarlier, hashInput, type LedgerInput, type LedgerItem, recordRun } from './ledger.ts';
import { type InputFormat, parse } from './parse.ts';

/** One thing handed in. */
export interface IngestInput {
  format: InputFormat;
  content: string;
  /** Where it was fetched from; resolves relative links and names the story where the input does not. */
  url: string | null;
  receivedAt: Date;
  /** The same key with the same input is answered as before; with another input it is an error. */
  idempotencyKey: string | null;
}

/** What became of one input: its items in order (a page has one, a wire message may have several). */
export interface IngestResult {
  items: LedgerItem[];
  /** The story of each item as read, whether stored or not; null where the item is no story. */
  drafts: (Story | null)[];
}

interface Prepared {
  input: IngestInput;
  inputHash: string;
  items: PreparedItem[];
}
type PreparedItem =
  | { story: Story; context: StoryContext; provenance: Provenance; error: null }
  | { story: null; error: UserError };

/** Reads inputs without storing anything. */
export function draft(inputs: IngestInput[]): IngestResult[] {
  return inputs.map(prepare).map(({ items }) => ({
    items: items.map((item) => ({ ...ledgerItem(item), outcome: item.error ? 'REJECTED' : 'CREATED' })),
    drafts: items.map((item) => item.story),
  }));
}

/**
 * Detects, reads and stores inputs in one transaction that ends with the log entries: either all of it is there, or
 * nothing is. Bad input becomes a REJECTED item; only faults throw.
 */
export async function ingest(db: Database, inputs: IngestInput[], apiKeyId: string | null): Promise<IngestResult[]> {
  const startedAt = new Date();
  // Reading and tagging are computing only: done before a connection is taken.
  const prepared = inputs.map(prepare);
  return inTransaction(db.pool, (tx) => store(tx, prepared, { apiKeyId, startedAt }));
}

async function store(
  tx: Transaction,
  inputs: Prepared[],
  run: { apiKeyId: string | null; startedAt: Date },
): Promise<IngestResult[]> {
  const keys = inputs.flatMap(({ input }) => input.idempotencyKey ?? []);
  const earlier = await findEarlier(tx, [...new Set(keys)]);
  const answered = inputs.map((one) => {
    const key = one.input.idempotencyKey;
    const before = key ? earlier.get(key) : undefined;
    if (!key || !before) return null;
    return before.inputHash === one.inputHash ? before.items : [ledgerItem({ story: null, error: keyReused(key) })];
  });
  const fresh = inputs.filter((_, index) => !answered[index]);
  const stored = await storeStories(
    tx,
    fresh.flatMap((one) => one.items),
    run.startedAt,
  );
  const results = inputs.map((one, index) => ({
    items: answered[index] ?? one.items.map((item) => stored.items.get(item) ?? ledgerItem(item)),
    drafts: one.items.map((item) => item.story),
  }));
  const entries = inputs.flatMap((one, position): LedgerInput[] =>
    answered[position]
      ? []
      : [{ position, ...one.input, inputHash: one.inputHash, items: results[position]?.items ?? [] }],
  );
  if (entries.length > 0) await recordRun(tx, { ...run, finishedAt: new Date(), inputs: entries });
  await appendToLog(tx, stored.entries, run.startedAt);
  return results;
}

async function storeStories(tx: Transaction, items: PreparedItem[], now: Date) {
  const done = new Map<PreparedItem, LedgerItem>();
  const entries: LogEntryDraft[] = [];
  for (const round of roundsWithoutSharedKeys(items)) {
    const written = await writeStories(
      tx,
      round.map(({ story }) => ({ story, receivedAt: now })),
      now,
    );
    const touched = round.flatMap((item, index) => {
      const result = written[index];
      return result && result.outcome !== 'UNCHANGED' && result.isCurrent ? [{ item, result }] : [];
    });
    const contexts = touched.map(({ item, result }) => ({ articleId: result.articleId, ...item.context }));
    await writeStoryTags(tx, contexts);
    await attachToEvents(tx, contexts, now);
    entries.push(
      ...(await logEntries(
        tx,
        touched.map(({ result }) => result),
      )),
    );
    for (const [index, item] of round.entries()) {
      const { outcome, articleId, version } = written[index] as WrittenStory;
      done.set(item, { ...ledgerItem(item), outcome, articleId, version });
    }
  }
  return { items: done, entries };
}

const CHANGE_KIND: Record<RevisionKind, LogEntryDraft['kind']> = {
  CREATED: 'PUBLISHED',
  UPDATED: 'UPDATED',
  CORRECTED: 'CORRECTED',
  WITHDRAWN: 'WITHDRAWN',
  RESTORED: 'RESTORED',
};

/**
 * A story under embargo is announced when that lifts, not now; one that was announced already and comes under embargo
 * leaves the list, which its readers must hear.
 */
async function logEntries(tx: Transaction, written: WrittenStory[]): Promise<LogEntryDraft[]> {
  const facts = await loadFacts(
    tx,
    written.map((one) => one.articleId),
  );
  return written.flatMap(({ articleId, version, kind, changedFields, note, wasAnnounced }) => {
    const after = facts.get(articleId);
    if (!kind || !after || !(after.announced || wasAnnounced)) return [];
    const change = wasAnnounced ? CHANGE_KIND[kind] : 'PUBLISHED';
    return [{ articleId, version, kind: change, changedFields, note, facts: after }];
  });
}

type StoryItem = Extract<PreparedItem, { error: null }>;

/** Two versions of one story in one call are written one after the other, in the order given. */
function roundsWithoutSharedKeys(items: PreparedItem[]): StoryItem[][] {
  const rounds: StoryItem[][] = [];
  const lastRound = new Map<string, number>();
  for (const item of items) {
    if (item.error) continue;
    const keys = storyKeys(item.story);
    const round = Math.max(...keys.map((key) => (lastRound.get(key) ?? -1) + 1));
    for (const key of keys) lastRound.set(key, round);
    rounds[round] ??= [];
    rounds[round].push(item);
  }
  return rounds;
}

function prepare(input: IngestInput): Prepared {
  const { items, error } = parse(input.format, input.content, { ...input, timeZone: null });
  return {
    input,
    inputHash: hashInput(input.format, input.url, input.content),
    items: error ? [{ story: null, error }] : items.map((item) => prepareItem(item, input)),
  };
}

function prepareItem(item: ParsedItem, input: IngestInput): PreparedItem {
  if (item.kind !== 'STORY') {
    const message = item.kind === 'REJECTED' ? item.reason : `This is a ${item.kind.toLowerCase()}, not a story.`;
    return { story: null, error: { code: 'NOT_A_STORY', path: ['input', 'source'], message } };
  }
  // Mended first, since names and their places in the text are read from what will be stored.
  const story = storableStory({ ...item.story, canonicalUrl: item.story.canonicalUrl ?? input.url });
  return { story, context: readContext(story), provenance: item.provenance, error: null };
}

function ledgerItem(item: PreparedItem): LedgerItem {
  const errors = item.error ? [item.error] : [];
  const provenance = item.error ? {} : item.provenance;
  return { id: uuid(), outcome: 'REJECTED', articleId: null, version: null, errors, provenance };
}

function keyReused(key: string): UserError {
  const message = `The idempotency key "${key}" was used for another input before; use a new key.`;
  return { code: 'IDEMPOTENCY_KEY_REUSED', path: ['input', 'idempotencyKey'], message };
}
