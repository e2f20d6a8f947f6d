const WORD = /[\p{L}\p{N}][\p{L}\p{M}\p{N}]*/gu;
/** Scripts that are written without spaces: a dictionary has to find the words. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const LONGEST_WORD = 64;
const segmenter = new Intl.Segmenter(undefined, { granularity: 'word' });

/** The words of a text as search compares them: lower case, without accents. The one tokeniser behind the stored index and the in-memory filter. */
export function words(text: string): string[] {
  const found: string[] = [];
  const folded = text
    .normalize('NFKD')
    .replace(/(\p{Script=Latin})\p{M}+/gu, '$1')
    .normalize('NFC')
    .toLowerCase();
  for (const [word] of folded.matchAll(WORD)) {
    if (!UNSPACED.test(word)) found.push(word);
    else for (const part of segmenter.segment(word)) if (part.isWordLike) found.push(part.segment);
  }
  return found.filter((word) => word.length <= LONGEST_WORD);
}

/** What of a story can be searched for. */
export interface SearchableText {
  headline: string;
  abstract: string | null;
  bodyText: string;
}

/** Words past this one are not indexed: Postgres counts no further (16,383 positions a tsvector). */
const LAST_POSITION = 16_383;
/** Bytes of different words that are indexed: with their positions a tsvector may have 1 MiB. */
const MOST_BYTES = 800_000;

function weightedWords(story: SearchableText): [word: string, weight: 'A' | 'B' | 'D'][] {
  const positioned = [
    ...words(story.headline).map((word) => [word, 'A'] as const),
    ...words(story.abstract ?? '').map((word) => [word, 'B'] as const),
    ...words(story.bodyText).map((word) => [word, 'D'] as const),
  ].slice(0, LAST_POSITION);
  const seen = new Set<string>();
  let bytes = 0;
  return positioned.flatMap(([word, weight]): [string, 'A' | 'B' | 'D'][] => {
    if (!seen.has(word)) bytes += Buffer.byteLength(word);
    seen.add(word);
    return bytes <= MOST_BYTES ? [[word, weight]] : [];
  });
}

/** The text form of the `tsvector` Postgres indexes: headline weighs A, abstract B, body D. */
export function searchVector(story: SearchableText): string {
  const places = new Map<string, string[]>();
  weightedWords(story).forEach(([word, weight], index) => {
    const known = places.get(word) ?? [];
    // Postgres keeps at most 255 places of one word.
    if (known.length < 255) known.push(`${index + 1}${weight === 'D' ? '' : weight}`);
    places.set(word, known);
  });
  return [...places].map(([word, at]) => `${word}:${at.join(',')}`).join(' ');
}

/** The same words as a set, for matching without the database. */
export function searchWords(story: SearchableText): Set<string> {
  return new Set(weightedWords(story).map(([word]) => word));
}
