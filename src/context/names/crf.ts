/**
 * Linear-chain conditional random field: the arithmetic over one sentence, in log space. `emissions` has one row of
 * LABEL_COUNT scores per token; `transitions[previous * LABEL_COUNT + label]`.
 */
import { LABEL_COUNT, mayFollow } from './labels.ts';

const IMPOSSIBLE = -1e9;

/** The learnt transitions with those that make no sense shut off. */
export function legalTransitions(learnt: Float32Array): Float64Array {
  return Float64Array.from(learnt, (score, i) =>
    mayFollow(Math.floor(i / LABEL_COUNT), i % LABEL_COUNT) ? score : IMPOSSIBLE,
  );
}

function startScore(emissions: Float64Array, label: number): number {
  return mayFollow(0, label) ? (emissions[label] as number) : IMPOSSIBLE;
}

function logSum(scores: Float64Array): number {
  let top = scores[0] as number;
  for (let i = 1; i < LABEL_COUNT; i++) if ((scores[i] as number) > top) top = scores[i] as number;
  let sum = 0;
  for (let i = 0; i < LABEL_COUNT; i++) sum += Math.exp((scores[i] as number) - top);
  return top + Math.log(sum);
}

/** Probabilities of labels and of label pairs. */
export interface Marginals {
  /** [token * LABEL_COUNT + label]. */
  labels: Float64Array;
  /** Expected number of times each transition is taken. */
  transitions: Float64Array;
}

/** Forward–backward. */
export function marginalsOf(emissions: Float64Array, transitions: Float64Array): Marginals {
  const count = emissions.length / LABEL_COUNT;
  const forward = new Float64Array(emissions.length);
  const backward = new Float64Array(emissions.length);
  const scratch = new Float64Array(LABEL_COUNT);
  for (let label = 0; label < LABEL_COUNT; label++) forward[label] = startScore(emissions, label);
  for (let i = 1; i < count; i++) {
    for (let label = 0; label < LABEL_COUNT; label++) {
      for (let previous = 0; previous < LABEL_COUNT; previous++) {
        scratch[previous] =
          (forward[(i - 1) * LABEL_COUNT + previous] as number) +
          (transitions[previous * LABEL_COUNT + label] as number);
      }
      forward[i * LABEL_COUNT + label] = logSum(scratch) + (emissions[i * LABEL_COUNT + label] as number);
    }
  }
  for (let i = count - 2; i >= 0; i--) {
    for (let label = 0; label < LABEL_COUNT; label++) {
      for (let next = 0; next < LABEL_COUNT; next++) {
        const at = (i + 1) * LABEL_COUNT + next;
        scratch[next] =
          (transitions[label * LABEL_COUNT + next] as number) + (emissions[at] as number) + (backward[at] as number);
      }
      backward[i * LABEL_COUNT + label] = logSum(scratch);
    }
  }
  const total = logSum(forward.slice((count - 1) * LABEL_COUNT));
  const labels = new Float64Array(emissions.length);
  const expected = new Float64Array(LABEL_COUNT * LABEL_COUNT);
  for (let i = 0; i < emissions.length; i++)
    labels[i] = Math.exp((forward[i] as number) + (backward[i] as number) - total);
  for (let i = 1; i < count; i++) {
    for (let previous = 0; previous < LABEL_COUNT; previous++) {
      const before = (forward[(i - 1) * LABEL_COUNT + previous] as number) - total;
      if (before < -60) continue;
      for (let label = 0; label < LABEL_COUNT; label++) {
        const at = i * LABEL_COUNT + label;
        const pair = previous * LABEL_COUNT + label;
        expected[pair] =
          (expected[pair] as number) +
          Math.exp(before + (transitions[pair] as number) + (emissions[at] as number) + (backward[at] as number));
      }
    }
  }
  return { labels, transitions: expected };
}

/** The most probable sequence of labels (Viterbi). */
export function bestLabels(emissions: Float64Array, transitions: Float64Array): Uint8Array {
  const count = emissions.length / LABEL_COUNT;
  const best = new Float64Array(emissions.length);
  const from = new Uint8Array(emissions.length);
  for (let label = 0; label < LABEL_COUNT; label++) best[label] = startScore(emissions, label);
  for (let i = 1; i < count; i++) {
    for (let label = 0; label < LABEL_COUNT; label++) {
      let top = Number.NEGATIVE_INFINITY;
      for (let previous = 0; previous < LABEL_COUNT; previous++) {
        const score =
          (best[(i - 1) * LABEL_COUNT + previous] as number) + (transitions[previous * LABEL_COUNT + label] as number);
        if (score > top) {
          top = score;
          from[i * LABEL_COUNT + label] = previous;
        }
      }
      best[i * LABEL_COUNT + label] = top + (emissions[i * LABEL_COUNT + label] as number);
    }
  }
  const labels = new Uint8Array(count);
  let label = 0;
  for (let other = 1; other < LABEL_COUNT; other++) {
    const last = (count - 1) * LABEL_COUNT;
    if ((best[last + other] as number) > (best[last + label] as number)) label = other;
  }
  for (let i = count - 1; i >= 0; i--) {
    labels[i] = label;
    label = from[i * LABEL_COUNT + label] as number;
  }
  return labels;
}
