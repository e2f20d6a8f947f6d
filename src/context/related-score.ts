import { daysBetween } from './calendar.ts';
import { similarity, timeCost } from './score.ts';
import type { StoryRecord } from './story-record.ts';
import type { TermStatistics } from './terms.ts';

/** A story that may be related, with the event and storyline it belongs to. */
export interface RelatedCandidate {
  story: StoryRecord;
  event: string;
  storyline: string;
}

/** One ground for calling two stories related, checkable by a reader. */
export interface RelatedReason {
  kind: 'SHARED_NAMES' | 'SAME_EVENT' | 'SAME_STORYLINE' | 'SIMILAR_TEXT' | 'TIME';
  /** "both about: Donetsk, Sergei Lavrov". */
  text: string;
}

/** A computed related story. */
export interface RelatedPick {
  id: string;
  rel: 'BACKGROUND' | 'FOLLOW_UP' | 'COPY_OF' | 'RELATED';
  /** 0–1, higher is closer. */
  score: number;
  reasons: RelatedReason[];
}

/** Stories of one event go before all others, whatever their words. */
const SAME_EVENT_GAIN = 0.3;
/** Below this a story is better left without a related one; across storylines the words alone must carry it. */
const WORTH_READING = 0.07;
/** Nearly all of the weight in common: one text, perhaps cut. */
const COPY = 0.8;
const MOST_NAMES = 4;

/** The stories to read beside `own`, best first, at most `limit`; none rather than a bad one. */
export function rankRelated(
  own: RelatedCandidate,
  candidates: RelatedCandidate[],
  statistics: TermStatistics,
  limit = 10,
): RelatedPick[] {
  const picks = candidates
    .filter((candidate) => candidate.story.id !== own.story.id)
    .map((candidate) => compare(own, candidate, statistics))
    .filter((pick) => pick.score >= WORTH_READING);
  return picks.sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1)).slice(0, limit);
}

function compare(own: RelatedCandidate, other: RelatedCandidate, statistics: TermStatistics): RelatedPick {
  const alike = similarity(own.story.terms, other.story.terms, statistics);
  const days = own.story.day && other.story.day ? daysBetween(own.story.day, other.story.day) : 0;
  const sameEvent = own.event === other.event;
  const score = alike - timeCost(Math.abs(days)) + (sameEvent ? SAME_EVENT_GAIN : 0);
  return {
    id: other.story.id,
    rel: relation(alike, days, sameEvent),
    score: Math.round(Math.min(1, Math.max(0, score)) * 1000) / 1000,
    reasons: reasonsFor(own, other, alike, days),
  };
}

function relation(alike: number, days: number, sameEvent: boolean): RelatedPick['rel'] {
  if (sameEvent && alike >= COPY) return 'COPY_OF';
  if (sameEvent || days === 0) return 'RELATED';
  return days < 0 ? 'BACKGROUND' : 'FOLLOW_UP';
}

function reasonsFor(own: RelatedCandidate, other: RelatedCandidate, alike: number, days: number): RelatedReason[] {
  const reasons: RelatedReason[] = [];
  const names = sharedNames(own.story, other.story);
  if (names.length > 0) reasons.push({ kind: 'SHARED_NAMES', text: `both about: ${names.join(', ')}` });
  if (own.event === other.event) reasons.push({ kind: 'SAME_EVENT', text: 'same event' });
  else if (own.storyline === other.storyline) reasons.push({ kind: 'SAME_STORYLINE', text: 'same storyline' });
  reasons.push({ kind: 'SIMILAR_TEXT', text: `${Math.round(alike * 100)} % of the words that count in common` });
  if (days !== 0)
    reasons.push({ kind: 'TIME', text: `${describeDays(Math.abs(days))} ${days < 0 ? 'earlier' : 'later'}` });
  return reasons;
}

/** Names in both stories, those that both are most about first. */
function sharedNames(a: StoryRecord, b: StoryRecord): string[] {
  const relevance = new Map(b.names.map((name) => [name.name, name.relevance]));
  return a.names
    .filter((name) => relevance.has(name.name))
    .sort(
      (x, y) => Math.min(y.relevance, relevance.get(y.name) ?? 0) - Math.min(x.relevance, relevance.get(x.name) ?? 0),
    )
    .slice(0, MOST_NAMES)
    .map((name) => name.name);
}

function describeDays(days: number): string {
  if (days < 60) return days === 1 ? '1 day' : `${days} days`;
  return days < 730 ? `${Math.round(days / 30.4)} months` : `${Math.round(days / 365.25)} years`;
}
