import { v7 as uuid } from 'uuid';
import { insertRows } from '../db/rows.ts';
import type { Transaction } from '../db/transaction.ts';
import { textKey } from './identity.ts';
import type { StorySource } from './story.ts';

const COLUMNS = { id: 'uuid', name: 'text', name_key: 'text', domain: 'text', homepage: 'text' };

/** Ids of the sources, in the order given, made where they are new. A source is recognised by its domain, else by its name. */
export async function resolveSources(tx: Transaction, sources: (StorySource | null)[]): Promise<(string | null)[]> {
  const named = sources.filter((source) => source !== null);
  if (named.length === 0) return sources.map(() => null);
  let known = await findSources(tx, named);
  const missing = new Map(named.filter((source) => !known(source)).map((source) => [textKey(source.name), source]));
  if (missing.size > 0) {
    // Sorted, so that two transactions that add the same sources wait for each other instead of deadlocking.
    const rows = [...missing]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name_key, source]) => ({
        id: uuid(),
        name: source.name,
        name_key,
        domain: source.domain,
        homepage: source.domain && `https://${source.domain}/`,
      }));
    await insertRows(tx, 'sources', COLUMNS, rows, 'on conflict do nothing');
    known = await findSources(tx, named);
  }
  return sources.map((source) => (source ? (known(source) ?? null) : null));
}

async function findSources(tx: Transaction, sources: StorySource[]) {
  const { rows } = await tx.query<{ id: string; domain: string | null; name_key: string }>(
    'select id, domain, name_key from sources where name_key = any($1) or domain = any($2)',
    [sources.map((source) => textKey(source.name)), sources.flatMap((source) => source.domain ?? [])],
  );
  const byDomain = new Map(rows.map((row) => [row.domain, row.id]));
  const byName = new Map(rows.map((row) => [row.name_key, row.id]));
  return (source: StorySource) => (source.domain && byDomain.get(source.domain)) || byName.get(textKey(source.name));
}
