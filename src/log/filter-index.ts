import type { StoryFacts } from '../stories/facts.ts';
import type { StoryFilter } from '../stories/filter.ts';
import { textKey } from '../stories/identity.ts';
import type { LogEntry } from './read.ts';

/**
 * Finds, among thousands of filters, the few that an entry can concern, without running each: every filter is filed
 * under one thing that it requires (a tag, an event, a source, an author), and only what the story has is looked up.
 * What it yields may still not match; what it leaves out never does.
 */
export interface FilterIndex<Value> {
  add(filter: StoryFilter, value: Value): void;
  remove(filter: StoryFilter, value: Value): void;
  /** Every value whose filter may match the entry's story as it is or as it was; each once. */
  candidates(entry: Pick<LogEntry, 'facts' | 'factsBefore'>): Set<Value>;
}

export function createFilterIndex<Value>(): FilterIndex<Value> {
  const byKey = new Map<string, Set<Value>>();
  return {
    add(filter, value) {
      for (const key of requiredKeys(filter)) {
        const filed = byKey.get(key);
        if (filed) filed.add(value);
        else byKey.set(key, new Set([value]));
      }
    },
    remove(filter, value) {
      for (const key of requiredKeys(filter)) {
        const filed = byKey.get(key);
        filed?.delete(value);
        if (filed?.size === 0) byKey.delete(key);
      }
    },
    candidates({ facts, factsBefore }) {
      const found = new Set<Value>();
      for (const key of new Set([...keysOf(facts), ...(factsBefore ? keysOf(factsBefore) : [])]))
        for (const value of byKey.get(key) ?? []) found.add(value);
      return found;
    },
  };
}

const ANY = '*';

/** A story that passes has at least one of these: what few stories share comes first. */
function requiredKeys({ tags, eventIds, sourceIds, authors }: StoryFilter): string[] {
  const [everyTag] = tags?.all ?? [];
  if (eventIds?.length) return eventIds.map((id) => `event ${id}`);
  if (everyTag !== undefined) return [`tag ${everyTag}`];
  if (authors?.length) return authors.map((author) => `author ${textKey(author)}`);
  if (tags?.any?.length) return tags.any.map((id) => `tag ${id}`);
  if (sourceIds?.length) return sourceIds.map((id) => `source ${id}`);
  return [ANY];
}

function keysOf({ tagIds, eventIds, sourceId, authors }: StoryFacts): string[] {
  return [
    ANY,
    ...eventIds.map((id) => `event ${id}`),
    ...tagIds.map((id) => `tag ${id}`),
    ...authors.map((author) => `author ${author}`),
    ...(sourceId ? [`source ${sourceId}`] : []),
  ];
}
