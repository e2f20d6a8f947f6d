import type { StoryFacts } from './facts.ts';
import { textKey } from './identity.ts';
import { words } from './tokens.ts';

/**
 * One filter for the list, facets, exports and the subscription. Ids are database ids (the schema resolves slugs);
 * an empty or absent list asks for nothing. {@link filterToSql} and {@link matchesFilter} must mean the same: a
 * property test holds them together.
 */
export interface StoryFilter {
  /** Every word must stand in headline, abstract or body. */
  text?: string | null;
  /**
   * A tag stands for itself, for every narrower one, and for what was merged with it: whoever filters by
   * "sport" wants football. In `all`, a list counts as one tag: any of its ids will do.
   */
  tags?: { any?: string[] | null; all?: (string | string[])[] | null; none?: string[] | null } | null;
  /** Any of. */
  eventIds?: string[] | null;
  /** Any of. */
  sourceIds?: string[] | null;
  /** Any of, as printed; case and quotes do not matter. */
  authors?: string[] | null;
  /** Any of; "en" includes "en-GB". */
  languages?: string[] | null;
  /** By what the list is ordered by; from inclusive, to exclusive. */
  published?: { from?: Date | null; to?: Date | null } | null;
  /** @default ['USABLE'] */
  pubStatus?: StoryFacts['pubStatus'][] | null;
  hasPhoto?: boolean | null;
}

/** A condition over `articles a`, with its parameters appended to `values`. */
export function filterToSql(filter: StoryFilter, values: unknown[]): string {
  const parameter = (value: unknown) => `$${values.push(value)}`;
  // The reverse of the walk in loadFacts (facts.ts). As an array it is computed once, not for each story.
  const tagged = (
    ids: string[],
  ) => `exists (select from article_tags t where t.article_id = a.id and t.tag_id = any(array(
    with recursive meant as (
      select id from unnest(${parameter(ids)}::uuid[]) as named(id)
      union
      select step.id from meant m cross join lateral (
        select id from tags where broader_id = m.id
        union all select id from tags where merged_into_id = m.id
        union all select merged_into_id from tags where id = m.id and merged_into_id is not null
      ) step
    ) select id from meant)))`;
  const conditions = ['a.announced', `a.pub_status = any(${parameter(pubStatuses(filter))}::pub_status[])`];
  const searched = textWords(filter);
  if (searched) conditions.push(`a.search @@ ${parameter(searched.map((word) => `'${word}'`).join(' & '))}::tsquery`);
  if (filter.tags?.any?.length) conditions.push(tagged(filter.tags.any));
  for (const tag of filter.tags?.all ?? []) conditions.push(tagged([tag].flat()));
  if (filter.tags?.none?.length) conditions.push(`not ${tagged(filter.tags.none)}`);
  if (filter.eventIds?.length) {
    const ids = parameter(filter.eventIds);
    conditions.push(
      `exists (select from event_articles e where e.article_id = a.id and e.event_id = any(${ids}::uuid[]))`,
    );
  }
  if (filter.sourceIds?.length) conditions.push(`a.source_id = any(${parameter(filter.sourceIds)}::uuid[])`);
  if (filter.authors?.length) conditions.push(`a.author_keys && ${parameter(filter.authors.map(textKey))}::text[]`);
  if (filter.languages?.length) {
    const languages = parameter(filter.languages.map((language) => language.toLowerCase()));
    conditions.push(
      `(lower(a.language) = any(${languages}) or lower(split_part(a.language, '-', 1)) = any(${languages}))`,
    );
  }
  if (filter.published?.from) conditions.push(`a.listed_at >= ${parameter(filter.published.from)}`);
  if (filter.published?.to) conditions.push(`a.listed_at < ${parameter(filter.published.to)}`);
  if (filter.hasPhoto != null) {
    const photos = 'exists (select from article_photos p where p.article_id = a.id)';
    conditions.push(filter.hasPhoto ? photos : `not ${photos}`);
  }
  return conditions.join(' and ');
}

/** Whether a version of a story passes; `storyWords` (stories/tokens.ts) is asked for only where the filter has text. */
export function matchesFilter(filter: StoryFilter, facts: StoryFacts | null, storyWords: () => Set<string>): boolean {
  if (!facts?.announced || !pubStatuses(filter).includes(facts.pubStatus)) return false;
  const { tags, published } = filter;
  const has = (id: string) => facts.tagIds.includes(id);
  if (tags?.any?.length && !tags.any.some(has)) return false;
  if (tags?.all?.some((tag) => ![tag].flat().some(has))) return false;
  if (tags?.none?.some(has)) return false;
  if (filter.eventIds?.length && !filter.eventIds.some((id) => facts.eventIds.includes(id))) return false;
  if (filter.sourceIds?.length && !(facts.sourceId && filter.sourceIds.includes(facts.sourceId))) return false;
  if (filter.authors?.length && !filter.authors.some((author) => facts.authors.includes(textKey(author)))) return false;
  if (filter.languages?.length && !matchesLanguage(filter.languages, facts.language)) return false;
  const listedAt = Date.parse(facts.listedAt);
  if (published?.from && listedAt < published.from.getTime()) return false;
  if (published?.to && listedAt >= published.to.getTime()) return false;
  if (filter.hasPhoto != null && filter.hasPhoto !== facts.hasPhoto) return false;
  const searched = textWords(filter);
  if (!searched) return true;
  const present = storyWords();
  return searched.every((word) => present.has(word));
}

function matchesLanguage(asked: string[], language: string | null): boolean {
  if (!language) return false;
  const whole = language.toLowerCase();
  return asked.some((one) => [whole, whole.split('-', 1)[0]].includes(one.toLowerCase()));
}

function pubStatuses(filter: StoryFilter): StoryFacts['pubStatus'][] {
  return filter.pubStatus?.length ? filter.pubStatus : ['USABLE'];
}

/** Null where the text holds no word at all: such a text asks for nothing. */
function textWords(filter: StoryFilter): string[] | null {
  const searched = filter.text ? [...new Set(words(filter.text))] : [];
  return searched.length > 0 ? searched : null;
}
