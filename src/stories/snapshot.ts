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

/** Strings that Postgres cannot store (NUL, lone surrogates) are mended on the way: text from the wild has them. */
export function takeSnapshot(story: Story): StorySnapshot {
  return JSON.parse(JSON.stringify(story, (_key, value) => (typeof value === 'string' ? storable(value) : value)));
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
