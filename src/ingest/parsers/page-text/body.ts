import { type Label, labelOf } from './labels.ts';
import type { Line } from './lines.ts';
import { endsSentence, wordCount } from './measure.ts';
import { isEndNote, isPromotion } from './promotions.ts';

/** A paragraph counts no more than this many words: one wall of text (terms of use) must not outweigh a story. */
const MOST_WORDS = 60;
const LABEL_COST = 12;
const OPEN_LINE_COST = 5;
/** Words of prose above a comments heading from which on it ends the story; nearer the top it is only a link. */
const STORY_WORDS = 80;

/**
 * Indices of the lines that are the story's text, in page order; empty where the page shows none. The body is the
 * stretch with the best sum of scores (prose counts for, link-like and labelled lines against), less what in it is
 * no part of the story. `notBody` holds lines known to be something else: captions, dates, bylines, related titles;
 * `headlines` the lines that show the headline.
 */
export function findBody(
  lines: readonly Line[],
  notBody: ReadonlySet<number>,
  headlines: ReadonlySet<number>,
): number[] {
  const labels = lines.map((line) => labelOf(line.text));
  const [start, end] = bestStretch(lines, labels, notBody, headlines);
  return keep(lines, labels, notBody, headlines, start, end);
}

function bestStretch(
  lines: readonly Line[],
  labels: readonly (Label | null)[],
  notBody: ReadonlySet<number>,
  headlines: ReadonlySet<number>,
): [start: number, end: number] {
  let best = { sum: 0, start: 0, end: 0 };
  let sum = 0;
  let prose = 0;
  let start = 0;
  for (const [index, line] of lines.entries()) {
    const isStop = prose >= STORY_WORDS && (labels[index] === 'COMMENTS' || labels[index] === 'COPYRIGHT');
    if (sum <= 0 || isStop || headlines.has(index)) {
      sum = 0;
      prose = 0;
      start = index;
    }
    const value = notBody.has(index) ? 0 : score(line.text, labels[index] ?? null);
    sum += value;
    prose += Math.max(0, value);
    if (sum > best.sum) best = { sum, start, end: index + 1 };
  }
  return [best.start, best.end];
}

function score(text: string, label: Label | null): number {
  if (label === 'ADVERTISEMENT' || label === 'READ_MORE') return 0;
  if (label !== null) return -LABEL_COST;
  const words = wordCount(text);
  if (isPromotion(text)) return -Math.min(words, LABEL_COST);
  if (ENUMERATED.test(text)) return 4;
  if (endsSentence(text)) return words >= 6 ? Math.min(words, MOST_WORDS) : 0;
  return words >= 25 ? words / 2 : -OPEN_LINE_COST;
}

const ENUMERATED = /^\d{1,2}[.)]\s\S/u;

function keep(
  lines: readonly Line[],
  labels: readonly (Label | null)[],
  notBody: ReadonlySet<number>,
  headlines: ReadonlySet<number>,
  start: number,
  end: number,
): number[] {
  const kept = [];
  for (let index = start; index < end; index += 1) {
    const text = lines[index]?.text ?? '';
    if (notBody.has(index) || headlines.has(index) || labels[index] != null) continue;
    if (isPromotion(text) || isEndNote(text) || !/\p{L}.*\p{L}|\p{Lo}/u.test(text)) continue;
    kept.push(index);
  }
  const isProse = (index: number | undefined) => {
    const text = lines[index ?? -1]?.text ?? '';
    return endsSentence(text) || wordCount(text) >= 25 || ENUMERATED.test(text);
  };
  while (kept.length > 0 && !isProse(kept[0])) kept.shift();
  while (kept.length > 0 && !isProse(kept.at(-1))) kept.pop();
  return kept;
}
