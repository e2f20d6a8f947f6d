import { v7 as uuid } from 'uuid';
import type { Transaction } from '../db/transaction.ts';
import type { Story } from '../stories/story.ts';
import { writeAttachments } from './attachments.ts';
import { type Assignment, assignToEvent, lookupTerms } from './event-assign.ts';
import { type OpenedEvent, writeEvents } from './event-rows.ts';
import { addToEvent, type EventState, openEvent, removeFromEvent, unitsOf } from './event-state.ts';
import { createEventStore, type EventStore, removeEmptied } from './event-store.ts';
import { createRecordStore, keptNames, type PlacedRecord, type RecordStore } from './record-store.ts';
import { candidateStories, relatedTerms, writeComputedRelated } from './related-edges.ts';
import { type RelatedPick, rankRelated } from './related-score.ts';
import type { StoryContext } from './story-context.ts';
import { makeRecord, type StoryRecord } from './story-record.ts';
import { lockContext, openTermTable, type TermTable } from './term-table.ts';

/** A story that was written, with what it is about. */
export interface StoryToPlace {
  articleId: string;
  story: Story;
  context: StoryContext;
}

interface Stores {
  table: TermTable;
  events: EventStore;
  records: RecordStore;
}

/** What editors said of the stories that are to be placed. */
interface EditorTies {
  /** The event an editor chose for a story. */
  attached: Map<string, string>;
  /** Events an editor took a story out of. */
  detached: Map<string, Set<string>>;
}

/**
 * Places stories, in order, in the events they report, opens events for those that report a new one, and relates them
 * to other stories. A story that was placed before leaves its event first. What an editor attached or detached stays
 * so. Stories without words and those that may not be shown stay where they are.
 */
export async function placeStories(tx: Transaction, stories: StoryToPlace[], now: Date): Promise<void> {
  if (stories.length === 0) return;
  await lockContext(tx);
  const table = await openTermTable(tx);
  const stores = { table, events: createEventStore(tx, table), records: createRecordStore(tx) };
  const ids = stories.map((story) => story.articleId);
  await stores.records.load(ids);
  await table.know(stories.flatMap(({ context }) => [...context.reading.terms.all.keys()]));
  const ties = await loadEditorTies(tx, ids);
  const touched = new Set<string>();
  const opened: OpenedEvent[] = [];
  const assignments = new Map<string, { eventId: string; assignment: Assignment }>();
  const related = new Map<string, RelatedPick[]>();
  for (const { articleId, story, context } of stories) {
    const before = stores.records.get(articleId);
    if (before?.eventId) touched.add(before.eventId);
    const description = context.event;
    if (!description || story.pubStatus !== 'USABLE') continue;
    if (!before) table.add(context.reading.terms.all.keys());
    const made = makeRecord(articleId, story.headline, context.reading, context.names, table);
    const record = { ...made, names: keptNames(made.names) };
    const placed = await placeStory(stores, record, before, ties);
    if (placed.isNew) opened.push({ id: placed.event.id, description });
    touched.add(placed.event.id);
    if (!ties.attached.has(articleId)) assignments.set(articleId, { eventId: placed.event.id, ...placed });
    const { event } = placed;
    const units = unitsOf(record, table);
    await stores.records.put({
      story: record,
      eventId: event.id,
      units,
      description,
      placement: placed.placement,
    });
    for (const picks of related.values()) dropPick(picks, articleId);
    related.set(articleId, await relate(stores, record, event, placed.candidates));
  }
  const emptied = await removeEmptied(stores.events, touched);
  await writeEvents(tx, { opened, touched, emptied, ...stores }, now, () => writeAttachments(tx, assignments));
  await writeComputedRelated(tx, related);
  await table.save();
}

interface Placed {
  event: EventState;
  assignment: Assignment;
  candidates: EventState[];
  placement: number;
  /** It was opened for this story. */
  isNew: boolean;
}

async function placeStory(
  { table, events }: Stores,
  record: StoryRecord,
  before: PlacedRecord | undefined,
  ties: EditorTies,
): Promise<Placed> {
  const placement = table.nextPlacement();
  const old = before?.eventId ? await events.get(before.eventId) : undefined;
  const rest = old && before && removeFromEvent(old, before.story, before.units);
  const detached = ties.detached.get(record.id);
  const found = await events.findCandidates(lookupTerms(record, table));
  const candidates = found
    .map((event) => (rest && event.id === rest.id ? rest : event))
    .filter((event) => event.stories > 0 && !detached?.has(event.id));
  if (rest) await events.put(rest, [], placement);
  const assignment = assignToEvent(record, candidates, table);
  const tied = ties.attached.get(record.id);
  // An editor's choice holds whatever the text says now; its state may not have a story yet.
  const chosen = tied === undefined ? assignment.event : rest?.id === tied ? rest : await events.get(tied);
  if (chosen && chosen.stories > 0) {
    await table.know([...chosen.terms.keys(), ...chosen.leadTerms.keys()]);
    const event = addToEvent(chosen, record, table);
    await events.put(event, record.terms.keys(), placement);
    return { event, assignment, candidates, placement, isNew: false };
  }
  // A story that was its event's only one goes on with it.
  const reused = tied ?? (rest?.stories === 0 ? rest.id : undefined);
  const storyline = assignment.kin?.storyline ?? (reused === rest?.id ? rest?.storyline : undefined);
  const event = openEvent(reused ?? uuid(), record, table, storyline);
  await events.put(event, record.terms.keys(), placement);
  return { event, assignment, candidates, placement, isNew: reused === undefined };
}

async function relate(
  { table, records }: Stores,
  record: StoryRecord,
  event: EventState,
  candidates: EventState[],
): Promise<RelatedPick[]> {
  const others = await candidateStories(records, event, candidates);
  await table.know(relatedTerms(others));
  return rankRelated({ story: record, event: event.id, storyline: event.storyline }, others, table);
}

/** A story that came again within one call is related anew; what others found in its earlier version is void. */
function dropPick(picks: RelatedPick[], articleId: string): void {
  const index = picks.findIndex((pick) => pick.id === articleId);
  if (index >= 0) picks.splice(index, 1);
}

async function loadEditorTies(tx: Transaction, articleIds: string[]): Promise<EditorTies> {
  const { rows } = await tx.query<{ article_id: string; event_id: string; attached: boolean }>({
    name: 'editor_ties',
    text: `
      select article_id, event_id, true as attached from event_articles
        where article_id = any($1) and creator = 'EDITOR'
      union all
      select article_id, event_id, false from event_detachments where article_id = any($1)`,
    values: [articleIds],
  });
  const detached = new Map<string, Set<string>>();
  for (const row of rows) {
    if (row.attached) continue;
    detached.set(row.article_id, (detached.get(row.article_id) ?? new Set()).add(row.event_id));
  }
  return {
    attached: new Map(rows.filter((row) => row.attached).map((row) => [row.article_id, row.event_id])),
    detached,
  };
}
