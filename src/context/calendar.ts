import type { StoryTime } from '../stories/story.ts';

/** A calendar day, "YYYY-MM-DD". */
export type Day = string;

const MS_PER_DAY = 86_400_000;

/** The calendar day on which an instant fell where the source is (UTC where no zone is known). */
export function localDay(time: StoryTime): Day {
  return localParts(time.instant, time.zone).day;
}

/** Hour of the day, 0–23, in the same zone. */
export function localHour(time: StoryTime): number {
  return localParts(time.instant, time.zone).hour;
}

export function addDays(day: Day, days: number): Day {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * MS_PER_DAY).toISOString().slice(0, 10);
}

/** Days from `from` to `to`; negative where `to` is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / MS_PER_DAY);
}

/** 0 = Sunday … 6 = Saturday. */
export function weekdayOf(day: Day): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay();
}

/** Builds a day from parts; undefined where there is no such day (31 June). */
export function dayFrom(year: number, month: number, day: number): Day | undefined {
  const date = new Date(Date.UTC(year, month - 1, day));
  if (date.getUTCMonth() !== month - 1 || year < 1000 || year > 9999) return undefined;
  return date.toISOString().slice(0, 10);
}

function localParts(instant: Date, zone: string | null): { day: Day; hour: number } {
  const shifted = new Date(instant.getTime() + zoneOffset(instant, zone) * 60_000).toISOString();
  return { day: shifted.slice(0, 10), hour: Number(shifted.slice(11, 13)) };
}

/** Minutes east of UTC; 0 for an unknown zone. */
function zoneOffset(instant: Date, zone: string | null): number {
  if (!zone) return 0;
  const fixed = /^([+-])(\d{2}):?(\d{2})$/.exec(zone);
  if (fixed) return (fixed[1] === '-' ? -1 : 1) * (Number(fixed[2]) * 60 + Number(fixed[3]));
  try {
    const format = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' });
    const name = format.formatToParts(instant).find((part) => part.type === 'timeZoneName')?.value ?? '';
    const offset = /GMT([+-]\d{2}:\d{2})/.exec(name)?.[1];
    return offset ? zoneOffset(instant, offset) : 0;
  } catch {
    return 0;
  }
}
