import * as chrono from 'chrono-node';
import type { StoryTime } from '../../../stories/story.ts';

const ISO =
  /^(\d{4})-?(\d\d)-?(\d\d)(?:[T\s,]+(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,]\d{1,9})?)?)?\s*(Z|UTC|GMT|[+-]\d\d:?\d\d|[+-]\d\d)?$/i;
/** Dates before the Web and after tomorrow are faults of the page, like year 0001. */
const FIRST_YEAR = 1990;

/**
 * Reads a date as metadata write it (ISO 8601 and its usual slips, RFC 2822, seconds since 1970); null where it is none
 * or absurd. `timeZone` reads zone-less times.
 */
export function readTimestamp(text: string, receivedAt: Date, timeZone: string | null): StoryTime | null {
  const written = text.trim();
  if (written.length > 60) return null;
  if (/^\d{10}(\d{3})?$/.test(written)) {
    const instant = new Date(Number(written) * (written.length === 10 ? 1000 : 1));
    return plausible({ instant, precision: 'TIME', zone: 'UTC' }, receivedAt);
  }
  const iso = ISO.exec(written);
  if (iso !== null) return plausible(fromParts(iso, timeZone), receivedAt);
  return readDateInText(written, 'en-US', receivedAt, timeZone);
}

function fromParts(parts: RegExpExecArray, timeZone: string | null): StoryTime | null {
  const zoneText = parts[7];
  const [year = 0, month = 0, day = 0, hour, minute, second] = numbersOf(parts, 1, 6);
  const precision = hour === undefined ? 'DAY' : 'TIME';
  const wallClock = Date.UTC(year, month - 1, day, hour ?? 0, minute ?? 0, second ?? 0);
  if (month > 12 || day > 31) return null;
  if (zoneText === undefined) return inZone(wallClock, precision, timeZone);
  const offset = /^[+-]/.test(zoneText) ? offsetMinutes(zoneText) : 0;
  return { instant: new Date(wallClock - offset * 60_000), precision, zone: zoneName(offset) };
}

function numbersOf(parts: RegExpExecArray, first: number, last: number): (number | undefined)[] {
  return parts.slice(first, last + 1).map((part) => (part === undefined ? undefined : Number(part)));
}

function offsetMinutes(text: string): number {
  const digits = text.slice(1).replace(':', '').padEnd(4, '0');
  return (text.startsWith('-') ? -1 : 1) * (Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2)));
}

function zoneName(offset: number): string {
  if (offset === 0) return 'UTC';
  const absolute = Math.abs(offset);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${offset < 0 ? '-' : '+'}${two(Math.floor(absolute / 60))}:${two(absolute % 60)}`;
}

/** A wall clock read in an IANA zone; as UTC, with zone null, where no zone is known. */
function inZone(wallClock: number, precision: StoryTime['precision'], timeZone: string | null): StoryTime {
  if (timeZone === null) return { instant: new Date(wallClock), precision, zone: null };
  const clock = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  const shownAt = (instant: number) => Date.parse(`${clock.format(instant).replace(' ', 'T')}Z`);
  // Twice, since the offset at the guessed instant may be that of the other side of a clock change.
  let instant = wallClock - (shownAt(wallClock) - wallClock);
  instant -= shownAt(instant) - wallClock;
  return { instant: new Date(instant), precision, zone: timeZone };
}

const CHRONO_BY_LANGUAGE: Record<string, Pick<chrono.Chrono, 'parse'>> = {
  de: chrono.de,
  fr: chrono.fr,
  ja: chrono.ja,
  pt: chrono.pt,
  nl: chrono.nl,
  es: chrono.es,
  ru: chrono.ru,
  uk: chrono.uk,
  it: chrono.it,
};

/** The first full date (year, month and day stated) in a short text a reader sees; null where there is none. */
function readDateInText(text: string, language: string, receivedAt: Date, timeZone: string | null): StoryTime | null {
  const short = text
    .slice(0, 120)
    .replace(/(\d)(?:st|nd|rd|th)\b/gi, '$1')
    .replace(/\b([ap])\.m\./gi, '$1m')
    .replace(/(?:[|•·/]|--|[–—-] ) *(?=\d{1,2}:\d\d)/g, ' ');
  const swapped = /(\d{1,2}:\d\d\s*(?:[ap]m)?\s*(?:[A-Z]{2,4})?),?\s+(\S.*\b(?:19|20)\d\d\b)/i.exec(short);
  const asian = /(\d{4})\s*[년年./-]\s*(\d{1,2})\s*[월月./-]\s*(\d{1,2})\s*[일日.]?(?:\s*(\d{1,2}):(\d\d))?/.exec(
    short,
  );
  if (asian !== null) {
    const [year = 0, month = 0, day = 0, hour, minute] = numbersOf(asian, 1, 5);
    const wallClock = Date.UTC(year, month - 1, day, hour ?? 0, minute ?? 0);
    return plausible(inZone(wallClock, hour === undefined ? 'DAY' : 'TIME', timeZone), receivedAt);
  }
  const primary = language.slice(0, 2).toLowerCase();
  const reader = CHRONO_BY_LANGUAGE[primary] ?? (language === 'en-US' || language === 'en' ? chrono.en : chrono.en.GB);
  // chrono takes a clock that stands before its date for one of today.
  const ordered = swapped === null ? short : `${swapped[2]} ${swapped[1]}`;
  const found = reader
    .parse(ordered, receivedAt)
    .find(({ start }) => start.isCertain('year') && start.isCertain('month') && start.isCertain('day'));
  if (found === undefined) return null;
  const { start } = found;
  const part = (component: chrono.Component) => start.get(component) ?? 0;
  const precision = start.isCertain('hour') ? 'TIME' : 'DAY';
  const hasTime = precision === 'TIME';
  const wallClock = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    hasTime ? part('hour') : 0,
    hasTime ? part('minute') : 0,
  );
  const offset = start.isCertain('timezoneOffset') ? start.get('timezoneOffset') : null;
  const time =
    offset === null
      ? inZone(wallClock, precision, timeZone)
      : ({ instant: new Date(wallClock - offset * 60_000), precision, zone: zoneName(offset) } as const);
  return plausible(time, receivedAt);
}

function plausible(time: StoryTime | null, receivedAt: Date): StoryTime | null {
  if (time === null || Number.isNaN(time.instant.getTime())) return null;
  const tooLate = receivedAt.getTime() + 2 * 86_400_000;
  return time.instant.getUTCFullYear() >= FIRST_YEAR && time.instant.getTime() <= tooLate ? time : null;
}
