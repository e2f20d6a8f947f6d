import { type KnownLines, type Look, lookAtLines } from './line-looks.ts';
import type { Line } from './lines.ts';
import { isEndNote } from './promotions.ts';
import { bestStretch, STORY_WORDS } from './stretch.ts';

/**
 * Indices of the lines that are the story's text, in page order; empty where the page shows none. The body is the
 * stretch with the best sum of scores (prose counts for, link-like and labelled lines against), less what in it is
 * no part of the story.
 */
export function findBody(lines: readonly Line[], known: KnownLines): number[] {
  const looks = lookAtLines(lines, known);
  const [start, end] = bestStretch(looks, known.headlines);
  return withoutStandfirst(trimmed(keep(lines, looks, known.headlines, start, end), looks), looks, known);
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

/** Words of a lone sentence before the story, and of one or two beyond two or more links below it, that are the page's. */
const STRAY_OPENING = 18;
const STRAY_CLOSING = 25;

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
  const beyond = text.slice(lastBreak + 1);
  if (firstBreak === 1 && wordsOf(text.slice(0, 1)) < STRAY_OPENING && wordsOf(text.slice(1)) > STORY_WORDS) {
    return trimmed(text.slice(1), looks);
  }
  const isBroken = lastBreak > 0 && !isText(text[lastBreak - 1]);
  if (isBroken && beyond.length <= 2 && wordsOf(beyond) < STRAY_CLOSING)
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
