import type { StoryTag } from '../../../stories/story.ts';
import { labelOf } from './labels.ts';
import type { Line } from './lines.ts';

export interface FoundTags {
  tags: StoryTag[];
  index: number;
}

/** The publisher's keywords out of a "TAGS: a, b, c" line at or below `from`; null where there is none. */
export function findTags(lines: readonly Line[], from: number): FoundTags | null {
  for (let index = from; index < lines.length; index += 1) {
    const text = lines[index]?.text ?? '';
    if (labelOf(text) !== 'TAGS') continue;
    const names = text
      .replace(/^[^:：-]*[:：-]\s*/u, '')
      .split(/\s*[,;|·•#、，]\s*/u)
      .filter((name) => name !== '' && name.length <= 60);
    if (names.length > 0) return { tags: [...new Set(names)].map(keyword), index };
  }
  return null;
}

function keyword(name: string): StoryTag {
  return { type: 'KEYWORD', name, scheme: null, termCode: null, sameAs: [], relevance: null, confidence: null };
}
