import { headsTitles, type Label } from './labels.ts';
import type { Kind, Look } from './line-looks.ts';

/** A paragraph counts no more than this many words: one wall of text (terms of use) must not outweigh a story. */
const MOST_WORDS = 45;
const LABEL_COST = 12;
/** A subhead costs little, a menu more with every line. */
const OPEN_COST = 6;
const MOST_OPEN_COST = 20;
const ASIDE_COST = 3;
/** A sentence alone among links is a teaser or a caption. */
const ALONE = 0.25;
/** Weight of what stands below a story's end: comments can hold more words than the story. */
const BELOW_END = 0.1;
const IN_COMMENTS = 0.02;
const ENDS: ReadonlySet<Label | null> = new Set<Label | null>(['COMMENTS', 'COPYRIGHT', 'TAGS', 'BIO']);

/** Words of prose from which on a stretch is a story, which a comments heading ends and no headline begins anew. */
export const STORY_WORDS = 40;
/**
 * The stretch of lines (start inclusive, end exclusive) with the best sum of scores: prose counts for, links and labels
 * against, more with every one in a row. It begins anew at the headline and at what ends a story (tags, comments,
 * copyright), below which little counts; teasers under a heading of related titles do not count at all.
 */
export function bestStretch(looks: readonly Look[], headlines: ReadonlySet<number>): [start: number, end: number] {
  let best = { sum: 0, start: 0, end: 0 };
  let sum = 0;
  let prose = 0;
  let start = 0;
  let weight = 1;
  let sawHeadline = false;
  let underTitles = false;
  let openRun = 0;
  for (const [index, look] of looks.entries()) {
    const isStory = prose >= STORY_WORDS;
    const begins = headlines.has(index) && !(sawHeadline && isStory);
    const stops = isStory && ENDS.has(look.label);
    if (begins) weight = 1;
    if (stops) weight = look.label === 'COMMENTS' ? IN_COMMENTS : BELOW_END;
    if (sum <= 0 || begins || stops) {
      sum = 0;
      prose = 0;
      start = index;
    }
    sawHeadline ||= headlines.has(index);
    // "Related: a title" says all in one line; only a heading has titles below it.
    if (headsTitles(look.label) && look.words <= 5) underTitles = true;
    if (begins) underTitles = false;
    const isAlone = look.kind === 'PROSE' && standsAlone(looks, index);
    if (look.kind === 'PROSE' && !isAlone) underTitles = false;
    openRun = look.kind === 'OPEN' || look.kind === 'LABEL' ? openRun + 1 : look.kind === 'PROSE' ? 0 : openRun;
    const value = underTitles && isAlone ? 0 : weight * score(look, isAlone, openRun);
    sum += value;
    prose += Math.max(0, value);
    if (sum > best.sum) best = { sum, start, end: index + 1 };
  }
  return [best.start, best.end];
}

function score({ kind, words, label }: Look, isAlone: boolean, openRun: number): number {
  if (kind === 'NOTHING' || kind === 'LINK') return 0;
  if (kind === 'LABEL') return label === null ? -Math.min(words, LABEL_COST) : -LABEL_COST;
  if (kind === 'ITEM') return Math.max(4, Math.min(words, MOST_WORDS) / 2);
  if (kind === 'OPEN') return -Math.min(OPEN_COST + openRun, MOST_OPEN_COST);
  if (kind === 'ASIDE') return -ASIDE_COST;
  return Math.min(words, MOST_WORDS) * (isAlone && words < 45 ? ALONE : 1);
}

function standsAlone(looks: readonly Look[], index: number): boolean {
  return neighbour(looks, index, -1) !== 'PROSE' && neighbour(looks, index, 1) !== 'PROSE';
}

/** Widgets that stand between two paragraphs of one story. */
const PASSED_OVER: ReadonlySet<Label | null> = new Set<Label | null>([
  null,
  'RELATED',
  'FEATURED',
  'TRENDING',
  'NEWSLETTER',
]);

/** The kind of the next line up or down that says anything; a label with no titles below it says nothing. */
function neighbour(looks: readonly Look[], index: number, step: 1 | -1): Kind | null {
  for (let other = index + step; other >= 0 && other < looks.length; other += step) {
    const { kind, label } = looks[other] as Look;
    const isPassed =
      kind === 'NOTHING' || (kind === 'LABEL' && PASSED_OVER.has(label)) || (kind === 'ASIDE' && label === 'RELATED');
    if (!isPassed) return kind;
  }
  return null;
}
