/** Times as wires write them: ISO 8601 long and short, with or without time of day and offset. */
import type { ParseContext, StoryTime } from '../../../stories/story.ts';

const WIRE_TIME =
  /^(\d{4})-?(\d{2})-?(\d{2})(?:[T ](\d{2}):?(\d{2})(?::?(\d{2})(?:[.,]\d+)?)?\s*(Z|UTC|GMT|[+-]\d{2}:?(?:\d{2})?)?)?$/iu;

/**
 * Reads "2019-04-15T13:49:15+03:00", "20130605T210000+0000", "2014-02-26" and their kin. A time without offset is
 * read in the source's zone, else as UTC with `zone` null. Null for anything else, for days that do not exist and
 * for absurd years (before 1800, or more than fifty years after `receivedAt`).
 */
export function readWireTime(value: unknown, context: ParseContext): StoryTime | null {
  if (typeof value !== 'string') return null;
  const match = WIRE_TIME.exec(value.trim());
  if (!match) return null;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map((part) => Number(part ?? 0)) as number[];
  const utc = Date.UTC(year ?? 0, (month ?? 0) - 1, day, hour, minute, second);
  const stated = new Date(utc);
  const exists = stated.getUTCMonth() + 1 === month && stated.getUTCDate() === day && (hour ?? 0) < 24;
  if (!exists || (year ?? 0) < 1800 || (year ?? 0) > context.receivedAt.getUTCFullYear() + 50) return null;
  const precision = match[4] === undefined ? 'DAY' : 'TIME';
  const offset = match[7] === undefined ? null : offsetOf(match[7]);
  if (offset !== null) return { instant: new Date(utc - offset.minutes * 60_000), precision, zone: offset.zone };
  const zone = context.timeZone;
  return { instant: new Date(zone ? utc - zoneOffset(zone, utc) : utc), precision, zone };
}

/** Zone names of RFC 822. */
const ZONES = new Map([
  ['UT', 'Z'],
  ['EST', '-05:00'],
  ['EDT', '-04:00'],
  ['CST', '-06:00'],
  ['CDT', '-05:00'],
  ['MST', '-07:00'],
  ['MDT', '-06:00'],
  ['PST', '-08:00'],
  ['PDT', '-07:00'],
]);

/** An RFC 822 date of a feed ("Tue, 10 Jun 2003 04:00:00 GMT") or any of the forms of {@link readWireTime}. */
export function readFeedTime(value: unknown, context: ParseContext): StoryTime | null {
  const iso = readWireTime(value, context);
  if (iso || typeof value !== 'string') return iso;
  const match =
    /^(?:\p{L}{2,9}\.?,?\s+)?(\d{1,2})[\s-]+(\p{L}{3})\p{L}*\.?[\s-]+(\d{4}|\d{2})(?:,?\s+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*(\S{1,6})?)?/u.exec(
      value.trim(),
    );
  const month = match
    ? 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ').indexOf(match[2]?.toLowerCase() ?? '')
    : -1;
  if (!match || month < 0) return null;
  const shortYear = match[3]?.length === 2;
  const year = Number(match[3]) + (shortYear ? (Number(match[3]) < 70 ? 2000 : 1900) : 0);
  const two = (part: string | number | undefined) => String(part ?? 0).padStart(2, '0');
  const date = `${year}-${two(month + 1)}-${two(match[1])}`;
  if (match[4] === undefined) return readWireTime(date, context);
  const zone = match[7] ?? '';
  return readWireTime(`${date}T${two(match[4])}:${match[5]}:${two(match[6])}${ZONES.get(zone) ?? zone}`, context);
}

function offsetOf(text: string): { minutes: number; zone: string } {
  const match = /^([+-])(\d{2}):?(\d{2})?$/u.exec(text);
  if (!match) return { minutes: 0, zone: '+00:00' };
  const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0);
  return { minutes: match[1] === '-' ? -minutes : minutes, zone: `${match[1]}${match[2]}:${match[3] ?? '00'}` };
}

/** Milliseconds by which wall clocks in `zone` are ahead of UTC when they show `wallTime`. */
function zoneOffset(zone: string, wallTime: number): number {
  const offsetAt = (instant: number) => {
    const parts = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    }).formatToParts(instant);
    const of = (type: string) => Number(parts.find((part) => part.type === type)?.value);
    return Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second')) - instant;
  };
  return offsetAt(wallTime - offsetAt(wallTime));
}
