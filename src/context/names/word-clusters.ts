/** Which words behave alike: three granularities of clusters of GloVe vectors, keyed by hashed lower-case word. */
import { readFileSync } from 'node:fs';
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib';
import { hashText } from './hash.ts';

/** Cluster numbers of one word, fine to coarse. */
export interface WordClusters {
  fine: number;
  middle: number;
  coarse: number;
}

/** Bytes: counts (2 × u32), the coarser cluster of each fine one (2 × u8 each), sorted hashes as differences (u32), clusters (u16); brotli. */
export function packClusters(words: string[], fine: number[], middle: number[], coarse: number[]): Buffer {
  const byHash = new Map<number, number>();
  words.forEach((word, row) => {
    const hash = hashText(word);
    // Words come by falling frequency: of two that collide the more frequent stays.
    if (!byHash.has(hash)) byHash.set(hash, fine[row] as number);
  });
  const hashes = [...byHash.keys()].sort((a, b) => a - b);
  const clusterCount = middle.length;
  const bytes = Buffer.alloc(8 + clusterCount * 2 + hashes.length * 6);
  bytes.writeUInt32LE(hashes.length, 0);
  bytes.writeUInt32LE(clusterCount, 4);
  for (let i = 0; i < clusterCount; i++) {
    bytes[8 + i] = middle[i] as number;
    bytes[8 + clusterCount + i] = coarse[i] as number;
  }
  // Byte planes compress far better than interleaved numbers.
  const base = 8 + clusterCount * 2;
  let previous = 0;
  hashes.forEach((hash, i) => {
    const difference = hash - previous;
    previous = hash;
    for (let plane = 0; plane < 4; plane++)
      bytes[base + plane * hashes.length + i] = (difference >>> (plane * 8)) & 255;
    const cluster = byHash.get(hash) as number;
    bytes[base + 4 * hashes.length + i] = cluster & 255;
    bytes[base + 5 * hashes.length + i] = cluster >>> 8;
  });
  return brotliCompressSync(bytes);
}

/** Reads what {@link packClusters} wrote; the answer maps a lower-case word to its clusters. */
export function unpackClusters(packed: Buffer): (word: string) => WordClusters | undefined {
  const bytes = brotliDecompressSync(packed);
  const count = bytes.readUInt32LE(0);
  const clusterCount = bytes.readUInt32LE(4);
  const base = 8 + clusterCount * 2;
  const clusters: WordClusters[] = [];
  for (let i = 0; i < clusterCount; i++) {
    clusters.push({ fine: i, middle: bytes[8 + i] as number, coarse: bytes[8 + clusterCount + i] as number });
  }
  const byHash = new Map<number, WordClusters>();
  let hash = 0;
  for (let i = 0; i < count; i++) {
    let difference = 0;
    for (let plane = 3; plane >= 0; plane--)
      difference = difference * 256 + (bytes[base + plane * count + i] as number);
    hash += difference;
    const cluster = (bytes[base + 4 * count + i] as number) + 256 * (bytes[base + 5 * count + i] as number);
    byHash.set(hash, clusters[cluster] as WordClusters);
  }
  return (word) => byHash.get(hashText(word));
}

/** The committed clusters. */
export function loadClusters(): (word: string) => WordClusters | undefined {
  return unpackClusters(readFileSync(new URL('./weights/word-clusters.bin', import.meta.url)));
}
