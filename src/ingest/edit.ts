import { readContext } from '../context/story-context.ts';
import type { Database } from '../db/client.ts';
import { inTransaction } from '../db/transaction.ts';
import { readSnapshot, type StorySnapshot } from '../stories/snapshot.ts';
import type { Story } from '../stories/story.ts';
import { writeStories } from '../stories/write.ts';
import { announce } from './announce.ts';
import { addContext } from './store.ts';

/** An editor's change to a story: made on its current version, whatever comes in meanwhile. */
export interface StoryEdit {
  articleId: string;
  /** Shown with the revision and in the log. */
  note: string | null;
  change(story: Story): Story;
}

/** Writes the edit as a new version and announces it; false where there is no such article. An edit that changes nothing adds nothing. */
export async function editStory(database: Database, { articleId, note, change }: StoryEdit): Promise<boolean> {
  return inTransaction(database.pool, async (tx) => {
    const now = new Date();
    const { rows } = await tx.query<{ snapshot: StorySnapshot }>(
      `select r.snapshot from articles a join revisions r on r.article_id = a.id and r.version = a.version
       where a.id = $1 for no key update of a`,
      [articleId],
    );
    const [current] = rows;
    if (!current) return false;
    const story = change(readSnapshot(current.snapshot));
    const results = await writeStories(tx, [{ story, receivedAt: now, note, articleId }], now);
    const item = { kind: 'STORY' as const, story, context: readContext(story), provenance: {} };
    await announce(tx, await addContext(tx, [item], results, now), now);
    return true;
  });
}
