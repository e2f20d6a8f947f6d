/** Names by which wires identify things: URLs, guids, codes of controlled vocabularies, languages. */
import { getDomain } from 'tldts';

/** Absolute http(s) URL, relative ones resolved against `base`; null for anything else (javascript:, file:, cid:). */
export function webUrl(value: unknown, base: string | null): string | null {
  if (typeof value !== 'string' || value.trim() === '') return null;
  try {
    const url = base ? new URL(value.trim(), base) : new URL(value.trim());
    return url.protocol === 'http:' || url.protocol === 'https:' ? url.href : null;
  } catch {
    return null;
  }
}

/** Registrable domain that gave out an identifier: http URLs, "urn:newsml:DOMAIN:…" (RFC 3085), "tag:DOMAIN,…" (RFC 4151). */
export function domainOf(identifier: string | null): string | null {
  if (!identifier) return null;
  const host = /^(?:https?:\/\/|urn:newsml:|tag[:_])([\w.-]+?)(?=[/:,]|_\d{4}|$)/iu.exec(identifier)?.[1];
  return host ? (getDomain(host)?.toLowerCase() ?? null) : null;
}

export interface Concept {
  scheme: string | null;
  termCode: string | null;
  /** Absolute URIs of the same thing. */
  sameAs: string[];
}

/** IPTC NewsCodes whose URIs and aliases vary but mean one scheme. https://cv.iptc.org/newscodes/ */
const SCHEME_NAMES = new Map<string, string>([
  ['mediatopic', 'medtop'],
  ['medtop', 'medtop'],
  ['subjectcode', 'subjectcode'],
  ['subj', 'subjectcode'],
  ['iptcsubjectcodes', 'subjectcode'],
  ['iptcsubjectcode', 'subjectcode'],
]);
const IPTC_SUBJECT_CODE = /^(?:0[1-9]|1[0-7])\d{6}$/u;

/** Reads a term from its scheme and code; a bare eight-digit code of the 17 subjects is an IPTC subject code. */
export function conceptOf(scheme: string | null, code: string | null): Concept {
  const iptc = scheme ? /cv\.iptc\.org\/newscodes\/([\w-]+)\/?$/u.exec(scheme)?.[1] : undefined;
  const name = SCHEME_NAMES.get((iptc ?? scheme ?? '').toLowerCase()) ?? iptc ?? scheme;
  if (code === null) return { scheme: null, termCode: null, sameAs: [] };
  if (name?.toLowerCase() === 'wikidata') {
    return { scheme: 'wikidata', termCode: code, sameAs: [`http://www.wikidata.org/entity/${code}`] };
  }
  return { scheme: name ?? (IPTC_SUBJECT_CODE.test(code) ? 'subjectcode' : null), termCode: code, sameAs: [] };
}

/** Reads a QCode, "alias:code" (NewsML-G2 specification 2.35, chapter on QCodes). */
export function conceptOfQcode(qcode: string): Concept {
  const colon = qcode.indexOf(':');
  return colon > 0 ? conceptOf(qcode.slice(0, colon), qcode.slice(colon + 1)) : conceptOf(null, qcode);
}

/** Reads a concept's URI: the last segment is the code, what comes before it the scheme. */
export function conceptOfUri(uri: string): Concept {
  const match = /^(https?:\/\/.+[/#])([^/#]+)$/u.exec(uri);
  if (!match) return { scheme: null, termCode: null, sameAs: webUrl(uri, null) ? [uri] : [] };
  const wikidata = /wikidata\.org\/(?:entity|wiki)\/$/u.test(match[1] ?? '');
  const concept = conceptOf(wikidata ? 'wikidata' : (match[1] ?? null), match[2] ?? null);
  return { ...concept, sameAs: wikidata ? concept.sameAs : [uri] };
}

/** A language tag in BCP 47 form ("en_us" → "en-US"), or null. */
export function languageOf(value: unknown): string | null {
  if (typeof value !== 'string' || !/^[a-z]{2,3}(?:[-_]\w{2,8})*$/iu.test(value.trim())) return null;
  try {
    return Intl.getCanonicalLocales(value.trim().replace(/_/gu, '-'))[0] ?? null;
  } catch {
    return null;
  }
}

/** A whole number within bounds, or null. */
export function wholeNumber(value: unknown, least: number, most: number): number | null {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isInteger(number) && number >= least && number <= most ? number : null;
}
