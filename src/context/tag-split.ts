import type { Database } from '../db/client.ts';
import { inTransaction } from '../db/transaction.ts';
import { announceRetagged, lockStories } from './announce-tags.ts';
import { createTag, type TagDraft } from './tags.ts';

/** Two things that were taken for one become two. */
export interface TagSplit {
  tagId: string;
  /** The new tag; it may be called as the old one is (two people of one name). */
  tag: TagDraft;
  /** Stories that are about the new one. */
  articleIds: string[];
  /** Shown to subscribers with each moved story. */
  note: string | null;
}

/**
 * Makes a new tag and gives it the named stories' edges. They are an editor's word from then on: the new tag stays on
 * these stories and the old one off them, whatever comes in or is recomputed. A story of the old name that comes later
 * gets the old tag. Null, and nothing done, where none of the stories has the tag.
 */
export async function splitTag(
  database: Database,
  { tagId, tag, articleIds, note }: TagSplit,
): Promise<{ tagId: string; moved: number } | null> {
  return inTransaction(database.pool, async (tx) => {
    const locked = await lockStories(tx, articleIds);
    const { rows: edges } = await tx.query<{ article_id: string }>(
      'select article_id from article_tags where tag_id = $1 and article_id = any($2)',
      [tagId, locked],
    );
    if (edges.length === 0) return null;
    const now = new Date();
    const newId = await createTag(tx, tag);
    const ids = edges.map((edge) => edge.article_id);
    await tx.query(
      `update article_tags set tag_id = $2, creator = 'EDITOR', confidence = null
       where tag_id = $1 and article_id = any($3)`,
      [tagId, newId, ids],
    );
    await tx.query(
      `insert into tag_rejections (article_id, tag_id, at) select id, $1, $2 from unnest($3::uuid[]) as a(id)
       on conflict do nothing`,
      [tagId, now, ids],
    );
    await announceRetagged(tx, ids, note, now);
    return { tagId: newId, moved: ids.length };
  });
}
