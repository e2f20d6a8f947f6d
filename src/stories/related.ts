import { v7 as uuid } from 'uuid';
import { insertRows } from '../db/rows.ts';
import type { Transaction } from '../db/transaction.ts';
import { boundedKey, textKey, urlKey } from './identity.ts';
import type { StoryRelated } from './story.ts';

const COLUMNS = {
  id: 'uuid',
  article_id: 'uuid',
  title: 'text',
  title_key: 'text',
  url: 'text',
  url_key: 'text',
  uri: 'text',
  rel: 'related_rel',
  position: 'int',
  origin: 'related_origin',
};

/** Stores the related stories as printed, each at first only a title or an address; {@link resolveRelated} finds their stories. */
export async function writePrintedRelated(
  tx: Transaction,
  stories: { articleId: string; related: StoryRelated[] }[],
): Promise<void> {
  const rows = stories.flatMap(({ articleId, related }) =>
    related.map(({ title, url, uri, rel }, position) => ({
      id: uuid(),
      article_id: articleId,
      title,
      title_key: textKey(title),
      url,
      url_key: url && urlKey(url),
      // As the key of the story it names will be.
      uri: uri && boundedKey(uri),
      rel,
      position,
      origin: 'PUBLISHER',
    })),
  );
  await insertRows(tx, 'related', COLUMNS, rows);
}

/**
 * Turns references into edges, both ways: from the given articles to stories that are here, and from stories that were
 * waiting for the given articles. A uri or URL decides; a bare title does within one source, and across sources only
 * when it is long enough not to be a standing headline ("Live updates").
 */
export async function resolveRelated(tx: Transaction, articleIds: string[]): Promise<void> {
  await tx.query({
    name: 'resolve_related',
    text: `
      with pair as (
        select r.id, found.id as related_id, 0 as rank from related r join article_keys k on k.key = 'uri:' || r.uri
          join articles found on found.id = k.article_id
          where r.related_id is null and (r.article_id = any($1) or found.id = any($1))
        union all
        select r.id, found.id, 1 from related r join article_keys k on k.key = 'url:' || r.url_key
          join articles found on found.id = k.article_id
          where r.related_id is null and (r.article_id = any($1) or found.id = any($1))
        union all
        select r.id, found.id, case when found.source_id = own.source_id then 2 else 3 end
          from articles own join related r on r.article_id = own.id join articles found on found.headline_key = r.title_key
          where own.id = any($1) and r.related_id is null and (found.source_id = own.source_id or r.title_key like '% % % %')
        union all
        select r.id, found.id, case when found.source_id = own.source_id then 2 else 3 end
          from articles found join related r on r.title_key = found.headline_key join articles own on own.id = r.article_id
          where found.id = any($1) and r.related_id is null and (found.source_id = own.source_id or r.title_key like '% % % %')
      ), best as (
        select distinct on (pair.id) pair.id, pair.related_id from pair join related r on r.id = pair.id
        where r.article_id <> pair.related_id order by pair.id, rank, related_id
      ), locked as (
        select best.* from best join related r on r.id = best.id order by r.id for update of r
      )
      update related r set related_id = locked.related_id from locked where r.id = locked.id`,
    values: [articleIds],
  });
}
