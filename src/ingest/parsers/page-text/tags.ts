import type { StoryTag } from '../../../stories/story.ts';
import type { Line } from './lines.ts';
import { endsSentence } from './measure.ts';

export interface FoundTags {
  tags: StoryTag[];
  index: number;
}

/** A publisher's tags are names, not sentences, and not many. */
const LONGEST_NAME = 40;
const MOST_TAGS = 25;

/** The publisher's keywords out of a "TAGS: a, b, c" line, or of the short lines below a "Tags" line; null where there is none.
 * `from` and `to` bound where to look: menus further away list the site's topics, not the story's. */
export function findTags(lines: readonly Line[], from: number, to: number): FoundTags | null {
  for (let index = from; index < Math.min(lines.length, to); index += 1) {
    const text = lines[index]?.text ?? '';
    if (lines[index]?.label !== 'TAGS') continue;
    const names = /[:：-]\s*\S/u.test(text) ? namesIn(text) : namesBelow(lines, index + 1);
    if (names.length > 0) return { tags: [...new Set(names)].slice(0, MOST_TAGS).map(keyword), index };
  }
  return null;
}

function namesIn(text: string): string[] {
  return text
    .replace(/^[^:：-]*[:：-]\s*/u, '')
    .split(/\s*[,;|·•#、，]\s*/u)
    .filter((name) => name !== '' && name.length <= LONGEST_NAME);
}

function namesBelow(lines: readonly Line[], start: number): string[] {
  const names: string[] = [];
  for (let index = start; index < lines.length && names.length < MOST_TAGS; index += 1) {
    const text = (lines[index]?.text ?? '').replace(/^#|,$/gu, '');
    if (text.length > LONGEST_NAME || lines[index]?.label != null || endsSentence(text) || text.split(' ').length > 5)
      break;
    names.push(text);
  }
  return names;
}

function keyword(name: string): StoryTag {
  return { type: 'KEYWORD', name, scheme: null, termCode: null, sameAs: [], relevance: null, confidence: null };
}
