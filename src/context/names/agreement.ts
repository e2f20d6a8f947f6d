/**
 * One story uses a name in one sense: what the first reading is sure of in one sentence helps in the others. "Putin"
 * alone is a person after "Vladimir Putin"; a team named ten times stays a team the eleventh.
 */
import { bestLabels, marginalsOf } from './crf.ts';
import { beginOf, insideOf, LABEL_COUNT, OUTSIDE, spansOf } from './labels.ts';
import type { TextField } from './mention.ts';
import { NAME_TYPES, type NameType } from './mention.ts';
import type { Token } from './tokens.ts';

/** A sentence on its way through the tagger. */
export interface Sentence {
  field: TextField;
  tokens: Token[];
  /** The words the model reads: as printed, but for capitals that say nothing. */
  words: string[];
  /** Whether the story writes this word in small letters, too. */
  isWord: (word: string) => boolean;
  /** [word * LABEL_COUNT + label]. */
  emissions: Float64Array;
}

/** How strongly the other mentions pull, in log-odds. */
const PULL = 1.5;
const STRONGEST_PULL = 4;
/** Against "no name", per sure mention elsewhere, and at most. */
const PULL_FROM_OUTSIDE = 0.6;
const STRONGEST_FROM_OUTSIDE = 2.5;
/** A full name says more about its last word than a lone word says about itself. */
const FULL_NAME_WEIGHT = 2;
const LONGEST_NAME = 6;
/** Last names that are words of their own are left to the sentence: "in May", "the Price". */
const ALSO_WORDS = /^(?:May|March|April|June|August|Sunday|Monday|Friday|North|South|East|West|Young|English)$/;

/** "Lugansk People's Republic" → "LPR"; undefined where the initials make no acronym. */
function acronymOf(words: string[]): string | undefined {
  const initials = words.filter((word) => /^\p{Lu}/u.test(word)).map((word) => word[0]);
  return initials.length >= 3 && initials.length <= 5 ? initials.join('') : undefined;
}

/** Expected number of mentions of one name per type, in NAME_TYPES' order. */
type Ledger = Map<string, number[]>;

function note(ledger: Ledger, name: string, type: NameType, weight: number): void {
  const weights = ledger.get(name) ?? NAME_TYPES.map(() => 0);
  const at = NAME_TYPES.indexOf(type);
  weights[at] = (weights[at] as number) + weight;
  ledger.set(name, weights);
}

function firstReading(all: Sentence[], transitions: Float64Array): Ledger {
  const ledger: Ledger = new Map();
  for (const sentence of all) {
    const labels = bestLabels(sentence.emissions, transitions);
    const spans = spansOf(labels);
    if (spans.length === 0) continue;
    const probabilities = marginalsOf(sentence.emissions, transitions).labels;
    for (const span of spans) {
      if (span.to - span.from > LONGEST_NAME) continue;
      let sureness = 1;
      for (let i = span.from; i < span.to; i++) {
        sureness = Math.min(sureness, probabilities[i * LABEL_COUNT + (labels[i] as number)] as number);
      }
      const words = sentence.words.slice(span.from, span.to);
      note(ledger, words.join(' '), span.type, sureness);
      const acronym = span.type === 'PERSON' ? undefined : acronymOf(words);
      if (acronym) note(ledger, acronym, span.type, sureness);
      const last = words.at(-1) as string;
      if (span.type === 'PERSON' && words.length > 1 && last.length > 1 && !ALSO_WORDS.test(last)) {
        note(ledger, last, 'PERSON', FULL_NAME_WEIGHT * sureness);
      }
    }
  }
  return ledger;
}

function add(emissions: Float64Array, at: number, value: number): void {
  emissions[at] = (emissions[at] as number) + value;
}

/** Moves the scores of words [from, from + length) towards what the ledger says of them. */
function pull(emissions: Float64Array, from: number, length: number, weights: number[]): void {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  NAME_TYPES.forEach((type, at) => {
    const weight = weights[at] as number;
    const odds = PULL * Math.log((weight + 0.3) / (total - weight + 0.3));
    const bounded = Math.max(-STRONGEST_PULL, Math.min(STRONGEST_PULL, odds));
    for (let i = from; i < from + length; i++) {
      add(emissions, i * LABEL_COUNT + (i === from ? beginOf(type) : insideOf(type)), bounded);
    }
  });
  const push = Math.min(STRONGEST_FROM_OUTSIDE, PULL_FROM_OUTSIDE * total);
  for (let i = from; i < from + length; i++) add(emissions, i * LABEL_COUNT + OUTSIDE, -push);
}

/** Raises and lowers the sentences' emissions in place. */
export function agreeWithin(all: Sentence[], transitions: Float64Array): void {
  const ledger = firstReading(all, transitions);
  if (ledger.size === 0) return;
  for (const { words, emissions } of all) {
    for (let from = 0; from < words.length; ) {
      let length = Math.min(LONGEST_NAME, words.length - from);
      let weights: number[] | undefined;
      for (; length > 0; length--) {
        weights = ledger.get(length === 1 ? (words[from] as string) : words.slice(from, from + length).join(' '));
        if (weights) break;
      }
      if (weights) pull(emissions, from, length, weights);
      from += Math.max(1, length);
    }
  }
}
