import type { UserError } from '../errors.ts';
import { type ParseContext, type ParsedItem, ParseError, type Parser } from '../stories/story.ts';
import { parsePageText } from './parsers/page-text.ts';

/** Every format there is; a new one is one parser file and one line here. */
const PARSERS = {
  PAGE_TEXT: parsePageText,
} satisfies Record<string, Parser>;

export type InputFormat = keyof typeof PARSERS;
export const INPUT_FORMATS = Object.keys(PARSERS) as InputFormat[];

/** GraphQL's name for each format's field in `IngestSourceInput`. */
export const FORMAT_FIELDS: Record<InputFormat, string> = { PAGE_TEXT: 'pageText' };

/** Characters of one input; more than any story has, little enough to be parsed in bounded time and memory. */
const LONGEST_INPUT = 20_000_000;

/** Reads an input; what is wrong with it comes back as an error that names the field, never as an exception. */
export function parse(
  format: InputFormat,
  content: string,
  context: ParseContext,
): { items: ParsedItem[]; error: UserError | null } {
  const field = FORMAT_FIELDS[format];
  const reject = (code: string, message: string, ...at: string[]) => ({
    items: [],
    error: { code, path: ['input', 'source', field, ...at], message },
  });
  if (content.trim() === '') return reject('EMPTY', `${field} is empty; hand in the text of a story.`);
  if (content.length > LONGEST_INPUT)
    return reject('TOO_LARGE', `${field} has ${content.length} characters; the most is ${LONGEST_INPUT}.`);
  try {
    return { items: PARSERS[format](content, context), error: null };
  } catch (error) {
    if (error instanceof ParseError) return reject('UNREADABLE', error.message, error.field);
    throw error;
  }
}
