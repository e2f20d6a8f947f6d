import { createHash } from 'node:crypto';
import { v7 as uuid } from 'uuid';
import { insertRows } from '../db/rows.ts';
import type { Transaction } from '../db/transaction.ts';
import { boundedKey, slug, textKey } from '../stories/identity.ts';
import type { TagType } from '../stories/story.ts';

/** A tag as a story names it, before it is known which stored tag that is. */
export interface TagDraft {
  type: TagType;
  name: string;
  scheme: string | null;
  termCode: string | null;
  sameAs: string[];
  /** Other names of the same thing. */
  aliases: string[];
}

/** One edge story → tag. */
export interface StoryTagDraft extends TagDraft {
  creator: 'PUBLISHER' | 'EDITOR' | 'SYSTEM';
  /** 0–100. */
  relevance: number | null;
  /** 0–100. */
  confidence: number | null;
  /** Places in the text, offsets in UTF-16 code units; null for tags that were not found in the text. */
  mentions: { field: string; index?: number; start: number; end: number; text: string }[] | null;
}

/** Columns of a row of tags. */
export const TAG = {
  id: 'uuid',
  identity: 'text',
  type: 'tag_type',
  name: 'text',
  slug: 'text',
  scheme: 'text',
  term_code: 'text',
  same_as: 'text[]',
};
/** Columns of a row of tag_aliases. */
export const ALIAS = { tag_id: 'uuid', key: 'text', type: 'tag_type', name: 'text', language: 'text' };
const EDGE = {
  article_id: 'uuid',
  tag_id: 'uuid',
  rel: 'text',
  relevance: 'int',
  confidence: 'int',
  creator: 'creator',
  position: 'int',
  mentions: 'jsonb',
};

/** What people said goes before what was computed. */
const RANK = { EDITOR: 0, PUBLISHER: 1, SYSTEM: 2 };

/** Replaces the stories' PUBLISHER and SYSTEM tags; what editors put on stays, and what they took off stays off. */
export async function writeStoryTags(
  tx: Transaction,
  stories: { articleId: string; tags: StoryTagDraft[] }[],
): Promise<void> {
  const ids = await resolveTags(
    tx,
    stories.flatMap((story) => story.tags),
  );
  const articleIds = stories.map((story) => story.articleId);
  await tx.query(`delete from article_tags where article_id = any($1) and creator <> 'EDITOR'`, [articleIds]);
  const rejections = await tx.query<{ article_id: string; tag_id: string }>(
    'select article_id, tag_id from tag_rejections where article_id = any($1)',
    [articleIds],
  );
  const rejected = new Set(rejections.rows.map((row) => `${row.article_id} ${row.tag_id}`));
  const edges = stories.flatMap(({ articleId, tags }) => {
    const byTag = new Map<string, StoryTagDraft>();
    for (const tag of [...tags].sort((a, b) => RANK[a.creator] - RANK[b.creator])) {
      const id = ids.get(tagIdentity(tag));
      const known = id && byTag.get(id);
      if (id && known) byTag.set(id, { ...known, mentions: known.mentions ?? tag.mentions });
      else if (id) byTag.set(id, tag);
    }
    return [...byTag].map(([tagId, tag], position) => ({
      article_id: articleId,
      tag_id: tagId,
      rel: tag.type === 'GENRE' ? 'genre' : 'about',
      relevance: tag.relevance,
      confidence: tag.confidence,
      creator: tag.creator,
      position,
      mentions: tag.mentions,
    }));
  });
  await insertRows(
    tx,
    'article_tags',
    EDGE,
    edges.filter((edge) => !rejected.has(`${edge.article_id} ${edge.tag_id}`)),
    // Only an editor's edge is still there; its offsets are those of an earlier text.
    'on conflict (article_id, tag_id) do update set mentions = excluded.mentions',
  );
}

