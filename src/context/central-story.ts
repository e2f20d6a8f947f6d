import { type EventState, termSum } from './event-state.ts';
import { meanSimilarity } from './score.ts';
import type { StoryRecord } from './story-record.ts';
import type { TermStatistics } from './terms.ts';

/**
 * The story that has most in common with all stories of the event: the one to describe the event by, see
 * describe-event.ts. Of equal ones the first given; undefined for no stories.
 */
export function centralStory(
  stories: StoryRecord[],
  event: EventState,
  statistics: TermStatistics,
): StoryRecord | undefined {
  let central: { story: StoryRecord; alike: number } | undefined;
  for (const story of stories) {
    const alike = meanSimilarity(story.terms, termSum(event), statistics);
    if (!central || alike > central.alike) central = { story, alike };
  }
  return central?.story;
}
