/** Publishers' own keywords and sections → Media Topics, by the reviewed table data/keyword-aliases.txt; nothing else is matched. */
import { readFileSync } from 'node:fs';
import { type Topic, topic } from './vocabulary.ts';

// Topic by "language:label"; labels that hold in any language stand under ":label".
const ALIASES = parseAliases(readFileSync(new URL('../data/keyword-aliases.txt', import.meta.url), 'utf8'));

/**
 * What a publisher's keyword or section means; undefined where the table does not list it.
 * A label listed for the story's own language (BCP 47; "en-GB" before "en") wins over one that holds in any.
 */
export function topicForKeyword(keyword: string, language: string | null): Topic | undefined {
  const label = foldLabel(keyword);
  if (label === '') return undefined;
  const [base = ''] = (language ?? '').split('-');
  for (const scope of [language ?? '', base, '']) {
    const code = ALIASES.get(`${scope.toLowerCase()}:${label}`);
    if (code) return topic(code);
  }
  return undefined;
}

/** Throws an Error naming the line for a code that is unknown or retired, a label listed twice, or a line of no known form. */
function parseAliases(text: string): Map<string, string> {
  const aliases = new Map<string, string>();
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    const [, code = '', language = '', labels = ''] = /^(\d{8}) [^:@]+?(?: @([\w-]+))?: (.+)$/.exec(line) ?? [];
    if (topic(code)?.retired !== false) throw new Error(`Keyword aliases, line ${index + 1}: no living Media Topic.`);
    for (const label of labels.split(';')) {
      const key = `${language.toLowerCase()}:${foldLabel(label)}`;
      if (aliases.has(key) && aliases.get(key) !== code) {
        throw new Error(`Keyword aliases, line ${index + 1}: "${label.trim()}" already means ${aliases.get(key)}.`);
      }
      aliases.set(key, code);
    }
  }
  return aliases;
}

/** Case, hyphens, underscores and runs of spaces make no difference between labels. */
function foldLabel(label: string): string {
  return label
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_-]+/g, ' ')
    .trim();
}
