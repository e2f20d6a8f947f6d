import type { Transaction } from '../db/transaction.ts';

/**
 * What a filter can ask of one version of a story, kept in the log beside each change, so that a subscription can
 * match the state as it was then. The text is not in it: it stands in the revision.
 */
export interface StoryFacts {
  /** False while an embargo holds the story back. */
  announced: boolean;
  pubStatus: 'USABLE' | 'WITHHELD' | 'CANCELED';
  sourceId: string | null;
  /** Its tags, the broader ones above them, and what was merged into any of these (see filter.ts). */
  tagIds: string[];
  eventIds: string[];
  /** As `textKey` compares them. */
  authors: string[];
  language: string | null;
  /** ISO 8601, UTC; what the list is ordered by. */
  listedAt: string;
  hasPhoto: boolean;
}

/** Reads the facts of articles as they stand in this transaction. */
export async function loadFacts(tx: Transaction, articleIds: string[]): Promise<Map<string, StoryFacts>> {
  const { rows } = await tx.query<{ id: string; facts: StoryFacts }>({
    name: 'load_facts',
    text: `
      select a.id, json_build_object(
        'announced', a.announced, 'pubStatus', a.pub_status, 'sourceId', a.source_id,
        'tagIds', array(
          with recursive reached as (
            select tag_id as id from article_tags where article_id = a.id
            union
            select step.id from reached r cross join lateral (
              select broader_id as id from tags where id = r.id and broader_id is not null
              union all select merged_into_id from tags where id = r.id and merged_into_id is not null
              union all select id from tags where merged_into_id = r.id
            ) step
          ) select id from reached order by id),
        'eventIds', array(select event_id from event_articles where article_id = a.id order by event_id),
        'authors', a.author_keys, 'language', a.language,
        'listedAt', to_char(a.listed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
        'hasPhoto', exists (select from article_photos where article_id = a.id)) as facts
      from articles a where a.id = any($1)`,
    values: [articleIds],
  });
  return new Map(rows.map((row) => [row.id, row.facts]));
}
