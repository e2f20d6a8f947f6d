/** Reading ninjs fields of any version: names differ in case (2.x `versioncreated`, 3.x `versionCreated`) and number. */
import { oneLine } from '../wire/plain-text.ts';

/** A JSON object with its names in lower case. */
export type Fields = ReadonlyMap<string, unknown>;

/** The object's fields, or null when it is none. */
export function fieldsOf(value: unknown): Fields | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  return new Map(Object.entries(value).map(([name, field]) => [name.toLowerCase(), field]));
}

/** The first of the names that holds something: not null, not an empty string or list. */
export function firstOf(fields: Fields, ...names: string[]): unknown {
  for (const name of names) {
    const value = fields.get(name);
    const isEmpty =
      value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
    if (!isEmpty) return value;
  }
  return undefined;
}

/** The first of the names as one line of text; lists of texts are joined. */
export function lineOf(fields: Fields, ...names: string[]): string | null {
  for (const name of names) {
    const value = fields.get(name);
    const line = oneLine(Array.isArray(value) ? value.filter((part) => typeof part === 'string').join(' ') : value);
    if (line) return line;
  }
  return null;
}

/**
 * Objects of a list, under the singular or plural name. 1.x objects keyed by name give each member (or each of a list)
 * its key as `name`; an object that holds a plain value is itself the only member.
 */
export function objectsOf(fields: Fields, ...names: string[]): Fields[] {
  const value = firstOf(fields, ...names);
  if (Array.isArray(value)) return value.flatMap((entry) => fieldsOf(entry) ?? []);
  const single = fieldsOf(value);
  if (!single) return [];
  if ([...single.values()].some((entry) => typeof entry === 'string' || typeof entry === 'number')) return [single];
  return [...single].flatMap(([name, entry]) =>
    [entry].flat().flatMap((member) => {
      const inner = fieldsOf(member);
      return inner ? new Map([['name', name as unknown], ...inner]) : [];
    }),
  );
}

/** The item's type in lower case; one that does not say is a picture if its renditions are images, else a text. */
export function typeOf(item: Fields): string {
  const stated = lineOf(item, 'type')?.toLowerCase();
  if (stated) return stated === 'photo' || stated === 'image' ? 'picture' : stated;
  const types = objectsOf(item, 'renditions').map((rendition) => lineOf(rendition, 'contenttype', 'mimetype') ?? '');
  const hasText = [...item.keys()].some((name) => name.startsWith('body_') || name === 'bodies');
  return !hasText && types.some((type) => type.startsWith('image/')) ? 'picture' : 'text';
}

/** A text in its roles: 2.x and 3.x lists (`headlines`, `bodies` …) and 1.x names with a suffix (`body_xhtml`). */
export interface RoleText {
  role: string;
  contentType: string;
  value: string;
  /** Name it was found under. */
  place: string;
}

/** All texts of one kind; `single` is the 1.x name ("headline"), `list` the later one ("headlines"). */
export function roleTexts(fields: Fields, single: string, list: string): RoleText[] {
  const texts: RoleText[] = [];
  for (const [index, entry] of objectsOf(fields, list).entries()) {
    const value = entry.get('value');
    if (typeof value !== 'string' || value.trim() === '') continue;
    const text = (name: string) => String(entry.get(name) ?? '').toLowerCase();
    texts.push({ role: text('role'), contentType: text('contenttype'), value, place: `${list}[${index}]` });
  }
  for (const [name, value] of fields) {
    const role = name === single ? '' : name.startsWith(`${single}_`) ? name.slice(single.length + 1) : null;
    if (role === null || typeof value !== 'string' || value.trim() === '') continue;
    texts.push({ role, contentType: '', value, place: name });
  }
  return texts;
}
