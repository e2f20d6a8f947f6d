/** Reads the editors' lexicon of cue words (data/topic-lexicon.txt, which explains its own format) and finds its cues in text. */
import { readFileSync } from 'node:fs';
import { topic } from './vocabulary.ts';
import { type Word, wordsOf } from './words.ts';

/** A word or phrase that points to topics. */
export interface Cue {
  /** As the lexicon writes it, without "*". */
  phrase: string;
  /** How strongly it points to each topic code, 1–6; empty for phrases to be passed over. */
  weights: ReadonlyMap<string, number>;
}

interface Pattern extends Cue {
  words: Word[];
  anyEnding: boolean;
  weights: Map<string, number>;
}

/** Cues by their first word, longest first; those of one word with any ending stand apart, by their stem. */
export interface Lexicon {
  byFirstWord: ReadonlyMap<string, readonly Pattern[]>;
  byStem: ReadonlyMap<string, readonly Pattern[]>;
}

const SHORTEST_STEM = 2;
const LONGEST_STEM = 24;

/** The shipped lexicon for stories in English. */
export const ENGLISH_LEXICON = parseLexicon(
  readFileSync(new URL('../data/topic-lexicon.txt', import.meta.url), 'utf8'),
);

/** Reads lexicon text. Throws an Error naming the line for an unknown or retired code, or a line of no known form. */
export function parseLexicon(text: string): Lexicon {
  const patterns = new Map<string, Pattern>();
  let code: string | null = null;
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    const block = /^(\d{8}) .+$|^ignore$/.exec(line);
    const [, weight, cues] = /^ {2}([0-6]): (.+)$/.exec(line) ?? [];
    if (block) {
      code = block[1] ?? null;
      if (code && topic(code)?.retired !== false)
        throw new Error(`Line ${index + 1}: no living Media Topic "${code}".`);
    } else if (cues) {
      for (const cue of cues.split(',')) addCue(patterns, cue.trim(), code, Number(weight));
    } else {
      throw new Error(`Line ${index + 1} is neither a topic nor its cues: "${line}".`);
    }
  }
  return indexPatterns([...patterns.values()]);
}

/**
 * The longest cue that starts at one place of a text, and how many words it takes; undefined where none does.
 * Of two one-word cues the longer stem wins (it carries what the shorter ones mean, too).
 */
export function cueAt(lexicon: Lexicon, text: readonly Word[], at: number): { cue: Cue; length: number } | undefined {
  const first = text[at];
  if (!first) return undefined;
  for (const pattern of lexicon.byFirstWord.get(first.folded) ?? []) {
    if (matches(pattern, text, at)) return { cue: pattern, length: pattern.words.length };
  }
  for (let end = Math.min(first.folded.length, LONGEST_STEM); end >= SHORTEST_STEM; end--) {
    for (const pattern of lexicon.byStem.get(first.folded.slice(0, end)) ?? []) {
      if (matches(pattern, text, at)) return { cue: pattern, length: 1 };
    }
  }
  return undefined;
}

function addCue(patterns: Map<string, Pattern>, cue: string, code: string | null, weight: number): void {
  let pattern = patterns.get(cue);
  if (!pattern) {
    const phrase = cue.replace(/\*$/, '');
    pattern = { phrase, words: wordsOf(phrase), anyEnding: cue.endsWith('*'), weights: new Map() };
    patterns.set(cue, pattern);
  }
  if (code) pattern.weights.set(code, Math.max(weight, pattern.weights.get(code) ?? 0));
}

function indexPatterns(patterns: readonly Pattern[]): Lexicon {
  const byFirstWord = new Map<string, Pattern[]>();
  const byStem = new Map<string, Pattern[]>();
  for (const pattern of patterns) {
    const [first] = pattern.words;
    if (!first) continue;
    if (pattern.words.length > 1) append(byFirstWord, first.folded, pattern);
    else if (pattern.anyEnding) append(byStem, first.folded, pattern);
    else for (const form of [first.folded, `${first.folded}s`]) append(byFirstWord, form, pattern);
  }
  // Longest first; of one length those that want capitals, being the narrower.
  const byReach = (a: Pattern, b: Pattern) =>
    b.words.length - a.words.length || Number(isLower(a)) - Number(isLower(b));
  for (const list of [...byFirstWord.values(), ...byStem.values()]) list.sort(byReach);
  for (const pattern of patterns) inheritFromStems(pattern, byStem);
  return { byFirstWord, byStem };
}

/** "bombing" means whatever "bomb*" means besides what it says itself. Phrases to be passed over inherit nothing. */
function inheritFromStems(pattern: Pattern, byStem: ReadonlyMap<string, readonly Pattern[]>): void {
  const [first] = pattern.words;
  if (pattern.words.length > 1 || !first || pattern.weights.size === 0) return;
  for (let end = SHORTEST_STEM; end <= first.folded.length; end++) {
    for (const stem of byStem.get(first.folded.slice(0, end)) ?? []) {
      if (!isLower(stem)) continue;
      for (const [code, weight] of stem.weights) {
        pattern.weights.set(code, Math.max(weight, pattern.weights.get(code) ?? 0));
      }
    }
  }
}

function append(index: Map<string, Pattern[]>, key: string, pattern: Pattern): void {
  const list = index.get(key);
  if (list) list.push(pattern);
  else index.set(key, [pattern]);
}

function matches(pattern: Pattern, text: readonly Word[], at: number): boolean {
  const last = pattern.words.length - 1;
  if (last === 0) return isLower(pattern) || text[at]?.written.startsWith(pattern.phrase) === true;
  for (const [i, wanted] of pattern.words.entries()) {
    const given = text[at + i]?.folded;
    if (given === undefined) return false;
    if (given === wanted.folded) continue;
    if (i < last) return false;
    // "US Open" has no plural: "US opens embassy".
    const plural = wanted.written === wanted.folded && given === `${wanted.folded}s`;
    if (!(pattern.anyEnding ? given.startsWith(wanted.folded) : plural)) return false;
  }
  return true;
}

/** A one-word cue with capitals ("Apple", "WHO") wants them in the text too: "apple" and "who" are other words. */
function isLower(pattern: Pattern): boolean {
  return pattern.phrase === pattern.phrase.toLowerCase();
}
