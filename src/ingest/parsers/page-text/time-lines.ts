import * as chrono from 'chrono-node';
import type { StoryTime } from '../../../stories/story.ts';
import { ungluedDate } from './date-lines.ts';
import { statedZone } from './stated-zone.ts';
import { dayIn, instantOf, isZone, type WallTime } from './zone.ts';

/** What is needed to read a time as its publisher meant it. */
export interface TimeReading {
  /** When the page was handed in: resolves "3 hours ago" and bounds what is believed. */
  receivedAt: Date;
  /** Zone of times that state none; null reads them as UTC. */
  timeZone: string | null;
  /** BCP 47, chooses the month names tried first; null where unknown. */
  language: string | null;
  /** Whether 3/4/2022 is March 4th (true) or April 3rd. */
  monthFirst: boolean;
}

/** The web's first pages; an earlier date on a page is a placeholder such as year 0001 or 1970. */
const EARLIEST = Date.UTC(1990, 0, 1);
const DAY = 86_400_000;

type Chrono = { parse: typeof chrono.parse };
const MONTHS_BY_LANGUAGE: Record<string, Chrono> = {
  en: chrono.en.strict,
  de: chrono.de.strict,
  fr: chrono.fr.strict,
  es: chrono.es.strict,
  it: chrono.it.strict,
  pt: chrono.pt.strict,
  nl: chrono.nl.strict,
  id: chrono.id.strict,
  sv: chrono.sv.strict,
  ru: chrono.ru.strict,
  uk: chrono.uk.strict,
  ja: chrono.ja.strict,
  zh: chrono.zh.strict,
};

/** The instant a date line states, or null where the line states none that can be believed. */
export function readTime(text: string, reading: TimeReading): StoryTime | null {
  if (text.length > 200) return null;
  const line = ungluedDate(text.normalize('NFKC'));
  const time =
    readIso(line, reading) ?? readAgo(line, reading) ?? readNumeric(line, reading) ?? readNamed(line, reading);
  return time !== null && isBelievable(time, reading) ? time : null;
}

function isBelievable(time: StoryTime, { receivedAt }: TimeReading): boolean {
  const instant = time.instant.getTime();
  // Two days of grace: clocks and zones are wrong by hours, never by more.
  return instant >= EARLIEST && instant <= receivedAt.getTime() + 2 * DAY;
}

const ISO =
  /\b((?:19|20)\d\d)-(\d\d)-(\d\d)(?:(?:T|\s+(?:at\s+)?)(\d\d?):(\d\d)(?::(\d\d)(?:\.\d+)?)?\s*(Z|UTC|GMT|[+-]\d\d:?\d\d)?)?/u;

function readIso(text: string, reading: TimeReading): StoryTime | null {
  const match = ISO.exec(text);
  if (match === null) return null;
  const [, year, month, day, hour, minute, second, zone] = match;
  return storyTime(
    {
      year: Number(year),
      month: Number(month),
      day: Number(day),
      hour: Number(hour ?? 0),
      minute: Number(minute ?? 0),
      second: Number(second ?? 0),
    },
    hour !== undefined,
    zone === undefined ? reading.timeZone : normalOffset(zone),
  );
}

function normalOffset(zone: string): string {
  return /^[+-]/u.test(zone) ? `${zone.slice(0, 3)}:${zone.slice(-2)}` : '+00:00';
}

const AGO_UNITS: ReadonlyArray<readonly [RegExp, number]> = [
  [
    /\b(\d{1,3}) ?min(?:ute)?s? ago\b|\bvor (\d{1,3}) minuten?\b|\bhace (\d{1,3}) minutos?\b|\bil y a (\d{1,3}) min(?:utes?)?\b|\bhá (\d{1,3}) minutos?\b|\b(\d{1,3}) minut[io] fa\b|\b(\d{1,3}) minuten? geleden\b/iu,
    60_000,
  ],
  [
    /\b(\d{1,3}) ?h(?:(?:ou)?rs?)? ago\b|\bvor (\d{1,3}) stunden?\b|\bhace (\d{1,3}) horas?\b|\bil y a (\d{1,3}) h(?:eures?)?\b|\bhá (\d{1,3}) horas?\b|\b(\d{1,3}) or[ae] fa\b|\b(\d{1,3}) uur geleden\b/iu,
    3_600_000,
  ],
  [
    /\b(\d{1,3}) ?d(?:ays?)? ago\b|\bvor (\d{1,3}) tag(?:en)?\b|\bhace (\d{1,3}) días?\b|\bil y a (\d{1,3}) j(?:ours?)?\b|\bhá (\d{1,3}) dias?\b|\b(\d{1,3}) giorn[io] fa\b|\b(\d{1,3}) dagen? geleden\b/iu,
    DAY,
  ],
];

/** "3 hours ago" and its like in other languages, counted back from when the page was received. */
function readAgo(text: string, { receivedAt, timeZone }: TimeReading): StoryTime | null {
  for (const [pattern, unit] of AGO_UNITS) {
    const match = pattern.exec(text);
    if (match === null) continue;
    const count = Number(match.slice(1).find((group) => group !== undefined));
    const instant = new Date(receivedAt.getTime() - count * unit);
    if (unit !== DAY) return { instant, precision: 'TIME', zone: timeZone };
    return storyTime({ ...dayIn(instant, timeZone), hour: 0, minute: 0, second: 0 }, false, timeZone);
  }
  return null;
}