/** What a tag is recognised by: its code in a vocabulary, else its type and name. */
export function tagIdentity(tag: Pick<TagDraft, 'type' | 'name' | 'scheme' | 'termCode'>): string {
  return tag.scheme && tag.termCode ? boundedKey(`${tag.scheme}:${tag.termCode}`) : `${tag.type}:${textKey(tag.name)}`;
}

/**
 * Makes a tag that is another than any there is, whatever it is called: where its identity is taken, its own id makes
 * it one that no story's name resolves to by itself.
 */
export async function createTag(tx: Transaction, draft: TagDraft): Promise<string> {
  const plain = tagIdentity(draft);
  const { rowCount } = await tx.query('select from tags where identity = $1', [plain]);
  const identity = rowCount ? `${plain}#${uuid()}` : plain;
  for (let attempt = 0; ; attempt++) {
    await addTags(tx, [[identity, draft]], attempt);
    const { rows } = await tx.query<{ id: string }>('select id from tags where identity = $1', [identity]);
    if (rows[0]) return rows[0].id;
  }
}

/** Ids of the tags by {@link tagIdentity}, made where they are new; a merged tag resolves to the one it was merged into. */
export async function resolveTags(tx: Transaction, drafts: TagDraft[]): Promise<Map<string, string>> {
  const wanted = new Map(drafts.map((draft) => [tagIdentity(draft), draft]));
  let known = await findTags(tx, [...wanted.keys()]);
  for (let attempt = 0; known.size < wanted.size; attempt++) {
    const missing = [...wanted].filter(([identity]) => !known.has(identity));
    await addTags(tx, missing, attempt);
    known = await findTags(tx, [...wanted.keys()]);
  }
  return known;
}

async function findTags(tx: Transaction, identities: string[]): Promise<Map<string, string>> {
  const { rows } = await tx.query<{ identity: string; id: string }>({
    name: 'find_tags',
    text: `
      with recursive found as (
        select identity, id, merged_into_id from tags where identity = any($1)
        union all
        select found.identity, t.id, t.merged_into_id from found join tags t on t.id = found.merged_into_id
      )
      select identity, id from found where merged_into_id is null`,
    values: [identities],
  });
  return new Map(rows.map((row) => [row.identity, row.id]));
}

/**
 * Adds tags; one whose slug is taken by another tag stays missing and comes again with the next attempt's slug:
 * "russia", "russia-place", then one that no other tag wants ("russia-place-1f0c9a77"), so that however many tags
 * share a slug, three attempts do.
 */
async function addTags(tx: Transaction, missing: [string, TagDraft][], attempt: number): Promise<void> {
  // Sorted, so that two transactions that add the same tags wait for each other instead of deadlocking.
  const sorted = missing.sort(([a], [b]) => (a < b ? -1 : 1));
  const suffix = (type: string, identity: string) => {
    if (attempt === 0) return '';
    const own = createHash('sha256').update(`${attempt} ${identity}`).digest('hex').slice(0, 8);
    return `-${type.toLowerCase()}${attempt === 1 ? '' : `-${own}`}`;
  };
  const rows = sorted.map(([identity, tag]) => ({
    id: uuid(),
    identity,
    type: tag.type,
    name: tag.name,
    slug: `${slug(tag.name)}${suffix(tag.type, identity)}`,
    scheme: tag.scheme,
    term_code: tag.termCode,
    same_as: tag.sameAs,
  }));
  await insertRows(tx, 'tags', TAG, rows, 'on conflict do nothing');
  const added = await tx.query<{ id: string }>('select id from tags where id = any($1)', [rows.map((row) => row.id)]);
  const ids = new Set(added.rows.map((row) => row.id));
  const aliases = rows.flatMap((row, index) => {
    const tag = sorted[index]?.[1];
    if (!tag || !ids.has(row.id)) return [];
    const names = new Map([tag.name, ...tag.aliases].map((name) => [textKey(name), name]));
    return [...names].map(([key, name]) => ({ tag_id: row.id, key, type: tag.type, name, language: null }));
  });
  await insertRows(tx, 'tag_aliases', ALIAS, aliases, 'on conflict do nothing');
}
