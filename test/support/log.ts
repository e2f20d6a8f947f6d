import type { Transaction } from '../../src/db/transaction.ts';
import { appendToLog, type LogEntryDraft } from '../../src/log/append.ts';
import { loadFacts } from '../../src/stories/facts.ts';
import { emptyStory, type Story } from '../../src/stories/story.ts';
import { writeStories } from '../../src/stories/write.ts';

/** Writes one version of the story of this name and returns its article's id; the log does not know of it yet. */
export async function writeStory(tx: Transaction, name: string, fields: Partial<Story> = {}): Promise<string> {
  const story = { ...emptyStory(`Story ${name}`), uri: `urn:test:${name}`, bodyText: `Text of ${name}.`, ...fields };
  const now = new Date();
  const [written] = await writeStories(tx, [{ story, receivedAt: now }], now);
  if (!written) throw new Error('nothing was written');
  return written.articleId;
}

/** Enters articles, as they stand, into the log; returns the first number taken. */
export async function appendStory(tx: Transaction, ...articleIds: string[]): Promise<bigint | null> {
  const facts = await loadFacts(tx, articleIds);
  const { rows } = await tx.query<{ id: string; version: number }>(
    'select id, version from articles where id = any($1)',
    [articleIds],
  );
  const versions = new Map(rows.map((row) => [row.id, row.version]));
  const entries = articleIds.map((articleId): LogEntryDraft => {
    const now = facts.get(articleId);
    if (!now) throw new Error(`no article ${articleId}`);
    const version = versions.get(articleId) ?? 1;
    const kind = version === 1 ? 'PUBLISHED' : 'UPDATED';
    return { articleId, version, kind, changedFields: [], note: null, facts: now };
  });
  return appendToLog(tx, entries, new Date());
}
