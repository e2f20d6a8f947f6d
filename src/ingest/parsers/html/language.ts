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

/**
 * The language the text is in. The page's own statement carries the region ("pt-BR") and wins where the text agrees;
 * templates often state another language than the one written in, so the text decides where it does not.
 */
export function findLanguage(metadata: PageMetadata, text: string): Claim | null {
  const stated = [
    claimTag(metadata.htmlLanguage, 'dom', 'html[lang]'),
    claimTag(
      metadata.meta('content-language') ?? metadata.meta('language'),
      'meta',
      'meta[http-equiv=content-language]',
    ),
    claimTag(metadata.schema?.language, 'json-ld', 'inLanguage'),
    claimTag(metadata.meta('og:locale'), 'og', 'meta[property=og:locale]'),
  ].filter((entry) => entry !== null);
  const sample = text.slice(0, 3000);
  const detected = loadDetector().detect(sample);
  const written =
    detected.language && (sample.length >= ENOUGH_TEXT || detected.isReliable()) ? detected.language : null;
  if (written === null) return stated[0] ?? null;
  const agreeing = stated.find((entry) => entry.value.split('-')[0] === written);
  if (agreeing !== undefined) return { ...agreeing, confidence: 98 };
  if (stated[0] !== undefined && sample.length < ENOUGH_TEXT) return stated[0];
  return claim(written, 'text', 'bodyText', 85);
}

function claimTag(value: string | null | undefined, reader: string, place: string): Claim | null {
  if (!value) return null;
  try {
    const locale = new Intl.Locale(value.trim().replaceAll('_', '-'));
    const tag = locale.region ? `${locale.language}-${locale.region}` : locale.language;
    return claim(tag, reader, place, 85);
  } catch {
    return null;
  }
}
