import type pg from 'pg';
import type { StoryFacts } from '../stories/facts.ts';
import { searchWords } from '../stories/tokens.ts';
import type { LogEntryDraft } from './append.ts';

/** One committed change. */
export interface LogEntry extends LogEntryDraft {
  seq: bigint;
  factsBefore: StoryFacts | null;
  /** Words of the version and of the one before it; there once {@link loadWords} has fetched them. */
  words?: { after: Set<string>; before: Set<string> };
}

/** Entries after `seq`, in order, at most `limit`. */
export async function readLog(pool: pg.Pool, seq: bigint, limit: number): Promise<LogEntry[]> {
  const { rows } = await pool.query<Omit<LogEntry, 'seq'> & { seq: string }>({
    name: 'read_log',
    text: `
      select seq, article_id as "articleId", version, kind, changed_fields as "changedFields", note, facts,
        facts_before as "factsBefore"
      from story_log where seq > $1 order by seq limit $2`,
    values: [seq, limit],
  });
  return rows.map((row) => ({ ...row, seq: BigInt(row.seq) }));
}

/** The log's epoch, the last number given out, and the oldest entry kept (null when there is none). */
export async function readLogHead(pool: pg.Pool): Promise<{ epoch: string; seq: bigint; oldest: bigint | null }> {
  const { rows } = await pool.query<{ epoch: string; seq: string; oldest: string | null }>(
    'select epoch, seq, (select min(seq) from story_log) as oldest from log_head where id = 1',
  );
  const [head] = rows;
  if (!head) throw new Error('log_head is empty: the database was not migrated');
  return { epoch: head.epoch, seq: BigInt(head.seq), oldest: head.oldest === null ? null : BigInt(head.oldest) };
}

/** Fetches the words of entries for filters that search text. Entries are shared, so each is fetched once. */
export async function loadWords(pool: pg.Pool, entries: LogEntry[]): Promise<void> {
  const missing = entries.filter((entry) => !entry.words);
  if (missing.length === 0) return;
  const { rows } = await pool.query<{
    seq: string;
    role: 'after' | 'before';
    headline: string;
    abstract: string | null;
    bodyText: string;
  }>({
    name: 'load_words',
    text: `
      select l.seq, case when r.version = l.version then 'after' else 'before' end as role, r.snapshot->>'headline' as headline,
        r.snapshot->>'abstract' as abstract, r.snapshot->>'bodyText' as "bodyText"
      from story_log l join revisions r on r.article_id = l.article_id and (r.version = l.version or r.version =
        (select max(version) from story_log b where b.article_id = l.article_id and b.seq < l.seq))
      where l.seq = any($1)`,
    values: [missing.map((entry) => entry.seq)],
  });
  for (const entry of missing) {
    const wordsOf = (role: string) => {
      const row = rows.find((one) => BigInt(one.seq) === entry.seq && one.role === role);
      return row ? searchWords(row) : new Set<string>();
    };
    entry.words = { after: wordsOf('after'), before: wordsOf('before') };
  }
}
