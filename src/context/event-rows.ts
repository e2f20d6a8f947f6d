import { insertRows } from '../db/rows.ts';
import type { Transaction } from '../db/transaction.ts';
import { slug, textKey } from '../stories/identity.ts';
import { centralStory } from './central-story.ts';
import type { EventDescription } from './describe-event.ts';
import { type EventState, eventDay, eventPlace } from './event-state.ts';
import type { EventStore } from './event-store.ts';
import type { PlacedRecord, RecordStore } from './record-store.ts';
import { groupStorylines, pruneStorylines } from './storylines.ts';
import type { TermTable } from './term-table.ts';

/** A new event and how its first story tells it. */
export interface OpenedEvent {
  id: string;
  description: EventDescription;
}

/** What changed: `touched` events gained or lost stories or have revised ones, `emptied` ones lost their last. */
export interface ChangedEvents {
  opened: OpenedEvent[];
  touched: Set<string>;
  emptied: string[];
  table: TermTable;
  events: EventStore;
  records: RecordStore;
}

const EVENT = {
  id: 'uuid',
  slug: 'text',
  name: 'text',
  event_status: 'event_status',
  creator: 'creator',
  created_at: 'timestamptz',
};

/** Writes events, their states and records, `attach`es stories in between, and describes each event by its central story. */
export async function writeEvents(
  tx: Transaction,
  changed: ChangedEvents,
  now: Date,
  attach: () => Promise<void>,
): Promise<void> {
  const rows = changed.opened
    .filter(({ id }) => changed.touched.has(id))
    .map(({ id, description: { name, startDate } }) => ({
      id,
      slug: `${startDate ? `${startDate.date}-` : ''}${slug(name)}-${id.slice(-8)}`,
      name,
      event_status: 'HAPPENED',
      creator: 'SYSTEM',
      created_at: now,
    }));
  await insertRows(tx, 'events', EVENT, rows);
  await changed.events.save();
  await changed.records.save();
  await attach();
  await removeEvents(tx, changed.emptied);
  await describeEvents(tx, changed, now);
  await groupStorylines(tx, [...changed.touched]);
  await countSources(tx, [...changed.touched]);
}

/** Deletes computed events that no story is attached to any more. */
async function removeEvents(tx: Transaction, ids: string[]): Promise<void> {
  if (ids.length === 0) return;
  const { rows } = await tx.query<{ super_event_id: string | null }>(
    `delete from events e where id = any($1) and creator = 'SYSTEM'
       and not exists (select from event_articles x where x.event_id = e.id) returning super_event_id`,
    [ids],
  );
  await pruneStorylines(
    tx,
    rows.flatMap((row) => row.super_event_id ?? []),
  );
}

interface Described {
  state: EventState;
  central: PlacedRecord;
}

/** Only computed events are described; one that an editor or an agency made says what they said. */
async function describeEvents(
  tx: Transaction,
  { touched, table, events, records }: ChangedEvents,
  now: Date,
): Promise<void> {
  const lists = await records.ofEvents([...touched]);
  const showable = await findShowable(
    tx,
    [...lists.values()].flatMap((list) => list.map(({ story }) => story.id)),
  );
  const described: Described[] = [];
  for (const [id, all] of lists) {
    const state = await events.get(id);
    // An embargoed or withdrawn story does not speak for an event that others tell.
    const shown = all.filter(({ story }) => showable.has(story.id));
    const list = shown.length > 0 ? shown : all;
    await table.know(list.flatMap(({ story }) => [...story.terms.keys()]));
    const stories = list.map(({ story }) => story);
    const central = state && centralStory(stories, state, table);
    const record = list.find(({ story }) => story.id === central?.id);
    if (state && record) described.push({ state, central: record });
  }
  const tagOf = await readTags(
    tx,
    described.map(({ central }) => central.story.id),
  );
  await updateEvents(tx, described, tagOf, now);
}

async function findShowable(tx: Transaction, articleIds: string[]): Promise<Set<string>> {
  const { rows } = await tx.query<{ id: string }>({
    name: 'showable_articles',
    text: `select id from articles where id = any($1) and announced and pub_status = 'USABLE'`,
    values: [articleIds],
  });
  return new Set(rows.map((row) => row.id));
}

