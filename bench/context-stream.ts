/**
 * The context bench: labelled stories of all files as one stream, in order of publication, through the real ingest
 * path into a database of its own; figures for each file beside naive baselines.
 *
 *   npm run bench:context -- FILE.ndjson… [--json FILE]
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { findSimilar } from '../src/context/similar.ts';
import { type Database, openDatabase } from '../src/db/client.ts';
import { inTransaction } from '../src/db/transaction.ts';
import { ingest } from '../src/ingest/ingest.ts';
import { type IngestInput, type ReadItem, readInput } from '../src/ingest/read.ts';
import type { Reader } from '../src/ingest/reader.ts';
import { type LabelledStory, scoreEvents, scoreMarks } from './context.ts';
import type { ContextItem, MarkedStory } from './measures.ts';
import { createThrowAwayDatabase } from './throw-away-database.ts';

/** A line of an input file (the shape of the corpora's README). */
interface Line {
  id: string;
  event?: string;
  url?: string;
  sourceDomain?: string;
  publisher?: string;
  headline: string;
  abstract?: string | null;
  datePublished?: string | null;
  authors?: string[];
  text: string;
  fiveW?: { when?: { parsed?: string | null }[]; where?: { text: string }[] };
}

interface Item extends ContextItem {
  /** Codes of Media Topics, surest first. */
  topics: string[];
}

const RELATED = 10;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { json: { type: 'string' } } });
  if (positionals.length === 0) throw new Error('Usage: npm run bench:context -- FILE.ndjson… [--json FILE]');
  const files = positionals.map((path) => ({ name: basename(path, '.ndjson'), lines: readLines(path) }));
  // A story of two files is one story; the line that names its event says more.
  const byId = new Map<string, Line>();
  for (const line of files.flatMap((file) => file.lines))
    if (byId.get(line.id)?.event === undefined) byId.set(line.id, line);
  const stream = [...byId.values()];
  stream.sort((a, b) => compare(publishedAt(a) ?? '', publishedAt(b) ?? '') || compare(a.id, b.id));
  const throwAway = await createThrowAwayDatabase();
  const database = openDatabase(throwAway.url, { onError: (error) => console.error(error.message) });
  try {
    const { read, items, milliseconds } = await ingestStream(database, stream);
    const labelled = stream.map((line) => label(line, read.get(line.id)));
    const figures = Object.fromEntries(files.map(({ name, lines }) => [name, score(lines, items, labelled)]));
    const cost = {
      unit: 'milliseconds a story',
      reading: spread(milliseconds.reading),
      transaction: spread(milliseconds.storing),
    };
    console.log(JSON.stringify({ stories: stream.length, figures, cost }, round, 2));
    if (values.json !== undefined)
      writeFileSync(
        values.json,
        `${JSON.stringify({ figures: { ...figures, cost }, items: Object.fromEntries(items) }, null, 1)}\n`,
      );
  } finally {
    await database.close();
    await throwAway.drop();
  }
}

/** Ingests one story after the other; what it says of each is read when all are in. */
async function ingestStream(database: Database, stream: Line[]) {
  const read = new Map<string, ReadItem>();
  const milliseconds = { reading: [] as number[], storing: [] as number[] };
  const articles = new Map<string, string>();
  for (const line of stream) {
    let reading = 0;
    const reader: Reader = {
      async read(input: IngestInput) {
        const begun = performance.now();
        const answer = readInput(input);
        reading = performance.now() - begun;
        if (answer.items[0]) read.set(line.id, answer.items[0]);
        return answer;
      },
      close: async () => {},
    };
    const begun = performance.now();
    const [result] = await ingest(database, reader, [toInput(line)], null);
    milliseconds.storing.push(performance.now() - begun - reading);
    milliseconds.reading.push(reading);
    const [item] = result?.items ?? [];
    if (item?.articleId) articles.set(line.id, item.articleId);
    else console.error(`${line.id}: ${item?.errors[0]?.message ?? 'not ingested'}`);
  }
  return { read, milliseconds, items: await readItems(database, articles, read) };
}

