import { parse as parseDomain } from 'tldts';
import { type KnownSource, knownSourceByDomain, knownSourceByName } from '../../../stories/known-sources.ts';
import type { StorySource } from '../../../stories/story.ts';
import { comparable } from './compare.ts';
import type { Line } from './lines.ts';

export interface FoundSource {
  source: StorySource;
  /** What is publicly known about this publisher; null for all but the biggest. */
  known: KnownSource | null;
  /** ISO 3166-1 alpha-2, of a known publisher or by the domain's ending; null where neither tells. */
  country: string | null;
  place: string;
  /** 0–100. */
  confidence: number;
}

export interface FoundCopyright {
  notice: string;
  /** The holder as printed, or null where the line names none. */
  holder: string | null;
  index: number;
}

/**
 * Who published the page: the copyright line's holder where it agrees with the title's tail, then the tail, then
 * the holder alone. The domain comes from the page's own address, from a holder that is one, or from the list of
 * known publishers.
 */
export function findSource(
  titleTail: string | null,
  copyright: FoundCopyright | null,
  lines: readonly Line[],
  url: string | null,
): FoundSource | null {
  const holder = copyright?.holder ?? null;
  const tail = titleTail === null ? null : siteName(titleTail);
  const urlDomain = url === null ? null : parseDomain(url).domain;
  const agrees = holder !== null && tail !== null && sharesWord(holder, tail);
  const useHolder = holder !== null && (tail === null || (agrees && domainOf(holder) !== null));
  const name = useHolder ? holder : tail;
  const place = useHolder ? `line ${lines[copyright?.index ?? 0]?.number}` : 'line 1';
  if (name === null) {
    if (urlDomain === null) return null;
    const known = knownSourceByDomain(urlDomain);
    return {
      source: { name: known?.name ?? urlDomain, domain: urlDomain },
      known,
      country: countryOf(urlDomain, known),
      place: 'url',
      confidence: 60,
    };
  }
  const domain =
    urlDomain ?? domainOf(name) ?? (agrees ? domainOf(holder) : null) ?? knownSourceByName(name)?.domain ?? null;
  const known = domain === null ? null : knownSourceByDomain(domain);
  return {
    source: { name, domain },
    known,
    country: countryOf(domain, known),
    place,
    confidence: agrees ? 95 : useHolder ? 60 : 75,
  };
}

/** Country endings that sites all over the world use for their sound. */
const WORLDWIDE_ENDINGS = new Set(['ai', 'cc', 'co', 'fm', 'gg', 'io', 'ly', 'me', 'tv', 'ws']);

function countryOf(domain: string | null, known: KnownSource | null): string | null {
  if (known !== null) return known.country;
  const ending = domain?.split('.').at(-1) ?? '';
  if (ending.length !== 2 || WORLDWIDE_ENDINGS.has(ending)) return null;
  return ending === 'uk' ? 'GB' : ending.toUpperCase();
}

/** "World | The Daily" → "The Daily": the site's name stands last in a title. */
function siteName(tail: string): string | null {
  const name =
    tail
      .split(/\s+[|–—·•»«:-]+\s+/u)
      .at(-1)
      ?.trim() ?? '';
  return name !== '' && name.length <= 60 ? name : null;
}

function domainOf(name: string): string | null {
  if (/\s/u.test(name)) return null;
  const parsed = parseDomain(name);
  return parsed.isIcann === true ? parsed.domain : null;
}

function sharesWord(one: string, other: string): boolean {
  const words = new Set(
    comparable(one)
      .split(/[^\p{L}\p{N}]+/u)
      .filter((word) => word.length > 2 && !/^(?:the|com|net|org|news|inc|ltd|llc)$/u.test(word)),
  );
  return comparable(other)
    .split(/[^\p{L}\p{N}]+/u)
    .some((word) => words.has(word));
}

const RIGHTS_PHRASES =
  /[\s|,.·–-]*(?:all rights reserved|todos los derechos reservados|todos os direitos reservados|tous droits réservés|alle rechte vorbehalten|tutti i diritti riservati|alle rechten voorbehouden).*$/iu;

/** What follows a holder's name: its legal form, or a clause. */
const COMPANY_FORMS =
  /,?\s+(?:inc\b|llc\b|ltd\b|limited\b|gmbh\b|plc\b|s\.?a\.?$|media group|holdings|powered by|unless otherwise|contact us).*$/iu;

/** The page's copyright line, looked for from the bottom. */
export function findCopyright(lines: readonly Line[]): FoundCopyright | null {
  for (let index = lines.length - 1; index >= 0; index -= 1) {
    const text = lines[index]?.text ?? '';
    if (text.length > 300 || !/©|\bcopyright\b/iu.test(text) || lines[index]?.label !== 'COPYRIGHT') continue;
    const holder = text
      .replace(RIGHTS_PHRASES, '')
      .replace(COMPANY_FORMS, '')
      .replace(/©|\(c\)|copyright|\bby\b/giu, ' ')
      .replace(/\b(?:19|20)\d\d\b(?:\s*[-–]\s*(?:(?:19|20)\d\d|present))?/gu, ' ')
      .replace(/\s+/gu, ' ')
      .replace(/^[\s,.:|–-]+|[\s,.:|–-]+$/gu, '');
    return { notice: text, holder: holder !== '' && holder.length <= 60 ? holder : null, index };
  }
  return null;
}
