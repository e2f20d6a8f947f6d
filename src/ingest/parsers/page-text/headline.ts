import { comparable } from './compare.ts';
import { labelOf } from './labels.ts';
import type { Line } from './lines.ts';

export interface FoundHeadline {
  headline: string;
  /** Index of the line that shows it (the last of those that repeat it at the page's top). */
  index: number;
  /** What followed the headline in the document title: "Inquirer News"; null where there was no tail. */
  titleTail: string | null;
  /** 0–100. */
  confidence: number;
}

/** " | ", " - ", " – ", " :: ", " » " between a headline and its site's name. */
const TAIL_SEPARATOR = /\s+(?:[|–—·•»«]|-{1,2}|::?|\/{1,2})\s+|\s*[|｜]\s*/gu;
/** How far down the page a headline may repeat its title. */
const REACH = 400;

/**
 * The story's headline. A document title on the first line is split where its front stands alone further down
 * ("Headline | Site" … "Headline"); otherwise the tail is taken off where it looks like a site's name.
 */
export function findHeadline(lines: readonly Line[]): FoundHeadline | null {
  const first = lines[0];
  if (first === undefined) return null;
  return titleRepeated(lines, first.text) ?? titleAlone(lines);
}

function titleRepeated(lines: readonly Line[], title: string): FoundHeadline | null {
  const whole = comparable(title);
  const fronts = titleFronts(title);
  let best: FoundHeadline | null = null;
  for (let index = 1; index < Math.min(lines.length, REACH); index += 1) {
    const line = lines[index];
    if (line === undefined || line.text.length < 8) continue;
    const shown = comparable(line.text);
    const front = fronts.find((candidate) => comparable(candidate.front) === shown);
    if (shown !== whole && front === undefined) continue;
    // Longest match wins; of equals the first, since teasers further down repeat headlines too.
    if (best !== null && line.text.length <= best.headline.length) continue;
    const titled = front?.front ?? title;
    // Where the two differ in case only, readers see the page's; where in quotes only, the title's is the plainer.
    const headline = titled.toLowerCase() === line.text.toLowerCase() ? line.text : titled;
    best = { headline, index, titleTail: front?.tail ?? null, confidence: 95 };
  }
  return best;
}

function titleFronts(title: string): { front: string; tail: string }[] {
  const fronts = [];
  for (const match of title.matchAll(TAIL_SEPARATOR)) {
    const front = title.slice(0, match.index).trim();
    const tail = title.slice(match.index + match[0].length).trim();
    if (front !== '' && tail !== '') fronts.push({ front, tail });
  }
  return fronts.reverse();
}

function titleAlone(lines: readonly Line[]): FoundHeadline | null {
  const index = lines.slice(0, 10).findIndex((line) => isHeadlineLike(line.text));
  const line = lines[index];
  if (line === undefined) return null;
  const last = titleFronts(line.text)[0];
  if (last !== undefined && index === 0 && last.tail.split(' ').length <= 4 && last.front.length > last.tail.length) {
    return { headline: last.front, index, titleTail: last.tail, confidence: 70 };
  }
  return { headline: line.text, index, titleTail: null, confidence: 60 };
}

function isHeadlineLike(text: string): boolean {
  return text.length >= 8 && text.length <= 300 && /\p{L}/u.test(text) && labelOf(text) === null;
}
