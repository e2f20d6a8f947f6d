import type { Story } from '../stories/story.ts';
import type { StoryTagDraft } from './tags.ts';

/** Every tag of a story: what its publisher says, and what stands in its text. */
export function storyTags(story: Story): StoryTagDraft[] {
  return story.tags.map((tag) => ({ ...tag, aliases: [], creator: 'PUBLISHER', mentions: null }));
}
