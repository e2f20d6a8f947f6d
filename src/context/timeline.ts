import type { StoryTime } from '../stories/story.ts';
import type { Day } from './calendar.ts';
import { findDates } from './event-dates.ts';
import { similarity } from './score.ts';
import { type TermStatistics, type TermWeights, tokenise } from './terms.ts';

/** A statement that a story puts a date to. */
export interface TimelineEntry {
  date: Day;
  precision: 'DAY' | 'MONTH' | 'YEAR';
  /** The sentence, as printed. */
  text: string;
  /** The words that gave the date: "on February 22". */
  phrase: string;
  /** What the statement cites. */
  article: string;
  revision: number;
}

/** One story as the timeline reads it. */
export interface TimelineStory {
  article: string;
  revision: number;
  /** Its sentences in order. */
  sentences: string[];
  published: StoryTime | null;
}

/** Two statements on one day with so much in common say the same. */
const SAME_STATEMENT = 0.5;
/** Shorter sentences ("Updated Tuesday.") state nothing; longer ones are several run together. */
const SENTENCE_LENGTH = { least: 30, most: 400 };
const MAX_ENTRIES = 100;

/** The dated statements of one story, in text order; what is still to come is left out. */
export function datedStatements(story: TimelineStory): TimelineEntry[] {
  return story.sentences.flatMap((text) => {
    if (text.length < SENTENCE_LENGTH.least || text.length > SENTENCE_LENGTH.most) return [];
    const phrase = findDates(text, story.published).find((candidate) => !candidate.future);
    if (!phrase) return [];
    const { date, precision } = phrase;
    return [{ date, precision, text, phrase: phrase.text, article: story.article, revision: story.revision }];
  });
}

/**
 * The timeline of an event: the dated statements of its stories by day. Of statements that say the same the one of
 * the story given first stands. The same whatever came together: stories have to be given in order of publication.
 */
export function buildTimeline(stories: TimelineStory[], statistics: TermStatistics): TimelineEntry[] {
  const kept: { entry: TimelineEntry; terms: TermWeights }[] = [];
  for (const entry of stories.flatMap(datedStatements)) {
    if (kept.length >= MAX_ENTRIES) break;
    const terms = new Map(tokenise(entry.text).map((term) => [term, 1]));
    const said = kept.some(
      (other) => other.entry.date === entry.date && similarity(other.terms, terms, statistics) >= SAME_STATEMENT,
    );
    if (!said) kept.push({ entry, terms });
  }
  return kept.map(({ entry }) => entry).sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
}
