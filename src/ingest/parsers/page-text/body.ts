import { labelOf } from './labels.ts';
import type { Line } from './lines.ts';

/** The stretch of lines that holds the story: `start` inclusive, `end` exclusive, and which of them are its text. */
export interface FoundBody {
  start: number;
  end: number;
  /** Indices of the lines that are body, in page order. */
  kept: number[];
}

/**
 * Finds the stretch of lines with the best sum of scores (prose counts for, link-like and labelled lines against)
 * at or below `from`, and drops from it what is no part of the story. Lines in `notBody` (captions, bylines, dates)
 * are never kept.
 */
export function findBody(lines: readonly Line[], from: number, notBody: ReadonlySet<number>): FoundBody | null {
  let best = { sum: 0, start: -1, end: -1 };
  let sum = 0;
  let start = from;
  for (let index = from; index < lines.length; index += 1) {
    if (sum <= 0) {
      sum = 0;
      start = index;
    }
    sum += notBody.has(index) ? 0 : score(lines[index]?.text ?? '');
    if (sum > best.sum) best = { sum, start, end: index + 1 };
  }
  if (best.start < 0) return null;
  const kept = [];
  let underTitles = false;
  for (let index = best.start; index < best.end; index += 1) {
    const text = lines[index]?.text ?? '';
    if (notBody.has(index)) continue;
    const label = labelOf(text);
    if (label !== null) {
      underTitles = label === 'RELATED';
      continue;
    }
    if (underTitles && !endsSentence(text)) continue;
    underTitles = false;
    kept.push(index);
  }
  return kept.length === 0 ? null : { start: best.start, end: best.end, kept };
}

function score(text: string): number {
  if (labelOf(text) !== null) return -12;
  const words = wordCount(text);
  if (endsSentence(text)) return words >= 6 ? Math.min(words, 60) : 0;
  return words >= 25 ? words / 2 : -6;
}

/** Words, and for scripts without blanks two characters to a word. */
export function wordCount(text: string): number {
  const dense = text.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/gu)?.length ?? 0;
  const spaced =
    text.match(/[^\s\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{P}]+/gu)?.length ?? 0;
  return spaced + dense / 2;
}

/** Whether a line ends as a sentence does. */
export function endsSentence(text: string): boolean {
  return /[.!?…。！？؟।:;](?:["'”’»)\]」』]|\s)*$/u.test(text);
}
