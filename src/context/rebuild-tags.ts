import type { Database } from '../db/client.ts';
import { inTransaction, type Transaction } from '../db/transaction.ts';
import { readSnapshot, type StorySnapshot } from '../stories/snapshot.ts';
import { announceRetagged, lockStories } from './announce-tags.ts';
import { readContext } from './story-context.ts';
import { type StoryTagDraft, writeStoryTags } from './tags.ts';

/** How far a rebuild has come. */
export interface RebuildProgress {
  /** Stories looked at, of an interrupted run before too. */
  stories: number;
  /** Stories whose tags are others now. */
  changed: number;
}

/** Stories of one transaction: small, since they are locked while it lasts. */
const BATCH = 50;

/**
 * Recomputes the tags of every story's current version as at ingest, in the order in which they came. What editors
 * decided stays; only stories whose tags change get an entry in the log. The position is kept in the same transaction
 * as what it stands for: after an interruption the next call goes on from there. The server may run meanwhile: a story
 * that is revised in between has the tags of its new version already.
 */
export async function rebuildTags(
  database: Database,
  onProgress: (progress: RebuildProgress) => void = () => {},
): Promise<RebuildProgress> {
  let position = await startOrResume(database);
  for (;;) {
    const { rows: stories } = await database.pool.query<StoredStory>(
      `select a.id, a.version, r.snapshot from articles a
       join revisions r on r.article_id = a.id and r.version = a.version
       where $1::uuid is null or a.id > $1 order by a.id limit ${BATCH}`,
      [position],
    );
    const last = stories.at(-1);
    if (!last) break;
    const computed = stories.map(({ id, version, snapshot }) => ({
      articleId: id,
      version,
      tags: readContext(readSnapshot(snapshot)).tags,
    }));
    onProgress(await inTransaction(database.pool, (tx) => writeBatch(tx, computed, last.id)));
    position = last.id;
  }
  const { rows } = await database.pool.query<RebuildProgress>(
    `delete from rebuilds where name = 'tags' returning stories, changed`,
  );
  return rows[0] ?? { stories: 0, changed: 0 };
}

interface StoredStory {
  id: string;
  version: number;
  snapshot: StorySnapshot;
}

async function startOrResume(database: Database): Promise<string | null> {
  await database.pool.query(
    `insert into rebuilds (name, stories, changed, started_at) values ('tags', 0, 0, now()) on conflict do nothing`,
  );
  const { rows } = await database.pool.query<{ position: string | null }>(
    `select position from rebuilds where name = 'tags'`,
  );
  return rows[0]?.position ?? null;
}

async function writeBatch(
  tx: Transaction,
  computed: { articleId: string; version: number; tags: StoryTagDraft[] }[],
  last: string,
): Promise<RebuildProgress> {
  await lockStories(
    tx,
    computed.map((story) => story.articleId),
  );
  const ids = computed.map((story) => story.articleId);
  const { rows: current } = await tx.query<{ id: string; version: number }>(
    'select id, version from articles where id = any($1)',
    [ids],
  );
  const versions = new Map(current.map((row) => [row.id, row.version]));
  const stories = computed.filter((story) => versions.get(story.articleId) === story.version);
  const before = await edgesOf(tx, ids);
  await writeStoryTags(tx, stories);
  const after = await edgesOf(tx, ids);
  const changed = ids.filter((id) => before.get(id) !== after.get(id));
  const { rows } = await tx.query<RebuildProgress>(
    `update rebuilds set position = $1, stories = stories + $2, changed = changed + $3 where name = 'tags'
     returning stories, changed`,
    [last, ids.length, changed.length],
  );
  await announceRetagged(tx, changed, null, new Date());
  return rows[0] ?? { stories: ids.length, changed: changed.length };
}

/** Everything a reader sees of each story's tags, as one string. */
async function edgesOf(tx: Transaction, articleIds: string[]): Promise<Map<string, string>> {
  const { rows } = await tx.query<{ article_id: string; edges: string }>(
    `select article_id, md5(string_agg(concat_ws(' ', tag_id, creator, relevance, '/', confidence, mentions), ',' order by tag_id)) as edges
     from article_tags where article_id = any($1) group by article_id`,
    [articleIds],
  );
  return new Map(rows.map((row) => [row.article_id, row.edges]));
}
