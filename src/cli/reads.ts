import { findPlaces, type Place } from './inputs.ts';
import type { Item, Unreadable } from './item.ts';
import type { Journal } from './journal.ts';
import type { Options } from './options.ts';
import { readPlace } from './read.ts';
import { readUrls } from './read-url.ts';
import type { Report } from './report.ts';
import { watchFolder } from './watch.ts';

/** Everything the command line names, not read yet. */
export interface Found {
  places: Place[];
  /** Bytes of it all (an address counts as one); null where nobody knows. */
  totalBytes: number | null;
}

/** @throws {Error} for what does not exist, or is not allowed */
export async function findAll({ paths, urls, fetch, watch }: Options): Promise<Found> {
  if (watch) return { places: [], totalBytes: null };
  const places = await findPlaces(paths, { fetch });
  if (urls) {
    // The parsers of feeds take longer to load than all the rest.
    const { listUrls } = await import('./urls.ts');
    places.push(...(await listUrls(urls)).map((href): Place => ({ kind: 'url', href })));
  }
  const isOpen = places.some(({ kind }) => kind === 'stdin');
  const bytes = places.map((place) => (place.kind === 'file' ? place.stamp.size : 1));
  return { places, totalBytes: isOpen ? null : bytes.reduce((sum, size) => sum + size, 0) };
}

/** Reads it in order, leaving out files that the journal knows. */
export async function* readAll(
  { places }: Found,
  options: Options,
  { journal, report, signal }: { journal: Journal; report: Report; signal: AbortSignal },
): AsyncGenerator<Item | Unreadable> {
  const { watch, settle, concurrency } = options;
  if (watch) {
    const isKnown: Parameters<typeof watchFolder>[1]['isKnown'] = ({ path, stamp }) => journal.knowsFile(path, stamp);
    for await (const file of watchFolder(watch, { settle, isKnown, signal })) yield* readPlace(file, process.stdin);
    return;
  }
  for (const place of places) {
    if (place.kind === 'url') continue;
    if (place.kind === 'file' && journal.knowsFile(place.path, place.stamp)) report.skipped(place.stamp.size);
    else yield* readPlace(place, process.stdin);
  }
  const addresses = places.flatMap((place) => (place.kind === 'url' ? place.href : []));
  yield* readUrls(addresses, concurrency);
}
