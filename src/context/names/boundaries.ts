/** Where a name begins and ends: no titles, no leading "the", no small words or marks at its edges. */
import { isAdjective, isKnownName } from './gazetteers.ts';
import type { Span } from './labels.ts';

const TITLES = new Set(
  'Mr Mrs Ms Miss Dr Mr. Mrs. Ms. Dr. Sir Dame President Senator Sen. Rep. Gov. Gen. Lt. Col. Sgt. Capt. Prof. Prof Professor Judge Justice Chancellor Congressman Congresswoman Governor Mayor Captain General Colonel Sergeant Detective Inspector Minister'.split(
    ' ',
  ),
);
/** Small words with which a name may begin. */
const PARTICLES = /^(?:al|el|de|da|di|del|della|van|von|der|den|bin|ibn|ben|bint|abu|le|la|du|dos|ter|ten|zu|af|d')$/;
const HAS_CAPITAL_OR_DIGIT = /[\p{Lu}\p{Lo}\p{N}]/u;

function mayBegin(word: string, next: string | undefined, span: Span): boolean {
  if (word === 'the' || word === 'The') return word === 'The' && span.type !== 'PLACE' && next !== undefined;
  if (span.type === 'PERSON' && next !== undefined && TITLES.has(word)) return false;
  return HAS_CAPITAL_OR_DIGIT.test(word) || (next !== undefined && PARTICLES.test(word));
}

const NEWSPAPERS =
  /^(?:Times|Post|News|Herald|Tribune|Journal|Gazette|Telegraph|Guardian|Mail|Sun|Star|Globe|Independent|Observer|Economist|Mirror|Standard|Hindu|Australian|Age|Hill|Atlantic|Intercept|Verge|Express|Chronicle|Inquirer|Examiner|Register|Courier|Bulletin|Review|Yorker)$/;

/** "told The Beijing News": in the middle of a sentence a capital "The" is part of a paper's name. */
function beginsWithThe(from: number, to: number, words: string[]): boolean {
  const before = words[from - 2];
  return (
    words[from - 1] === 'The' &&
    before !== undefined &&
    /[\p{L},/(]$/u.test(before) &&
    NEWSPAPERS.test(words[to - 1] as string)
  );
}

const MOST_WORDS = 12;
const LONGEST_NAME = 100;

/** No name of ours: endless, in a script the model never saw, or a single letter or general word ("Bank"). */
function isAbsurd(words: string[]): boolean {
  if (words.length > MOST_WORDS || words.some((word) => word.length > 40)) return true;
  const text = words.join(' ');
  if (text.length > LONGEST_NAME || !/\p{Script=Latin}/u.test(text)) return true;
  return (
    words.length === 1 &&
    (/^\p{L}\.?$/u.test(text) || (isKnownName(text, 'organisation-word') && !isKnownName(text, 'organisation')))
  );
}

const PLACE_ENDINGS =
  /^(?:Airport|Stadium|Arena|Street|Road|Avenue|Boulevard|Bridge|Tavern|Square|River|Lake|County|Island|Islands|Mountains?|Peninsula|Beach|Tower|Towers|Hotel|Casino|Plaza|Mall|Palace|Castle|Cathedral|Harbou?r|Bay|Valley|Heights)$/;
const IS_SMALL = /^\p{Ll}[\p{Ll}']*$/u;
const IS_CAPITALISED = /^\p{Lu}[\p{L}'-]*\p{Ll}$/u;
const CALENDAR =
  /^(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day$|^(?:January|February|March|April|May|June|July|August|September|October|November|December)$/;

/** "Rihanna visited Alleyne": a small word that is no particle never stands within a person's name. */
function atSmallWords(span: Span, words: string[]): Span[] {
  if (span.type !== 'PERSON') return [span];
  const pieces: Span[] = [];
  let from = span.from;
  for (let i = span.from; i <= span.to; i++) {
    const word = words[i] as string;
    if (i < span.to && (!IS_SMALL.test(word) || PARTICLES.test(word))) continue;
    if (i > from) pieces.push({ type: span.type, from, to: i });
    from = i + 1;
  }
  return pieces;
}

/** "Joshua Freed said": a lone given name takes the capitalised word behind it along. */
function withLastName(span: Span, words: string[], takenFrom: number): Span {
  const next = words[span.to];
  const isLone = span.type === 'PERSON' && span.to - span.from === 1 && span.to < takenFrom;
  if (!isLone || next === undefined || !isKnownName(words[span.from] as string, 'given')) return span;
  const takes = IS_CAPITALISED.test(next) && !CALENDAR.test(next) && !isAdjective(next) && !isKnownName(next, 'title');
  return takes ? { ...span, to: span.to + 1 } : span;
}

/** The span without what does not belong to the name; null where nothing is left. */
function trimmed(span: Span, words: string[]): Span | null {
  let { from, to } = span;
  while (to > from && !HAS_CAPITAL_OR_DIGIT.test(words[to - 1] as string)) to--;
  while (from < to && !mayBegin(words[from] as string, from + 1 < to ? words[from + 1] : undefined, span)) from++;
  if (from >= to || isAbsurd(words.slice(from, to))) return null;
  const last = words[to - 1] as string;
  if (isAdjective(last) && (span.type === 'PLACE' || to - from === 1)) return null;
  // "(LPR)": capitals alone are how bodies are called for short, hardly ever people.
  if (span.type === 'PERSON' && to - from === 1 && /^\p{Lu}{2,5}$/u.test(last)) return null;
  if (span.type === 'ORGANISATION' && beginsWithThe(from, to, words)) from--;
  const isPlace = span.type === 'ORGANISATION' && to - from > 1 && PLACE_ENDINGS.test(last);
  return { type: isPlace ? 'PLACE' : span.type, from, to };
}

/**
 * The labelled spans of a sentence, cleaned. `isWord` tells whether the story writes a word small as well: alone at the
 * beginning of a sentence such a word is no name ("Gun violence …").
 */
export function cleaned(spans: Span[], words: string[], isWord: (word: string) => boolean): Span[] {
  return spans.flatMap((span, i) => {
    const takenFrom = spans[i + 1]?.from ?? words.length;
    return atSmallWords(span, words).flatMap((piece) => {
      const own = trimmed(withLastName(piece, words, takenFrom), words);
      if (!own) return [];
      const first = words[own.from] as string;
      const opens = own.from === 0 || (own.from === 1 && /^["'(]$/.test(words[0] as string));
      return own.to - own.from === 1 && opens && isWord(first) ? [] : [own];
    });
  });
}
