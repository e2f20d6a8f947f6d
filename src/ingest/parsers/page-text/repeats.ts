import { comparable } from './compare.ts';
import type { Line } from './lines.ts';

/** Lines between an image's alternative text and its caption at most. */
const NEAR = 3;

/**
 * Lines that are printed again within a few lines, or that begin such a line: an image's alternative text and its
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
      if (next !== one && !(one.length >= 25 && next.startsWith(one)) && !(next.length >= 25 && one.startsWith(next)))
        continue;
      echoes.add(index);
      echoes.add(other);
    }
  }
  return echoes;
}
