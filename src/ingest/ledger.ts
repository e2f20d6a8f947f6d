import { createHash } from 'node:crypto';
import { v7 as uuid } from 'uuid';
import { insertRows } from '../db/rows.ts';
import type { Transaction } from '../db/transaction.ts';
import type { UserError } from '../errors.ts';
import type { Provenance } from '../stories/story.ts';

export type IngestOutcome = 'CREATED' | 'REVISED' | 'UNCHANGED' | 'DUPLICATE' | 'REJECTED';

/** What became of one item of an input. */
export interface LedgerItem {
  id: string;
  outcome: IngestOutcome;
  articleId: string | null;
  version: number | null;
  photoId: string | null;
  eventId: string | null;
  tagId: string | null;
  errors: UserError[];
  provenance: Provenance;
}

/** One input and what became of its items. */
export interface LedgerInput {
  position: number;
  format: string;
  url: string | null;
  receivedAt: Date;
  idempotencyKey: string | null;
  inputHash: string;
  items: LedgerItem[];
}

const RUN = { id: 'uuid', api_key_id: 'uuid', started_at: 'timestamptz', finished_at: 'timestamptz' };
const ITEM = {
  id: 'uuid',
  run_id: 'uuid',
  position: 'int',
  part: 'int',
  outcome: 'ingest_outcome',
  format: 'text',
  url: 'text',
  received_at: 'timestamptz',
  article_id: 'uuid',
  version: 'int',
  photo_id: 'uuid',
  event_id: 'uuid',
  tag_id: 'uuid',
  idempotency_key: 'text',
  input_hash: 'text',
  errors: 'jsonb',
  provenance: 'jsonb',
};

/** Enters a call into the ledger of everything ever handed in. */
export async function recordRun(
  tx: Transaction,
  run: { apiKeyId: string | null; startedAt: Date; finishedAt: Date; inputs: LedgerInput[] },
): Promise<string> {
  const id = uuid();
  await insertRows(tx, 'ingest_runs', RUN, [
    { id, api_key_id: run.apiKeyId, started_at: run.startedAt, finished_at: run.finishedAt },
  ]);
  const rows = run.inputs.flatMap((input) =>
    input.items.map((item, part) => ({
      id: item.id,
      run_id: id,
      position: input.position,
      part,
      outcome: item.outcome,
      format: input.format,
      url: input.url,
      received_at: input.receivedAt,
      article_id: item.articleId,
      version: item.version,
      photo_id: item.photoId,
      event_id: item.eventId,
      tag_id: item.tagId,
      idempotency_key: input.idempotencyKey,
      input_hash: input.inputHash,
      errors: item.errors,
      provenance: item.provenance,
    })),
  );
  await insertRows(tx, 'ingest_items', ITEM, rows);
  return id;
}

/** What earlier calls with these idempotency keys were answered; holds the keys until the end of the transaction. */
export async function findEarlier(
  tx: Transaction,
  keys: string[],
): Promise<Map<string, { inputHash: string; items: LedgerItem[] }>> {
  const found = new Map<string, { inputHash: string; items: LedgerItem[] }>();
  if (keys.length === 0) return found;
  await tx.query(
    `select pg_advisory_xact_lock(hashtextextended('idempotency:' || key, 0)) from unnest($1::text[]) as k(key)`,
    [[...keys].sort()],
  );
  const { rows } = await tx.query<LedgerItem & { idempotencyKey: string; inputHash: string }>(
    `select id, outcome, article_id as "articleId", version, photo_id as "photoId", event_id as "eventId", tag_id as "tagId", errors, provenance,
       idempotency_key as "idempotencyKey", input_hash as "inputHash"
     from ingest_items where idempotency_key = any($1) order by idempotency_key, part`,
    [keys],
  );
  for (const { idempotencyKey, inputHash, ...item } of rows) {
    const earlier = found.get(idempotencyKey) ?? { inputHash, items: [] };
    earlier.items.push(item);
    found.set(idempotencyKey, earlier);
  }
  return found;
}

/** SHA-256, hex, over everything that decides what an input becomes. */
export function hashInput(format: string, url: string | null, content: string): string {
  return createHash('sha256')
    .update(JSON.stringify([format, url]))
    .update(content)
    .digest('hex');
}
