import type pg from 'pg';
import type { StoryFacts } from '../stories/facts.ts';
import { searchWords } from '../stories/tokens.ts';
import type { LogEntryDraft } from './append.ts';

/** One committed change. */
export interface LogEntry extends LogEntryDraft {
  seq: bigint;
  /** The log's epoch as it was when this was read. */
  epoch: string;
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
        facts_before as "factsBefore", (select epoch from log_head where id = 1) as epoch
      from story_log where seq > $1 order by seq limit $2`,
    values: [seq, limit],
  });
  return rows.map((row) => ({ ...row, seq: BigInt(row.seq) }));
}

/** Where the log stands. */
export interface LogHead {
  epoch: string;
  /** The last number given out. */
  seq: bigint;
  /** The oldest entry that may still be resumed before; `seq + 1` when there is none. */
  oldest: bigint;
}

/**
 * Reads where the log stands. Entries from before `windowStart` count as gone although their rows stay: nothing prunes
 * the log, so a longer window can be granted at any time.
 */
export async function readLogHead(pool: pg.Pool, windowStart: Date): Promise<LogHead> {
  const { rows } = await pool.query<{ epoch: string; seq: string; oldest: string | null }>({
    name: 'read_log_head',
    text: `
      select epoch, seq, (select l.seq from story_log l where at >= $1 order by at, l.seq limit 1) as oldest
      from log_head where id = 1`,
    values: [windowStart],
  });
  const [head] = rows;
  if (!head) throw new Error('log_head is empty: the database was not migrated');
  const seq = BigInt(head.seq);
  return { epoch: head.epoch, seq, oldest: head.oldest === null ? seq + 1n : BigInt(head.oldest) };
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
