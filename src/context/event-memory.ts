import { type Assignment, assignToEvent, type CandidateLookup, lookupTerms, MAX_CANDIDATES } from './event-assign.ts';
import { addToEvent, type EventState, openEvent } from './event-state.ts';
import type { StoryRecord } from './story-record.ts';
import { rarity, type TermStatistics } from './terms.ts';

/** Events of one term that are looked at: the latest. Keeps look-up flat as the archive grows. */
const POSTINGS_PER_TERM = 300;

/** Events in memory, for tests, benches and rebuilding an archive. */
export interface EventMemory extends CandidateLookup {
  /** Assigns the story and keeps the outcome; `event` is the event with the story in it. */
  place(story: StoryRecord): { event: EventState; assignment: Assignment };
}

/** Numbers its events "1", "2", … in order of opening. */
export function createEventMemory(statistics: TermStatistics): EventMemory {
  const events = new Map<string, EventState>();
  const postings = new Map<string, Set<string>>();

  function findCandidates(terms: string[]): EventState[] {
    const weights = new Map<string, number>();
    for (const term of terms) {
      const heft = rarity(term, statistics) ** 2;
      for (const id of postings.get(term) ?? []) weights.set(id, (weights.get(id) ?? 0) + heft);
    }
    const ranked = [...weights].sort((a, b) => b[1] - a[1] || Number(a[0]) - Number(b[0]));
    return ranked.slice(0, MAX_CANDIDATES).flatMap(([id]) => events.get(id) ?? []);
  }

  /** Puts the event last, and so latest, in the list of each of its terms. */
  function keep(event: EventState, terms: Iterable<string>): void {
    events.set(event.id, event);
    for (const term of terms) {
      const list = postings.get(term) ?? new Set();
      list.delete(event.id);
      list.add(event.id);
      const oldest = list.size > POSTINGS_PER_TERM ? list.values().next().value : undefined;
      if (oldest !== undefined) list.delete(oldest);
      postings.set(term, list);
    }
  }

  return {
    findCandidates,
    place(story) {
      const assignment = assignToEvent(story, findCandidates(lookupTerms(story, statistics)), statistics);
      const event = assignment.event
        ? addToEvent(assignment.event, story, statistics)
        : openEvent(String(events.size + 1), story, statistics, assignment.kin?.storyline);
      keep(event, story.terms.keys());
      return { event, assignment };
    },
  };
}
