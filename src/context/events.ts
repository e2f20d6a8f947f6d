import { v7 as uuid } from 'uuid';
import { insertRows } from '../db/rows.ts';
import type { Transaction } from '../db/transaction.ts';
import { slug, textKey } from '../stories/identity.ts';
import type { EventDescription } from './describe-event.ts';

const EVENT = {
  id: 'uuid',
  slug: 'text',
  name: 'text',
  summary: 'text',
  event_status: 'event_status',
  start_date: 'timestamptz',
  start_precision: 'date_precision',
  location_name: 'text',
  location_id: 'uuid',
  creator: 'creator',
  confidence: 'int',
  created_at: 'timestamptz',
};
const PARTICIPANT = { event_id: 'uuid', tag_id: 'uuid', position: 'int' };
const ATTACHMENT = { event_id: 'uuid', article_id: 'uuid', creator: 'creator', confidence: 'int', evidence: 'jsonb' };

interface StoryTagRow {
  article_id: string;
  tag_id: string;
  type: string;
  keys: string[];
}

/** Attaches stories to the events they report; a story that describes an event as another one did joins it. */
export async function attachToEvents(
  tx: Transaction,
  stories: { articleId: string; event: EventDescription | null }[],
  now: Date,
): Promise<void> {
  const described = stories.flatMap(({ articleId, event }) =>
    event ? [{ articleId, event, slug: eventSlug(event) }] : [],
  );
  if (described.length === 0) return;
  await tx.query(`delete from event_articles where article_id = any($1) and creator = 'SYSTEM'`, [
    described.map((one) => one.articleId),
  ]);
  const { rows: tags } = await tx.query<StoryTagRow>({
    name: 'tags_of_articles',
    text: `
      select t.article_id, t.tag_id, g.type, array_agg(n.key) as keys
      from article_tags t join tags g on g.id = t.tag_id join tag_aliases n on n.tag_id = t.tag_id
      where t.article_id = any($1) group by t.article_id, t.tag_id, g.type`,
    values: [described.map((one) => one.articleId)],
  });
  const tagOf = (articleId: string, name: string | null, types: string[]) =>
    name === null
      ? undefined
      : tags.find((row) => row.article_id === articleId && types.includes(row.type) && row.keys.includes(textKey(name)))
          ?.tag_id;
  const events = new Map(described.map((one) => [one.slug, one]));
  const rows = [...events.values()]
    .sort((a, b) => (a.slug < b.slug ? -1 : 1))
    .map(({ articleId, event, slug }) => ({
      id: uuid(),
      slug,
      name: event.name,
      summary: event.summary,
      event_status: event.startDate && new Date(event.startDate.date) > now ? 'SCHEDULED' : 'HAPPENED',
      start_date: event.startDate?.date,
      start_precision: event.startDate?.precision,
      location_name: event.place,
      location_id: tagOf(articleId, event.place, ['PLACE']),
      creator: 'SYSTEM',
      confidence: event.confidence,
      created_at: now,
    }));
  await insertRows(tx, 'events', EVENT, rows, 'on conflict (slug) do nothing');
  const stored = await tx.query<{ id: string; slug: string }>('select id, slug from events where slug = any($1)', [
    [...events.keys()],
  ]);
  const ids = new Map(stored.rows.map((row) => [row.slug, row.id]));
  const participants = described.flatMap(({ articleId, event, slug }) =>
    event.participants.flatMap((name, position) => {
      const tag = tagOf(articleId, name, ['PERSON', 'ORGANISATION', 'PLACE']);
      return tag ? [{ event_id: ids.get(slug), tag_id: tag, position }] : [];
    }),
  );
  await insertRows(tx, 'event_participants', PARTICIPANT, participants, 'on conflict do nothing');
  const attachments = described.map(({ articleId, event, slug }) => ({
    event_id: ids.get(slug),
    article_id: articleId,
    creator: 'SYSTEM',
    confidence: event.confidence,
    evidence: event.evidence,
  }));
  await insertRows(tx, 'event_articles', ATTACHMENT, attachments, 'on conflict do nothing');
  await tx.query(
    `update events e set independent_source_count =
       (select count(distinct a.source_id) from event_articles x join articles a on a.id = x.article_id where x.event_id = e.id)
     where e.id = any($1)`,
    [[...ids.values()]],
  );
}

function eventSlug(event: EventDescription): string {
  return `${event.startDate ? `${event.startDate.date}-` : ''}${slug(event.name)}`;
}
