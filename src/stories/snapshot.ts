import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { storable } from './storable.ts';
import type { Story, StoryTime } from './story.ts';

/** A Story as JSON keeps it: instants are ISO 8601 strings. This is what a revision stores. */
export type StorySnapshot = { [Field in keyof Story]: Snapshot<Story[Field]> };
type Snapshot<T> = T extends Date
  ? string
  : T extends (infer Item)[]
    ? Snapshot<Item>[]
    : T extends object
      ? { [K in keyof T]: Snapshot<T[K]> }
      : T;

/** Say when or as which version the origin sent it, not what it says: alone they make no new version. */
const VERSION_MARKS: ReadonlySet<keyof Story> = new Set([
  'firstCreated',
  'versionCreated',
  'originVersion',
  'isCorrection',
]);

/**
 * What Postgres cannot store is mended on the way, since text from the wild has it: NUL and lone surrogates, and dates
 * out of the years 1 to 9999, which count as not stated.
 */
export function takeSnapshot(story: Story): StorySnapshot {
  return JSON.parse(JSON.stringify(story, (_key, value) => storableValue(value)));
}

/** Seen by JSON.stringify's replacer, where a Date is its ISO 8601 form already. */
function storableValue(value: unknown): unknown {
  if (typeof value === 'string') return ODD_YEAR.test(value) ? null : storable(value);
  const { instant } = (value ?? {}) as { instant?: unknown };
  return instant instanceof Date && !isStorable(instant) ? null : value;
}

const ODD_YEAR = /^(?:[+-]\d{6}|0000)-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

function isStorable(instant: Date): boolean {
  const year = instant.getUTCFullYear();
  return year >= 1 && year <= 9999;
}

/** The story as it reads back once stored. */
export function storableStory(story: Story): Story {
  return readSnapshot(takeSnapshot(story));
}

/** Reads a stored snapshot back. */
export function readSnapshot(snapshot: StorySnapshot): Story {
  const time = (value: Snapshot<StoryTime> | null) => value && { ...value, instant: new Date(value.instant) };
  return {
    ...snapshot,
    datePublished: time(snapshot.datePublished),
    firstCreated: time(snapshot.firstCreated),
    versionCreated: time(snapshot.versionCreated),
    embargoedUntil: snapshot.embargoedUntil === null ? null : new Date(snapshot.embargoedUntil),
    photos: snapshot.photos.map((photo) => ({ ...photo, dateCreated: time(photo.dateCreated) })),
    events: snapshot.events.map((event) => ({
      ...event,
      startDate: time(event.startDate),
      endDate: time(event.endDate),
    })),
  };
}

/** Names of the fields that say something else, in the order of {@link Story}. */
export function changedFields(before: StorySnapshot, after: StorySnapshot): (keyof Story)[] {
  const fields = Object.keys(after) as (keyof Story)[];
  // Not by their JSON: jsonb gives an object's keys back in an order of its own.
  return fields.filter((field) => !VERSION_MARKS.has(field) && !isDeepStrictEqual(before[field], after[field]));
}

/** Equal for two snapshots that {@link changedFields} finds no difference between. */
export function contentHash(snapshot: StorySnapshot): string {
  const content = Object.entries(snapshot).filter(([field]) => !VERSION_MARKS.has(field as keyof Story));
  return createHash('sha256').update(JSON.stringify(content)).digest('base64url').slice(0, 22);
}
