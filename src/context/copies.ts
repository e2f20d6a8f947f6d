import { v7 as uuid } from 'uuid';
import { insertRows } from '../db/rows.ts';
import type { Transaction } from '../db/transaction.ts';
import { overlap, shinglesOf } from './shingles.ts';

/** Share of the shorter text that stands in the longer one from which on it is a copy; agencies' clients cut and retitle. */
const COPY = 0.7;
/** Texts compared in full with each new one, those that share most of the sketch. */
const MOST_CANDIDATES = 3;
/** A hash that this many stories share is a standing phrase, not a copied text. */
const COMMON = 200;

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
 * common as its score. A copy stays a story of its own. Candidates are looked up by a sketch of hashes, so the cost
 * does not grow with the archive.
 */
export async function relateCopies(
  tx: Transaction,
  stories: { articleId: string; bodyText: string; sketch: number[] }[],
): Promise<void> {
  const ids = stories.map((story) => story.articleId);
  await tx.query('delete from article_shingles where article_id = any($1)', [ids]);
  await tx.query(`delete from related where article_id = any($1) and origin = 'COMPUTED' and rel = 'COPY_OF'`, [ids]);
  const rows = stories.flatMap(({ articleId, sketch }) => sketch.map((hash) => ({ hash, article_id: articleId })));
  await insertRows(tx, 'article_shingles', SHINGLE_ROW, rows, 'on conflict do nothing');
  const candidates = await findCandidates(tx, ids);
  const edges = stories.flatMap(({ articleId, bodyText }) => {
    const own = candidates.filter((candidate) => candidate.copy_id === articleId);
    if (own.length === 0) return [];
    const shingles = shinglesOf(bodyText);
    const scored = own.map((candidate) => ({
      ...candidate,
      score: overlap(shingles, shinglesOf(candidate.body_text)),
    }));
    const original = scored.find((candidate) => candidate.score >= COPY);
    return original ? [copyEdge(articleId, original)] : [];
  });
  await insertRows(tx, 'related', EDGE, edges);
}

interface Candidate {
  copy_id: string;
  id: string;
  headline: string;
  headline_key: string;
  body_text: string;
}

function copyEdge(articleId: string, original: Candidate & { score: number }): Record<keyof typeof EDGE, unknown> {
  const text = `${Math.round(original.score * 100)} % of the shorter text stands in the other, which was here first`;
  return {
    id: uuid(),
    article_id: articleId,
    related_id: original.id,
    title: original.headline,
    title_key: original.headline_key,
    rel: 'COPY_OF',
    position: 0,
    origin: 'COMPUTED',
    score: original.score,
    reasons: [{ kind: 'similar-text', text, evidence: [] }],
  };
}

/** Earlier stories of other sources that share hashes with these, the earliest published first. */
async function findCandidates(tx: Transaction, articleIds: string[]): Promise<Candidate[]> {
  const { rows } = await tx.query<Candidate>({
    name: 'find_copies',
    text: `
      select own.id as copy_id, a.id, a.headline, a.headline_key, a.body_text
      from articles own
      cross join lateral (
        select o.article_id, count(*) as shared
        from article_shingles s
        cross join lateral (select article_id from article_shingles where hash = s.hash limit ${COMMON}) o
        where s.article_id = own.id and o.article_id <> own.id
        group by o.article_id order by shared desc, o.article_id limit ${MOST_CANDIDATES}
      ) c
      join articles a on a.id = c.article_id
      where own.id = any($1) and c.shared > 1 and a.source_id is distinct from own.source_id
        and (a.ingested_at, a.id) < (own.ingested_at, own.id)
      order by own.id, a.listed_at, a.id`,
    values: [articleIds],
  });
  return rows;
}
