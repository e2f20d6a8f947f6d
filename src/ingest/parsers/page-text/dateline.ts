import { agencyIn } from './credits.ts';

export interface FoundDateline {
  /** "MOSCOW", as printed. */
  place: string;
  /** Agency named in it: "Reuters"; null where none. */
  agency: string | null;
}

const CAPITALS = String.raw`\p{Lu}[\p{Lu}'’.\- ]{2,30}`;
const MIXED = String.raw`\p{Lu}[\p{L}'’.-]+(?: \p{L}[\p{L}'’.-]+){0,3}`;
const REGION = String.raw`(?:, (?:\p{Lu}[\p{L}.]{1,20}(?: \p{Lu}[\p{L}.]{1,20})?))?`;
const DAY = String.raw`(?:,? (?:\p{L}{3,9}\.? \d{1,2}|\d{1,2}\.? \p{L}{3,9}\.?)(?:,? \d{4})?)?`;
const AGENCY = String.raw`(?: ?[([]([^()[\]\n]{2,40})[)\]])`;
const DASH = String.raw`\s?(?:[—–‒―]|--|-(?= ))\s?`;

/** Place in capitals, then perhaps region, day and agency, then a dash: "LONDON, Feb 3 (Reuters) -". */
const IN_CAPITALS = new RegExp(String.raw`^(${CAPITALS}${REGION})${DAY},?${AGENCY}?,?${DASH}(?=\S)`, 'u');
/** Place in ordinary case: only with a bracketed agency, for "Paris - the city of love -" is prose. */
const WITH_AGENCY = new RegExp(String.raw`^(${MIXED}${REGION})${DAY},?${AGENCY}\s?(?:${DASH}|[:.]\s)(?=\S)`, 'u');
/** "Moscow — …": an em dash set right after one capitalised place. */
const EM_DASH = new RegExp(
  String.raw`^(\p{Lu}[\p{L}'’.-]+(?: \p{Lu}[\p{L}'’.-]+){0,2}${REGION}) ?— ?(?=[\p{Lu}“"‘])`,
  'u',
);
/** "New Delhi:" as Indian newsrooms print it. */
const WITH_COLON = new RegExp(
  String.raw`^(${CAPITALS}${REGION}|New Delhi|Mumbai|Kolkata|Chennai|Bengaluru|Hyderabad) ?: (?=\p{Lu})`,
  'u',
);

/** The dateline a story's first paragraph opens with, or null. */
export function findDateline(paragraph: string): FoundDateline | null {
  const opening = paragraph.slice(0, 160);
  for (const form of [IN_CAPITALS, WITH_AGENCY, EM_DASH, WITH_COLON]) {
    const match = form.exec(opening);
    const place = match?.[1]?.replace(/[,\s-]+$/u, '');
    if (match === null || place === undefined || !isPlaceLike(place)) continue;
    const bracket = match[2] ?? '';
    return { place, agency: agencyIn(bracket) };
  }
  return null;
}

const NOT_PLACES =
  /^(?:UPDATE|BREAKING|EXCLUSIVE|WATCH|OPINION|ANALYSIS|CORRECTION|EDITORIAL|VIDEO|PHOTOS?|READ|NOTE|SPOILERS?|Q|A|PART|STEP|DAY|CHAPTER|AFP|AP|REUTERS|PTI)\b/u;

function isPlaceLike(place: string): boolean {
  return place.length >= 3 && !NOT_PLACES.test(place);
}
