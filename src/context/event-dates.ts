import { en } from 'chrono-node';
import type { StoryTime } from '../stories/story.ts';
import { addDays, type Day, dayFrom, daysBetween, localDay, localHour, weekdayOf } from './calendar.ts';

/** One date a text states. */
export interface DatedPhrase {
  date: Day;
  precision: 'DAY' | 'MONTH' | 'YEAR';
  /** The words: "February 22", "Tuesday". */
  text: string;
  /** Offset of the words in the text. */
  at: number;
  /** How it was said: a calendar date, a bare weekday, or relative to today. */
  kind: 'CALENDAR' | 'WEEKDAY' | 'RELATIVE';
  /** The clause speaks of what is still to come. */
  future: boolean;
}

const MONTH =
  '(?:January|February|March|April|May|June|July|August|September|October|November|December|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\\b\\.?)';
const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
/**
 * What may be a date at all. chrono is asked only about these words, so that "may", "24/7", "10/11" and
 * "the second" never reach it. Months count with a capital only, and with a day or a year beside them.
 */
const PHRASES: { kind: DatedPhrase['kind']; pattern: string }[] = [
  { kind: 'CALENDAR', pattern: '\\b\\d{4}-\\d{2}-\\d{2}(?!\\d)' },
  { kind: 'CALENDAR', pattern: `\\b${MONTH} \\d{1,2}(?:st|nd|rd|th)?(?!\\d|:| ?%)(?:,? (?:19|20)\\d{2}\\b)?` },
  { kind: 'CALENDAR', pattern: `\\b\\d{1,2}(?:st|nd|rd|th)?(?: of)? ${MONTH}(?:,? (?:19|20)\\d{2}\\b)?` },
  { kind: 'CALENDAR', pattern: `\\b${MONTH},? (?:of )?(?:19|20)\\d{2}\\b` },
  { kind: 'WEEKDAY', pattern: `\\b(?:${WEEKDAYS.join('|')})\\b(?!['’]s)` },
  {
    kind: 'RELATIVE',
    pattern: '\\b(?:yesterday|today|tonight|last night|this (?:morning|afternoon|evening)|tomorrow)\\b',
  },
];
const ANY_PHRASE = new RegExp(PHRASES.map(({ pattern }, index) => `(?<p${index}>${pattern})`).join('|'), 'gu');
const FUTURE =
  /\b(?:will|won['’]t|shall|is (?:set|due|expected|scheduled) (?:to|for)|are (?:set|due|expected|scheduled) (?:to|for)|to be held|next|coming|upcoming|ahead of|plans? to|until|by)\b/i;

/** Every date in `text`, in order, resolved against the day the story was published. */
export function findDates(text: string, published: StoryTime | null): DatedPhrase[] {
  const found: DatedPhrase[] = [];
  for (const match of text.matchAll(ANY_PHRASE)) {
    const kind = PHRASES.find((_, index) => match.groups?.[`p${index}`] !== undefined)?.kind ?? 'RELATIVE';
    const future = isFuture(text, match.index, match[0].length);
    const resolved = resolvePhrase(match[0], kind, future, published);
    if (resolved) found.push({ ...resolved, text: match[0], at: match.index, kind, future });
  }
  return found;
}

function resolvePhrase(
  phrase: string,
  kind: DatedPhrase['kind'],
  future: boolean,
  published: StoryTime | null,
): Pick<DatedPhrase, 'date' | 'precision'> | undefined {
  if (kind === 'CALENDAR') return resolveCalendar(phrase, future, published);
  if (!published) return undefined;
  if (kind === 'WEEKDAY')
    return { date: resolveWeekday(WEEKDAYS.indexOf(phrase), future, published), precision: 'DAY' };
  const shift = /yesterday|last night/.test(phrase) ? -1 : phrase === 'tomorrow' ? 1 : 0;
  return { date: addDays(localDay(published), shift), precision: 'DAY' };
}

/**
 * A bare weekday is the latest past one, today included, unless the clause is about the future. Where no zone is
 * known and it is already late by UTC, tomorrow's weekday is today's further east.
 */
function resolveWeekday(weekday: number, future: boolean, published: StoryTime): Day {
  const today = localDay(published);
  const back = (weekdayOf(today) - weekday + 7) % 7;
  if (future) return addDays(today, (7 - back) % 7 || 7);
  if (back === 6 && published.zone === null && localHour(published) >= 14) return addDays(today, 1);
  return addDays(today, -back);
}

function resolveCalendar(
  phrase: string,
  future: boolean,
  published: StoryTime | null,
): Pick<DatedPhrase, 'date' | 'precision'> | undefined {
  const today = published ? localDay(published) : undefined;
  const reference = { instant: new Date(`${today ?? '2000-01-01'}T12:00:00Z`), timezone: 0 };
  const start = en.casual.parse(phrase, reference)[0]?.start;
  const year = start?.get('year');
  const month = start?.get('month');
  if (!start || !year || !month) return undefined;
  const precision = start.isCertain('day') ? 'DAY' : 'MONTH';
  const day = start.get('day') ?? 1;
  if (start.isCertain('year')) return dated(dayFrom(year, month, day), precision);
  if (!today) return undefined;
  // Without a year: the nearest such day, but news does not look more than a month ahead.
  const years = [year - 1, year, year + 1]
    .map((candidate) => dayFrom(candidate, month, day))
    .filter((date) => date !== undefined);
  const ahead = future ? 330 : 31;
  return dated(years.filter((date) => daysBetween(today, date) <= ahead).at(-1), precision);
}

function dated(date: Day | undefined, precision: DatedPhrase['precision']) {
  return date === undefined ? undefined : { date, precision };
}

/** Looks for signs of the future in the clause around the phrase. */
function isFuture(text: string, at: number, length: number): boolean {
  const before =
    text
      .slice(Math.max(0, at - 60), at)
      .split(/[.;:,()"“”]/)
      .at(-1) ?? '';
  const after = text.slice(at + length, at + length + 25).split(/[.;:,()"“”]/, 1)[0] ?? '';
  return FUTURE.test(before) || /^ (?:will|when .* will)\b/.test(after);
}

/** When the event of a story happened, and why we think so. */
export interface EventDay {
  date: Day;
  precision: 'DAY';
  /** 0–100. */
  confidence: number;
  evidence: string[];
}

/** Days before publication beyond which a date in the lead is background rather than the news. */
const NEWS_REACH = 10;
/** Support for the day of publication, against 1 for a day that the headline states. */
const PUBLISHED_SUPPORT = 0.1;
/** Days after which a stated day counts for about a third: the news is mostly new. */
const AGE_SCALE = 8;

/**
 * The day of the event a story reports. Every past day that headline and lead state supports itself, the earlier in
 * the text and the closer to publication the more; the day of publication stands in where nothing better is said.
 */
export function resolveEventDay(headline: string, sentences: string[], published: StoryTime | null): EventDay | null {
  const today = published ? localDay(published) : undefined;
  const support = new Map<Day, { weight: number; evidence: string[] }>();
  if (today) support.set(today, { weight: PUBLISHED_SUPPORT, evidence: [] });
  [headline, ...sentences].forEach((text, index) => {
    for (const phrase of findDates(text, published)) {
      if (phrase.precision !== 'DAY' || phrase.future || !isNews(phrase.date, today) || isTweetStamp(text, phrase))
        continue;
      const age = today ? Math.abs(daysBetween(phrase.date, today)) : 0;
      const entry = support.get(phrase.date) ?? { weight: 0, evidence: [] };
      entry.weight += Math.exp(-age / AGE_SCALE) / (1 + index / 2);
      entry.evidence.push(phrase.text);
      support.set(phrase.date, entry);
    }
  });
  const ranked = [...support].sort(([dayA, a], [dayB, b]) => b.weight - a.weight || (dayA < dayB ? -1 : 1));
  const best = ranked[0];
  if (!best) return null;
  const [date, { weight, evidence }] = best;
  const rival = ranked[1]?.[1].weight ?? 0;
  if (evidence.length === 0) return { date, precision: 'DAY', confidence: 15, evidence: [`published on ${date}`] };
  return {
    date,
    precision: 'DAY',
    confidence: Math.round(50 + (45 * (weight - rival)) / weight),
    evidence: [...new Set(evidence)].map((text) => `the text says “${text}”`),
  };
}

function isNews(date: Day, today: Day | undefined): boolean {
  if (!today) return true;
  const age = daysBetween(date, today);
  return age >= -1 && age <= NEWS_REACH;
}

/** "— Alana (@alana) October 29, 2016": when somebody wrote, not when it happened. */
function isTweetStamp(text: string, phrase: DatedPhrase): boolean {
  return /\(@\w{1,30}\)\s*$/.test(text.slice(Math.max(0, phrase.at - 40), phrase.at));
}