async function readItems(database: Database, articles: Map<string, string>, read: Map<string, ReadItem>) {
  const lineOf = new Map([...articles].map(([line, article]) => [article, line]));
  const items = new Map<string, Item>();
  for (const [id, articleId] of articles) {
    const { rows } = await database.pool.query<{ event: string; day: Date | null; place: string | null }>(
      `select e.id as event, e.start_date as day, r.record->'story'->>'placePrinted' as place
       from event_articles x join events e on e.id = x.event_id join story_records r on r.article_id = x.article_id
       where x.article_id = $1`,
      [articleId],
    );
    const similar = await inTransaction(database.pool, (tx) => findSimilar(tx, articleId, RELATED));
    const [row] = rows;
    items.set(id, {
      event: row?.event ?? `none ${id}`,
      related: similar.flatMap((pick) => lineOf.get(pick.id) ?? []),
      eventDate: row?.day?.toISOString().slice(0, 10) ?? null,
      eventPlace: row?.place ?? null,
      topics: topicsOf(read.get(id)),
    });
  }
  return items;
}

function topicsOf(item: ReadItem | undefined): string[] {
  if (item?.kind !== 'STORY') return [];
  const topics = item.context.tags.filter((tag) => tag.scheme === 'medtop' && tag.creator === 'SYSTEM');
  return topics.sort((a, b) => (b.confidence ?? 0) - (a.confidence ?? 0)).flatMap((tag) => tag.termCode ?? []);
}

function score(lines: Line[], items: Map<string, Item>, stream: LabelledStory[]) {
  const ids = new Set(lines.filter((line) => line.event !== undefined).map((line) => line.id));
  const marked = lines.flatMap((line): MarkedStory[] => {
    if (!line.fiveW) return [];
    const days = (line.fiveW.when ?? []).flatMap(({ parsed }) => parsed?.slice(0, 10) ?? []);
    return [{ id: line.id, days, places: (line.fiveW.where ?? []).map(({ text }) => text) }];
  });
  const published = new Map(lines.map((line) => [line.id, publishedAt(line)?.slice(0, 10) ?? null]));
  return {
    ...(ids.size > 0
      ? scoreEvents(
          items,
          stream.filter((story) => ids.has(story.id)),
          stream,
        )
      : {}),
    ...(marked.length > 0 ? { marks: scoreMarks(items, marked, published) } : {}),
  };
}

function readLines(path: string): Line[] {
  const lines = readFileSync(path, 'utf8').split('\n');
  return lines.filter((line) => line.trim() !== '').map((line) => JSON.parse(line));
}

/** The data's times have no zone; they are read as UTC. */
function publishedAt({ datePublished }: Line): string | null {
  if (!datePublished || Number.isNaN(Date.parse(datePublished))) return null;
  const time = datePublished.trim().replace(' ', 'T');
  return /T.*(?:Z|[+-]\d\d:?\d\d)$/.test(time) || !time.includes('T') ? time : `${time}Z`;
}

function toInput(line: Line): IngestInput {
  const name = line.sourceDomain ?? line.publisher;
  const content = {
    uri: `urn:bench:${line.id}`,
    canonicalUrl: line.url,
    source: name ? { name, domain: line.sourceDomain } : undefined,
    headline: line.headline,
    abstract: line.abstract || undefined,
    datePublished: publishedAt(line) ?? undefined,
    bodyText: line.text,
  };
  return {
    format: 'STRUCTURED',
    content: JSON.stringify(content),
    path: [line.id],
    url: null,
    receivedAt: new Date(),
    idempotencyKey: null,
  };
}

function label(line: Line, item: ReadItem | undefined): LabelledStory {
  return {
    id: line.id,
    event: line.event ?? line.id,
    headline: line.headline,
    lead: line.abstract ?? '',
    body: line.text,
    tags: item?.kind === 'STORY' ? item.context.tags.map((tag) => tag.name) : [],
  };
}

function spread(values: number[]): { p50: number; p95: number } {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  return { p50: at(0.5), p95: at(0.95) };
}

function round(_key: string, value: unknown): unknown {
  return typeof value === 'number' ? Math.round(value * 1000) / 1000 : value;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

await main();