const DESCRIPTION = {
  id: 'uuid',
  name: 'text',
  summary: 'text',
  event_status: 'event_status',
  start_date: 'timestamptz',
  location_name: 'text',
  location_id: 'uuid',
  confidence: 'int',
};

async function updateEvents(tx: Transaction, described: Described[], tagOf: TagLookup, now: Date): Promise<void> {
  const rows = described.map(({ state, central: { story, description } }) => {
    const day = eventDay(state);
    const place = eventPlace(state);
    return {
      id: state.id,
      name: description.name,
      summary: description.summary,
      event_status: day && new Date(day) > now ? 'SCHEDULED' : 'HAPPENED',
      start_date: day,
      location_name: place,
      location_id: tagOf(story.id, place, ['PLACE']),
      confidence: description.confidence,
    };
  });
  const columns = Object.entries(DESCRIPTION).map(([name, type]) => `${name} ${type}`);
  const { rows: updated } = await tx.query<{ id: string }>({
    name: 'describe_events',
    text: `
      update events e set name = r.name, summary = r.summary, event_status = r.event_status, start_date = r.start_date,
        start_precision = case when r.start_date is null then null else 'DAY'::date_precision end,
        location_name = r.location_name, location_id = r.location_id, confidence = r.confidence
      from json_to_recordset($1::json) as r(${columns.join(', ')})
      where e.id = r.id and e.creator = 'SYSTEM' returning e.id`,
    values: [JSON.stringify(rows)],
  });
  const ours = new Set(updated.map((row) => row.id));
  const participants = described
    .filter(({ state }) => ours.has(state.id))
    .flatMap(({ state, central: { story, description } }) =>
      description.participants.flatMap((name, position) => {
        const tag = tagOf(story.id, name, ['PERSON', 'ORGANISATION', 'PLACE']);
        return tag ? [{ event_id: state.id, tag_id: tag, position }] : [];
      }),
    );
  await tx.query('delete from event_participants where event_id = any($1)', [[...ours]]);
  const columnsOfParticipant = { event_id: 'uuid', tag_id: 'uuid', position: 'int' };
  await insertRows(tx, 'event_participants', columnsOfParticipant, participants, 'on conflict do nothing');
}

type TagLookup = (articleId: string, name: string | null, types: string[]) => string | undefined;

/** Finds the tag of a story by a name of it. */
async function readTags(tx: Transaction, articleIds: string[]): Promise<TagLookup> {
  const { rows } = await tx.query<{ article_id: string; tag_id: string; type: string; keys: string[] }>({
    name: 'tags_of_articles',
    text: `
      select t.article_id, t.tag_id, g.type, array_agg(n.key) as keys
      from article_tags t join tags g on g.id = t.tag_id join tag_aliases n on n.tag_id = t.tag_id
      where t.article_id = any($1) group by t.article_id, t.tag_id, g.type, t.position order by t.position`,
    values: [articleIds],
  });
  const byArticle = new Map<string, typeof rows>();
  for (const row of rows) byArticle.set(row.article_id, [...(byArticle.get(row.article_id) ?? []), row]);
  return (articleId, name, types) => {
    const key = name && textKey(name);
    if (!key) return undefined;
    return byArticle.get(articleId)?.find((row) => types.includes(row.type) && row.keys.includes(key))?.tag_id;
  };
}

/**
 * Counts independent accounts: sources, without the stories that copy another one's text, so that however many print
 * an agency's text it counts once.
 */
export async function countSources(tx: Transaction, eventIds: string[]): Promise<void> {
  await tx.query({
    name: 'count_sources',
    text: `
      update events e set independent_source_count = (
        select count(distinct coalesce(a.source_id, a.id)) from event_articles x join articles a on a.id = x.article_id
        where x.event_id = e.id and not exists (
          select from related r join event_articles y on y.article_id = r.related_id and y.event_id = e.id
          where r.article_id = a.id and r.rel = 'COPY_OF' and r.related_id <> a.id))
      where e.id = any($1)`,
    values: [eventIds],
  });
}
