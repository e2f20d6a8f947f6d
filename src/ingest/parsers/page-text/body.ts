import { headsTitles, type Label, labelOf } from './labels.ts';
import type { Line } from './lines.ts';
import { endsSentence, wordCount } from './measure.ts';
import { isCoda, isEndNote, isPromotion } from './promotions.ts';

/** What is already known of a page's lines when its body is looked for; all are indices. */
export interface KnownLines {
  /** Show the headline. */
  headlines: ReadonlySet<number>;
  /** Show captions, credits, alternative texts, related titles. */
  asides: ReadonlySet<number>;
  /** Show dates and bylines. */
  signs: ReadonlySet<number>;
}

type Kind = 'PROSE' | 'ITEM' | 'LINK' | 'OPEN' | 'LABEL' | 'ASIDE' | 'NOTHING';

interface Look {
  kind: Kind;
  words: number;
  label: Label | null;
}

/** A paragraph counts no more than this many words: one wall of text (terms of use) must not outweigh a story. */
const MOST_WORDS = 45;
const LABEL_COST = 12;
/** A subhead costs little, a menu more with every line. */
const OPEN_COST = 6;
const MOST_OPEN_COST = 20;
const ASIDE_COST = 3;
/** A sentence alone among links is a teaser or a caption. */
const ALONE = 0.25;
/** Words of prose from which on a stretch is a story, which a comments heading ends and no headline begins anew. */
const STORY_WORDS = 40;
/** Weight of what stands below a story's end: comments can hold more words than the story. */
const BELOW_END = 0.1;
const IN_COMMENTS = 0.02;
const LONGEST_LIST = 60;
const ENDS: ReadonlySet<Label | null> = new Set<Label | null>(['COMMENTS', 'COPYRIGHT', 'TAGS', 'BIO']);

/**
 * Indices of the lines that are the story's text, in page order; empty where the page shows none. The body is the
 * stretch with the best sum of scores (prose counts for, link-like and labelled lines against), less what in it is
 * no part of the story.
 */
export function findBody(lines: readonly Line[], known: KnownLines): number[] {
  const looks = lines.map((line, index) => lookAt(line.text, index, known));
  markLists(lines, looks);
  const [start, end] = bestStretch(looks, known.headlines);
  return withoutStandfirst(trimmed(keep(lines, looks, known.headlines, start, end), looks), looks, known);
}

function lookAt(text: string, index: number, known: KnownLines): Look {
  const label = labelOf(text);
  const words = wordCount(text);
  if (known.asides.has(index)) return { kind: 'ASIDE', words, label };
  if (known.signs.has(index)) return { kind: 'NOTHING', words: 0, label: null };
  if (label === 'ADVERTISEMENT' || label === 'READ_MORE') return { kind: 'NOTHING', words: 0, label };
  if (label !== null || isPromotion(text)) return { kind: 'LABEL', words, label };
  if (/^https?:\/\/\S+$/u.test(text)) return { kind: 'LINK', words: 1, label };
  if (words < 1) return { kind: 'NOTHING', words: 0, label };
  if (/^\d{1,2}[.)]\s\S/u.test(text) || isTableRow(text)) return { kind: 'ITEM', words, label };
  if (isCoda(text)) return { kind: 'PROSE', words, label };
  const isProse =
    (endsSentence(text) && words >= 5 && !(words < 16 && /(?:\.{3}|…)$/u.test(text))) ||
    (words >= 25 && /[\p{L}\d][,.;:?!—–]\s/u.test(text));
  return { kind: isProse ? 'PROSE' : 'OPEN', words, label };
}

/** Open lines below a colon are a list: they do not end a story, and where they are alike they may close it. */
function markLists(lines: readonly Line[], looks: Look[]): void {
  for (let index = 0; index < looks.length; index += 1) {
    const text = lines[index]?.text ?? '';
    const { kind, words } = looks[index] as Look;
    if (!/[:：]$/u.test(text) || words < 3 || (kind !== 'OPEN' && kind !== 'PROSE')) continue;
    let end = index + 1;
    while (end - index <= LONGEST_LIST && looks[end]?.kind === 'OPEN') end += 1;
    const items = lines.slice(index + 1, end).map((line) => line.text);
    const itemKind = items.length >= 3 && areAlike(items) ? 'ITEM' : 'LINK';
    for (let item = index + 1; item < end; item += 1) looks[item] = { ...(looks[item] as Look), kind: itemKind };
  }
}

