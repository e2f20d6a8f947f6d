import type { Label } from './labels.ts';
import type { Line } from './lines.ts';
import { endsSentence, wordCount } from './measure.ts';
import { isCoda, isPromotion } from './promotions.ts';

/** What is already known of a page's lines when its body is looked for; all are indices. */
export interface KnownLines {
  /** Show the headline. */
  headlines: ReadonlySet<number>;
  /** Show captions, credits, alternative texts, related titles. */
  asides: ReadonlySet<number>;
  /** Show dates and bylines. */
  signs: ReadonlySet<number>;
}

/**
 * What a line is by itself: a paragraph, an item of a list or table, a bare address, a line without a sentence's end
 * (subhead, link, name), a label or promotion, a known aside, or nothing that counts (dates, buttons, numbers).
 */
export type Kind = 'PROSE' | 'ITEM' | 'LINK' | 'OPEN' | 'LABEL' | 'ASIDE' | 'NOTHING';

export interface Look {
  kind: Kind;
  words: number;
  label: Label | null;
}

/** Open lines below a colon that can be one list. */
const LONGEST_LIST = 60;

/** Looks at every line, first alone, then as part of a list. */
export function lookAtLines(lines: readonly Line[], known: KnownLines): Look[] {
  const looks = lines.map((line, index) => lookAt(line, index, known));
  markLists(lines, looks);
  return looks;
}

function lookAt({ text, label }: Line, index: number, known: KnownLines): Look {
  const words = wordCount(text);
  if (known.asides.has(index)) return { kind: 'ASIDE', words, label };
  if (known.signs.has(index)) return { kind: 'NOTHING', words: 0, label: null };
  if (label === 'ADVERTISEMENT' || label === 'READ_MORE') return { kind: 'NOTHING', words: 0, label };
  if (label !== null || isPromotion(text)) return { kind: 'LABEL', words, label };
  if (/^https?:\/\/\S+$/u.test(text)) return { kind: 'LINK', words: 1, label };
  if (words < 1) return { kind: 'NOTHING', words: 0, label };
  if (/^\d{1,2}[.)]\s\S/u.test(text) || isTableRow(text)) return { kind: 'ITEM', words, label };
  if (isCoda(text)) return { kind: 'PROSE', words, label };
  const isProse =
    (endsSentence(text) && words >= 5 && !(words < 16 && /(?:\.{3}|…)$/u.test(text))) ||
    (words >= 25 && /[\p{L}\d][,.;:?!—–]\s/u.test(text));
  return { kind: isProse ? 'PROSE' : 'OPEN', words, label };
}

/** Open lines below a colon are a list: they do not end a story, and where they are alike they may close it. */
function markLists(lines: readonly Line[], looks: Look[]): void {
  for (let index = 0; index < looks.length; index += 1) {
    const text = lines[index]?.text ?? '';
    const { kind, words } = looks[index] as Look;
    if (!/[:：]$/u.test(text) || words < 3 || (kind !== 'OPEN' && kind !== 'PROSE')) continue;
    let end = index + 1;
    while (end - index <= LONGEST_LIST && looks[end]?.kind === 'OPEN') end += 1;
    const items = lines.slice(index + 1, end).map((line) => line.text);
    const itemKind = items.length >= 3 && areAlike(items) ? 'ITEM' : 'LINK';
    for (let item = index + 1; item < end; item += 1) looks[item] = { ...(looks[item] as Look), kind: itemKind };
  }
}

/** Items of one list begin with the same word, with a number, or have a colon or dash in the middle. */
function areAlike(items: readonly string[]): boolean {
  const first = items[0]?.split(' ')[0];
  const most = items.length * 0.6;
  const count = (holds: (item: string) => boolean) => items.filter(holds).length >= most;
  return (
    count((item) => item.split(' ')[0] === first) ||
    count((item) => /^\d/u.test(item)) ||
    count((item) => /\S:? (?:--?|–|—) \S|\S: \S/u.test(item))
  );
}

/** Most of a row of results or prices is numbers. */
function isTableRow(text: string): boolean {
  if (!/\d/u.test(text)) return false;
  const cells = text.split(' ');
  return (
    cells.length >= 4 && cells.length <= 30 && cells.filter((cell) => /^\d/u.test(cell)).length >= cells.length / 2
  );
}
