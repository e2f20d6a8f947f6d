/** News agencies under the names pages print, and the short form a credit line uses. */
const AGENCIES: [RegExp, string][] = [
  [/\bA\.?P\.?\b|Associated Press|ASSOCIATED PRESS/, 'AP'],
  [/\bReuters\b|\bREUTERS\b/, 'Reuters'],
  [/\bAFP\b|Agence France-?Presse/, 'AFP'],
  [/\bdpa\b|\bDPA\b|Deutsche Presse-Agentur/, 'dpa'],
  [/\bPTI\b|Press Trust of India/, 'PTI'],
  [/\bANI\b|Asian News International/, 'ANI'],
  [/\bIANS\b/, 'IANS'],
  [/\bXinhua\b/, 'Xinhua'],
  [/\bTASS\b/, 'TASS'],
  [/\bInterfax\b/, 'Interfax'],
  [/\bKyodo\b/, 'Kyodo'],
  [/\bYonhap\b/, 'Yonhap'],
  [/\bANSA\b/, 'ANSA'],
  [/\bEFE\b/, 'EFE'],
  [/\bUPI\b|United Press International/, 'UPI'],
  [/\bAAP\b|Australian Associated Press/, 'AAP'],
  [/\bPA Media\b|Press Association/, 'PA'],
  [/Canadian Press/, 'The Canadian Press'],
  [/\bANP\b/, 'ANP'],
  [/\bBelga\b/, 'Belga'],
  [/\bNTB\b/, 'NTB'],
  [/\bANTARA\b|\bAntara\b/, 'Antara'],
];

/** The agency a credit or byline names, in its short form; null where it names none. */
export function agencyIn(text: string): string | null {
  return AGENCIES.find(([pattern]) => pattern.test(text))?.[1] ?? null;
}

/** True where a text is nothing but an agency's name. */
export function isAgencyName(text: string): boolean {
  const bare = text.replace(/^the\s+/i, '').trim();
  return AGENCIES.some(([pattern]) => bare.replace(pattern, '').trim() === '' && bare !== '');
}

const PLACE = "(\\p{Lu}[\\p{L}.'’-]*(?:,? \\p{Lu}[\\p{L}.'’-]*){0,5}?)";
const DATE = '(?:,? \\p{L}{3,9}\\.? \\d{1,2}(?:, \\d{4})?)?';
const DATELINE_WITH_DASH = new RegExp(
  `^${PLACE},?${DATE}\\s*(?:\\(([^()]{2,40})\\))?\\s*(?:--|[—–-]|:)\\s+(?=\\S)`,
  'u',
);
const DATELINE_WITH_SOURCE = new RegExp(`^${PLACE}\\s*\\(([^()]{2,40})\\)\\s*(?=\\S)`, 'u');

/** Dateline and agency at the head of a story's first paragraph: "BUFFALO, N.Y. (AP) —", "Hong Kong (CNN) …". */
export function readDateline(firstParagraph: string): { dateline: string | null; agency: string | null } {
  const head = firstParagraph.slice(0, 140);
  const match = DATELINE_WITH_DASH.exec(head) ?? DATELINE_WITH_SOURCE.exec(head);
  if (match === null) return { dateline: null, agency: null };
  const place = (match[1] as string).replace(/[\s,]+$/, '');
  const source = match[2] ?? null;
  const capitals = /^[\p{Lu}.'’-]{3,}/u.test(place) || /^\p{Lu}{2,}[\p{Lu}\s.'’-]*(?:,|$)/u.test(place);
  if (!capitals && source === null) return { dateline: null, agency: null };
  return { dateline: place, agency: source === null ? null : agencyIn(source) };
}
