import { comparable, words } from './compare.ts';
import type { Line } from './lines.ts';

export interface FoundHeadline {
  headline: string;
  /** Indices of the lines that show it, in page order; the title's own where the page does not repeat it. */
  indices: number[];
  /** What followed the headline in the document title: "Inquirer News"; null where there was no tail. */
  titleTail: string | null;
  /** 0–100. */
  confidence: number;
}

/** " | ", " - ", " – ", " :: ", " » " between a headline and its site's name. */
const TAIL_SEPARATOR = /\s+(?:[|–—·•»«]|-{1,2}|::?|\/{1,2})\s+|\s*[|｜]\s*/gu;
/** How far down the page a headline may repeat its title; menus of hundreds of lines do occur. */
const REACH = 600;
/** Share of words a displayed headline has in common with a title written for search engines. */
const SIMILAR = 0.5;

/**
 * The story's headline. The first line of a page is mostly its document title: where the title, or its front
 * ("Headline | Site"), stands again further down, that is the headline; else a line in nearly the same words; else
 * the title without what looks like a site's name.
 */
export function findHeadline(lines: readonly Line[]): FoundHeadline | null {
  const title = lines[0]?.text;
  if (title === undefined) return null;
  const fronts = titleFronts(title);
  for (const { front, tail } of [...fronts, { front: title, tail: null }]) {
    const indices = linesReading(lines, front);
    const shown = lines[indices[0] ?? -1]?.text;
    if (shown !== undefined) return { ...split(asPrinted(shown, front), tail), indices, confidence: 95 };
  }
  return similarLine(lines, fronts.at(-1)?.front ?? title, fronts.at(-1)?.tail ?? null) ?? titleAlone(lines);
}

/** Readers see the page's printing; where title and page differ in quotes only, the title's is the plainer. */
function asPrinted(shown: string, titled: string): string {
  return shown.replace(/[‘’]/gu, "'").replace(/[“”]/gu, '"') === titled ? titled : shown;
}

/** Front and tail at every separator, the longest front first. */
function titleFronts(title: string): { front: string; tail: string }[] {
  const fronts = [];
  for (const match of title.slice(0, 500).matchAll(TAIL_SEPARATOR)) {
    const front = title.slice(0, match.index).trim();
    const tail = title.slice(match.index + match[0].length).trim();
    if (front.length >= 8 && tail !== '') fronts.push({ front, tail });
  }
  return fronts.reverse();
}

function linesReading(lines: readonly Line[], text: string): number[] {
  const wanted = comparable(text);
  const indices = [];
  for (let index = 1; index < Math.min(lines.length, REACH); index += 1) {
    const shown = lines[index]?.text ?? '';
    if (Math.abs(shown.length - text.length) < 10 && text.length >= 8 && comparable(shown) === wanted)
      indices.push(index);
  }
  return indices;
}

/** Takes a short last part off a title that the page repeats as a whole. */
function split(headline: string, tail: string | null): Pick<FoundHeadline, 'headline' | 'titleTail'> {
  const last = titleFronts(headline)[0];
  if (tail !== null || last === undefined || !isSiteNameLike(last.tail, last.front))
    return { headline, titleTail: tail };
  return { headline: last.front, titleTail: last.tail };
}

function isSiteNameLike(tail: string, front: string): boolean {
  return tail.split(' ').length <= 4 && front.split(' ').length >= 4 && /^[\p{Lu}\p{Lo}\d]/u.test(tail);
}

function similarLine(lines: readonly Line[], title: string, tail: string | null): FoundHeadline | null {
  const wanted = new Set(words(title));
  let best: FoundHeadline | null = null;
  let bestShare = SIMILAR;
  for (let index = 1; index < Math.min(lines.length, REACH); index += 1) {
    const text = lines[index]?.text ?? '';
    if (text.length < 15 || text.length > 250 || lines[index]?.label != null) continue;
    const has = new Set(words(text));
    let common = 0;
    for (const word of has) if (wanted.has(word)) common += 1;
    const share = common / (has.size + wanted.size - common);
    if (share > bestShare) {
      bestShare = share;
      best = { headline: text, indices: [index], titleTail: tail, confidence: 75 };
    }
  }
  return best;
}

function titleAlone(lines: readonly Line[]): FoundHeadline | null {
  const index = lines.slice(0, 10).findIndex((line) => isHeadlineLike(line));
  const line = lines[index];
  if (line === undefined) return null;
  return { ...split(line.text, null), indices: [index], confidence: 60 };
}

function isHeadlineLike({ text, label }: Line): boolean {
  return text.length >= 8 && text.length <= 300 && /\p{L}/u.test(text) && label === null;
}

/**
 * A headline for readers that shares words with the title for search engines: looked for only where the page does
 * not repeat its title, above the body found meanwhile. Null where no line there shares two telling words with it.
 */
export function headlineAbove(
  lines: readonly Line[],
  title: string,
  bodyStart: number,
  isOther: (index: number) => boolean,
): number | null {
  const telling = (text: string) => new Set(words(text).filter((word) => word.length >= 4));
  const wanted = telling(title);
  let best: number | null = null;
  let most = 1;
  for (let index = bodyStart - 1; index >= Math.max(1, bodyStart - 25); index -= 1) {
    const text = lines[index]?.text ?? '';
    const count = text.split(' ').length;
    if (count < 3 || count > 25 || isOther(index) || /[.…]$/u.test(text) || lines[index]?.label != null) continue;
    const common = [...telling(text)].filter((word) => wanted.has(word)).length;
    if (common > most) {
      most = common;
      best = index;
    }
  }
  return best;
}
