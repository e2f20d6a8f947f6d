/**
 * One story uses a name in one sense: what the first reading is sure of in one sentence helps in the others. "Putin"
 * alone is a person after "Vladimir Putin"; a team named ten times stays a team the eleventh.
 */
import { bestLabels, marginalsOf } from './crf.ts';
import { beginOf, insideOf, LABEL_COUNT, OUTSIDE, spansOf } from './labels.ts';
import { NAME_TYPES, type NameType } from './mention.ts';
import type { Sentence } from './tagger.ts';

/** How strongly the other mentions pull, in log-odds. */
const PULL = 1.5;
const STRONGEST_PULL = 4;

interface Evidence {
  /** Expected number of mentions per type, in NAME_TYPES' order. */
  types: number[];
}

type Ledger = Map<string, Evidence>;

function note(ledger: Ledger, key: string, type: NameType, weight: number): void {
  const entry = ledger.get(key) ?? { types: NAME_TYPES.map(() => 0) };
  const at = NAME_TYPES.indexOf(type);
  entry.types[at] = (entry.types[at] as number) + weight;
  ledger.set(key, entry);
}

const LONGEST_NAME = 6;

/** Raises or lowers the sentences' emissions in place. */
export function agreeWithin(all: Sentence[], transitions: Float64Array): void {
  const ledger: Ledger = new Map();
  for (const sentence of all) {
    const labels = bestLabels(sentence.emissions, transitions);
    const spans = spansOf(labels);
    if (spans.length === 0) continue;
    const probabilities = marginalsOf(sentence.emissions, transitions).labels;
    for (const span of spans) {
      if (span.to - span.from > LONGEST_NAME) continue;
      let least = 1;
      for (let i = span.from; i < span.to; i++) {
        least = Math.min(least, probabilities[i * LABEL_COUNT + (labels[i] as number)] as number);
      }
      const words = sentence.words.slice(span.from, span.to);
      note(ledger, words.join(' '), span.type, least);
      if (span.type === 'PERSON' && words.length > 1) {
        note(ledger, words.at(-1) as string, 'PERSON', least);
      }
    }
  }
  for (const sentence of all) raise(sentence, ledger);
}

function raise(sentence: Sentence, ledger: Ledger): void {
  const { words, emissions } = sentence;
  for (let from = 0; from < words.length; from++) {
    for (let length = Math.min(LONGEST_NAME, words.length - from); length > 0; length--) {
      const entry = ledger.get(length === 1 ? (words[from] as string) : words.slice(from, from + length).join(' '));
      if (!entry) continue;
      const total = entry.types.reduce((sum, weight) => sum + weight, 0);
      entry.types.forEach((weight, type) => {
        const pull = PULL * Math.log((weight + 0.3) / (total - weight + 0.3)) + 0;
        const bounded = Math.max(-STRONGEST_PULL, Math.min(STRONGEST_PULL, pull));
        for (let i = from; i < from + length; i++) {
          const name = NAME_TYPES[type] as NameType;
          const label = i * LABEL_COUNT + (i === from ? beginOf(name) : insideOf(name));
          emissions[label] = (emissions[label] as number) + bounded;
        }
      });
      if (length > 1) break;
      const outside = from * LABEL_COUNT + OUTSIDE;
      emissions[outside] = (emissions[outside] as number) - Math.min(1, total) * 0.5;
      break;
    }
  }
}
