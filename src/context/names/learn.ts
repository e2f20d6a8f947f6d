/** Fits the model: stochastic gradient steps (AdaGrad) on the likelihood of the labelled sentences, with weight decay. */
import type { LabelledSentence } from './corpora.ts';
import { legalTransitions, marginalsOf } from './crf.ts';
import { featuresOf } from './features.ts';
import { LABEL_COUNT } from './labels.ts';

export interface LearningSettings {
  rounds: number;
  rate: number;
  /** Pull towards zero per step. */
  decay: number;
  /** Share of features hidden at each step, so that no single word carries a decision alone. */
  dropout: number;
  /** A feature must occur this often. */
  leastCount: number;
  seed: number;
}

export interface LearntWeights {
  rows: Map<number, number>;
  weights: Float32Array;
  transitions: Float32Array;
}

/** Small deterministic generator (mulberry32): the same corpora give the same weights everywhere. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let value = Math.imul(state ^ (state >>> 15), state | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return ((value ^ (value >>> 14)) >>> 0) / 4294967296;
  };
}

function shuffled(count: number, random: () => number): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    const kept = order[i] as number;
    order[i] = order[j] as number;
    order[j] = kept;
  }
  return order;
}

interface Example {
  /** Rows of the features of each word. */
  rows: Uint32Array[];
  labels: number[];
}

function numberFeatures(
  sentences: LabelledSentence[],
  leastCount: number,
): { examples: Example[]; rows: Map<number, number> } {
  const counts = new Map<number, number>();
  const features = sentences.map((sentence) => featuresOf(sentence.words));
  for (const ofWord of features.flat()) {
    for (const feature of ofWord) counts.set(feature, (counts.get(feature) ?? 0) + 1);
  }
  const rows = new Map<number, number>();
  for (const [feature, count] of counts) if (count >= leastCount) rows.set(feature, rows.size);
  const examples = sentences.map((sentence, i) => ({
    labels: sentence.labels,
    rows: (features[i] as Uint32Array[]).map((ofWord) =>
      Uint32Array.from([...ofWord].map((feature) => rows.get(feature) ?? -1).filter((row) => row >= 0)),
    ),
  }));
  return { examples, rows };
}

/** Deterministic for the same sentences and settings. */
export function learn(sentences: LabelledSentence[], settings: LearningSettings): LearntWeights {
  const { examples, rows } = numberFeatures(sentences, settings.leastCount);
  const weights = new Float32Array(rows.size * LABEL_COUNT);
  const squares = new Float32Array(weights.length).fill(1);
  const transitions = new Float32Array(LABEL_COUNT * LABEL_COUNT);
  const transitionSquares = new Float32Array(transitions.length).fill(1);
  const random = randomFrom(settings.seed);
  for (let round = 0; round < settings.rounds; round++) {
    for (const index of shuffled(examples.length, random)) {
      const { rows: all, labels } = examples[index] as Example;
      const ofWords = all.map((active) => active.filter(() => random() >= settings.dropout));
      const scale = 1 / (1 - settings.dropout);
      const emissions = new Float64Array(ofWords.length * LABEL_COUNT);
      ofWords.forEach((active, i) => {
        for (const row of active) {
          for (let label = 0; label < LABEL_COUNT; label++) {
            const at = i * LABEL_COUNT + label;
            emissions[at] = (emissions[at] as number) + scale * (weights[row * LABEL_COUNT + label] as number);
          }
        }
      });
      const expected = marginalsOf(emissions, legalTransitions(transitions));
      ofWords.forEach((active, i) => {
        for (let label = 0; label < LABEL_COUNT; label++) {
          const slope = (expected.labels[i * LABEL_COUNT + label] as number) - (labels[i] === label ? 1 : 0);
          if (slope < 1e-4 && slope > -1e-4) continue;
          for (const row of active) {
            const at = row * LABEL_COUNT + label;
            const weight = weights[at] as number;
            const step = slope + settings.decay * weight;
            squares[at] = (squares[at] as number) + step * step;
            weights[at] = weight - (settings.rate * step) / Math.sqrt(squares[at] as number);
          }
        }
      });
      for (let i = 1; i < labels.length; i++) {
        const pair = (labels[i - 1] as number) * LABEL_COUNT + (labels[i] as number);
        expected.transitions[pair] = (expected.transitions[pair] as number) - 1;
      }
      expected.transitions.forEach((slope, pair) => {
        transitionSquares[pair] = (transitionSquares[pair] as number) + slope * slope;
        transitions[pair] =
          (transitions[pair] as number) - (settings.rate * slope) / Math.sqrt(transitionSquares[pair] as number);
      });
    }
  }
  return { rows, weights, transitions };
}
