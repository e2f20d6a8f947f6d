/** Finds the names in a story's text. */
import { agreeWithin, type Sentence } from './agreement.ts';
import { cleaned } from './boundaries.ts';
import { countCases, isUsuallySmall, restoredCase } from './casing.ts';
import { bestLabels, marginalsOf } from './crf.ts';
import { featuresOf } from './features.ts';
import { LABEL_COUNT, OUTSIDE, type Span, spansOf } from './labels.ts';
import type { NameMention, TextField } from './mention.ts';
import { emissionsOf, loadModel } from './model.ts';
import { sentences, type Token, tokenise } from './tokens.ts';

/** Log-odds taken from "no name": the corpora leave many names unmarked, which makes the model shy. */
const RECALL = 0.5;

/** UTF-16 units read of each field; longer than any story, it bounds the time for what is none. */
const LONGEST_FIELD = 200_000;

function readSentences(fields: TextField[]): Sentence[] {
  const model = loadModel();
  const cut = fields.flatMap((field) => {
    const text = field.text.slice(0, LONGEST_FIELD);
    const tokens = tokenise(text);
    return sentences(text, tokens).map(([from, to]) => ({ field, tokens: tokens.slice(from, to) }));
  });
  const counts = countCases(cut.map(({ tokens }) => tokens.map((token) => token.text)));
  const isWord = (word: string) => isUsuallySmall(word, counts);
  return cut.map(({ field, tokens }) => {
    const words = restoredCase(tokens, counts);
    const emissions = emissionsOf(model, featuresOf(words));
    for (let i = OUTSIDE; i < emissions.length; i += LABEL_COUNT) emissions[i] = (emissions[i] as number) - RECALL;
    return { field, tokens, words, isWord, emissions };
  });
}

function mentionOf(sentence: Sentence, span: Span, confidence: number): NameMention {
  const start = (sentence.tokens[span.from] as Token).start;
  const end = (sentence.tokens[span.to - 1] as Token).end;
  const { field, index, text } = sentence.field;
  const mention: NameMention = { type: span.type, field, start, end, text: text.slice(start, end), confidence };
  if (index !== undefined) mention.index = index;
  return mention;
}

/** How sure the model is of every label in the span, 0–100. */
function confidenceOf(span: Span, labels: Uint8Array, probabilities: Float64Array): number {
  let least = 1;
  for (let i = span.from; i < span.to; i++) {
    least = Math.min(least, probabilities[i * LABEL_COUNT + (labels[i] as number)] as number);
  }
  return Math.round(100 * least);
}

/**
 * The names in the fields of one story, in the fields' order and by place within each. English only; for any other
 * language nothing is made up. Offsets are UTF-16 units into the field's own text. Never throws; linear in the text, of
 * which the first 200,000 units per field are read.
 */
export function findNames(fields: TextField[], language: string | null): NameMention[] {
  if (language !== null && !/^en\b/i.test(language)) return [];
  const { transitions } = loadModel();
  const all = readSentences(fields);
  agreeWithin(all, transitions);
  return all.flatMap((sentence) => {
    const labels = bestLabels(sentence.emissions, transitions);
    const spans = spansOf(labels);
    if (spans.length === 0) return [];
    const probabilities = marginalsOf(sentence.emissions, transitions).labels;
    return cleaned(spans, sentence.words, sentence.isWord).map((span) =>
      mentionOf(sentence, span, confidenceOf(span, labels, probabilities)),
    );
  });
}