/** 12:20, 12.20, 12h20, 20時13分, "5 pm", "9 Uhr"; the groups of one alternative are hour, minute, half of the day. */
const CLOCKS: readonly RegExp[] = [
  /(?<![\d.,/-])(\d{1,2})[:.](\d\d)(?::\d\d)?(?!\d|\.\d)\s*([ap])?\.?\s?(?:m\b)?/iu,
  /(?<![\d.,/-])(\d{1,2})\s?h\s?(\d\d)?\b/u,
  /(?<!\d)(\d{1,2})\s?[時시点點]\s?(\d{1,2})?/u,
  /(?<![\d.,/-])(\d{1,2})()\s?([ap])\.?\s?m\b/iu,
  /(?<![\d.,/-])(\d{1,2})()\s?Uhr\b/u,
  /(?<!\d)(\d\d)(\d\d)\s?(?:GMT|UTC|hrs)\b/u,
];

const NUMERIC_DATE = /(?<![\d:/.-])(\d{1,2})\s?([/.-])\s?(\d{1,2})\s?\2\s?((?:19|20)\d\d|\d\d)(?![\d:/-])/u;
const YEAR_FIRST_DATE = /(?<![\d:])((?:19|20)\d\d)\s?(?:[/.]|年|년)\s?(\d{1,2})\s?(?:[/.]|月|월)\s?(\d{1,2})(?!\d)/u;

/** 23.02.2022, 23/02/2022, 2022年2月23日, 2022.02.23. with a clock time beside it. */
function readNumeric(text: string, reading: TimeReading): StoryTime | null {
  const yearFirst = YEAR_FIRST_DATE.exec(text);
  const match = yearFirst ?? NUMERIC_DATE.exec(text);
  if (match === null) return null;
  let [year, month, day] = yearFirst
    ? [Number(match[1]), Number(match[2]), Number(match[3])]
    : [Number(match[4]), Number(match[3]), Number(match[1])];
  if (!yearFirst) {
    const monthFirst = match[2] === '/' && reading.monthFirst;
    if ((monthFirst && day <= 12) || month > 12) [month, day] = [day, month];
    if (year < 100) year += 2000;
  }
  const rest = `${text.slice(0, match.index)} ${text.slice(match.index + match[0].length)}`;
  return withClock({ year, month, day }, rest, reading);
}

/** A four-digit year must be printed: chrono would make up this year's for "May 3" and today's date for "12:20". */
const HAS_YEAR = /(?<!\d)(?:19|20)\d\d(?!\d)/u;

/** "February 23, 2022", "23 février 2022", "30. Juli 2018": chrono reads the day, the clock is read as in numeric dates. */
function readNamed(text: string, reading: TimeReading): StoryTime | null {
  if (!HAS_YEAR.test(text)) return null;
  const own = reading.language?.slice(0, 2);
  const languages = own === undefined || !(own in MONTHS_BY_LANGUAGE) ? Object.keys(MONTHS_BY_LANGUAGE) : [own, 'en'];
  for (const language of new Set(languages)) {
    const results = MONTHS_BY_LANGUAGE[language]?.parse(text, { instant: reading.receivedAt, timezone: 0 }) ?? [];
    for (const { start } of results) {
      const [year, month, day] = [start.get('year'), start.get('month'), start.get('day')];
      if (!start.isCertain('year') || !start.isCertain('month') || !start.isCertain('day')) continue;
      if (year === null || month === null || day === null) continue;
      return withClock({ year, month, day }, text, reading);
    }
  }
  return null;
}

function withClock(
  date: Pick<WallTime, 'year' | 'month' | 'day'>,
  text: string,
  reading: TimeReading,
): StoryTime | null {
  for (const pattern of CLOCKS) {
    const clock = pattern.exec(text);
    const half = clock?.[3]?.toLowerCase();
    let hour = Number(clock?.[1]);
    const minute = Number(clock?.[2] ?? 0);
    if (clock === null || hour > 23 || minute > 59) continue;
    if ((half === 'p' || /午後|下午|오후/u.test(text)) && hour < 12) hour += 12;
    if (half === 'a' && hour === 12) hour = 0;
    return storyTime({ ...date, hour, minute, second: 0 }, true, statedZone(text) ?? reading.timeZone);
  }
  return storyTime({ ...date, hour: 0, minute: 0, second: 0 }, false, reading.timeZone);
}

function storyTime(wall: WallTime, hasClock: boolean, zone: string | null): StoryTime | null {
  const day = new Date(Date.UTC(wall.year, wall.month - 1, wall.day));
  if (day.getUTCMonth() !== wall.month - 1 || wall.hour > 24 || wall.minute > 59) return null;
  const known = isZone(zone) ? zone : null;
  const clock = hasClock ? wall : { ...wall, hour: 0, minute: 0, second: 0 };
  return { instant: instantOf(clock, known), precision: hasClock ? 'TIME' : 'DAY', zone: known };
}