/** Items of one list begin with the same word, with a number, or have a colon or dash in the middle. */
function areAlike(items: readonly string[]): boolean {
  const first = items[0]?.split(' ')[0];
  const most = items.length * 0.6;
  const count = (holds: (item: string) => boolean) => items.filter(holds).length >= most;
  return (
    count((item) => item.split(' ')[0] === first) ||
    count((item) => /^\d/u.test(item)) ||
    count((item) => /\S:? (?:--?|–|—) \S|\S: \S/u.test(item))
  );
}

/** Most of a row of results or prices is numbers. */
function isTableRow(text: string): boolean {
  const cells = text.split(' ');
  return (
    cells.length >= 4 && cells.length <= 30 && cells.filter((cell) => /^\d/u.test(cell)).length >= cells.length / 2
  );
}

function bestStretch(looks: readonly Look[], headlines: ReadonlySet<number>): [start: number, end: number] {
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

function keep(
  lines: readonly Line[],
  looks: readonly Look[],
  headlines: ReadonlySet<number>,
  start: number,
  end: number,
): number[] {
  const kept = [];
  for (let index = start; index < end; index += 1) {
    const kind = looks[index]?.kind;
    const text = lines[index]?.text ?? '';
    if (headlines.has(index) || kind === 'NOTHING' || kind === 'ASIDE' || kind === 'LABEL' || isEndNote(text)) continue;
    if (kind === 'OPEN' && isLinkLike(text)) continue;
    kept.push(index);
  }
  return kept;
}

/** Alternative texts begin in lower case, teasers are cut off, links shout; subheads do neither. */
function isLinkLike(text: string): boolean {
  return (
    /^\p{Ll}|^[^\p{L}]*$|(?:\.{3}|…)$/u.test(text) ||
    (/^[^\p{Ll}]*$/u.test(text) && /\p{Lu}/u.test(text) && text.split(' ').length >= 6)
  );
}

/**
 * A story begins and ends with prose: names, places and links around it belong to the page, and so does a single
 * sentence or two beyond them.
 */
function trimmed(kept: readonly number[], looks: readonly Look[]): number[] {
  const isText = (index: number | undefined) =>
    looks[index ?? -1]?.kind === 'PROSE' || looks[index ?? -1]?.kind === 'ITEM';
  const first = kept.findIndex(isText);
  const last = kept.findLastIndex(isText);
  if (first < 0) return [];
  const text = kept.slice(first, last + 1);
  const wordsOf = (indices: readonly number[]) => indices.reduce((sum, index) => sum + (looks[index]?.words ?? 0), 0);
  const firstBreak = text.findIndex((index) => !isText(index));
  const lastBreak = text.findLastIndex((index) => !isText(index));
  const inside = wordsOf(text.slice(Math.max(firstBreak, 0)));
  if (firstBreak === 1 && wordsOf(text.slice(0, 1)) < 25 && inside > STORY_WORDS) return trimmed(text.slice(1), looks);
  const isBroken = lastBreak > 0 && !isText(text[lastBreak - 1]);
  if (isBroken && wordsOf(text.slice(lastBreak + 1)) < 40 && text.length - lastBreak <= 3)
    return trimmed(text.slice(0, lastBreak), looks);
  return text;
}

/**
 * Drops a first paragraph that stands between the headline and the date or byline (or the lead picture): it is the
 * standfirst. One that follows the date or byline is the story's own.
 */
function withoutStandfirst(kept: readonly number[], looks: readonly Look[], known: KnownLines): number[] {
  const [first, second] = kept;
  if (first === undefined || second === undefined || second === first + 1 || (looks[first]?.words ?? 0) > 60)
    return [...kept];
  const headline = [...known.headlines].filter((index) => index < first).at(-1) ?? 0;
  const between = (from: number, to: number, has: (index: number) => boolean) => {
    for (let index = from + 1; index < to; index += 1) if (has(index)) return true;
    return false;
  };
  const isSign = (index: number) => known.signs.has(index);
  const breaks = (index: number) =>
    known.signs.has(index) || known.asides.has(index) || looks[index]?.label === 'SHARE';
  return between(headline, first, isSign) || !between(first, second, breaks)
    ? [...kept]
    : withoutStandfirst(trimmed(kept.slice(1), looks), looks, known);
}
