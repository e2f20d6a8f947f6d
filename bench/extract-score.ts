/** The measures of the extraction bench, as shared/corpora/README.md states them. */

/** What `facts.json` says of a page; null where the reader sees none. `unsure` lists fields not to be scored. */
export interface PageFacts {
  headline: string | null;
  datePublished: string | null;
  authors: string[] | null;
  agency: string | null;
  dateline: string | null;
  leadPhoto: string | null;
  leadCaption: string | null;
  leadCredit: string | null;
  tags: string[] | null;
  section: string | null;
  related: string[] | null;
  language: string | null;
  publisher: string | null;
}
export type FactField = keyof PageFacts;

export interface BodyScore {
  precision: number;
  recall: number;
  f1: number;
  exact: boolean;
}

/** Precision and recall of the multiset of 4-grams of words, as the article-extraction-benchmark evaluates them. */
export function scoreBody(truth: string, output: string): BodyScore {
  const wanted = shingles(truth);
  const found = shingles(output);
  let common = 0;
  for (const [shingle, count] of found) common += Math.min(count, wanted.get(shingle) ?? 0);
  const precision = ratio(common, total(found));
  const recall = ratio(common, total(wanted));
  return { precision, recall, f1: harmonicMean(precision, recall), exact: precision === 1 && recall === 1 };
}

export function harmonicMean(precision: number, recall: number): number {
  return precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
}

function shingles(text: string): Map<string, number> {
  const words = text.match(/[\p{L}\p{N}_]+/gu) ?? [];
  const counts = new Map<string, number>();
  for (let start = 0; start < Math.max(1, words.length - 3); start++) {
    const shingle = words.slice(start, start + 4).join(' ');
    counts.set(shingle, (counts.get(shingle) ?? 0) + 1);
  }
  return counts;
}

function total(counts: Map<string, number>): number {
  return [...counts.values()].reduce((sum, count) => sum + count, 0);
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

/** How well one field agrees: 1 or 0, for lists of names the F1 of the sets (both empty: 1). */
export function scoreFact(
  field: FactField,
  truth: PageFacts[FactField],
  output: PageFacts[FactField],
  pageUrl: string,
): number {
  if (field === 'authors') return setF1(truth, output) === 1 ? 1 : 0;
  if (field === 'tags' || field === 'related') return setF1(truth, output);
  if (truth === null || output === null) return truth === output ? 1 : 0;
  if (field === 'datePublished') return sameTime(String(truth), String(output)) ? 1 : 0;
  if (field === 'leadPhoto') return samePicture(String(truth), String(output), pageUrl) ? 1 : 0;
  return fold(String(truth)) === fold(String(output)) ? 1 : 0;
}

function setF1(truth: PageFacts[FactField], output: PageFacts[FactField]): number {
  const wanted = new Set(([] as string[]).concat(truth ?? []).map(fold));
  const found = new Set(([] as string[]).concat(output ?? []).map(fold));
  if (wanted.size === 0 && found.size === 0) return 1;
  const common = [...found].filter((name) => wanted.has(name)).length;
  return harmonicMean(ratio(common, found.size), ratio(common, wanted.size));
}

/** Unicode NFKC, quotes and white space folded. */
export function fold(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[‘’‚‛′`´]/g, "'")
    .replace(/[“”„‟″«»]/g, '"')
    .replace(/[\s\u200b]+/g, ' ')
    .trim();
}

/** Same instant; same day where the truth has only a day. A truth without zone is compared by the clock it shows. */
function sameTime(truth: string, output: string): boolean {
  if (truth.length <= 10) return output.slice(0, 10) === truth;
  if (!/(Z|[+-]\d\d:\d\d)$/.test(truth)) return output.slice(0, 16) === truth.slice(0, 16);
  return Math.abs(Date.parse(truth) - Date.parse(output)) < 60_000;
}

/** One picture has many addresses (sizes, crops): the same file name, sizes taken off, is the same picture. */
function samePicture(truth: string, output: string, pageUrl: string): boolean {
  return pictureName(truth, pageUrl) === pictureName(output, pageUrl);
}

function pictureName(address: string, pageUrl: string): string {
  const path = decodeURIComponent(new URL(address, pageUrl).pathname);
  const segments = path.split('/').filter((segment) => /[a-z0-9]{3}/i.test(segment));
  const name = segments.at(-1) ?? path;
  const stem = name.replace(/\.(jpe?g|png|gif|webp|avif)$/i, '').replace(/[-_]\d{2,4}x\d{2,4}$/i, '');
  return (
    /^(image|preview|photo|\d{1,4}x\d{1,4}x?)$/i.test(stem) ? segments.slice(-3, -1).join('/') : stem
  ).toLowerCase();
}
