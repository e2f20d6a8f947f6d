/** Cuts text into the words that topic cues are compared with, the same way for cues and for stories. */

/** A word as it is compared (lower case, without possessive) and as it was written. */
export interface Word {
  folded: string;
  written: string;
}

// Inner apostrophes, dots and ampersands belong to the word ("AT&T", "U.S."), a hyphen parts two words.
const WORD = /[\p{L}\p{M}\p{N}]+(?:['.&][\p{L}\p{M}\p{N}]+)*\+?/gu;

/** The words of a text in order. Linear in its length. */
export function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  for (const [found] of text.replace(/[’‘]/g, "'").matchAll(WORD)) {
    const written = found.replace(/'[sS]$/, '');
    words.push({ folded: written.toLowerCase(), written });
  }
  return words;
}
