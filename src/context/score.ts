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

/** What a gap in time costs at most, in units of similarity, and the days after which it costs no more. */
const TIME_COST = 0.15;
const TIME_REACH = 7;

/**
 * Happenings a week apart are hardly the same one, but no gap ever rules a story out: feeds carry dates weeks late.
 * The cost grows with the logarithm of the days to the nearest known day of the event and then stays.
 */
export function timeCost(days: number): number {
  return TIME_COST * Math.min(1, Math.log1p(days) / Math.log1p(TIME_REACH));
}

/** Days from `day` to the nearest of `days`; 1 where either is not known, which neither helps nor hurts much. */
export function daysApart(day: Day | null, days: readonly Day[]): number {
  if (day === null || days.length === 0) return 1;
  return Math.min(...days.map((other) => Math.abs(daysBetween(day, other))));
}
