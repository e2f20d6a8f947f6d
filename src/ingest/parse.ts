import type { UserError } from '../errors.ts';
import { type ParseContext, type ParsedItem, ParseError, type Parser } from '../stories/story.ts';
import { detectFormat, type InputFormat } from './detect.ts';
import { parseFeed } from './parsers/feed.ts';
import { parseHtml } from './parsers/html.ts';
import { parseJsonLd } from './parsers/json-ld.ts';
import { parseNewsml1 } from './parsers/newsml-1.ts';
import { parseNewsmlG2 } from './parsers/newsml-g2.ts';
import { parseNinjs } from './parsers/ninjs.ts';
import { parseNitf } from './parsers/nitf.ts';
import { parsePageText } from './parsers/page-text.ts';
import { parseStructured } from './parsers/structured.ts';

/** Every format there is; a new one is one parser file, its marks in detect.ts, and one line here. */
const PARSERS: Record<InputFormat, Parser> = {
  PAGE_TEXT: parsePageText,
  HTML: parseHtml,
  NINJS: parseNinjs,
  NEWSML_G2: parseNewsmlG2,
  NITF: parseNitf,
  NEWSML_1: parseNewsml1,
  FEED: parseFeed,
  JSON_LD: parseJsonLd,
  STRUCTURED: parseStructured,
};

/** Characters of one input; more than any story has, little enough to be parsed in bounded time and memory. */
export const LONGEST_INPUT = 20_000_000;

/** What was read out of an input, or why nothing was. */
export interface Reading {
  format: InputFormat;
  items: ParsedItem[];
  error: UserError | null;
}

/**
 * Reads an input; what is wrong with it comes back as an error that names the field, never as an exception. `format`
 * null: by the input's own marks. `path` is where the input stands in the request.
 */
export function parse(format: InputFormat | null, content: string, path: string[], context: ParseContext): Reading {
  const known = format ?? detectFormat(content);
  const field = path.at(-1) ?? 'input';
  const reject = (code: string, message: string, at: string[] = []): Reading => ({
    format: known,
    items: [],
    error: { code, path: [...path, ...at], message },
  });
  if (content.trim() === '') return reject('EMPTY', `${field} is empty; hand in the text of a story.`);
  if (content.length > LONGEST_INPUT)
    return reject('TOO_LARGE', `${field} has ${content.length} characters; the most is ${LONGEST_INPUT}.`);
  try {
    const items = PARSERS[known](content, context);
    return items.length > 0 ? { format: known, items, error: null } : reject('EMPTY', `There is no story in ${field}.`);
  } catch (error) {
    if (error instanceof ParseError)
      return reject('UNREADABLE', error.message, error.field === field ? [] : [error.field]);
    throw error;
  }
}
