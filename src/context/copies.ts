import { createHash } from 'node:crypto';
import { v7 as uuid } from 'uuid';
import { insertRows } from '../db/rows.ts';
import type { Transaction } from '../db/transaction.ts';
import { words } from '../stories/tokens.ts';

/** Words of one shingle: long enough that two texts share one only by copying. */
const SHINGLE = 5;
/** Shingles kept of each text, the ones with the smallest hashes: two texts half alike share one with probability 0.996. */
const SKETCH = 8;
/** Shorter texts have too little to be told a copy by. */
const FEWEST_SHINGLES = 30;
/** Share of the shorter text that stands in the longer one from which on it is a copy; agencies' clients cut and retitle. */
const COPY = 0.7;
/** Texts compared in full with each new one. */
const MOST_CANDIDATES = 10;

const SHINGLE_ROW = { hash: 'bigint', article_id: 'uuid' };
const EDGE = {
  id: 'uuid',
  article_id: 'uuid',
  related_id: 'uuid',
  title: 'text',
  title_key: 'text',
  rel: 'related_rel',
  position: 'int',
  origin: 'related_origin',
  score: 'float8',
  reasons: 'jsonb',
};

/**
 * Relates stories to earlier ones of other sources that have nearly the same text: COPY_OF, with the share of words in
 * common as its score. A copy stays a story of its own. Looks candidates up by a sketch of rare hashes, so the cost
 * does not grow with the archive.
 */
export async function relateCopies(tx: Transaction, stories: { articleId: string; bodyText: string }[]): Promise<void> {
  const sketched = stories
    .map((story) => ({ ...story, shingles: shinglesOf(story.bodyText) }))
    .filter((one) => one.shingles.size >= FEWEST_SHINGLES);
  const ids = stories.map((story) => story.articleId);
  await tx.query('delete from article_shingles where article_id = any($1)', [ids]);
  await tx.query(`delete from related where article_id = any($1) and origin = 'COMPUTED' and rel = 'COPY_OF'`, [ids]);
  const rows = sketched.flatMap(({ articleId, shingles }) =>
    sketch(shingles).map((hash) => ({ hash: hash.toString(), article_id: articleId })),
  );
  await insertRows(tx, 'article_shingles', SHINGLE_ROW, rows, 'on conflict do nothing');
  const edges = [];
  for (const { articleId, shingles } of sketched) {
    for (const candidate of await findCandidates(tx, articleId, sketch(shingles))) {
      const score = overlap(shingles, shinglesOf(candidate.body_text));
      if (score < COPY) continue;
      const text = `${Math.round(score * 100)} % of the shorter text stands in the other, which was here first`;
      edges.push({
        id: uuid(),
        article_id: articleId,
        related_id: candidate.id,
        title: candidate.headline,
        title_key: candidate.headline_key,
        rel: 'COPY_OF',
        position: 0,
        origin: 'COMPUTED',
        score,
        reasons: [{ kind: 'similar-text', text, evidence: [] }],
      });
      break;
    }
  }
  await insertRows(tx, 'related', EDGE, edges);
}

interface Candidate {
  id: string;
  headline: string;
  headline_key: string;
  body_text: string;
}

async function findCandidates(tx: Transaction, articleId: string, hashes: bigint[]): Promise<Candidate[]> {
  const { rows } = await tx.query<Candidate>({
    name: 'find_copies',
    text: `
      select a.id, a.headline, a.headline_key, a.body_text from (
        select s.article_id, count(*) as shared from article_shingles s where s.hash = any($2) and s.article_id <> $1
        group by s.article_id order by shared desc, s.article_id limit $3
      ) c join articles a on a.id = c.article_id join articles own on own.id = $1
      where a.source_id is distinct from own.source_id and (a.ingested_at, a.id) < (own.ingested_at, own.id)
      order by a.listed_at, a.id`,
    values: [articleId, hashes, MOST_CANDIDATES],
  });
  return rows;
}

function shinglesOf(text: string): Set<bigint> {
  const all = words(text);
  const shingles = new Set<bigint>();
  for (let start = 0; start + SHINGLE <= all.length; start++) {
    shingles.add(
      createHash('md5')
        .update(all.slice(start, start + SHINGLE).join(' '))
        .digest()
        .readBigInt64LE(),
    );
  }
  return shingles;
}

function sketch(shingles: Set<bigint>): bigint[] {
  return [...shingles].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)).slice(0, SKETCH);
}

function overlap(a: Set<bigint>, b: Set<bigint>): number {
  const [shorter, longer] = a.size <= b.size ? [a, b] : [b, a];
  let shared = 0;
  for (const shingle of shorter) if (longer.has(shingle)) shared++;
  return shorter.size === 0 ? 0 : shared / shorter.size;
}
