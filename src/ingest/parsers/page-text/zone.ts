/** A reading on a clock and calendar, not yet tied to a zone. `month` is 1–12. */
export interface WallTime {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
}

/**
 * The instant at which clocks in `zone` (an IANA name or an offset such as "+08:00") show `wall`; read as UTC
 * where `zone` is null or unknown. In the hour a clock skips or repeats, the offset just before the change counts.
 */
export function instantOf(wall: WallTime, zone: string | null): Date {
  const asUtc = Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute, wall.second);
  if (zone === null) return new Date(asUtc);
  // The offset depends on the instant we look for: guess with the UTC reading, then correct once.
  const guess = asUtc - offsetAt(asUtc, zone);
  return new Date(asUtc - offsetAt(guess, zone));
}

/** Whether `zone` is an IANA name this machine knows or an offset. */
export function isZone(zone: string | null): zone is string {
  if (zone === null) return false;
  if (OFFSET.test(zone)) return true;
  try {
    formatterFor(zone);
    return true;
  } catch {
    return false;
  }
}

/** The calendar day that `zone` (UTC where null) shows at `instant`. */
export function dayIn(instant: Date, zone: string | null): Pick<WallTime, 'year' | 'month' | 'day'> {
  const shown = new Date(instant.getTime() + (zone === null ? 0 : offsetAt(instant.getTime(), zone)));
  return { year: shown.getUTCFullYear(), month: shown.getUTCMonth() + 1, day: shown.getUTCDate() };
}

/** Node 20's Intl knows no zones that are offsets. */
const OFFSET = /^([+-])(\d\d):(\d\d)$/u;

/** Milliseconds that `zone` is ahead of UTC at `instant`. */
function offsetAt(instant: number, zone: string): number {
  const fixed = OFFSET.exec(zone);
  if (fixed !== null) return (fixed[1] === '-' ? -1 : 1) * (Number(fixed[2]) * 60 + Number(fixed[3])) * 60_000;
  const parts: Record<string, number> = {};
  for (const { type, value } of formatterFor(zone).formatToParts(instant)) parts[type] = Number(value);
  const shown = Date.UTC(
    parts.year ?? 1970,
    (parts.month ?? 1) - 1,
    parts.day ?? 1,
    parts.hour ?? 0,
    parts.minute ?? 0,
    parts.second ?? 0,
  );
  return shown - Math.floor(instant / 1000) * 1000;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

/** Making a formatter costs a thousand times what using it does. The map is bounded by the number of zones. */
function formatterFor(zone: string): Intl.DateTimeFormat {
  const known = formatters.get(zone);
  if (known) return known;
  const formatter = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formatters.set(zone, formatter);
  return formatter;
}
