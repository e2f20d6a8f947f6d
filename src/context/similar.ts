import type { Transaction } from '../db/transaction.ts';
import { lookupTerms } from './event-assign.ts';
import { openEvent } from './event-state.ts';
import { createEventStore } from './event-store.ts';
import { createRecordStore } from './record-store.ts';
import { candidateStories, relatedTerms } from './related-edges.ts';
import { type RelatedPick, rankRelated } from './related-score.ts';
import { openTermTable } from './term-table.ts';

/** Stories like the given one among those here now, best first; none for a story that context does not know. Only reads. */
export async function findSimilar(tx: Transaction, articleId: string, limit: number): Promise<RelatedPick[]> {
  const records = createRecordStore(tx);
  await records.load([articleId]);
  const own = records.get(articleId);
  if (!own) return [];
  const table = await openTermTable(tx);
  await table.know(own.story.terms.keys());
  const events = createEventStore(tx, table);
  const candidates = await events.findCandidates(lookupTerms(own.story, table));
  const event = (own.eventId && (await events.get(own.eventId))) || openEvent(articleId, own.story, table);
  const others = await candidateStories(records, event, candidates);
  await table.know(relatedTerms(others));
  return rankRelated({ story: own.story, event: event.id, storyline: event.storyline }, others, table, limit);
}
