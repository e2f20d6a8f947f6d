import type { Day } from './calendar.ts';
import { magnitude, type TermSum } from './score.ts';
import type { StoryRecord } from './story-record.ts';
import { heaviest, type TermStatistics, type TermWeights } from './terms.ts';

/** What is kept of an event so that the next story can be compared with it: bounded, whatever its number of stories. */
export interface EventState {
  id: string;
  /** The storyline (super-event) it belongs to: the id of the storyline's first event. */
  storyline: string;
  stories: number;
  /** Sum of its stories' terms, each story as a vector of length 1. */
  terms: TermWeights;
  /** The same of headlines and leads alone. */
  leadTerms: TermWeights;
  /** Days its stories gave it, with the summed confidence (0–100 a story); the latest where there are many. */
  days: Map<Day, number>;
  /** Places its stories gave it, likewise. */
  places: Map<string, number>;
}

const EVENT_TERMS = 100;
const EVENT_DAYS = 60;
const EVENT_PLACES = 30;

/** A new event with its first story; in a storyline of its own unless one is given. */
export function openEvent(id: string, story: StoryRecord, statistics: TermStatistics, storyline = id): EventState {
  const empty = {
    id,
    storyline,
    stories: 0,
    terms: new Map(),
    leadTerms: new Map(),
    days: new Map(),
    places: new Map(),
  };
  return addToEvent(empty, story, statistics);
}

/** The event after one more story; `event` itself stays as it is. */
export function addToEvent(event: EventState, story: StoryRecord, statistics: TermStatistics): EventState {
  return {
    ...event,
    stories: event.stories + 1,
    terms: addUnit(event.terms, story.terms, statistics),
    leadTerms: addUnit(event.leadTerms, story.leadTerms, statistics),
    days: story.day === null ? event.days : addDay(event.days, story.day, story.dayConfidence),
    places: story.place === null ? event.places : addPlace(event.places, story.place, story.placeConfidence),
  };
}

/** Lengths of a story's vectors when it was added, to take it out exactly later, when statistics have moved on. */
export interface AddedUnits {
  whole: number;
  lead: number;
}

/** What {@link addToEvent} divides a story's terms by. */
export function unitsOf(story: StoryRecord, statistics: TermStatistics): AddedUnits {
  return { whole: magnitude(story.terms, statistics) || 1, lead: magnitude(story.leadTerms, statistics) || 1 };
}

/** The event without a story that was added to it: what a revised or detached story leaves behind. */
export function removeFromEvent(event: EventState, story: StoryRecord, units: AddedUnits): EventState {
  const day = new Map(story.day === null ? [] : [[story.day, story.dayConfidence]]);
  const place = new Map(story.place === null ? [] : [[story.place, story.placeConfidence]]);
  return {
    ...event,
    stories: event.stories - 1,
    terms: subtract(event.terms, story.terms, units.whole),
    leadTerms: subtract(event.leadTerms, story.leadTerms, units.lead),
    days: subtract(event.days, day, 1),
    places: subtract(event.places, place, 1),
  };
}

/** One event of two: what `other` had is added to `event`. */
export function combineEvents(event: EventState, other: EventState, statistics: TermStatistics): EventState {
  const terms = sumUp(event.terms, other.terms);
  const leadTerms = sumUp(event.leadTerms, other.leadTerms);
  return {
    ...event,
    stories: event.stories + other.stories,
    terms: heaviest(terms, EVENT_TERMS, statistics),
    leadTerms: heaviest(leadTerms, EVENT_TERMS, statistics),
    days: new Map([...sumUp(event.days, other.days)].sort(([a], [b]) => (a < b ? -1 : 1)).slice(-EVENT_DAYS)),
    places: new Map([...sumUp(event.places, other.places)].sort((a, b) => b[1] - a[1]).slice(0, EVENT_PLACES)),
  };
}

function sumUp(a: Map<string, number>, b: Map<string, number>): Map<string, number> {
  const sum = new Map(a);
  for (const [key, weight] of b) sum.set(key, (sum.get(key) ?? 0) + weight);
  return sum;
}

/** Rounding leaves crumbs where nothing should be left. */
const CRUMB = 1e-9;

function subtract(sum: Map<string, number>, part: Map<string, number>, unit: number): Map<string, number> {
  const next = new Map(sum);
  for (const [key, weight] of part) {
    const left = (next.get(key) ?? 0) - weight / unit;
    if (left > CRUMB) next.set(key, left);
    else next.delete(key);
  }
  return next;
}

/** The day most of its stories' confidence stands behind; null where none is known. */
export function eventDay(event: EventState): Day | null {
  return bestSupported(event.days);
}

/** The place most of its stories' confidence stands behind; null where none is known. */
export function eventPlace(event: EventState): string | null {
  return bestSupported(event.places);
}

/** The entry with the most support; of equal ones the first by the alphabet, which for days is the earlier. */
function bestSupported(support: Map<string, number>): string | null {
  const ranked = [...support].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return ranked[0]?.[0] ?? null;
}

/** The summed terms of an event's stories, for {@link meanSimilarity}. */
export function termSum(event: EventState): TermSum {
  return { terms: event.terms, stories: event.stories };
}

/** The same of headlines and leads. */
export function leadTermSum(event: EventState): TermSum {
  return { terms: event.leadTerms, stories: event.stories };
}

function addUnit(sum: TermWeights, terms: TermWeights, statistics: TermStatistics): TermWeights {
  const next = new Map(sum);
  const unit = magnitude(terms, statistics) || 1;
  for (const [term, weight] of terms) next.set(term, (next.get(term) ?? 0) + weight / unit);
  return next.size > EVENT_TERMS ? heaviest(next, EVENT_TERMS, statistics) : next;
}

function addDay(days: Map<Day, number>, day: Day, confidence: number): Map<Day, number> {
  const next = new Map(days).set(day, (days.get(day) ?? 0) + confidence);
  const oldest = next.size > EVENT_DAYS ? [...next.keys()].sort()[0] : undefined;
  if (oldest !== undefined) next.delete(oldest);
  return next;
}

function addPlace(places: Map<string, number>, place: string, confidence: number): Map<string, number> {
  const next = new Map(places).set(place, (places.get(place) ?? 0) + confidence);
  if (next.size <= EVENT_PLACES) return next;
  return new Map([...next].sort((a, b) => b[1] - a[1]).slice(0, EVENT_PLACES));
}
