import { type EventState, leadTermSum, termSum } from './event-state.ts';
import { daysApart, meanSimilarity, timeCost } from './score.ts';
import type { StoryRecord } from './story-record.ts';
import { heaviest, rarity, type TermStatistics } from './terms.ts';

/** Finds the events that share terms with a story. In memory for tests and benches, in SQL for the service. */
export interface CandidateLookup {
  /** Up to {@link MAX_CANDIDATES} events that hold any of the terms, those with the most and rarest first. */
  findCandidates(terms: string[]): EventState[];
}

/** Where a story belongs. */
export interface Assignment {
  /** The event it reports; null where it opens a new one. */
  event: EventState | null;
  /** The event whose storyline a new event joins; null where it starts one. */
  kin: EventState | null;
  /** 0–100, how sure the decision is. */
  confidence: number;
  /** Readable reasons. */
  evidence: string[];
}

/** Terms by which candidates are looked up, and events that are then compared. */
export const LOOKUP_TERMS = 24;
export const MAX_CANDIDATES = 50;

/** From this score on a story reports the event; siblings gain and late reports lose above it, and the reverse below. */
const SAME_EVENT = 0.125;
/** From this similarity on, whatever the time between them, two events are of one storyline. */
const SAME_STORYLINE = 0.1;

/** The terms to look candidates up by. */
export function lookupTerms(story: StoryRecord, statistics: TermStatistics): string[] {
  return [...heaviest(story.terms, LOOKUP_TERMS, statistics).keys()];
}

/** Assigns a story to the best of `candidates`, or to a new event. Pure: the same in batch and story by story. */
export function assignToEvent(story: StoryRecord, candidates: EventState[], statistics: TermStatistics): Assignment {
  const scored = candidates.map((event) => {
    const alike = likeness(story, event, statistics);
    return { event, alike, score: alike - timeCost(daysApart(story.day, event.days.keys())) };
  });
  scored.sort((a, b) => b.score - a.score || (a.event.id < b.event.id ? -1 : 1));
  const best = scored[0];
  if (best && best.score >= SAME_EVENT) {
    const evidence = [`shares with the event: ${sharedTerms(story, best.event, statistics).join(', ')}`];
    return { event: best.event, kin: null, confidence: confidence(best.score), evidence };
  }
  const nearest = scored.reduce((top, entry) => (top && top.alike >= entry.alike ? top : entry), scored[0]);
  const kin = nearest && nearest.alike >= SAME_STORYLINE ? nearest.event : null;
  const evidence = kin ? [`new, but of one storyline by: ${sharedTerms(story, kin, statistics).join(', ')}`] : [];
  return { event: null, kin, confidence: confidence(best?.score ?? 0), evidence };
}

/** How alike story and event are: by all words, or by these and the lead, whichever is more; a lead lifts, never lowers. */
function likeness(story: StoryRecord, event: EventState, statistics: TermStatistics): number {
  const whole = meanSimilarity(story.terms, termSum(event), statistics);
  const lead = meanSimilarity(story.leadTerms, leadTermSum(event), statistics);
  return Math.max(whole, (whole + lead) / 2);
}

/** 50 on the border, 100 far from it, on either side. */
function confidence(score: number): number {
  return Math.round(100 - 50 * Math.exp(-Math.abs(score - SAME_EVENT) / 0.1));
}

function sharedTerms(story: StoryRecord, event: EventState, statistics: TermStatistics): string[] {
  const shared = [...story.terms].filter(([term]) => event.terms.has(term));
  const heft = ([term, weight]: [string, number]) =>
    weight * (event.terms.get(term) ?? 0) * rarity(term, statistics) ** 2;
  return shared
    .sort((a, b) => heft(b) - heft(a) || (a[0] < b[0] ? -1 : 1))
    .slice(0, 5)
    .map(([term]) => term);
}
