import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import fastGlob from 'fast-glob';
import type { FileStamp } from './item.ts';

/** Where stories are to be read from. */
export type Place =
  | { kind: 'file'; path: string; stamp: FileStamp }
  | { kind: 'stdin' }
  | { kind: 'url'; href: string };

/**
 * What the arguments name, in order: files, folders (all files below them, dot files left out), globs, "-" for standard
 * input, and addresses where `fetch` allows them. @throws {Error} for what does not exist or is not allowed
 */
export async function findPlaces(paths: string[], { fetch }: { fetch: boolean }): Promise<Place[]> {
  const places: Place[] = [];
  for (const path of paths) {
    const isAddress = /^https?:\/\//i.test(path);
    if (isAddress && !fetch) throw new Error(`"${path}" is an address; fetching is off unless you add --fetch.`);
    if (isAddress && !URL.canParse(path)) throw new Error(`"${path}" is not a well-formed address.`);
    if (path === '-') places.push({ kind: 'stdin' });
    else if (isAddress) places.push({ kind: 'url', href: path });
    else places.push(...(await filesAt(path)));
  }
  return places;
}

async function filesAt(path: string): Promise<Place[]> {
  const found = await stat(path).catch(() => null);
  if (found && !found.isDirectory()) return [{ kind: 'file', path, stamp: { size: found.size, mtime: found.mtimeMs } }];
  const files = await listFiles(found ? `${fastGlob.convertPathToPattern(path)}/**/*` : path.replaceAll('\\', '/'));
  if (files.length === 0) throw new Error(`Nothing to ingest at "${path}": no such file, and no file matches it.`);
  return files;
}

/** Files that match a glob, by name; dot files are left out. */
export async function listFiles(pattern: string): Promise<Extract<Place, { kind: 'file' }>[]> {
  const entries = await fastGlob(pattern, { dot: false, stats: true, suppressErrors: true });
  return entries
    .filter(({ path, stats }) => stats && !basename(path).startsWith('.'))
    .map(({ path, stats }) => ({
      kind: 'file' as const,
      path,
      stamp: { size: stats?.size ?? 0, mtime: stats?.mtimeMs ?? 0 },
    }))
    .sort((one, other) => (one.path < other.path ? -1 : 1));
}
