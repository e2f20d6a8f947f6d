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

/** The span without what does not belong to the name; null where nothing is left. */
export function trimmed(span: Span, words: string[]): Span | null {
  let { from, to } = span;
  while (to > from && !HAS_CAPITAL_OR_DIGIT.test(words[to - 1] as string)) to--;
  while (from < to && !mayBegin(words[from] as string, from + 1 < to ? (words[from + 1] as string) : undefined, span))
    from++;
  if (from >= to || isAbsurd(words.slice(from, to))) return null;
  if (isAdjective(words[to - 1] as string) && (span.type === 'PLACE' || to - from === 1)) return null;
  if (span.type === 'ORGANISATION' && beginsWithThe(from, to, words)) from--;
  return { type: span.type, from, to };
}
