import type { Database } from '../db/client.ts';
import { inTransaction, type Transaction } from '../db/transaction.ts';
import { announceRetagged, lockStories } from './announce-tags.ts';

/** Stories moved in one transaction: their log entries hold every other writer up until it commits. */
const BATCH = 200;

/** A merge: everything that `fromId` was becomes `intoId`. */
export interface TagMerge {
  fromId: string;
  /** Must be no merged tag itself, and another than `fromId`. */
  intoId: string;
  /** Shown to subscribers with each moved story. */
  note: string | null;
}

/**
 * Merges a tag into another. First, in one transaction, the name: from then on both slugs and every new story resolve
 * to the survivor. Then the stories in bounded batches, each with its log entries. Broken off in between, nothing is
 * wrong: filters take the two for one, and the same call again moves the rest. Returns the number of stories moved.
 */
export async function mergeTags(database: Database, merge: TagMerge): Promise<number> {
  await inTransaction(database.pool, (tx) => mergeNames(tx, merge));
  let moved = 0;
  for (let more = true; more; ) {
    const batch = await inTransaction(database.pool, (tx) => moveStories(tx, merge));
    moved += batch.moved;
    more = batch.seen > 0;
  }
  return moved;
}

/** Aliases, the hierarchy and events; survivors of earlier merges are pointed on, so that one step always resolves. */
async function mergeNames(tx: Transaction, { fromId, intoId }: TagMerge): Promise<void> {
  const ids = [fromId, intoId];
  await tx.query('select from tags where id = any($1) order by id for update', [ids]);
  await tx.query('update tags set merged_into_id = $2 where id = $1 or merged_into_id = $1', ids);
  await tx.query(
    `insert into tag_aliases (tag_id, key, type, name, language)
     select $2, a.key, t.type, a.name, a.language from tag_aliases a, tags t where a.tag_id = $1 and t.id = $2
     on conflict do nothing`,
    ids,
  );
  await tx.query(
    `update tags set same_as = array(select distinct unnest(tags.same_as || f.same_as) order by 1),
       broader_id = case when tags.broader_id = $1 then nullif(f.broader_id, $2) else tags.broader_id end
     from tags f where tags.id = $2 and f.id = $1`,
    ids,
  );
  // A tag above the survivor cannot come under it.
  await tx.query(
    `with recursive above as (
       select broader_id as id from tags where id = $2
       union select t.broader_id from above join tags t on t.id = above.id
     )
     update tags set broader_id = case when tags.id in (select id from above where id is not null)
       then (select broader_id from tags where id = $1) else $2 end
     where broader_id = $1 and id <> $2`,
    ids,
  );
  await tx.query('update tags set broader_id = null where id = $1', [fromId]);
  await tx.query('update events set location_id = $2 where location_id = $1', ids);
  await tx.query(
    `insert into event_participants (event_id, tag_id, position)
     select event_id, $2, position from event_participants where tag_id = $1 on conflict do nothing`,
    ids,
  );
  await tx.query('delete from event_participants where tag_id = $1', [fromId]);
}

/**
 * Moves the edges of one batch. A story with both tags keeps one edge, of whoever's word counts more. That an editor
 * took the old tag off goes for the survivor too, unless the story has that for itself.
 */
async function moveStories(
  tx: Transaction,
  { fromId, intoId, note }: TagMerge,
): Promise<{ seen: number; moved: number }> {
  const { rows } = await tx.query<{ article_id: string }>(
    `select article_id from article_tags where tag_id = $1
     union select article_id from tag_rejections where tag_id = $1 order by article_id limit $2`,
    [fromId, BATCH],
  );
  const articleIds = await lockStories(
    tx,
    rows.map((row) => row.article_id),
  );
  if (articleIds.length === 0) return { seen: 0, moved: 0 };
  const { rows: tagged } = await tx.query<{ article_id: string }>(
    'select article_id from article_tags where tag_id = $1 and article_id = any($2)',
    [fromId, articleIds],
  );
  await tx.query(
    `with taken as (delete from article_tags where tag_id = $1 and article_id = any($3) returning *)
     insert into article_tags as edge (article_id, tag_id, rel, relevance, confidence, creator, position, mentions)
     select article_id, $2, rel, relevance, confidence, creator, position, mentions from taken where not exists (
       select from tag_rejections r where r.article_id = taken.article_id and r.tag_id = $2 and taken.creator <> 'EDITOR')
     on conflict (article_id, tag_id) do update set
       creator = case when 'EDITOR' in (edge.creator, excluded.creator) then 'EDITOR'
         when 'PUBLISHER' in (edge.creator, excluded.creator) then 'PUBLISHER' else 'SYSTEM' end::creator,
       relevance = greatest(edge.relevance, excluded.relevance),
       confidence = greatest(edge.confidence, excluded.confidence),
       position = least(edge.position, excluded.position),
       mentions = coalesce(edge.mentions || excluded.mentions, edge.mentions, excluded.mentions)`,
    [fromId, intoId, articleIds],
  );
  await tx.query(
    `with taken as (delete from tag_rejections where tag_id = $1 and article_id = any($3) returning *)
     insert into tag_rejections (article_id, tag_id, at)
     select article_id, $2, at from taken where not exists (
       select from article_tags e where e.article_id = taken.article_id and e.tag_id = $2)
     on conflict do nothing`,
    [fromId, intoId, articleIds],
  );
  const moved = tagged.map((row) => row.article_id);
  await announceRetagged(tx, moved, note, new Date());
  return { seen: articleIds.length, moved: moved.length };
}
