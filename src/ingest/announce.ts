import type { Transaction } from '../db/transaction.ts';
import { appendToLog, type LogEntryDraft } from '../log/append.ts';
import { loadFacts } from '../stories/facts.ts';
import type { RevisionKind, WrittenStory } from '../stories/write.ts';

const CHANGE_KIND: Record<RevisionKind, LogEntryDraft['kind']> = {
  CREATED: 'PUBLISHED',
  UPDATED: 'UPDATED',
  CORRECTED: 'CORRECTED',
  WITHDRAWN: 'WITHDRAWN',
  RESTORED: 'RESTORED',
};

/** Several versions written in one transaction are one change to everybody else. */
function mergeVersions(written: WrittenStory[]): WrittenStory[] {
  const merged = new Map<string, WrittenStory>();
  for (const one of written) {
    const before = merged.get(one.articleId);
    const changedFields = [...new Set([...(before?.changedFields ?? []), ...one.changedFields])];
    merged.set(one.articleId, { ...one, kind: before?.kind === 'CREATED' ? 'CREATED' : one.kind, changedFields });
  }
  return [...merged.values()];
}

/**
 * The last step of every writing transaction: enters what was written into the log. A story under embargo is left
 * out; it is announced when that lifts (embargo.ts).
 */
export async function announce(tx: Transaction, written: WrittenStory[], now: Date): Promise<void> {
  const facts = await loadFacts(tx, written.map((one) => one.articleId));
  const entries = mergeVersions(written).flatMap(({ articleId, version, kind, changedFields, note }): LogEntryDraft[] => {
    const after = facts.get(articleId);
    if (!after?.announced || !kind) return [];
    return [{ articleId, version, kind: CHANGE_KIND[kind], changedFields, note, facts: after }];
  });
  await appendToLog(tx, entries, now);
}
