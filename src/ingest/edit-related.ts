import { v7 as uuid } from 'uuid';
import type { Database } from '../db/client.ts';
import { inTransaction, type Transaction } from '../db/transaction.ts';

export type EditorRel = 'RELATED' | 'FEATURED' | 'BACKGROUND' | 'FOLLOW_UP' | 'UPDATE_OF' | 'COPY_OF';

/** What the one story is to the other, seen from there; null where only one of them says so. */
const INVERSE: Partial<Record<EditorRel, EditorRel>> = {
  RELATED: 'RELATED',
  BACKGROUND: 'FOLLOW_UP',
  FOLLOW_UP: 'BACKGROUND',
};

/** Relates two stories, both ways where the relation has two; computed edges between them give way. False where either is not there. */
export async function relateArticles(
  database: Database,
  articleId: string,
  relatedId: string,
  rel: EditorRel,
): Promise<boolean> {
  return inTransaction(database.pool, async (tx) => {
    const { rowCount } = await tx.query('select from articles where id = any($1)', [[articleId, relatedId]]);
    if (rowCount !== 2) return false;
    await forget(tx, articleId, relatedId);
    const inverse = INVERSE[rel];
    const edges = [[articleId, relatedId, rel], ...(inverse ? [[relatedId, articleId, inverse]] : [])] as const;
    for (const [from, to, kind] of edges)
      await tx.query(
        `insert into related (id, article_id, related_id, title, title_key, rel, position, origin)
         select $1, $2, o.id, o.headline, o.headline_key, $4, 0, 'EDITOR' from articles o where o.id = $3`,
        [uuid(), from, to, kind],
      );
    return true;
  });
}

/** Takes back what editors or computing related, and keeps computing from doing so again; what is printed stays. False where either is not there. */
export async function unrelateArticles(database: Database, articleId: string, relatedId: string): Promise<boolean> {
  return inTransaction(database.pool, async (tx) => {
    const { rowCount } = await tx.query('select from articles where id = any($1)', [[articleId, relatedId]]);
    if (rowCount !== 2) return false;
    await forget(tx, articleId, relatedId);
    await tx.query('insert into unrelated (article_id, related_id) values ($1, $2), ($2, $1)', [articleId, relatedId]);
    return true;
  });
}

async function forget(tx: Transaction, articleId: string, relatedId: string): Promise<void> {
  const pair = '((article_id = $1 and related_id = $2) or (article_id = $2 and related_id = $1))';
  await tx.query(`delete from related where origin <> 'PUBLISHER' and ${pair}`, [articleId, relatedId]);
  await tx.query(`delete from unrelated where ${pair}`, [articleId, relatedId]);
}
