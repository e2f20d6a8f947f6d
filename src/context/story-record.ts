import type { Story } from '../stories/story.ts';
import type { Day } from './calendar.ts';
import { type EventDay, resolveEventDay } from './event-dates.ts';
import { resolveEventPlace } from './event-place.ts';
import { type Lead, readLead } from './lead.ts';
import type { StoryName } from './story-name.ts';
import { heaviest, STORY_TERMS, type StoryTerms, type TermStatistics, type TermWeights, weighTerms } from './terms.ts';

/** What context needs of a story: small enough to be kept beside it. */
export interface StoryRecord {
  id: string;
  headline: string;
  /** The heaviest terms of headline, lead and body. */
  terms: TermWeights;
  /** The terms of headline and lead. */
  leadTerms: TermWeights;
  /** The day its event happened, as far as one story tells. */
  day: Day | null;
  /** How well the story supports that day, 0–100; low where it is only the day of publication. */
  dayConfidence: number;
  /** The place of its event, as far as one story tells. */
  place: string | null;
  /** The place as the story writes it. */
  placePrinted: string | null;
  /** 0–100. */
  placeConfidence: number;
  names: StoryName[];
}

/** A story read once: its lead, every term and the day of its event. Needs no statistics. */
export interface StoryReading {
  lead: Lead;
  terms: StoryTerms;
  day: EventDay | null;
}

/** Reads a story; its `terms.all` is what the running table of term statistics counts, before the record is made. */
export function readStory(story: Story): StoryReading {
  const lead = readLead(story);
  const text = {
    headline: story.headline,
    lead: story.abstract ?? lead.sentences.slice(0, 2).join(' '),
    body: story.bodyText,
  };
  return { lead, terms: weighTerms(text), day: resolveEventDay(story.headline, lead.sentences, story.datePublished) };
}

/** Makes the record from the reading, once its terms are counted. */
export function makeRecord(
  id: string,
  headline: string,
  reading: StoryReading,
  names: StoryName[],
  statistics: TermStatistics,
): StoryRecord {
  const place = resolveEventPlace(reading.lead, names);
  return {
    id,
    headline,
    terms: heaviest(reading.terms.all, STORY_TERMS, statistics),
    leadTerms: heaviest(reading.terms.lead, STORY_TERMS, statistics),
    day: reading.day?.date ?? null,
    dayConfidence: reading.day?.confidence ?? 0,
    place: place?.place ?? null,
    placePrinted: place?.printed ?? null,
    placeConfidence: place?.confidence ?? 0,
    names,
  };
}
