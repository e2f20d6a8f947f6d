/**
 * Capitals that say nothing, taken back before the model reads: headlines in title case or in capitals, datelines, and
 * shouted words in prose. The rest of the story tells how a word is written when it is not shouted.
 */
import { isKnownName } from './gazetteers.ts';
import type { Token } from './tokens.ts';

/** How often each word, in small letters, is printed small, and with a capital where no sentence begins. */
export interface CaseCounts {
  small: Map<string, number>;
  capital: Map<string, number>;
}

const IS_CAPITALISED = /^\p{Lu}.*\p{Ll}/u;
const IS_SMALL = /^\p{Ll}+$/u;
const IS_SHOUTED = /^\p{Lu}[\p{Lu}'’-]+$/u;

/** A sentence in which nearly every longer word has a capital tells nothing about any of them. */
export function isTitleCase(words: string[]): boolean {
  let capital = 0;
  let small = 0;
  for (const word of words) {
    if (word.length < 4) continue;
    if (/^\p{Lu}/u.test(word)) capital++;
    else if (IS_SMALL.test(word)) small++;
  }
  return capital >= 4 && small <= capital / 4;
}

export function countCases(sentences: string[][]): CaseCounts {
  const counts: CaseCounts = { small: new Map(), capital: new Map() };
  for (const words of sentences) {
    if (isTitleCase(words)) continue;
    words.forEach((word, i) => {
      const kind = IS_SMALL.test(word) ? counts.small : i > 0 && IS_CAPITALISED.test(word) ? counts.capital : null;
      if (kind) kind.set(word.toLowerCase(), (kind.get(word.toLowerCase()) ?? 0) + 1);
    });
  }
  return counts;
}

function titleCase(word: string): string {
  return word.replace(/\p{L}+/gu, (part) => (part[0] as string) + part.slice(1).toLowerCase());
}

/** True for a word that the story prints small more often than with a capital within a sentence. */
export function isUsuallySmall(word: string, counts: CaseCounts): boolean {
  const lower = word.toLowerCase();
  return (counts.small.get(lower) ?? 0) > (counts.capital.get(lower) ?? 0);
}

function isAcronym(word: string, counts: CaseCounts): boolean {
  return (
    (word.length <= 5 && !counts.capital.has(word.toLowerCase()) && isKnownName(word, 'organisation')) ||
    isKnownName(word, 'country')
  );
}

/** Words in capitals, from one to the end of the run: "NEW YORK" is one run, "FBI" alone is an acronym. */
function unshout(words: string[], counts: CaseCounts): string[] {
  const result = [...words];
  for (let from = 0; from < words.length; from++) {
    if (!IS_SHOUTED.test(words[from] as string)) continue;
    let to = from + 1;
    while (to < words.length && IS_SHOUTED.test(words[to] as string)) to++;
    const run = words.slice(from, to);
    const isLong = run.some((word) => word.length > 4) || (run.length === 1 && (run[0] as string).length > 3);
    if (isLong) {
      run.forEach((word, i) => {
        if (isAcronym(word, counts)) return;
        if (word.length <= 3 && run.length === 1) return;
        result[from + i] = isUsuallySmall(word, counts) ? word.toLowerCase() : titleCase(word);
      });
    }
    from = to;
  }
  return result;
}

/** The words of one sentence as the model should read them. */
export function restoredCase(tokens: Token[], counts: CaseCounts): string[] {
  const words = tokens.map((token) => plainMarks(token.text));
  const spoken = unshout(words, counts);
  if (!isTitleCase(spoken)) return spoken;
  return spoken.map((word, i) =>
    i > 0 && IS_CAPITALISED.test(word) && isUsuallySmall(word, counts) ? word.toLowerCase() : word,
  );
}

/** Curly quotes and long dashes as the training corpora have them. */
export function plainMarks(word: string): string {
  return word
    .replace(/[‘’´]/g, "'")
    .replace(/[“”„«»]/g, '"')
    .replace(/[–—]/g, '-');
}
