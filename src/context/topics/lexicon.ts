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

/** The shipped lexicon for stories in English. */
export const ENGLISH_LEXICON = parseLexicon(
  readFileSync(new URL('../data/topic-lexicon.txt', import.meta.url), 'utf8'),
);

const SHORTEST_STEM = 2;
const LONGEST_STEM = 24;

/** Reads lexicon text. Throws an Error naming the line for an unknown or retired code, or a line of no known form. */
export function parseLexicon(text: string): Lexicon {
  const patterns = new Map<string, Pattern>();
  let code: string | null = null;
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    const block = /^(\d{8}) .+$|^ignore$/.exec(line);
    const cues = /^ {2}([0-6]): (.+)$/.exec(line);
    if (block) {
      code = block[1] ?? null;
      if (code && topic(code)?.retired !== false)
        throw new Error(`Line ${index + 1}: no living Media Topic "${code}".`);
    } else if (cues) {
      for (const cue of cues[2]!.split(',')) addCue(patterns, cue.trim(), code, Number(cues[1]));
    } else {
      throw new Error(`Line ${index + 1} is neither a topic nor its cues: "${line}".`);
    }
  }
  return indexPatterns(patterns.values());
}

/**
 * The cues at one place of a text: all that share the greatest number of words from `at` on.
 * `length` is that number, 0 where no cue starts here.
 */
export function cuesAt(lexicon: Lexicon, text: readonly Word[], at: number): { cues: Cue[]; length: number } {
  const found: { cues: Cue[]; length: number } = { cues: [], length: 0 };
  const first = text[at]!;
  for (const pattern of lexicon.byFirstWord.get(first.folded) ?? []) {
    if (pattern.words.length < found.length) break;
    if (matches(pattern, text, at)) {
      found.cues.push(pattern);
      found.length = pattern.words.length;
    }
  }
  if (found.length > 1) return found;
  for (let end = SHORTEST_STEM; end <= Math.min(first.folded.length, LONGEST_STEM); end++) {
    for (const pattern of lexicon.byStem.get(first.folded.slice(0, end)) ?? []) {
      if (!isWrittenAlike(pattern.words[0]!, first)) continue;
      found.cues.push(pattern);
      found.length = 1;
    }
  }
  return found;
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

function indexPatterns(patterns: Iterable<Pattern>): Lexicon {
  const byFirstWord = new Map<string, Pattern[]>();
  const byStem = new Map<string, Pattern[]>();
  for (const pattern of patterns) {
    const first = pattern.words[0]!.folded;
    if (pattern.words.length > 1) append(byFirstWord, first, pattern);
    else if (pattern.anyEnding) append(byStem, first, pattern);
    else for (const form of [first, `${first}s`]) append(byFirstWord, form, pattern);
  }
  for (const list of byFirstWord.values()) list.sort((a, b) => b.words.length - a.words.length);
  return { byFirstWord, byStem };
}

function append(index: Map<string, Pattern[]>, key: string, pattern: Pattern): void {
  const list = index.get(key);
  if (list) list.push(pattern);
  else index.set(key, [pattern]);
}

function matches(pattern: Pattern, text: readonly Word[], at: number): boolean {
  const count = pattern.words.length;
  if (count === 1) return isWrittenAlike(pattern.words[0]!, text[at]!);
  for (let i = 1; i < count; i++) {
    const wanted = pattern.words[i]!.folded;
    const given = text[at + i]?.folded;
    if (given === undefined) return false;
    if (given === wanted) continue;
    if (i < count - 1) return false;
    if (!(pattern.anyEnding ? given.startsWith(wanted) : given === `${wanted}s`)) return false;
  }
  return true;
}

/** A one-word cue with capitals ("Apple", "WHO") wants them in the text too: "apple" and "who" are other words. */
function isWrittenAlike(cue: Word, given: Word): boolean {
  return cue.written === cue.folded || given.written.startsWith(cue.written);
}
