/** The learnt weights: how they score a sentence, and how they are packed into `weights/names.bin`. */
import { readFileSync } from 'node:fs';
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import { legalTransitions } from './crf.ts';
import { LABEL_COUNT } from './labels.ts';

export interface Model {
  /** Open-addressed hash table: the feature in each slot … */
  features: Uint32Array;
  /** … and its row, −1 where the slot is free. A Map of numbers above 2³¹ took twice the time of the whole tagger. */
  rows: Int32Array;
  /** [row * LABEL_COUNT + label]. */
  weights: Float32Array;
  /** [previous * LABEL_COUNT + label], with −∞-like scores where a label may not follow. */
  transitions: Float64Array;
}

function slotOf(features: Uint32Array, rows: Int32Array, feature: number): number {
  const mask = rows.length - 1;
  let slot = feature & mask;
  while (rows[slot] !== -1 && features[slot] !== feature) slot = (slot + 1) & mask;
  return slot;
}

function rowOf(model: Model, feature: number): number {
  return model.rows[slotOf(model.features, model.rows, feature)] as number;
}

/** One row of label scores per word. */
export function emissionsOf(model: Model, features: Uint32Array[]): Float64Array {
  const emissions = new Float64Array(features.length * LABEL_COUNT);
  features.forEach((ofWord, i) => {
    for (const feature of ofWord) {
      const row = rowOf(model, feature);
      if (row < 0) continue;
      for (let label = 0; label < LABEL_COUNT; label++) {
        const at = i * LABEL_COUNT + label;
        emissions[at] = (emissions[at] as number) + (model.weights[row * LABEL_COUNT + label] as number);
      }
    }
  });
  return emissions;
}

/** Weights are stored as 16-bit multiples of this; 8 bits were measured to cost accuracy. */
const STEP = 1 / 2048;

/**
 * Bytes: row count (u32), transitions (f32), sorted features as differences (u32 in byte planes), weights (i16 in byte
 * planes, label by label); brotli. Rows whose weights are all below `smallest` are left out.
 */
export function packModel(
  learnt: { rows: Map<number, number>; weights: Float32Array; transitions: Float32Array },
  smallest: number,
): Buffer {
  const strong = [...learnt.rows].filter(([, row]) =>
    learnt.weights.subarray(row * LABEL_COUNT, (row + 1) * LABEL_COUNT).some((weight) => Math.abs(weight) >= smallest),
  );
  strong.sort((a, b) => a[0] - b[0]);
  const count = strong.length;
  const pairs = LABEL_COUNT * LABEL_COUNT;
  const bytes = Buffer.alloc(4 + pairs * 4 + count * (4 + 2 * LABEL_COUNT));
  bytes.writeUInt32LE(count, 0);
  learnt.transitions.forEach((score, i) => {
    bytes.writeFloatLE(score, 4 + i * 4);
  });
  const base = 4 + pairs * 4;
  const weightBase = base + count * 4;
  let previous = 0;
  strong.forEach(([feature, row], i) => {
    const difference = feature - previous;
    previous = feature;
    for (let plane = 0; plane < 4; plane++) bytes[base + plane * count + i] = (difference >>> (plane * 8)) & 255;
    for (let label = 0; label < LABEL_COUNT; label++) {
      const weight = learnt.weights[row * LABEL_COUNT + label] as number;
      const kept = Math.abs(weight) < smallest / 4 ? 0 : Math.max(-32767, Math.min(32767, Math.round(weight / STEP)));
      bytes[weightBase + label * 2 * count + i] = kept & 255;
      bytes[weightBase + (label * 2 + 1) * count + i] = (kept >> 8) & 255;
    }
  });
  return brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_LGWIN]: 22 } });
}

export function unpackModel(packed: Buffer): Model {
  const bytes = brotliDecompressSync(packed);
  const count = bytes.readUInt32LE(0);
  const pairs = LABEL_COUNT * LABEL_COUNT;
  const transitions = Float32Array.from({ length: pairs }, (_, i) => bytes.readFloatLE(4 + i * 4));
  const base = 4 + pairs * 4;
  const weightBase = base + count * 4;
  const size = 2 ** Math.ceil(Math.log2(2 * count + 2));
  const features = new Uint32Array(size);
  const rows = new Int32Array(size).fill(-1);
  const weights = new Float32Array(count * LABEL_COUNT);
  let feature = 0;
  for (let i = 0; i < count; i++) {
    let difference = 0;
    for (let plane = 3; plane >= 0; plane--)
      difference = difference * 256 + (bytes[base + plane * count + i] as number);
    feature += difference;
    const slot = slotOf(features, rows, feature);
    features[slot] = feature;
    rows[slot] = i;
    for (let label = 0; label < LABEL_COUNT; label++) {
      const low = bytes[weightBase + label * 2 * count + i] as number;
      const high = bytes[weightBase + (label * 2 + 1) * count + i] as number;
      weights[i * LABEL_COUNT + label] = ((((high << 8) | low) << 16) >> 16) * STEP;
    }
  }
  return { features, rows, weights, transitions: legalTransitions(transitions) };
}

let loaded: Model | undefined;

/** The committed model; read at the first call. */
export function loadModel(): Model {
  loaded ??= unpackModel(readFileSync(new URL('./weights/names.bin', import.meta.url)));
  return loaded;
}
