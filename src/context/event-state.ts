import type { Day } from './calendar.ts';
import { magnitude } from './score.ts';
import type { StoryRecord } from './story-record.ts';
import { heaviest, type TermStatistics, type TermWeights } from './terms.ts';

/** What is kept of an event so that the next story can be compared with it: bounded, whatever its number of stories. */
export interface EventState {
  id: string;
  /** The storyline (super-event) it belongs to: the id of the storyline's first event. */
  storyline: string;
  /** Sum of its stories' terms, each story counting alike. */
  terms: TermWeights;
  stories: number;
  /** Days its stories gave it, each once, the latest ones where there are many. */
  days: Day[];
}

const EVENT_TERMS = 100;
const EVENT_DAYS = 60;

/** A new event with its first story; in a storyline of its own unless one is given. */
export function openEvent(id: string, story: StoryRecord, statistics: TermStatistics, storyline = id): EventState {
  return addToEvent({ id, storyline, terms: new Map(), stories: 0, days: [] }, story, statistics);
}

/** The event after one more story; `event` itself stays as it is. */
export function addToEvent(event: EventState, story: StoryRecord, statistics: TermStatistics): EventState {
  const terms = new Map(event.terms);
  const unit = magnitude(story.terms, statistics) || 1;
  for (const [term, weight] of story.terms) terms.set(term, (terms.get(term) ?? 0) + weight / unit);
  const days = story.day === null || event.days.includes(story.day) ? event.days : [...event.days, story.day];
  return {
    ...event,
    terms: terms.size > EVENT_TERMS ? heaviest(terms, EVENT_TERMS, statistics) : terms,
    stories: event.stories + 1,
    days: days.slice(-EVENT_DAYS),
  };
}
