import { type Day, daysBetween } from './calendar.ts';
import { rarity, type TermStatistics, type TermWeights } from './terms.ts';

/** Cosine of two sets of terms, each weighed by its rarity: 0 (nothing shared) – 1 (the same words). */
export function similarity(a: TermWeights, b: TermWeights, statistics: TermStatistics): number {
  const [fewer, more] = a.size <= b.size ? [a, b] : [b, a];
  let shared = 0;
  for (const [term, weight] of fewer) {
    const other = more.get(term);
    if (other !== undefined) shared += weight * other * rarity(term, statistics) ** 2;
  }
  return shared === 0 ? 0 : shared / (magnitude(a, statistics) * magnitude(b, statistics));
}

/** Length of a set of terms as a vector. */
export function magnitude(weights: TermWeights, statistics: TermStatistics): number {
  let sum = 0;
  for (const [term, weight] of weights) sum += (weight * rarity(term, statistics)) ** 2;
  return Math.sqrt(sum);
}

/** What is summed up of some stories: their terms, each story's as a vector of length 1, added up. */
export interface TermSum {
  terms: TermWeights;
  stories: number;
}

/**
 * The mean similarity of one story to each of an event's stories, read from their sum. Unlike the cosine to a
 * centroid it does not rise with the number of stories, which would make big events swallow their siblings.
 */
export function meanSimilarity(story: TermWeights, sum: TermSum, statistics: TermStatistics): number {
  let shared = 0;
  for (const [term, weight] of story) {
    const other = sum.terms.get(term);
    if (other !== undefined) shared += weight * other * rarity(term, statistics) ** 2;
  }
  return shared === 0 ? 0 : shared / (magnitude(story, statistics) * sum.stories);
}

/** What a gap in time costs at most, in units of similarity, and the days after which it costs no more. */
const TIME_COST = 0.2;
const TIME_REACH = 7;

/**
 * Happenings a week apart are hardly the same one, but no gap ever rules a story out: feeds carry dates weeks late.
 * The cost grows with the logarithm of the days to the nearest known day of the event and then stays.
 */
export function timeCost(days: number): number {
  return TIME_COST * Math.min(1, Math.log1p(days) / Math.log1p(TIME_REACH));
}

/** Days from `day` to the nearest of `days`; 1 where either is not known, which neither helps nor hurts much. */
export function daysApart(day: Day | null, days: Iterable<Day>): number {
  if (day === null) return 1;
  const gaps = Array.from(days, (other) => Math.abs(daysBetween(day, other)));
  return gaps.length === 0 ? 1 : Math.min(...gaps);
}
