/** Lines a wire prints around its text: bylines → names, datelines → place and agency, desk words → correction. */
import { oneLine } from './plain-text.ts';

const BYLINE_WORD = /^(?:by|from|von|par|por|de|af|av|door|di|da|text|reporting by)\b[:\s]\s*/iu;
/** Words no person's name holds; they mark desks, agencies and job titles. */
const NOT_A_NAME =
  /\b(?:agenc\w*|agentur|association|associated|bureau|correspondent|correspondants?|daily|desk|editors?|journalist\w*|media|network|news\w*|nyheter|online|photo\w*|press\w*|presse|redaktion\w*|report(?:er|ing)|reuters|service|staff|times|post|tribune|university|writers?|wire|team|group|inc|ltd|llc)\b/iu;
const PERSON =
  /^\p{Lu}[\p{L}\p{M}.'’-]*(?: (?:(?:al|bin|da|de|del|den|der|des|di|dos|du|el|ibn|la|le|ten|ter|van|von|y|zu)|\p{L}{1,2}['’]\p{Lu}[\p{L}\p{M}.'’-]*|\p{Lu}[\p{L}\p{M}.'’-]*)){1,5}$/u;
const SINGLE_NAME = /^\p{Lu}\p{Ll}[\p{L}'’-]+$/u;

/** The byline as printed, or null where it is empty, a placeholder or desk initials ("gr/bp"). */
export function readByline(value: unknown): string | null {
  const line = oneLine(value);
  return line === null || /^[\p{Ll}/]{1,12}$|^[Nn]o[- ][Dd]ata/u.test(line) ? null : line;
}

/** People's names out of a byline, in order, without "By", titles, places and agencies. */
export function authorsOf(byline: string | null): string[] {
  const parts = partsOfByline(byline);
  const names = parts.filter((part) => PERSON.test(part) && !NOT_A_NAME.test(part));
  const givenNames = parts.length > 1 && parts.every((part) => SINGLE_NAME.test(part)) ? parts : [];
  return [...new Set(names.length > 0 ? names : givenNames)];
}

/** Splits a line that is known to hold people's names only ("Mia Rabson and Jordan Press"). */
export function partsOfByline(byline: string | null): string[] {
  return (byline ?? '')
    .slice(0, 500)
    .replace(BYLINE_WORD, '')
    .split(/\s*(?:[,;&/|+]|\s(?:and|with|und|et|och|og|ja|en|e|y|avec|mit|med)\s)\s*/iu)
    .map((part) =>
      part
        .replace(BYLINE_WORD, '')
        .replace(/\s+(?:in|à|à la)\s+\p{Lu}.*$/u, '')
        .trim(),
    )
    .filter((part) => part !== '');
}

export interface Dateline {
  place: string | null;
  agency: string | null;
}

const DAY_OF_MONTH = /,?\s+(?:\d{1,2}\.?\s+\p{L}{3,10}\.?|\p{L}{3,10}\.?\s+\d{1,2})(?:,?\s+\d{4})?\s*$/u;

/** Place and agency out of a dateline field: "STOCKHOLM, Aug 29, 2014 (AFP) -" → STOCKHOLM, AFP. A bare date has neither. */
export function readDateline(value: unknown): Dateline {
  const line = oneLine(value);
  if (!line) return { place: null, agency: null };
  const agency = /\((\p{L}[\p{L}/. ]{1,30})\)/u.exec(line)?.[1] ?? null;
  const parts = line
    .replace(/\([^()]*\)/gu, ' ')
    .split(/\s+[-–—_]+(?:\s+|$)|(?:^|\s+)[-–—_]+\s+/u)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const place = (parts.at(-1) ?? '')
    .replace(DAY_OF_MONTH, '')
    .replace(/[\s,.:–—-]+$/u, (end) => (end.startsWith('.') ? '.' : ''));
  return { place: place === '' || /\d/u.test(place) || !/\p{Lu}/u.test(place) ? null : place, agency };
}

const DATELINE_OF_TEXT =
  /^(\p{Lu}[^()\n.!?–—]{1,60}?(?:,? ?\p{Lu}\p{L}{1,5}\.)?)\s*\((\p{Lu}[\p{L}/]{1,12}|dpa|epd|kna|sid|apa)\)\.?\s*(?:--?|[–—_])\s*\S/u;
const UPPER_CASE_DATELINE = /^((?:\p{Lu}[\p{Lu}'’.-]+ ?){1,4}(?:, (?:\p{Lu}[\p{L}.]+ ?){1,3})?) (?:--?|[–—_]) \S/u;

/** Dateline at the start of a story's text: "GROSSETO, Italy (AP) -- …", "London (dpa) - …", "OTTAWA - …". */
export function datelineOfText(text: string): Dateline {
  const start = text.slice(0, 160);
  const withAgency = DATELINE_OF_TEXT.exec(start);
  if (withAgency) return { place: readDateline(withAgency[1]).place, agency: withAgency[2] ?? null };
  return { place: UPPER_CASE_DATELINE.exec(start)?.[1]?.trim() ?? null, agency: null };
}

/** True where a headline or a note says that this version corrects an earlier one. */
export function saysCorrection(...lines: (string | null)[]): boolean {
  return lines
    .flatMap((line) => line?.split('\n') ?? [])
    .some((line) =>
      /^\W*(?:correct(?:ion|ed|s|ing)\b|corr\b|refile\b.*\bcorrect|korrektur\b|berichtigung\b|korrigier|korjat|korjaus|rättelse|rettelse|correctif\b|rectificatif|corrección|correzione|rettifica)/iu.test(
        line,
      ),
    );
}
