import { words } from '../stories/tokens.ts';

/** Words of one shingle: long enough that two texts share one only by copying. */
const SHINGLE = 5;
/** Shingles kept of each text, the ones with the smallest hashes: two texts half alike share one with probability 0.996. */
const SKETCH = 8;
/** Shorter texts have too little to be told a copy by. */
const FEWEST_SHINGLES = 30;

/** FNV-1a's constants for 32 bits. */
const OFFSET = 0x811c9dc5;
const PRIME = 0x01000193;

/** Hashes (integers below 2^53) of every run of five words in a text. */
export function shinglesOf(text: string): Set<number> {
  const hashes = words(text).map(hashWord);
  const shingles = new Set<number>();
  for (let start = 0; start + SHINGLE <= hashes.length; start++) {
    // Two mixes of different kind, 32 and 21 bits, make collisions as rare as a safe integer allows.
    let low = OFFSET;
    let high = OFFSET;
    for (let at = start; at < start + SHINGLE; at++) {
      low = Math.imul(low ^ (hashes[at] as number), PRIME);
      high = Math.imul(high + (hashes[at] as number), 0x5bd1e995);
    }
    shingles.add(((high >>> 11) & 0x1fffff) * 2 ** 32 + (low >>> 0));
  }
  return shingles;
}

/** What of a text's shingles is stored, to find its copies by; empty for a text too short to tell. */
export function sketchOf(text: string): number[] {
  const shingles = shinglesOf(text);
  if (shingles.size < FEWEST_SHINGLES) return [];
  return [...shingles].sort((a, b) => a - b).slice(0, SKETCH);
}

/** Share of the shorter text's shingles that stand in the longer one. */
export function overlap(a: Set<number>, b: Set<number>): number {
  const [shorter, longer] = a.size <= b.size ? [a, b] : [b, a];
  let shared = 0;
  for (const shingle of shorter) if (longer.has(shingle)) shared++;
  return shorter.size === 0 ? 0 : shared / shorter.size;
}

function hashWord(word: string): number {
  let hash = OFFSET;
  for (let at = 0; at < word.length; at++) hash = Math.imul(hash ^ word.charCodeAt(at), PRIME);
  return hash;
}
