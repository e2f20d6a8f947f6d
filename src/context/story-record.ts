import type { Story } from '../stories/story.ts';
import type { Day } from './calendar.ts';
import { resolveEventDay } from './event-dates.ts';
import { readLead } from './lead.ts';
import type { StoryName } from './story-name.ts';
import { heaviest, STORY_TERMS, type TermStatistics, type TermWeights, weighTerms } from './terms.ts';

/** What context needs of a story: small enough to be kept beside it. */
export interface StoryRecord {
  id: string;
  headline: string;
  /** The heaviest terms of headline, lead and body. */
  terms: TermWeights;
  /** The day its event happened, as far as one story tells. */
  day: Day | null;
  names: StoryName[];
}

/** Every term of a story: what the running table of term statistics counts, before the record is made. */
export function storyTerms(story: Story): TermWeights {
  const lead = story.abstract ?? readLead(story).sentences.slice(0, 2).join(' ');
  return weighTerms({ headline: story.headline, lead, body: story.bodyText });
}

/** Makes the record from a story's terms once these are counted. */
export function makeRecord(
  id: string,
  story: Story,
  names: StoryName[],
  terms: TermWeights,
  statistics: TermStatistics,
): StoryRecord {
  const { sentences } = readLead(story);
  return {
    id,
    headline: story.headline,
    terms: heaviest(terms, STORY_TERMS, statistics),
    day: resolveEventDay(story.headline, sentences, story.datePublished)?.date ?? null,
    names,
  };
}
