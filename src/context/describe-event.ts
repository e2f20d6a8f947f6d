import type { Story } from '../stories/story.ts';
import { resolveEventDay } from './event-dates.ts';
import { nameEvent } from './event-name.ts';
import { resolveEventPlace } from './event-place.ts';
import { readLead } from './lead.ts';
import type { StoryName } from './story-name.ts';

/** A day, month or year; `date` is its first day, `YYYY-MM-DD`, in the zone of the story's source. */
export interface EventDate {
  date: string;
  precision: 'DAY' | 'MONTH' | 'YEAR';
}

/** The event as one story tells it. */
export interface EventDescription {
  name: string;
  summary: string | null;
  startDate: EventDate | null;
  endDate: EventDate | null;
  place: string | null;
  /** Who took part, those of the event's name first, then by prominence. */
  participants: string[];
  /** 0–100. */
  confidence: number;
  /** Readable reasons for name, date and place, quoting the story. */
  evidence: string[];
}

const MAX_PARTICIPANTS = 8;

/** Describes the event a story reports; null where the story has no words at all. */
export function describeEvent(story: Story, names: StoryName[]): EventDescription | null {
  if (!/\p{L}/u.test(story.headline)) return null;
  const lead = readLead(story);
  const name = nameEvent(story.headline, story.bodyText);
  const day = resolveEventDay(story.headline, lead.sentences, story.datePublished);
  const place = resolveEventPlace(lead, names);
  const evidence = [
    ...(name.evidence ? [`name: the text says “${name.evidence}”`] : []),
    ...(day?.evidence ?? []).map((reason) => `date: ${reason}`),
    ...(place?.evidence ?? []).map((reason) => `place: ${reason}`),
  ];
  return {
    name: name.name,
    summary: lead.sentences[0] ?? null,
    startDate: day && { date: day.date, precision: day.precision },
    endDate: null,
    place: place?.place ?? null,
    participants: findParticipants(name.name, names, name.parties),
    confidence: Math.round(((day?.confidence ?? 0) + (place?.confidence ?? 0)) / 2),
    evidence,
  };
}

/** The parties the event's name was made from, a country the headline begins with, then people and organisations. */
function findParticipants(headline: string, names: StoryName[], parties: string[]): string[] {
  const byRelevance = [...names].sort((a, b) => b.relevance - a.relevance);
  const subject = byRelevance.filter((name) => name.type === 'PLACE' && headline.startsWith(`${name.name} `));
  const actors = byRelevance.filter((name) => name.type !== 'PLACE');
  const all = [...subject.map((name) => name.name), ...parties, ...actors.map((name) => name.name)];
  return [...new Set(all.map((name) => name.replaceAll('’', "'")))].slice(0, MAX_PARTICIPANTS);
}
