/** Ranks a story's topics by the evidence found in it: up to three, and the top level where it is sure. */
import { type Evidence, gatherEvidence, strongestFor, type TopicStory, tally } from './evidence.ts';
import { broaderTopics, topLevelOf } from './vocabulary.ts';

/** A topic a story seems to be about. */
export interface TopicSuggestion {
  /** Media Topics code. */
  code: string;
  /** 0–100. */
  confidence: number;
  /** What spoke for it, strongest first: words of the story, "section: Sport". */
  evidence: string[];
}

/** What {@link suggestTopics} found. */
export interface TopicSuggestions {
  /** At most three, best first; none is above or below another. */
  topics: TopicSuggestion[];
  /** The top-level concept; `sure` where it may be applied without an editor. Null where the story shows too little. */
  topLevel: { code: string; confidence: number; sure: boolean } | null;
}

const MOST_TOPICS = 3;
const MOST_EVIDENCE = 5;

// Below these strengths a story shows too little: about one strong cue in headline and lead, or in the lead alone.
const LEAST_TOP_STRENGTH = 8;
const LEAST_TOPIC_STRENGTH = 6;
/** A further topic has to reach this part of the best one's rank. */
const LEAST_PART_OF_BEST = 0.25;
/** How much of what speaks for narrower concepts speaks for a concept itself. */
const INHERITED_PART = 0.1;
/** How much a concept's rank hangs on the strength of its top level: 0 not at all, 1 wholly. */
const BRANCH_PART = 0.6;
/** Confidence from which on the top level needs no editor. */
const SURE_CONFIDENCE = 75;

/**
 * The topics of a story, from its words and its publisher's labels. Deterministic, and bounded in time: a headline, an
 * abstract's and a body's beginning are read. Text in other languages than English is not read; labels always are.
 */
export function suggestTopics(story: TopicStory): TopicSuggestions {
  const evidence = gatherEvidence(story);
  const { own, whole } = tally(evidence);
  const tops = rankTopLevels(own, whole);
  const best = tops[0];
  if (!best || best[1] < LEAST_TOP_STRENGTH) return { topics: [], topLevel: null };
  const confidence = topConfidence(best[1], tops[1]?.[1] ?? 0);
  return {
    topics: rankTopics(own, whole, evidence, best[1]),
    topLevel: { code: best[0], confidence, sure: confidence >= SURE_CONFIDENCE },
  };
}

/**
 * Top-level concepts by strength, best first. Much that speaks for one narrow concept says more than a little here and there
 * in a wide branch, so half of the strength is that of the branch's strongest concept.
 */
function rankTopLevels(own: ReadonlyMap<string, number>, whole: ReadonlyMap<string, number>): [string, number][] {
  const peaks = new Map<string, number>();
  for (const [code, strength] of own) {
    const top = topLevelOf(code).code;
    peaks.set(top, Math.max(strength, peaks.get(top) ?? 0));
  }
  return [...peaks]
    .map(([top, peak]): [string, number] => [top, ((whole.get(top) ?? 0) + peak) / 2])
    .sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]));
}

function rankTopics(
  own: ReadonlyMap<string, number>,
  whole: ReadonlyMap<string, number>,
  evidence: readonly Evidence[],
  topStrength: number,
): TopicSuggestion[] {
  const ranked = [...whole]
    .filter(([code, strength]) => strength >= LEAST_TOPIC_STRENGTH && broaderTopics(code).length > 0)
    .map(([code, strength]) => {
      const direct = own.get(code) ?? 0;
      const branch = (whole.get(topLevelOf(code).code) ?? 0) / topStrength;
      const rank = (direct + INHERITED_PART * (strength - direct)) * (1 - BRANCH_PART + BRANCH_PART * branch);
      return { code, strength, rank };
    })
    .sort((a, b) => b.rank - a.rank || a.code.localeCompare(b.code));
  const bestRank = ranked[0]?.rank ?? 0;
  const chosen: TopicSuggestion[] = [];
  for (const { code, rank, strength } of ranked) {
    if (chosen.length === MOST_TOPICS || rank < LEAST_PART_OF_BEST * bestRank) break;
    if (chosen.some((taken) => isOneLine(taken.code, code))) continue;
    const confidence = Math.round((100 * rank) / (bestRank * (1 + 12 / strength)));
    chosen.push({ code, confidence, evidence: strongestFor(code, evidence, MOST_EVIDENCE) });
  }
  return chosen;
}

/** True where one of two concepts is above the other. */
function isOneLine(one: string, other: string): boolean {
  return (
    [one, ...broaderTopics(one).map((above) => above.code)].includes(other) ||
    broaderTopics(other).some((above) => above.code === one)
  );
}

/**
 * Grows with what speaks for the best top level, and with its distance to the next. On labelled stories of the development
 * part about 0.6 are right below 70, and 0.95 from 75 on.
 */
function topConfidence(best: number, next: number): number {
  const doubt = 1 - (1 - next / best / 1.3) * (best / (best + 6));
  return Math.round(100 * (1 - doubt * doubt));
}
