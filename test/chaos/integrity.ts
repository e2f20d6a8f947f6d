import pg from 'pg';
import type { Writer } from './writer.ts';

/** What is wrong with a database after kills; all empty where nothing is. */
export interface Damage {
  /** Acknowledged versions that are not there, or not in the log. */
  lost: string[];
  /** Versions that are there, or in the log, more than once. */
  duplicated: string[];
  /** Anything that only half a transaction leaves behind. */
  broken: string[];
}

/** Each finds what must not be, as rows of one column `problem`. */
const NEVER: Record<string, string> = {
  'an article without its revision': `select a.uri as problem from articles a
    where not exists (select from revisions r where r.article_id = a.id and r.version = a.version)`,
  'an article without a key': `select a.uri as problem from articles a
    where not exists (select from article_keys k where k.article_id = a.id)`,
  'an article without a photo or a related story': `select a.uri as problem from articles a
    where not exists (select from article_photos p where p.article_id = a.id)
       or not exists (select from related r where r.article_id = a.id)`,
  'an article without its tags': `select a.uri as problem from articles a
    where (select count(*) from article_tags t where t.article_id = a.id and t.creator = 'PUBLISHER') < 2`,
  'a revision without a ledger entry': `select a.uri as problem from revisions r join articles a on a.id = r.article_id
    where not exists (select from ingest_items i where i.article_id = r.article_id and i.version = r.version)`,
  'a ledger entry without a revision': `select i.id::text as problem from ingest_items i
    where i.outcome in ('CREATED', 'REVISED')
      and not exists (select from revisions r where r.article_id = i.article_id and r.version = i.version)`,
  'a revision without a log entry': `select a.uri as problem from revisions r join articles a on a.id = r.article_id
    where not exists (select from story_log l where l.article_id = r.article_id and l.version = r.version)`,
  'a log that is not dense': `select 'head ' || h.seq || ', entries ' || count(l.seq) || ', last ' || coalesce(max(l.seq), 0) as problem
    from log_head h left join story_log l on true group by h.seq
    having count(l.seq) <> h.seq or coalesce(max(l.seq), 0) <> h.seq or coalesce(min(l.seq), 1) <> 1`,
};

/** Compares what the writers were told with what the database holds. */
export async function findDamage(databaseUrl: string, writers: Writer[]): Promise<Damage> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const damage: Damage = { lost: [], duplicated: [], broken: [] };
    for (const [what, sql] of Object.entries(NEVER))
      for (const { problem } of (await client.query(sql)).rows) damage.broken.push(`${what}: ${problem}`);
    const stored = await countVersions(client);
    for (const { acknowledged, pending } of writers) compare(acknowledged, pending(), stored, damage);
    return damage;
  } finally {
    await client.end();
  }
}

interface Counted {
  articles: number;
  revisions: number;
  logged: number;
}

async function countVersions(client: pg.Client): Promise<Map<string, Counted>> {
  const { rows } = await client.query<Counted & { uri: string }>(`
    select uri, count(*)::int as articles,
      sum((select count(*) from revisions r where r.article_id = a.id))::int as revisions,
      sum((select count(*) from story_log l where l.article_id = a.id))::int as logged
    from articles a group by uri`);
  return new Map(rows.map(({ uri, ...counted }) => [uri, counted]));
}

function compare(
  acknowledged: Map<string, number>,
  pending: Map<string, number>,
  stored: Map<string, Counted>,
  { lost, duplicated }: Damage,
): void {
  for (const uri of new Set([...acknowledged.keys(), ...pending.keys()])) {
    const { articles, revisions, logged } = stored.get(uri) ?? { articles: 0, revisions: 0, logged: 0 };
    const least = acknowledged.get(uri) ?? 0;
    const most = pending.get(uri) ?? least;
    const found = `${uri}: ${least} acknowledged, ${articles} articles, ${revisions} revisions, ${logged} log entries`;
    if ((least > 0 && articles === 0) || revisions < least || logged < least) lost.push(found);
    if (articles > 1 || revisions > most || logged > most) duplicated.push(found);
  }
}
