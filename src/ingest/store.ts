import { v7 as uuid } from 'uuid';
import { relateCopies } from '../context/copies.ts';
import { placeStories, type StoryToPlace } from '../context/place-stories.ts';
import { resolveTags, type TagDraft, tagIdentity, writeStoryTags } from '../context/tags.ts';
import { insertRows } from '../db/rows.ts';
import type { Transaction } from '../db/transaction.ts';
import { slug, storyKeys } from '../stories/identity.ts';
import { storePhotos } from '../stories/photos.ts';
import type { StoryEvent } from '../stories/story.ts';
import { type WrittenStory, writeStories } from '../stories/write.ts';
import type { LedgerItem } from './ledger.ts';
import type { ReadItem } from './read.ts';

type StoryItem = Extract<ReadItem, { kind: 'STORY' }>;

/** Stores items of any kind; returns what became of each, and what is to be announced. */
export async function storeItems(
  tx: Transaction,
  items: ReadItem[],
  receivedAt: Map<ReadItem, Date>,
  now: Date,
): Promise<{ done: Map<ReadItem, LedgerItem>; written: WrittenStory[] }> {
  const done = new Map<ReadItem, LedgerItem>();
  const written: WrittenStory[] = [];
  const toPlace = new Map<ReadItem, StoryToPlace>();
  for (const round of roundsWithoutSharedKeys(items)) {
    const stories = round.map(({ story }, index) => ({
      story,
      receivedAt: receivedAt.get(round[index] as StoryItem) ?? now,
    }));
    const results = await writeStories(tx, stories, now);
    for (const [index, item] of round.entries()) {
      const { outcome, articleId, version } = results[index] as WrittenStory;
      done.set(item, { ...emptyLedgerItem(outcome), articleId, version, provenance: item.provenance });
    }
    const touched = await addTags(tx, round, results);
    for (const { item, result } of touched) {
      toPlace.set(item, { articleId: result.articleId, ...item });
      written.push(result);
    }
  }
  // In the order given, not that of the rounds: the outcome is that of one story after the other.
  await placeStories(
    tx,
    items.flatMap((item) => toPlace.get(item) ?? []),
    now,
  );
  for (const item of items) {
    if (item.kind === 'PHOTO') done.set(item, await storePhoto(tx, item.photo));
    if (item.kind === 'EVENT') done.set(item, await storeEvent(tx, item.event, now));
    if (item.kind === 'TAG') done.set(item, await storeTag(tx, item));
    if (item.kind === 'REJECTED') done.set(item, { ...emptyLedgerItem('REJECTED'), errors: [item.error] });
  }
  return { done, written };
}

/** Tags, copies, events and related stories of what was written and is current. */
export async function addContext(
  tx: Transaction,
  round: StoryItem[],
  results: WrittenStory[],
  now: Date,
): Promise<WrittenStory[]> {
  const touched = await addTags(tx, round, results);
  await placeStories(
    tx,
    touched.map(({ item, result }) => ({ articleId: result.articleId, ...item })),
    now,
  );
  return touched.map(({ result }) => result);
}

/** Tags and copies: what needs no other story's event. Returns what was written and is current. */
async function addTags(tx: Transaction, round: StoryItem[], results: WrittenStory[]) {
  const touched = round.flatMap((item, index) => {
    const result = results[index];
    return result && result.outcome !== 'UNCHANGED' && result.isCurrent ? [{ item, result }] : [];
  });
  const contexts = touched.map(({ item, result }) => ({
    articleId: result.articleId,
    bodyText: item.story.bodyText,
    ...item.context,
  }));
  await writeStoryTags(tx, contexts);
  await relateCopies(tx, contexts);
  return touched;
}

/** Two versions of one story in one call are written one after the other, in the order given. */
function roundsWithoutSharedKeys(items: ReadItem[]): StoryItem[][] {
  const rounds: StoryItem[][] = [];
  const lastRound = new Map<string, number>();
  for (const item of items) {
    if (item.kind !== 'STORY') continue;
    const keys = storyKeys(item.story);
    const round = Math.max(...keys.map((key) => (lastRound.get(key) ?? -1) + 1));
    for (const key of keys) lastRound.set(key, round);
    rounds[round] ??= [];
    rounds[round].push(item);
  }
  return rounds;
}

async function storePhoto(tx: Transaction, photo: Extract<ReadItem, { kind: 'PHOTO' }>['photo']): Promise<LedgerItem> {
  const [stored] = await storePhotos(tx, [photo]);
  return { ...emptyLedgerItem(stored?.isNew ? 'CREATED' : 'UNCHANGED'), photoId: stored?.id ?? null };
}

const EVENT = {
  id: 'uuid',
  uri: 'text',
  slug: 'text',
  name: 'text',
  summary: 'text',
  event_status: 'event_status',
  start_date: 'timestamptz',
  start_precision: 'date_precision',
  end_date: 'timestamptz',
  end_precision: 'date_precision',
  location_name: 'text',
  creator: 'creator',
  created_at: 'timestamptz',
};

/** An event that an agency itself announces; recognised by its uri. */
async function storeEvent(tx: Transaction, event: StoryEvent, now: Date): Promise<LedgerItem> {
  const id = uuid();
  const precision = (time: StoryEvent['startDate']) => time && (time.precision === 'DAY' ? 'DAY' : 'MINUTE');
  const row = {
    id,
    uri: event.uri,
    slug: `${slug(event.name)}-${id.slice(-8)}`,
    name: event.name,
    summary: event.summary,
    event_status: event.startDate && event.startDate.instant > now ? 'SCHEDULED' : 'HAPPENED',
    start_date: event.startDate?.instant,
    start_precision: precision(event.startDate),
    end_date: event.endDate?.instant,
    end_precision: precision(event.endDate),
    location_name: event.location,
    creator: 'PUBLISHER',
    created_at: now,
  };
  const added = await insertRows(tx, 'events', EVENT, [row], 'on conflict do nothing');
  if (added > 0) return { ...emptyLedgerItem('CREATED'), eventId: id };
  const { rows } = await tx.query<{ id: string }>('select id from events where uri = $1', [event.uri]);
  return { ...emptyLedgerItem('UNCHANGED'), eventId: rows[0]?.id ?? null };
}

async function storeTag(
  tx: Transaction,
  { tag, broader, names }: Extract<ReadItem, { kind: 'TAG' }>,
): Promise<LedgerItem> {
  const draft: TagDraft = { ...tag, aliases: Object.values(names) };
  const wider: TagDraft[] = broader?.termCode
    ? [{ type: tag.type, name: broader.termCode, ...broader, sameAs: [], aliases: [] }]
    : [];
  const { rows: before } = await tx.query('select from tags where identity = $1', [tagIdentity(draft)]);
  const ids = await resolveTags(tx, [draft, ...wider]);
  const id = ids.get(tagIdentity(draft)) ?? null;
  const [above] = wider;
  if (above)
    await tx.query('update tags set broader_id = $2 where id = $1 and id <> $2', [id, ids.get(tagIdentity(above))]);
  return { ...emptyLedgerItem(before.length > 0 ? 'UNCHANGED' : 'CREATED'), tagId: id };
}

/** An entry of the ledger about nothing yet. */
export function emptyLedgerItem(outcome: LedgerItem['outcome']): LedgerItem {
  return {
    id: uuid(),
    outcome,
    articleId: null,
    version: null,
    photoId: null,
    eventId: null,
    tagId: null,
    errors: [],
    provenance: {},
  };
}
