import { ParseError } from '../../../stories/story.ts';
import { type Label, labelOf } from './labels.ts';

/** One non-empty line of the page. */
export interface Line {
  /** White space folded, trimmed, never empty. */
  text: string;
  /** 1-based line number in the input, for provenance. */
  number: number;
  /** True where a blank line (or the page's start) stands above. */
  startsBlock: boolean;
  /** What the line announces, where it is the page's and not the story's. */
  label: Label | null;
}

/** No page of prose is longer; what comes after is cut so that every later step is bounded. */
const MAX_CHARACTERS = 2_000_000;
const MAX_LINES = 10_000;
/** A real paragraph stays far below this; a longer line is data or an attack and is cut. */
const MAX_LINE_LENGTH = 20_000;

/**
 * Splits a page into its non-empty lines with invisible characters dropped and white space folded.
 * Throws {@link ParseError} on the field "pageText" where the input is empty or binary.
 */
export function readLines(input: string): Line[] {
  const text = input.slice(0, MAX_CHARACTERS);
  if (text.trim() === '') throw new ParseError('pageText', 'The page text is empty: hand in the text of a story page.');
  if (looksBinary(text)) {
    throw new ParseError('pageText', 'The page text is binary data, not text: hand in the page as UTF-8 text.');
  }
  const lines: Line[] = [];
  let startsBlock = true;
  let number = 0;
  for (const raw of text.split(/\r\n|[\n\r\u2028\u2029\u0085]/u)) {
    number += 1;
    const folded = foldLine(raw.slice(0, MAX_LINE_LENGTH));
    if (folded === '') {
      startsBlock = true;
      continue;
    }
    const last = lines.at(-1);
    if (last !== undefined && !startsBlock && isBrokenOff(last.text, folded)) {
      last.text += /^[\p{L}\p{N}]/u.test(folded) && !last.text.endsWith('(') ? ` ${folded}` : folded;
      continue;
    }
    lines.push({ text: folded, number, startsBlock, label: null });
    startsBlock = false;
    if (lines.length === MAX_LINES) break;
  }
  for (const line of lines) line.label = labelOf(line.text);
  return lines;
}

/** Whether a sentence was broken around a footnote mark or a link: "(" at one line's end, ")." at the next one's start. */
function isBrokenOff(above: string, below: string): boolean {
  return above.length < MAX_LINE_LENGTH && (/[([]$/u.test(above) || /^[)\]](?:[.,;:]|$)|^[.,;](?:\s|$)/u.test(below));
}

/** Drops control, lone surrogate, zero-width and byte-order characters and folds all white space to single blanks. */
function foldLine(raw: string): string {
  return raw
    .replace(/[\t\u00a0]/gu, ' ')
    .replace(/[\p{Cc}\p{Cs}\u200b\u200e\u200f\u2060\ufeff\u00ad\ufffd]/gu, '')
    .replace(/\s+/gu, ' ')
    .trim();
}

/** More than a twentieth of control or replacement characters never happens in text, and always in images and archives. */
function looksBinary(text: string): boolean {
  const sample = text.slice(0, 20_000);
  const bad = sample.match(/(?![\t\n\v\f\r])[\p{Cc}\p{Cs}\ufffd]/gu);
  return (bad?.length ?? 0) > sample.length / 20;
}
