import { v7 as uuid } from 'uuid';
import { insertRows } from '../db/rows.ts';
import type { Transaction } from '../db/transaction.ts';
import { ARTICLE, ARTICLE_UPDATE, articleRow } from './article-row.ts';
import { storyKeys } from './identity.ts';
import { writePhotos } from './photos.ts';
import { resolveRelated, writePrintedRelated } from './related.ts';
import { changedFields, contentHash, readSnapshot, type StorySnapshot, takeSnapshot } from './snapshot.ts';
import { resolveSources } from './sources.ts';
import { storable } from './storable.ts';
import type { Story } from './story.ts';

export type RevisionKind = 'CREATED' | 'UPDATED' | 'CORRECTED' | 'WITHDRAWN' | 'RESTORED';

export interface StoryToWrite {
  story: Story;
  receivedAt: Date;
  /** Said by an editor of this version; shown with the revision and in the log. */
  note?: string | null;
  /** Writes to this article whatever its keys say (an editor's correction). */
  articleId?: string;
}

export interface WrittenStory {
  outcome: 'CREATED' | 'REVISED' | 'UNCHANGED';
  articleId: string;
  /** Of the revision that holds what was written. */
  version: number;
  /** Null when UNCHANGED. */
  kind: RevisionKind | null;
  changedFields: string[];
  note: string | null;
  /** Whether it was there for everybody to see before this was written. */
  wasAnnounced: boolean;
  /** False where the story turned out older than what is stored: it then stands in the history only. */
  isCurrent: boolean;
}

/**
 * Writes stories in a few set-wise statements, inside the caller's transaction. Of two transactions with the same
 * story the second waits and finds it UNCHANGED. No two stories of one call may share a key (see `storyKeys`).
 * Tags and events are not its work: context/ adds them to what is CREATED or REVISED and current.
 */
export async function writeStories(tx: Transaction, stories: StoryToWrite[], now: Date): Promise<WrittenStory[]> {
  const incoming = stories.map((item) => {
    const snapshot = takeSnapshot(item.story);
    const story = readSnapshot(snapshot);
    return { ...item, snapshot, story, keys: storyKeys(story) };
  });
  await lockKeys(
    tx,
    incoming.flatMap((item) => item.keys),
  );
  const stored = await findStored(tx, incoming);
  const plans = incoming.map((item, index) => plan(item, stored[index] ?? null, now));
  const changed = plans.filter((one) => one.result.outcome !== 'UNCHANGED');
  const current = changed.filter((one) => one.result.isCurrent);
  const sourceIds = await resolveSources(
    tx,
    current.map((one) => one.item.story.source),
  );
  await insertRows(
    tx,
    'articles',
    ARTICLE,
    current.map((one, index) =>
      articleRow(one.item.story, {
        ...one.result,
        sourceId: sourceIds[index] ?? null,
        contentHash: contentHash(one.item.snapshot),
        receivedAt: one.item.receivedAt,
        before: one.before,
        now,
      }),
    ),
    ARTICLE_UPDATE,
  );
  const keys = changed.flatMap((one) => one.item.keys.map((key) => ({ key, article_id: one.result.articleId })));
  await insertRows(tx, 'article_keys', { key: 'text', article_id: 'uuid' }, keys, 'on conflict (key) do nothing');
  await insertRows(
    tx,
    'revisions',
    REVISION,
    changed.map((one) => revisionRow(one, now)),
  );
  await writeEdges(tx, current);
  return plans.map((one) => one.result);
}

type Incoming = StoryToWrite & { snapshot: StorySnapshot; keys: string[] };
interface Plan {
  item: Incoming;
  before: Stored | null;
  result: WrittenStory;
}
interface Stored {
  id: string;
  slug: string;
  version: number;
  latest: number;
  announced: boolean;
  pub_status: Story['pubStatus'];
  origin_version: number | null;
  version_created: Date;
  content_hash: string;
  ingested_at: Date;
  keys: string[];
  snapshot: StorySnapshot;
}

/** Whoever writes a story holds its keys until the end of the transaction, whether the story exists yet or not. */
async function lockKeys(tx: Transaction, keys: string[]): Promise<void> {
  const text = 'select pg_advisory_xact_lock(hashtextextended(key, 0)) from unnest($1::text[]) as k(key)';
  await tx.query({ name: 'lock_keys', text, values: [[...new Set(keys)].sort()] });
}

async function findStored(tx: Transaction, items: Incoming[]): Promise<(Stored | undefined)[]> {
  const { rows } = await tx.query<Stored>({
    name: 'find_stored',
    text: `
      select a.id, a.slug, a.version, a.announced, a.pub_status, a.origin_version::float8, a.version_created, a.content_hash, a.ingested_at,
        (select max(version) from revisions where article_id = a.id) as latest,
        (select array_agg(key) from article_keys where article_id = a.id) as keys, r.snapshot
      from articles a join revisions r on r.article_id = a.id and r.version = a.version
      where a.id in (select article_id from article_keys where key = any($1)) or a.id = any($2)
      order by a.id for no key update of a`,
    values: [items.flatMap((item) => item.keys), items.flatMap((item) => item.articleId ?? [])],
  });
  return items.map((item) =>
    item.articleId ? rows.find((row) => row.id === item.articleId) : matchKeys(item.keys, rows),
  );
}

