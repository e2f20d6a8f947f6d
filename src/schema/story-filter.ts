import type { StoryFilter } from '../stories/filter.ts';
import { builder, type Context } from './builder.ts';
import { PubStatus } from './enums.ts';
import { localId } from './ids.ts';

const TagFilter = builder.inputType('TagFilter', {
  description:
    'Tags by slug or id. A tag stands for its narrower ones too (a subject of IPTC Media Topics for the whole branch under it), and a merged one for the tag that survived.',
  fields: (t) => ({
    any: t.stringList({ description: 'At least one of these.' }),
    all: t.stringList({ description: 'Every one of these.' }),
    none: t.stringList({ description: 'None of these.' }),
  }),
});
const DateTimeRange = builder.inputType('DateTimeRange', {
  description: 'A span of time.',
  fields: (t) => ({
    from: t.field({ type: 'DateTime', description: 'From this instant on.' }),
    to: t.field({ type: 'DateTime', description: 'Before this instant.' }),
  }),
});

export const StoryFilterInput = builder.inputType('StoryFilter', {
  description:
    'Which stories. Every condition given must hold. It means the same for the list and the subscription: a story is in the list if and only if the subscription would push it.',
  fields: (t) => ({
    text: t.string({
      description: 'Every word must stand in headline, abstract or body; case and accents do not matter.',
    }),
    tags: t.field({ type: TagFilter, description: 'What the story is about.' }),
    events: t.idList({ description: 'About one of these events, by id.' }),
    sources: t.stringList({ description: 'From one of these sources, by domain or id.' }),
    authors: t.stringList({ description: 'By one of these authors, as printed; case does not matter.' }),
    languages: t.stringList({ description: 'In one of these languages, BCP 47; "en" includes "en-GB".' }),
    published: t.field({
      type: DateTimeRange,
      description: 'When it was published (ingested, where that is not known).',
    }),
    pubStatus: t.field({ type: [PubStatus], description: 'USABLE unless others are named.' }),
    hasPhoto: t.boolean({ description: 'With, or without, a photo.' }),
  }),
});

/** No row has it: what a slug that nobody has yet is looked for as, so that it matches nothing rather than everything. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

/** Resolves slugs, domains and Relay ids to what the database knows. */
export async function readFilter(
  input: typeof StoryFilterInput.$inferInput | null | undefined,
  { db }: Pick<Context, 'db'>,
): Promise<StoryFilter> {
  if (!input) return {};
  const { tags, events, sources, ...rest } = input;
  return {
    ...rest,
    eventIds: events?.map((id) => localId(id, 'Event')) ?? null,
    sourceIds: sources?.length ? await sourceIds(sources, db) : null,
    tags: tags && {
      any: tags.any?.length ? (await tagIds(tags.any, db)).flat() : null,
      all: tags.all?.length ? await tagIds(tags.all, db) : null,
      none: tags.none?.length ? (await tagIds(tags.none, db)).flat() : null,
    },
  };
}

async function sourceIds(named: string[], db: Context['db']): Promise<string[]> {
  const domains = named.filter((name) => name.includes('.')).map((domain) => domain.toLowerCase());
  const ids = named.filter((name) => !name.includes('.')).map((id) => localId(id, 'Source'));
  const found = await db.source.findMany({ select: { id: true }, where: { domain: { in: domains } } });
  return [...ids, ...found.map((source) => source.id), NOBODY];
}

/**
 * For each tag named, its id and those of the tags merged into it, which older entries of the log still hold. A slug is
 * lower case without dots and hyphenated; a Relay id of a tag always begins as `Tag:` does in base64url.
 */
async function tagIds(named: string[], db: Context['db']): Promise<string[][]> {
  const isId = (name: string) => name.startsWith('VGFnO') && name.length > 40;
  const slugs = named.filter((name) => !isId(name));
  const merged = { select: { id: true } };
  const found = await db.tag.findMany({
    select: { id: true, slug: true, mergedFrom: merged, mergedInto: { select: { id: true, mergedFrom: merged } } },
    where: { OR: [{ slug: { in: slugs } }, { id: { in: named.filter(isId).map((id) => localId(id, 'Tag')) } }] },
  });
  const idsByName = new Map(
    found.flatMap((tag) => {
      const { id, mergedFrom } = tag.mergedInto ?? tag;
      const ids = [id, ...mergedFrom.map((other) => other.id)];
      return [[tag.slug, ids] as const, [tag.id, ids] as const];
    }),
  );
  return named.map((name) => idsByName.get(isId(name) ? localId(name, 'Tag') : name) ?? [NOBODY]);
}
