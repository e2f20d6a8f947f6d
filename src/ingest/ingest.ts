import type { Database } from '../db/client.ts';
import { inTransaction, type Transaction } from '../db/transaction.ts';
import type { Story } from '../stories/story.ts';
import { announce } from './announce.ts';
import type { InputFormat } from './detect.ts';
import { findEarlier, hashInput, type LedgerInput, type LedgerItem, recordRun } from './ledger.ts';
import type { IngestInput, ReadItem } from './read.ts';
import type { Reader } from './reader.ts';
import { emptyLedgerItem, storeItems } from './store.ts';

/** What became of one input: its items in order (a page has one, a wire message may have several). */
export interface IngestResult {
  items: LedgerItem[];
  /** The story of each item as read, whether stored or not; null where the item is no story. */
  drafts: (Story | null)[];
}

interface Prepared {
  input: IngestInput;
  format: InputFormat;
  inputHash: string;
  items: ReadItem[];
}

/** Reads inputs without storing anything. */
export async function draft(reader: Reader, inputs: IngestInput[]): Promise<IngestResult[]> {
  const prepared = await prepare(reader, inputs);
  return prepared.map(({ items }) => ({
    items: items.map((item) => ({
      ...emptyLedgerItem(item.kind === 'REJECTED' ? 'REJECTED' : 'CREATED'),
      errors: item.kind === 'REJECTED' ? [item.error] : [],
      provenance: item.kind === 'STORY' ? item.provenance : {},
    })),
    drafts: drafts(items),
  }));
}

/**
 * Detects, reads and stores inputs in one transaction that ends with the log entries: either all of it is there, or
 * nothing is. Bad input becomes a REJECTED item. Where the batch fails as a whole, each input is tried by itself, so
 * that one that Postgres refuses does not sink the rest; only a fault that hits a single input throws.
 */
export async function ingest(
  db: Database,
  reader: Reader,
  inputs: IngestInput[],
  apiKeyId: string | null,
): Promise<IngestResult[]> {
  const run = { apiKeyId, startedAt: new Date() };
  const prepared = await prepare(reader, inputs);
  const storeAll = (some: Prepared[]) => inTransaction(db.pool, (tx) => store(tx, some, run));
  if (prepared.length === 1) return storeAll(prepared);
  return storeAll(prepared).catch(async () => {
    const results: IngestResult[] = [];
    for (const one of prepared) results.push(...(await storeAll([one])));
    return results;
  });
}

async function prepare(reader: Reader, inputs: IngestInput[]): Promise<Prepared[]> {
  return Promise.all(
    inputs.map(async (input) => {
      const { format, items } = await reader.read(input);
      return { input, format, inputHash: hashInput(format, input.url, input.content), items };
    }),
  );
}

async function store(
  tx: Transaction,
  inputs: Prepared[],
  run: { apiKeyId: string | null; startedAt: Date },
): Promise<IngestResult[]> {
  const keys = inputs.flatMap(({ input }) => input.idempotencyKey ?? []);
  const earlier = await findEarlier(tx, [...new Set(keys)]);
  const answered = inputs.map((one) => {
    const before = one.input.idempotencyKey ? earlier.get(one.input.idempotencyKey) : undefined;
    if (!before) return null;
    return before.inputHash === one.inputHash ? before.items : [keyReused(one.input)];
  });
  const fresh = inputs.filter((_, index) => !answered[index]);
  const receivedAt = new Map(fresh.flatMap((one) => one.items.map((item) => [item, one.input.receivedAt] as const)));
  const { done, written } = await storeItems(
    tx,
    fresh.flatMap((one) => one.items),
    receivedAt,
    run.startedAt,
  );
  const results = inputs.map((one, index) => ({
    items: answered[index] ?? one.items.map((item) => done.get(item) as LedgerItem),
    drafts: drafts(one.items),
  }));
  const entries = inputs.flatMap(({ input, format, inputHash }, position): LedgerInput[] =>
    answered[position] ? [] : [{ ...input, position, format, inputHash, items: results[position]?.items ?? [] }],
  );
  if (entries.length > 0) await recordRun(tx, { ...run, finishedAt: new Date(), inputs: entries });
  await announce(tx, written, run.startedAt);
  return results;
}

function drafts(items: ReadItem[]): (Story | null)[] {
  return items.map((item) => (item.kind === 'STORY' ? item.story : null));
}

function keyReused({ idempotencyKey, path }: IngestInput): LedgerItem {
  const message = `The idempotency key "${idempotencyKey}" was used for another input before; use a new key.`;
  const error = { code: 'IDEMPOTENCY_KEY_REUSED', path: [...path.slice(0, -2), 'idempotencyKey'], message };
  return { ...emptyLedgerItem('REJECTED'), errors: [error] };
}