/** The strongest shared key decides; a weaker one only where the stored story has no key of the kind that did not match. */
function matchKeys(keys: string[], rows: Stored[]): Stored | undefined {
  for (const [index, key] of keys.entries()) {
    const stronger = keys.slice(0, index).map(kindOfKey);
    const found = rows.find(
      (row) => row.keys.includes(key) && !row.keys.some((own) => stronger.includes(kindOfKey(own))),
    );
    if (found) return found;
  }
  return undefined;
}

function kindOfKey(key: string): string {
  return key.slice(0, key.indexOf(':'));
}

function plan(item: Incoming, before: Stored | null, now: Date): Plan {
  const note = item.note == null ? null : storable(item.note);
  if (!before) {
    const result = {
      outcome: 'CREATED',
      articleId: uuid({ msecs: now.getTime() }),
      version: 1,
      kind: 'CREATED',
      note,
    } as const;
    return { item, before, result: { ...result, changedFields: [], wasAnnounced: false, isCurrent: true } };
  }
  const { announced: wasAnnounced } = before;
  const fields =
    before.content_hash === contentHash(item.snapshot) ? [] : changedFields(before.snapshot, item.snapshot);
  if (fields.length === 0) {
    const result = { outcome: 'UNCHANGED', articleId: before.id, version: before.version, kind: null, note } as const;
    return { item, before, result: { ...result, changedFields: [], wasAnnounced, isCurrent: true } };
  }
  return {
    item,
    before,
    result: {
      outcome: 'REVISED',
      articleId: before.id,
      version: before.latest + 1,
      kind: revisionKind(before, item.story),
      changedFields: fields,
      note,
      wasAnnounced,
      isCurrent: item.articleId !== undefined || !isOlder(item.story, before),
    },
  };
}

function revisionKind(before: Stored, after: Story): RevisionKind {
  if (before.pub_status === 'USABLE' && after.pubStatus !== 'USABLE') return 'WITHDRAWN';
  if (before.pub_status !== 'USABLE' && after.pubStatus === 'USABLE') return 'RESTORED';
  return after.isCorrection ? 'CORRECTED' : 'UPDATED';
}

/**
 * Whether the stored version is the newer one. By the origin's own count or clock where both have it; a story that
 * was killed comes back only with a version that is stated to be newer than the kill (ninjs pubstatus).
 */
function isOlder(story: Story, stored: Stored): boolean {
  const unsure = stored.pub_status === 'CANCELED' && story.pubStatus !== 'CANCELED';
  if (story.originVersion !== null && stored.origin_version !== null && story.originVersion !== stored.origin_version)
    return story.originVersion < stored.origin_version;
  const statedBefore = stored.snapshot.versionCreated?.instant;
  if (!story.versionCreated || !statedBefore) return unsure;
  const difference = story.versionCreated.instant.getTime() - Date.parse(statedBefore);
  return difference === 0 ? unsure : difference < 0;
}

const REVISION = {
  article_id: 'uuid',
  version: 'int',
  kind: 'revision_kind',
  note: 'text',
  changed_fields: 'text[]',
  version_created: 'timestamptz',
  recorded_at: 'timestamptz',
  snapshot: 'jsonb',
};

function revisionRow({ item, result }: Plan, now: Date): Record<keyof typeof REVISION, unknown> {
  return {
    article_id: result.articleId,
    version: result.version,
    kind: result.kind,
    note: result.note,
    changed_fields: result.changedFields,
    version_created: item.story.versionCreated?.instant ?? item.receivedAt,
    recorded_at: now,
    snapshot: item.snapshot,
  };
}

/** What the publisher printed beside the text; of a revised story it is written anew where it changed. */
async function writeEdges(tx: Transaction, current: Plan[]): Promise<void> {
  const touched = (field: 'photos' | 'related') =>
    current.filter((one) => one.result.outcome === 'CREATED' || one.result.changedFields.includes(field));
  const revised = (plans: Plan[]) => plans.filter((one) => one.before).map((one) => one.result.articleId);
  const photos = touched('photos');
  const related = touched('related');
  await tx.query('delete from article_photos where article_id = any($1)', [revised(photos)]);
  await tx.query(`delete from related where article_id = any($1) and origin = 'PUBLISHER'`, [revised(related)]);
  await writePhotos(
    tx,
    photos.map((one) => ({ articleId: one.result.articleId, photos: one.item.story.photos })),
  );
  await writePrintedRelated(
    tx,
    related.map((one) => ({ articleId: one.result.articleId, related: one.item.story.related })),
  );
  await resolveRelated(
    tx,
    current.map((one) => one.result.articleId),
  );
}
