import { agencyIn } from './credits.ts';

export interface FoundByline {
  /** As printed, without the date that may follow. */
  byline: string;
  /** People's or a desk's names, in order. */
  authors: string[];
  /** Agency named in it, or null. */
  agency: string | null;
}

const BY = `(?:(?:written|posted|published|reported|story|words|text|article|created|submitted) by|by|von|par|por|di|door|oleh|av|af|autor|autora|author|authors|escrito por|publicado por|texto|автор)`;
const LEAD = new RegExp(String.raw`^${BY}(?:\s*[:：|-]\s*|\s+)(?=\S)`, 'iu');
const JOINERS = /\s+[-–—]\s+|\s*(?:,|;|&|\/|\||·|•|\band\b|\bund\b|\bet\b|\be\b|\ben\b|\bdan\b|\bwith\b)\s*/iu;
const PARTICLE = '(?:de|da|do|dos|das|del|della|di|van|von|der|den|la|le|el|al|bin|ibn|ter|zu|af|av|y|e)';
const WORD = String.raw`[\p{Lu}\p{Lo}][\p{L}\p{M}'’.-]*`;
const NAME = new RegExp(String.raw`^(?:(?:Dr|Prof|Sir|Mr|Mrs|Ms)\.? )?${WORD}(?: (?:${PARTICLE}|${WORD})){0,4}$`, 'u');
/** Without a "By" only names in scripts with capitals can be told from other words. */
const CAPITALISED = String.raw`(?:\p{Lu}\.?|\p{Lu}[\p{L}\p{M}'’-]*\p{Ll}[\p{L}\p{M}'’-]*)`;
const FULL_NAME = new RegExp(`^(?!The )${CAPITALISED}(?: (?:${PARTICLE}|${CAPITALISED})){1,3}$`, 'u');
const ROLE =
  /\b(?:staff|writer|reporter|editor|correspondent|bureau|columnist|contributor|contributing|senior|special|journalist|agencies|news|desk|team|redaktion|redacción|redação|rédaction|magazine|times|post|today)\b/iu;
/** Letters behind a name: "MS, RD", "PhD". */
const DEGREE = /^(?:\p{Lu}{2,5}|Ph\.?D|M\.?D|R\.?N|B\.?Sc|M\.?Sc)\.?$/u;
const DATE_PART =
  /\s*[|·•,/–—-]?\s*(?:(?:published|updated|posted|publiziert|veröffentlicht|publicado|publié)\b:?\s*)?(?:(?:on|am|em|el|le)\b\s*)?(?:\d{1,2}:\d\d\s?(?:[ap]m)?,?\s)?(?:\p{L}{3,10}\.? \d{1,2},? (?:19|20)\d\d|\d{1,2}\.? \p{L}{3,10}\.?,? (?:19|20)\d\d|\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}|\d{4}년).*$/iu;

/** Reads a line as a byline ("By Jane Doe and John Roe, Reuters"), or null where it is none. */
export function readByline(text: string): FoundByline | null {
  if (text.length > 200) return null;
  const lead = LEAD.exec(text);
  return lead === null ? null : readNames(text.slice(lead[0].length), text);
}

/**
 * Reads a line that stands where bylines stand as one without its "By": a full name alone ("Jane Doe"), with a
 * handle or date behind it, or an agency's. Null for anything else; the caller vouches for the place.
 */
export function readBareByline(text: string): FoundByline | null {
  if (text.length > 120) return null;
  const printed = withoutExtras(text).replace(/(?: \p{Lu}{2,}){1,3}$/u, '');
  const [name = '', role] = printed.split(/,\s+/u);
  const bare = role !== undefined && ROLE.test(role) ? name : printed;
  if (ROLE.test(bare)) return null;
  const agency = agencyIn(bare);
  if (agency !== null && bare.split(' ').length <= 3) return { byline: bare, authors: [], agency };
  const names = bare.split(/\s+(?:and|und|et|y|e|&)\s+|,\s+/u).map(undoubled);
  return names.every((one) => FULL_NAME.test(one)) ? { byline: bare, authors: names, agency: null } : null;
}

function readNames(printed: string, text: string): FoundByline | null {
  const names = withoutExtras(printed);
  if (names === '' || names.length > 120) return null;
  const authors: string[] = [];
  let agency: string | null = null;
  for (const part of names.split(JOINERS).map((part) => undoubled(part.trim()))) {
    const named = agencyIn(part);
    if (named !== null && part.split(' ').length <= 3) agency ??= named;
    else if (part === '' || (authors.length > 0 && (DEGREE.test(part) || ROLE.test(part) || /\.\w{2,4}$/u.test(part))))
      continue;
    else if (NAME.test(part)) authors.push(part);
    else if (authors.length === 0) return null;
    else break;
  }
  if (authors.length === 0 && agency === null) return null;
  return { byline: text.replace(DATE_PART, '').trim(), authors, agency };
}

/** Takes off dates, handles, and roles glued to a name by lost mark-up ("Jane DoeStaff Writer"). */
function withoutExtras(text: string): string {
  return text
    .replace(DATE_PART, '')
    .replace(/\s*@\w+/gu, '')
    .replace(/(?<=\p{Ll})(?=(?:Staff|Senior|Special|Contributing|Chief|Political|National|Associate) )/gu, ', ')
    .replace(/[\s,|–—-]+$/u, '')
    .trim();
}

/** "Jane Doe Jane Doe" → "Jane Doe": a portrait's alternative text before the name. */
function undoubled(name: string): string {
  const half = (name.length - 1) / 2;
  return Number.isInteger(half) && half > 4 && name.slice(0, half) === name.slice(half + 1)
    ? name.slice(0, half)
    : name;
}
