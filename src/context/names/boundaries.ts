/** Where a name begins and ends: no titles, no leading "the", no small words or marks at its edges. */
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
  if (word === 'the' || word === 'The') return word === 'The' && span.type === 'ORGANISATION' && next !== undefined;
  if (span.type === 'PERSON' && next !== undefined && TITLES.has(word)) return false;
  return HAS_CAPITAL_OR_DIGIT.test(word) || (next !== undefined && PARTICLES.test(word));
}

/** The span without what does not belong to the name; null where nothing is left. */
export function trimmed(span: Span, words: string[]): Span | null {
  let { from, to } = span;
  while (to > from && !HAS_CAPITAL_OR_DIGIT.test(words[to - 1] as string)) to--;
  while (from < to && !mayBegin(words[from] as string, from + 1 < to ? (words[from + 1] as string) : undefined, span))
    from++;
  return from < to ? { type: span.type, from, to } : null;
}
