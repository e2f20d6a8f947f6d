/** Plain text as wires send it: white space, escapes and double encoding put right, blocks told apart. */
import { decodeEntities, dropForbiddenCharacters } from './xml.ts';

/** Windows-1252's characters for the bytes 0x80–0x9F, where it differs from Latin-1. */
const WINDOWS_1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';
const CONTINUATION = `[\\u00a0-\\u00bf${WINDOWS_1252}]`;
const DOUBLY_ENCODED = new RegExp(
  `[\\u00c2-\\u00df]${CONTINUATION}|[\\u00e0-\\u00ef]${CONTINUATION}{2}|[\\u00f0-\\u00f4]${CONTINUATION}{3}`,
  'gu',
);
/** Inline tags that agencies leave in texts meant to be plain. */
const INLINE_TAG = /<\/?(?:a|b|em|font|i|span|strong|sub|sup|u)(?:\s[^<>]{0,500})?>/giu;
const strictUtf8 = new TextDecoder('utf-8', { fatal: true });

/** Puts right UTF-8 that was read as Windows-1252 on its way ("worldâ€™s" → "world’s"); other text stays as it is. */
export function repairMojibake(text: string): string {
  return text.replace(DOUBLY_ENCODED, (run) => {
    const bytes = Array.from(run, (character) => {
      const high = WINDOWS_1252.indexOf(character);
      return high >= 0 ? 0x80 + high : character.charCodeAt(0);
    });
    try {
      return strictUtf8.decode(Uint8Array.from(bytes));
    } catch {
      return run;
    }
  });
}

/** Every run of white space as one space. Single spaces, which are most, are left alone: that is ten times as fast. */
export function foldSpace(text: string): string {
  return text.replace(/[^\S ]\s*| \s+/gu, ' ');
}

/** One line of plain text, or null when nothing is left: tags, entities, escapes of quotes and runs of space folded. */
export function oneLine(value: unknown): string | null {
  if (typeof value !== 'string' && typeof value !== 'number') return null;
  const text = repairMojibake(dropForbiddenCharacters(decodeEntities(String(value))))
    .replace(/<\/?[a-z][^<>]{0,500}>/giu, ' ')
    .replace(/\\(["'])/gu, '$1');
  const line = foldSpace(text).trim();
  return line === '' ? null : line;
}

/**
 * Blocks of a text without mark-up. Blank lines part paragraphs; without them an indented line starts one
 * (the old wire convention); else each line is a block where lines are long, and the whole is one where it is wrapped.
 */
export function splitBlocks(text: string): string[] {
  const lines = repairMojibake(dropForbiddenCharacters(decodeEntities(text)))
    .replace(INLINE_TAG, '')
    .replace(/\r\n?/gu, '\n')
    .replace(/\\(["'])/gu, '$1')
    .split('\n');
  const filled = lines.filter((line) => line.trim() !== '');
  const indents = filled.slice(1).map((line) => line.length - line.trimStart().length);
  const margin = indents.reduce((least, indent) => Math.min(least, indent), Number.POSITIVE_INFINITY);
  const indented = indents.filter((indent) => indent >= margin + 2).length;
  const byIndent = indented > 0 && indented < indents.length;
  const hasBlank = lines.some((line, index) => line.trim() === '' && index > 0 && index < lines.length - 1);
  const longest = filled.reduce((most, line) => Math.max(most, line.trim().length), 0);
  const byLine = !byIndent && !hasBlank && longest > 100;
  const blocks: string[] = [];
  let current: string[] = [];
  const flush = () => {
    const block = foldSpace(current.join(' ')).trim();
    if (block !== '') blocks.push(block);
    current = [];
  };
  for (const line of lines) {
    const starts =
      byLine || (byIndent && line.length - line.trimStart().length >= margin + 2) || /^\s*[*•] /u.test(line);
    if (line.trim() === '' || starts) flush();
    current.push(line);
  }
  flush();
  return blocks;
}

/** The text's first sentence, at most 140 characters (then cut at a word, with "…"); null for empty text. */
export function firstSentence(text: string): string | null {
  const start = oneLine(text.slice(0, 2000));
  if (!start) return null;
  const [first] = new Intl.Segmenter(undefined, { granularity: 'sentence' }).segment(start);
  const sentence = (first?.segment ?? start).trim();
  if (sentence.length <= 140) return sentence;
  return `${sentence.slice(0, 139).replace(/\s+\S*$/u, '')}…`;
}
