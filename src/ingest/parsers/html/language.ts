import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type Claim, claim } from './claim.ts';
import type { PageMetadata } from './metadata.ts';

interface Detector {
  detect(text: string): { language: string; isReliable(): boolean };
}

/** Texts shorter than this are not enough to contradict what the page states. */
const ENOUGH_TEXT = 200;
let detector: Detector | null = null;

/**
 * eld's small model, loaded at the first page that needs it and kept: it takes 3 s and 150 MB. Parsers are synchronous,
 * so it is required, not imported; the package names its entry for `import` alone, hence by path.
 */
function loadDetector(): Detector {
  if (detector === null) {
    const require = createRequire(import.meta.url);
    const entries = (require.resolve.paths('eld') ?? []).map((folder) =>
      join(folder, 'eld/src/entries/static.small.js'),
    );
    detector = (require(entries.find(existsSync) ?? 'eld/small') as { eld: Detector }).eld;
  }
  return detector;
}

/** A language as stated somewhere in the input. */
export interface StatedLanguage {
  tag: string | null | undefined;
  reader: string;
  place: string;
}

/** The language of a page's text, weighed against what its head states. */
export function findLanguage(metadata: PageMetadata, text: string): Claim | null {
  const header = metadata.meta('content-language') ?? metadata.meta('language');
  const stated = [
    { tag: metadata.htmlLanguage, reader: 'dom', place: 'html[lang]' },
    { tag: header, reader: 'meta', place: 'meta[http-equiv=content-language]' },
    { tag: metadata.schema?.language, reader: 'json-ld', place: 'inLanguage' },
    { tag: metadata.meta('inLanguage'), reader: 'microdata', place: '[itemprop=inLanguage]' },
    { tag: metadata.meta('og:locale'), reader: 'og', place: 'meta[property=og:locale]' },
  ];
  return findLanguageOf(stated, text);
}

/** Languages a detector takes for one another in short texts: the statement decides between them. */
const CLOSE = [
  new Set(['id', 'ms']),
  new Set(['nb', 'no', 'nn', 'da']),
  new Set(['hr', 'sr', 'bs']),
  new Set(['cs', 'sk']),
];

/**
 * The language the text is in. A statement carries the region ("pt-BR") and wins where the text agrees; templates often
 * state another language than the one written in, so the text decides where it does not.
 */
export function findLanguageOf(statements: readonly StatedLanguage[], text: string): Claim | null {
  const stated = statements.flatMap(({ tag, reader, place }) => languageTag(tag, reader, place));
  const sample = text.slice(0, 3000);
  const detected = loadDetector().detect(sample);
  const written =
    detected.language && (sample.length >= ENOUGH_TEXT || detected.isReliable()) ? detected.language : null;
  if (written === null) return stated[0] ?? null;
  const agreeing = stated.filter((entry) => isSameLanguage(entry.value.split('-')[0] as string, written));
  // The most exact statement that agrees. Not Facebook's en_US, which og:locale says on English pages of any country.
  const best =
    agreeing.find((entry) => entry.value.includes('-') && !(entry.reader === 'og' && entry.value === 'en-US')) ??
    agreeing[0];
  if (best !== undefined) return { ...best, confidence: 98 };
  if (stated[0] !== undefined && sample.length < ENOUGH_TEXT) return stated[0];
  return claim(written, 'text', 'bodyText', 85);
}

function isSameLanguage(stated: string, written: string): boolean {
  return stated === written || CLOSE.some((group) => group.has(stated) && group.has(written));
}

function languageTag(value: string | null | undefined, reader: string, place: string): Claim[] {
  if (!value) return [];
  try {
    const locale = new Intl.Locale(value.trim().replaceAll('_', '-'));
    return [claim(locale.region ? `${locale.language}-${locale.region}` : locale.language, reader, place, 85)];
  } catch {
    return [];
  }
}
