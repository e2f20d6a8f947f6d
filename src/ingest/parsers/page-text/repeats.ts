import { comparable } from './compare.ts';
import type { Line } from './lines.ts';

/** Lines between an image's alternative text and its caption at most. */
const NEAR = 3;

/** Printed so often on one page, a line is a menu's, a button's or a picture's. */
const OFTEN = 4;

/**
 * Lines that are printed again within a few lines, or that begin alike: an image's alternative text and its
 * caption. Paragraphs of a story never do this.
 */
export function findEchoes(lines: readonly Line[]): Set<number> {
  const echoes = new Set<number>();
  const shown = lines.map((line) => (line.text.length <= 600 ? comparable(line.text) : ''));
  for (let index = 0; index < lines.length; index += 1) {
    const one = shown[index] ?? '';
    if (one.length < 8) continue;
    for (let other = index + 1; other <= index + NEAR && other < lines.length; other += 1) {
      const next = shown[other] ?? '';
      if (!isEcho(one, next)) continue;
      echoes.add(index);
      echoes.add(other);
    }
  }
  const printings = new Map<string, number>();
  for (const text of shown) printings.set(text, (printings.get(text) ?? 0) + 1);
  for (const [index, text] of shown.entries()) {
    if (text.length >= 8 && (printings.get(text) ?? 0) >= OFTEN) echoes.add(index);
  }
  return echoes;
}

/** The same text, or two versions of one caption: alike in all of the shorter one or in the first 60 characters. */
function isEcho(one: string, other: string): boolean {
  const length = Math.min(one.length, other.length, 60);
  return one === other || (length >= 25 && one.slice(0, length) === other.slice(0, length));
}
