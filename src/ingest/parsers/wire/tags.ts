/** Tags as wires give them: free keywords, and each thing once. */
import type { StoryTag } from '../../../stories/story.ts';

/** A free keyword. */
export function keywordTag(name: string): StoryTag {
  return { type: 'KEYWORD', name, scheme: null, termCode: null, sameAs: [], relevance: null, confidence: null };
}

/** The tags in order, each thing once: by its code where it has one, else by type and name. */
export function uniqueTags(tags: StoryTag[]): StoryTag[] {
  const seen = new Set<string>();
  return tags.filter((tag) => {
    const key = tag.termCode ? `${tag.type} ${tag.scheme} ${tag.termCode}` : `${tag.type} ${tag.name.toLowerCase()}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
