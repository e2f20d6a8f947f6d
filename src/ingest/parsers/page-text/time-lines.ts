import * as chrono from 'chrono-node';
import type { StoryTime } from '../../../stories/story.ts';
import { instantOf, isZone, offsetName, type WallTime } from './zone.ts';

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
  const line = text.normalize('NFKC');
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
    const instant = receivedAt.getTime() - count * unit;
    return {
      instant: new Date(unit === DAY ? Math.floor(instant / DAY) * DAY : instant),
      precision: unit === DAY ? 'DAY' : 'TIME',
      zone: timeZone,
    };
  }
  return null;
}

const CLOCK =
  /(?<![\d.,/-])(\d{1,2})\s*(?:[:.hH時시点點]|Uhr)\s*(\d{2})?(?::(\d\d))?\s*(?:분|分)?\s*(?:([ap])\.?\s?m\b\.?)?/iu;
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

function withClock(
  date: Pick<WallTime, 'year' | 'month' | 'day'>,
  rest: string,
  reading: TimeReading,
): StoryTime | null {
  const clock = CLOCK.exec(rest);
  let hour = Number(clock?.[1] ?? 0);
  const half = clock?.[4]?.toLowerCase();
  const afternoon = half === 'p' || /午後|下午|오후/u.test(rest);
  if (afternoon && hour < 12) hour += 12;
  if (half === 'a' && hour === 12) hour = 0;
  const wall = { ...date, hour, minute: Number(clock?.[2] ?? 0), second: Number(clock?.[3] ?? 0) };
  return storyTime(wall, clock !== null && hour < 24, statedZone(rest) ?? reading.timeZone);
}

/** Only zones that mean one thing wherever they are printed. */
const STATED_ZONES: ReadonlyArray<readonly [RegExp, string]> = [
  [/\b(?:GMT|UTC|Z)\s?([+-])(\d\d?):?(\d\d)?\b/u, 'OFFSET'],
  [/\b(?:GMT|UTC)\b/u, '+00:00'],
];

function statedZone(text: string): string | null {
  for (const [pattern, zone] of STATED_ZONES) {
    const match = pattern.exec(text);
    if (match === null) continue;
    return zone === 'OFFSET' ? `${match[1]}${(match[2] ?? '0').padStart(2, '0')}:${match[3] ?? '00'}` : zone;
  }
  return null;
}

/** A four-digit year must be printed: chrono would make up this year's for "May 3" and today's date for "12:20". */
const HAS_YEAR = /(?<!\d)(?:19|20)\d\d(?!\d)/u;

function readNamed(text: string, reading: TimeReading): StoryTime | null {
  if (!HAS_YEAR.test(text)) return null;
  const own = reading.language?.slice(0, 2) ?? 'en';
  for (const language of new Set([own, 'en', ...Object.keys(MONTHS_BY_LANGUAGE)])) {
    const parser = MONTHS_BY_LANGUAGE[language];
    if (parser === undefined) continue;
    const [found] = parser.parse(text, { instant: reading.receivedAt, timezone: 0 });
    const start = found?.start;
    if (!start?.isCertain('day') || !start.isCertain('month') || !start.isCertain('year')) continue;
    const wall = {
      year: start.get('year') ?? 0,
      month: start.get('month') ?? 0,
      day: start.get('day') ?? 0,
      hour: start.get('hour') ?? 0,
      minute: start.get('minute') ?? 0,
      second: start.get('second') ?? 0,
    };
    const offset = start.isCertain('timezoneOffset') ? start.get('timezoneOffset') : null;
    const zone = offset === null ? reading.timeZone : offsetName(offset);
    return storyTime(wall, start.isCertain('hour'), zone);
  }
  return null;
}

function storyTime(wall: WallTime, hasClock: boolean, zone: string | null): StoryTime | null {
  const day = new Date(Date.UTC(wall.year, wall.month - 1, wall.day));
  if (day.getUTCMonth() !== wall.month - 1 || wall.hour > 24 || wall.minute > 59) return null;
  const known = zone !== null && isZone(zone) ? zone : null;
  const clock = hasClock ? wall : { ...wall, hour: 0, minute: 0, second: 0 };
  return { instant: instantOf(clock, known), precision: hasClock ? 'TIME' : 'DAY', zone: known };
}

/** Words that stand with a date on a date line, in the languages of the big publishers. */
const DATE_WORDS =
  /\b(?:published|updated|posted|last|modified|created|first|on|at|by|date|time|edited|uploaded|print|edition|publicado|actualizado|atualizado|publié|mis à jour|veröffentlicht|aktualisiert|stand|uhr|pubblicato|aggiornato|gepubliceerd|diterbitkan|le|il|el|am|pm|em|às|à|a las|alle|om|de|del|of|ist|est|edt|cst|cdt|mst|mdt|pst|pdt|pt|et|ct|gmt|utc|bst|cet|cest|amt|wib|mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun|(?:mon|tues|wednes|thurs|fri|satur|sun)day|入力|公開|更新|投稿日|기사입력|입력|수정|승인)\b/giu;
const DATE_SHAPE =
  /(?<!\d)(?:(?:19|20)\d\d[-/.년年]\s?\d{1,2}[-/.월月]\s?\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.](?:\d\d){1,2}|\p{L}{3,9}\.? \d{1,2}(?:st|nd|rd|th)?,? (?:19|20)\d\d|\d{1,2}(?:st|nd|rd|th|\.)? (?:de |of )?\p{L}{3,10}\.?,?(?: de)? (?:19|20)\d\d|\d{1,3} ?(?:min(?:ute)?s?|h|hours?|days?|weeks?|months?) ago)(?!\d)/iu;

/** Whether a line is there to tell a date: once date, clock and the usual words are taken away, little is left. */
export function isDateLine(text: string): boolean {
  if (text.length > 160 || !DATE_SHAPE.test(text)) return false;
  const rest = text
    .replace(new RegExp(DATE_SHAPE, 'giu'), ' ')
    .replace(/\d{1,2}[:.h]\d\d(?::\d\d)?\s*(?:[ap]\.?m\.?)?/giu, ' ')
    .replace(DATE_WORDS, ' ')
    .replace(/[^\p{L}]+/gu, ' ')
    .trim();
  return rest.length <= 30 && rest.length <= text.length / 2;
}
