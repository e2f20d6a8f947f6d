import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { eld as Detector } from 'eld/small';

let detector: typeof Detector | null = null;

/** The language of a text (BCP 47), or null where the text is too short or mixed to be sure. Loads the detector at the first call. */
export function languageOf(text: string): string | null {
  detector ??= loadDetector();
  const sample = text.slice(0, 3000);
  if (sample.length < 20) return null;
  const found = detector.detect(sample);
  return found.language !== '' && found.isReliable() ? found.language : null;
}

/**
 * Loading costs 0.7 s and 150 MB: only processes that parse page text pay for it. `import()` would make every parser
 * asynchronous; Node requires ES modules too (20.19 and later), but the package names its entry for `import` only.
 */
function loadDetector(): typeof Detector {
  const path = fileURLToPath(import.meta.resolve('eld/small'));
  return (createRequire(import.meta.url)(path) as { eld: typeof Detector }).eld;
}
