import { insertRows } from '../db/rows.ts';
import type { Transaction } from '../db/transaction.ts';
import type { Assignment } from './event-assign.ts';

const ATTACHMENT = { event_id: 'uuid', article_id: 'uuid', creator: 'creator', confidence: 'int', evidence: 'jsonb' };

/** Replaces the computed attachments of stories; whatever people attached stays. */
export async function writeAttachments(
  tx: Transaction,
  placed: Map<string, { eventId: string; assignment: Assignment }>,
): Promise<void> {
  await tx.query(`delete from event_articles where article_id = any($1) and creator = 'SYSTEM'`, [[...placed.keys()]]);
  const rows = [...placed].map(([articleId, { eventId, assignment }]) => ({
    event_id: eventId,
    article_id: articleId,
    creator: 'SYSTEM',
    confidence: assignment.confidence,
    evidence: assignment.evidence,
  }));
  await insertRows(tx, 'event_articles', ATTACHMENT, rows, 'on conflict do nothing');
}
