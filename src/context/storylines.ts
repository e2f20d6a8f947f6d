import { createHash } from 'node:crypto';
import { v7 as uuid } from 'uuid';
import type { Transaction } from '../db/transaction.ts';
import { slug } from '../stories/identity.ts';

const URI = 'urn:dateline:storyline:';

/**
 * Puts events of one storyline under one super-event, made when a storyline has a second event. Super-events have no
 * stories of their own and span the dates of their parts. A super-event that an editor chose stays.
 */
export async function groupStorylines(tx: Transaction, eventIds: string[]): Promise<void> {
  const { rows } = await tx.query<{ storyline: string; name: string; created_at: Date }>({
    name: 'storylines_of_events',
    text: `
      select distinct s.storyline, first.name, first.created_at from event_states s
      join events e on e.id = s.event_id and e.super_event_id is null and e.merged_into_id is null
      cross join lateral (
        select o.name, o.created_at from event_states p join events o on o.id = p.event_id
        where p.storyline = s.storyline order by o.id limit 1
      ) first
      where s.event_id = any($1)
        and exists (select from event_states p where p.storyline = s.storyline and p.event_id <> s.event_id)
      order by s.storyline`,
    values: [eventIds],
  });
  for (const row of rows) await group(tx, row.storyline, row.name, row.created_at);
  await tx.query({
    name: 'span_storylines',
    text: `
      update events s set start_date = d.first, start_precision = 'DAY', end_date = d.last, end_precision = 'DAY'
      from (
        select e.super_event_id as id, min(e.start_date) as first, max(e.start_date) as last from events e
        where e.super_event_id in (select super_event_id from events where id = any($1)) group by e.super_event_id
      ) d
      where s.id = d.id and s.creator = 'SYSTEM' and s.uri like '${URI}%'
        and (s.start_date, s.end_date) is distinct from (d.first, d.last)`,
    values: [eventIds],
  });
}

async function group(tx: Transaction, storyline: string, firstName: string, createdAt: Date): Promise<void> {
  const uri = `${URI}${storyline}`;
  const name = `${firstName}, and what belongs to it`;
  const mark = createHash('sha256').update(uri).digest('hex').slice(0, 8);
  await tx.query(
    `insert into events (id, uri, slug, name, event_status, creator, created_at)
     values ($1, $2, $3, $4, 'HAPPENED', 'SYSTEM', $5) on conflict (uri) do nothing`,
    [uuid(), uri, `${slug(firstName)}-storyline-${mark}`, name, createdAt],
  );
  await tx.query(
    `update events e set super_event_id = s.id from events s
     where s.uri = $1 and e.super_event_id is null and e.merged_into_id is null and e.id <> s.id
       and e.id in (select event_id from event_states where storyline = $2)`,
    [uri, storyline],
  );
}

/** Dissolves computed super-events that have fewer than two parts left. */
export async function pruneStorylines(tx: Transaction, superEventIds: string[]): Promise<void> {
  if (superEventIds.length === 0) return;
  await tx.query(
    `delete from events s where s.id = any($1) and s.creator = 'SYSTEM' and s.uri like '${URI}%'
       and (select count(*) from events e where e.super_event_id = s.id) < 2`,
    [superEventIds],
  );
}
