import type { Transaction } from '../db/transaction.ts';
import type { StoryFacts } from '../stories/facts.ts';

/** One change to be announced. */
export interface LogEntryDraft {
  articleId: string;
  version: number;
  kind: 'PUBLISHED' | 'UPDATED' | 'CORRECTED' | 'WITHDRAWN' | 'RESTORED';
  changedFields: string[];
  note: string | null;
  facts: StoryFacts;
}

/** The channel on which a commit is hinted at; the payload is the last sequence number. */
export const LOG_CHANNEL = 'story_log';

/**
 * Appends changes to the ordered log: the last statement of a writing transaction, and the only place that takes
 * sequence numbers. The head row stays locked until commit, so numbers are dense and their order is the order of
 * commits: who has read up to n has missed nothing before n. Returns the first number taken.
 */
export async function appendToLog(tx: Transaction, entries: LogEntryDraft[], now: Date): Promise<bigint | null> {
  if (entries.length === 0) return null;
  const rows = entries.map((entry) => ({
    article_id: entry.articleId,
    version: entry.version,
    kind: entry.kind,
    changed_fields: entry.changedFields,
    note: entry.note,
    facts: entry.facts,
  }));
  const { rows: taken } = await tx.query<{ first: string }>({
    name: 'append_to_log',
    text: `
      with drafts as (
        select d.*, coalesce(
          lag(d.facts) over (partition by d.article_id order by d.place),
          (select facts from story_log l where l.article_id = d.article_id order by l.seq desc limit 1)) as facts_before
        from rows from (json_to_recordset($1::json) as
          (article_id uuid, version int, kind story_change_kind, changed_fields text[], note text, facts jsonb))
          with ordinality as d(article_id, version, kind, changed_fields, note, facts, place)
      ), head as (
        update log_head set seq = seq + $2 where id = 1 returning seq - $2 as before
      ), added as (
        insert into story_log (seq, article_id, version, kind, changed_fields, note, facts, facts_before, at)
        select head.before + place, article_id, version, kind, changed_fields, note, facts, facts_before, $3
        from drafts, head returning seq
      )
      select min(seq) as first, pg_notify('${LOG_CHANNEL}', max(seq)::text) from added`,
    values: [JSON.stringify(rows), entries.length, now],
  });
  return taken[0] ? BigInt(taken[0].first) : null;
}
