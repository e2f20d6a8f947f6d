/**
 * What the model sees of each word: itself, its shape and endings, its neighbours, their clusters and the lists they
 * stand in. A feature is a 32-bit number: a template number mixed with the hashes of what fills it.
 */
import { gazetteerMarks } from './gazetteers.ts';
import { hashText } from './hash.ts';
import { loadClusters, type WordClusters } from './word-clusters.ts';

interface WordView {
  word: number;
  lower: number;
  shape: number;
  /** Prefixes and suffixes of 2–4 letters. */
  affixes: number[];
  clusters: WordClusters;
}

const UNKNOWN: WordClusters = { fine: 4095, middle: 4095, coarse: 4095 };
const BORDER: WordView = {
  word: 1,
  lower: 1,
  shape: 1,
  affixes: [],
  clusters: { fine: 4094, middle: 4094, coarse: 4094 },
};
/** Longer "words" (base64, text without blanks) all look the same. */
const LONGEST_WORD = 40;

function mix(a: number, b: number): number {
  let hash = Math.imul(a ^ (b >>> 16) ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(b, 0xc2b2ae35);
  hash ^= hash >>> 15;
  return Math.imul(hash, 0x27d4eb2f) >>> 0;
}

function shapeOf(word: string): string {
  return word
    .replace(/\p{Lu}/gu, 'X')
    .replace(/\p{L}/gu, 'x')
    .replace(/\p{N}/gu, '0')
    .replace(/(.)\1{2,}/gu, '$1$1');
}

let clustersOf: ((word: string) => WordClusters | undefined) | undefined;
/** Emptied when full: bounds memory whatever text comes. */
const views = new Map<string, WordView>();
const MOST_VIEWS = 50_000;

function viewOf(word: string): WordView {
  const known = views.get(word);
  if (known) return known;
  clustersOf ??= loadClusters();
  const cut = word.length > LONGEST_WORD ? '<long>' : word;
  const lower = cut.toLowerCase();
  const affixes: number[] = [];
  for (let length = 2; length <= 4 && length < lower.length; length++) {
    affixes.push(hashText(lower.slice(0, length), 100 + length), hashText(lower.slice(-length), 200 + length));
  }
  const digitless = cut.replace(/\d/g, '0');
  const view: WordView = {
    word: hashText(digitless),
    lower: hashText(digitless.toLowerCase()),
    shape: hashText(shapeOf(cut)),
    affixes,
    clusters: clustersOf(lower) ?? clustersOf(lower.replace(/-.*$/, '')) ?? UNKNOWN,
  };
  if (views.size >= MOST_VIEWS) views.clear();
  views.set(word, view);
  return view;
}

/** The features of each word of a sentence. */
export function featuresOf(words: string[]): Uint32Array[] {
  const marks = gazetteerMarks(words).map((names) => names.map((name) => hashText(name)));
  const seen = words.map(viewOf);
  const at = (i: number): WordView => seen[i] ?? BORDER;
  return words.map((_, i) => {
    const features: number[] = [mix(0, 0)];
    const put = (template: number, value: number): void => {
      features.push(mix(template, value));
    };
    const two = (template: number, a: number, b: number): void => {
      features.push(mix(template, mix(a, b)));
    };
    const here = at(i);
    const before = at(i - 1);
    const after = at(i + 1);
    put(1, here.word);
    put(2, here.lower);
    put(3, before.word);
    put(4, after.word);
    put(5, at(i - 2).lower);
    put(6, at(i + 2).lower);
    two(7, before.lower, here.lower);
    two(8, here.lower, after.lower);
    two(9, before.lower, here.shape);
    two(10, here.shape, after.lower);
    for (const affix of here.affixes) put(11, affix);
    put(12, here.shape);
    two(13, before.shape, here.shape);
    two(14, here.shape, after.shape);
    two(15, mix(before.shape, here.shape), after.shape);
    if (i === 0) put(16, here.shape);
    const own = here.clusters;
    put(17, own.fine);
    put(18, own.middle);
    put(19, own.coarse);
    two(20, own.fine, here.shape);
    two(21, own.middle, here.shape);
    put(22, before.clusters.fine);
    put(23, after.clusters.fine);
    put(24, at(i - 2).clusters.middle);
    put(25, at(i + 2).clusters.middle);
    two(26, before.clusters.middle, own.middle);
    two(27, own.middle, after.clusters.middle);
    two(28, before.clusters.middle, here.shape);
    two(29, here.shape, after.clusters.middle);
    two(30, mix(before.clusters.coarse, own.coarse), after.clusters.coarse);
    two(31, mix(before.clusters.middle, after.clusters.middle), here.shape);
    for (const mark of marks[i] as number[]) {
      put(32, mark);
      two(33, mark, here.shape);
      two(34, mark, after.shape);
      two(35, mark, before.shape);
    }
    for (const mark of marks[i - 1] ?? []) two(36, mark, here.shape);
    for (const mark of marks[i + 1] ?? []) two(37, mark, here.shape);
    for (const mark of marks[i + 2] ?? []) two(38, mark, mix(here.shape, after.shape));
    let all = 7;
    for (const mark of marks[i] as number[]) all = mix(all, mark);
    put(39, all);
    return Uint32Array.from(features);
  });
}
