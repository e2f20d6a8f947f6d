import type { Database } from '../db/client.ts';
import { inTransaction, type Transaction } from '../db/transaction.ts';
import { announceRetagged, lockStories } from './announce-tags.ts';
import { resolveTags, type TagDraft, tagIdentity } from './tags.ts';

/** An editor's word on one tag of one story. */
export interface TagDecision {
  articleId: string;
  /** Shown to subscribers. */
  note: string | null;
}

/**
 * An editor says that a story is about a tag. It is then the editor's, whoever said so before: neither a new version of
 * the story nor recomputing takes it off. Returns the tag's id; null where there is no such article.
 */
export async function tagStory(
  database: Database,
  { articleId, tag, relevance, note }: TagDecision & { tag: string | TagDraft; relevance: number | null },
): Promise<string | null> {
  return inTransaction(database.pool, async (tx) => {
    if ((await lockStories(tx, [articleId])).length === 0) return null;
    const tagId = typeof tag === 'string' ? tag : await obtainTag(tx, tag);
    await tx.query('delete from tag_rejections where article_id = $1 and tag_id = $2', [articleId, tagId]);
    const { rowCount } = await tx.query(
      `insert into article_tags (article_id, tag_id, rel, relevance, creator, position)
       select $1, g.id, case g.type when 'GENRE' then 'genre' else 'about' end, $3, 'EDITOR',
         (select coalesce(max(position) + 1, 0) from article_tags where article_id = $1)
       from tags g where g.id = $2
       on conflict (article_id, tag_id) do update
         set creator = 'EDITOR', confidence = null, relevance = coalesce(excluded.relevance, article_tags.relevance)
         where article_tags.creator <> 'EDITOR' or excluded.relevance is distinct from article_tags.relevance`,
      [articleId, tagId, relevance],
    );
    if (rowCount) await announceRetagged(tx, [articleId], note, new Date());
    return tagId;
  });
}

async function obtainTag(tx: Transaction, draft: TagDraft): Promise<string> {
  return (await resolveTags(tx, [draft])).get(tagIdentity(draft)) as string;
}

/**
 * An editor says that a story is not about a tag. That is remembered, so that neither the publisher's next version nor
 * recomputing puts it back. False where there is no such article.
 */
export async function untagStory(
  database: Database,
  { articleId, tagId, note }: TagDecision & { tagId: string },
): Promise<boolean> {
  return inTransaction(database.pool, async (tx) => {
    if ((await lockStories(tx, [articleId])).length === 0) return false;
    const now = new Date();
    await tx.query('insert into tag_rejections (article_id, tag_id, at) values ($1, $2, $3) on conflict do nothing', [
      articleId,
      tagId,
      now,
    ]);
    const { rowCount } = await tx.query('delete from article_tags where article_id = $1 and tag_id = $2', [
      articleId,
      tagId,
    ]);
    if (rowCount) await announceRetagged(tx, [articleId], note, now);
    return true;
  });
}
