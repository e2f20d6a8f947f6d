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
    if (word.length > LONGEST_WORD && !UNSPACED.test(word)) continue;
    if (!UNSPACED.test(word)) found.push(word);
    else for (const part of segmenter.segment(word)) if (part.isWordLike) found.push(part.segment);
  }
  return found;
}

/** What of a story can be searched for. */
export interface SearchableText {
  headline: string;
  abstract: string | null;
  bodyText: string;
}

/** Words past this one are not indexed: Postgres counts no further (16,383 positions a tsvector). */
const LAST_POSITION = 16_383;

function weightedWords(story: SearchableText): [word: string, weight: 'A' | 'B' | 'D'][] {
  return [
    ...words(story.headline).map((word): [string, 'A'] => [word, 'A']),
    ...words(story.abstract ?? '').map((word): [string, 'B'] => [word, 'B']),
    ...words(story.bodyText).map((word): [string, 'D'] => [word, 'D']),
  ].slice(0, LAST_POSITION) as [string, 'A' | 'B' | 'D'][];
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
