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
  precision: 'DAY' | 'MONTH' | 'YEAR';
  /** 0–100. */
  confidence: number;
  evidence: string[];
}

/** Days before publication beyond which a date in the lead is background rather than the news. */
const NEWS_REACH = 10;

/**
 * The day of the event a story reports: the first past day its headline or lead states, where that is news and not
 * history; else the day of publication. A second phrase that names the same day makes it surer.
 */
export function resolveEventDay(headline: string, sentences: string[], published: StoryTime | null): EventDay | null {
  const phrases = [headline, ...sentences].flatMap((text) => findDates(text, published));
  const today = published ? localDay(published) : undefined;
  const news = phrases.filter((phrase) => phrase.precision === 'DAY' && !phrase.future && isNews(phrase.date, today));
  const first = news[0];
  if (!first) {
    if (!today) return null;
    return { date: today, precision: 'DAY', confidence: 50, evidence: [`published on ${today}`] };
  }
  const agreeing = [...new Set(news.filter((phrase) => phrase.date === first.date).map((phrase) => phrase.text))];
  return {
    date: first.date,
    precision: 'DAY',
    confidence: Math.min(95, 65 + 10 * agreeing.length),
    evidence: agreeing.map((text) => `the text says “${text}”`),
  };
}

function isNews(date: Day, today: Day | undefined): boolean {
  if (!today) return true;
  const age = daysBetween(date, today);
  return age >= -1 && age <= NEWS_REACH;
}
