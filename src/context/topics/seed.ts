import { createHash } from 'node:crypto';
import type pg from 'pg';
import { v7 as uuid } from 'uuid';
import { insertRows } from '../../db/rows.ts';
import { inTransaction, type Transaction } from '../../db/transaction.ts';
import { slug, textKey } from '../../stories/identity.ts';
import { ALIAS, TAG } from '../tags.ts';
import { ALL_TOPICS, currentTopic, topicName } from './vocabulary.ts';

const SCHEME = 'medtop';
/** Counted up when this file makes other rows of the same vocabulary. */
const FORM = 1;

/** What the tags were made from: another release of the vocabulary has another one. */
const VERSION = `${FORM}-${createHash('sha256').update(JSON.stringify(ALL_TOPICS)).digest('hex').slice(0, 16)}`;

/**
 * Makes a SUBJECT tag of every concept of the IPTC Media Topics, once for each version of the shipped vocabulary; in
 * between it is one look-up. Tags that stories made before keep their id and slug. A concept that was retired resolves
 * to the one that stands today. Returns whether there was something to do.
 */
export async function seedTopics(pool: pg.Pool): Promise<boolean> {
  if (await isSeeded(pool)) return false;
  return inTransaction(pool, async (tx) => {
    // Of two processes that start at once the second waits, and finds it done.
    await tx.query(`select pg_advisory_xact_lock(hashtext('seed ${SCHEME}'))`);
    if (await isSeeded(tx)) return false;
    await addConcepts(tx);
    await relateConcepts(tx);
    await tx.query(
      `insert into vocabulary_seeds (scheme, version, seeded_at) values ($1, $2, now())
       on conflict (scheme) do update set version = excluded.version, seeded_at = excluded.seeded_at`,
      [SCHEME, VERSION],
    );
    return true;
  });
}

async function isSeeded(connection: pg.Pool | Transaction): Promise<boolean> {
  const { rowCount } = await connection.query('select from vocabulary_seeds where scheme = $1 and version = $2', [
    SCHEME,
    VERSION,
  ]);
  return rowCount === 1;
}

/**
 * Slugs are "medtop-election": readable, and not one that a publisher's keyword would want, so that whether an archive
 * was seeded first or "Election" came first, both have the slug one expects. Of two concepts of one name the later has
 * its code behind it, as has one whose slug somebody took before.
 */
async function addConcepts(tx: Transaction): Promise<void> {
  for (const withCode of [false, true]) {
    const rows = ALL_TOPICS.map((topic) => ({
      id: uuid(),
      identity: `${SCHEME}:${topic.code}`,
      type: 'SUBJECT',
      name: topicName(topic),
      slug: `${SCHEME}-${slug(topicName(topic), 60)}${withCode ? `-${topic.code}` : ''}`,
      scheme: SCHEME,
      term_code: topic.code,
      same_as: topic.sameAs,
    }));
    await insertRows(tx, 'tags', TAG, rows, 'on conflict do nothing');
  }
}

async function relateConcepts(tx: Transaction): Promise<void> {
  const { rows } = await tx.query<{ id: string; term_code: string }>(
    'select id, term_code from tags where identity = any($1)',
    [ALL_TOPICS.map((topic) => `${SCHEME}:${topic.code}`)],
  );
  const ids = new Map(rows.map((row) => [row.term_code, row.id]));
  const facts = ALL_TOPICS.map((topic) => {
    const merged = topic.retired ? ids.get(currentTopic(topic.code)?.code ?? '') : undefined;
    // A merged tag stands nowhere in the tree: else the one it was merged into would stand in both places.
    const broader = merged ? undefined : ids.get(topic.broader ?? '');
    return { id: ids.get(topic.code), name: topicName(topic), same_as: topic.sameAs, broader, merged };
  });
  // What an editor merged stays merged.
  await tx.query(
    `update tags t set name = f.name, same_as = f.same_as, broader_id = f.broader,
       merged_into_id = coalesce(f.merged, t.merged_into_id)
     from json_to_recordset($1) as f(id uuid, name text, same_as text[], broader uuid, merged uuid) where t.id = f.id`,
    [JSON.stringify(facts)],
  );
  const aliases = ALL_TOPICS.flatMap((topic) => {
    const named = Object.entries(topic.names).map(([language, name]) => ({ id: ids.get(topic.code), language, name }));
    // The name of a concept that was replaced is another name of what replaced it; that of one which only fell into a
    // broader one is not.
    const heir = topic.retired && topic.replacedBy ? ids.get(currentTopic(topic.code)?.code ?? '') : undefined;
    return heir ? [...named, ...named.map((one) => ({ ...one, id: heir }))] : named;
  });
  await insertRows(
    tx,
    'tag_aliases',
    ALIAS,
    aliases.map(({ id, language, name }) => ({ tag_id: id, key: textKey(name), type: 'SUBJECT', name, language })),
    'on conflict do nothing',
  );
}
