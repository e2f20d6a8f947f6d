import type pg from 'pg';
import type { TagType } from '../stories/story.ts';

/** A tag that is rising. */
export interface TrendingTag {
  tagId: string;
  /** Stories of the window about it. */
  articleCount: number;
  /** Stories that its own past would have made one expect. */
  expectedCount: number;
  /** How far that is beyond chance, in standard deviations. */
  score: number;
}

/** Windows before the present one that a tag is compared with. */
const PAST_WINDOWS = 7;
/** Fewer stories than this are no trend, however unexpected. */
const LEAST_STORIES = 3;

/**
 * Tags that rise against their own past, not those that are merely frequent. Of the N stories of the window, n are about
 * a tag; of the B stories of the seven windows before, b were. Its past share of all stories makes one expect
 * m = N × (b + 1) / (B + N), where the 1 and the N smooth what has little past. The score is (n − m) / √m: a Poisson
 * variable's distance from its mean. That it is the share which is compared takes out the hour of the day, the day of
 * the week and the growth of the archive. Only tags with n ≥ 3 and n > m.
 */
export async function trendingTags(
  pool: pg.Pool,
  { seconds, until, types, first }: { seconds: number; until: Date; types: TagType[] | null; first: number },
): Promise<TrendingTag[]> {
  const { rows } = await pool.query<TrendingTag>({
    name: 'trending_tags',
    text: `
      with stories as (
        select id, listed_at > $1::timestamptz - make_interval(secs => $2) as is_now from articles
        where announced and pub_status = 'USABLE' and listed_at <= $1
          and listed_at > $1::timestamptz - make_interval(secs => $2 * ${PAST_WINDOWS + 1})
      ), totals as (
        select count(*) filter (where is_now)::float8 as present, count(*) filter (where not is_now)::float8 as past from stories
      ), counted as (
        select tag_id, count(*) filter (where is_now)::float8 as present, count(*) filter (where not is_now)::float8 as past
        from stories join article_tags on article_id = id
        group by tag_id having count(*) filter (where is_now) >= ${LEAST_STORIES}
      ), expected as (
        select c.tag_id, c.present as n, t.present * (c.past + 1) / (t.past + t.present) as m from counted c, totals t
      )
      select tag_id as "tagId", n::int as "articleCount", m as "expectedCount", (n - m) / sqrt(m) as score
      from expected where n > m
        and ($3::tag_type[] is null or exists (select from tags g where g.id = tag_id and g.type = any($3)))
      order by score desc, tag_id limit $4`,
    values: [until, seconds, types, first],
  });
  return rows;
}

/** A tag that stands on the same stories as another. */
export interface CooccurringTag {
  tagId: string;
  /** Stories with both. */
  articleCount: number;
}

/** Stories looked at, the latest: keeps it quick for a tag that half of the archive has. */
const STORIES_LOOKED_AT = 2_000;

/** The tags most often on the same stories, among the latest 2,000 stories that may be shown. */
export async function cooccurringTags(pool: pg.Pool, tagId: string, first: number): Promise<CooccurringTag[]> {
  const { rows } = await pool.query<CooccurringTag>({
    name: 'cooccurring_tags',
    text: `
      with latest as (
        select a.id from article_tags e join articles a on a.id = e.article_id
        where e.tag_id = $1 and a.announced and a.pub_status = 'USABLE' order by e.article_id desc limit ${STORIES_LOOKED_AT}
      )
      select e.tag_id as "tagId", count(*)::int as "articleCount"
      from latest l join article_tags e on e.article_id = l.id and e.tag_id <> $1
      group by e.tag_id order by count(*) desc, e.tag_id limit $2`,
    values: [tagId, first],
  });
  return rows;
}
