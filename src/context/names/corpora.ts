/** Reads the labelled training corpora and brings their guidelines onto ours. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { plainMarks } from './casing.ts';
import { isAdjective } from './gazetteers.ts';
import { beginOf, insideOf, OUTSIDE, typeOf } from './labels.ts';
import type { NameType } from './mention.ts';

export interface LabelledSentence {
  words: string[];
  /** One label of labels.ts per word. */
  labels: number[];
}

const TYPES: Record<string, NameType> = {
  PER: 'PERSON',
  person: 'PERSON',
  ORG: 'ORGANISATION',
  corporation: 'ORGANISATION',
  group: 'ORGANISATION',
  LOC: 'PLACE',
  location: 'PLACE',
};

interface Row {
  word: string;
  type: NameType | null;
  begins: boolean;
}

function readRow(line: string): Row {
  const columns = line.split(/[ \t]/);
  const tag = columns.at(-1) ?? 'O';
  return { word: columns[0] as string, type: TYPES[tag.slice(2)] ?? null, begins: tag.startsWith('B-') };
}

/** Twitter's handles, links and markers are not what news is made of, and their labels follow other rules. */
function withoutTwitter(rows: Row[]): Row[] {
  const kept: Row[] = [];
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] as Row;
    if (row.word === '@') i++;
    else if (row.word.startsWith('@') || /^(?:https?:|www\.|t\.co)/i.test(row.word) || row.word === 'RT') continue;
    else if (/^#./u.test(row.word)) {
      if (row.type) kept.push({ ...row, word: row.word.slice(1) });
    } else if (row.word !== '#') kept.push(row);
  }
  return kept;
}

/** Joins what the corpora split and our tokeniser does not: "U . S .", "J .", "' s". */
function rejoined(rows: Row[]): Row[] {
  const joined: Row[] = [];
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] as Row;
    let word = row.word;
    const next = rows[i + 1];
    if (/^['’´]$/u.test(word) && next && /^(?:s|t|re|ve|ll|d|m)$/.test(next.word)) {
      word = `'${next.word}`;
      i++;
    } else {
      while (
        /^(?:\p{Lu}\.)*\p{Lu}$/u.test(word) &&
        rows[i + 1]?.word === '.' &&
        /^\p{Lu}/u.test(rows[i + 2]?.word ?? (word.length > 1 ? 'X' : ''))
      ) {
        word += '.';
        i++;
        if (/^\p{Lu}$/u.test(rows[i + 1]?.word ?? '') && rows[i + 2]?.word === '.') word += (rows[++i] as Row).word;
      }
    }
    joined.push({ ...row, word });
  }
  return joined;
}

/** Our guideline: no leading "the", and "Australian" is no place. */
function relabelled(rows: Row[]): LabelledSentence {
  const labels: number[] = [];
  rows.forEach((row, i) => {
    const previous = rows[i - 1];
    const continues = row.type !== null && !row.begins && previous?.type === row.type && labels[i - 1] !== OUTSIDE;
    const next = rows[i + 1];
    const isWhole = !continues && !(next && next.type === row.type && !next.begins);
    if (row.type === null) labels.push(OUTSIDE);
    else if (!continues && row.word === 'the') labels.push(OUTSIDE);
    else if (isWhole && isAdjective(row.word)) labels.push(OUTSIDE);
    else if (!continues && /^(?:'s|’s|"|\.|,)$/.test(row.word)) labels.push(OUTSIDE);
    else labels.push(continues ? insideOf(row.type) : beginOf(row.type));
  });
  return { words: rows.map((row) => plainMarks(row.word)), labels };
}

/** Edited text writes names with capitals: a sentence with a name in small letters teaches the wrong thing. */
function isEdited(sentence: LabelledSentence): boolean {
  let hasName = false;
  for (let i = 0; i < sentence.words.length; i++) {
    const label = sentence.labels[i] as number;
    if (label === OUTSIDE) continue;
    hasName = true;
    if (typeOf(label) && label % 2 === 1 && /^\p{Ll}/u.test(sentence.words[i] as string)) return false;
  }
  return hasName || sentence.words.length > 3;
}

/** All sentences of the `*.conll` files whose name `wanted` accepts. Throws with a sentence for people when the folder is absent. */
export function readCorpora(folder: string, wanted: (file: string) => boolean = () => true): LabelledSentence[] {
  if (!existsSync(folder)) {
    throw new Error(
      `No training corpora in ${folder}: the tagger is trained on wikigold, BTC and WNUT17 as *.conll files there.`,
    );
  }
  const sentences: LabelledSentence[] = [];
  const files = readdirSync(folder).filter((name) => name.endsWith('.conll') && wanted(name));
  for (const file of files.sort()) {
    const isTwitter = !file.startsWith('wikigold');
    for (const block of readFileSync(`${folder}/${file}`, 'utf8').split(/\n\s*\n/)) {
      const rows = block
        .split('\n')
        .filter((line) => /^\S+[ \t]/.test(line))
        .map(readRow);
      const clean = relabelled(rejoined(isTwitter ? withoutTwitter(rows) : rows));
      if (clean.words.length > 0 && isEdited(clean)) sentences.push(clean);
    }
  }
  return sentences;
}
