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
    const { wasAnnounced, changedFields } = merged.get(one.articleId) ?? one;
    merged.set(one.articleId, {
      ...one,
      wasAnnounced,
      changedFields: [...new Set([...changedFields, ...one.changedFields])],
    });
  }
  return [...merged.values()];
}

/**
 * The last step of every writing transaction: enters what was written into the log. A story under embargo is announced
 * when that lifts (embargo.ts), not now; one that was announced already and comes under embargo leaves the list, which
 * its readers must hear.
 */
export async function announce(tx: Transaction, written: WrittenStory[], now: Date): Promise<void> {
  const facts = await loadFacts(
    tx,
    written.map((one) => one.articleId),
  );
  const entries = mergeVersions(written).flatMap((one): LogEntryDraft[] => {
    const { articleId, version, kind, changedFields, note, wasAnnounced } = one;
    const after = facts.get(articleId);
    if (!kind || !after || !(after.announced || wasAnnounced)) return [];
    return [
      { articleId, version, kind: wasAnnounced ? CHANGE_KIND[kind] : 'PUBLISHED', changedFields, note, facts: after },
    ];
  });
  await appendToLog(tx, entries, now);
}
