/**
 * Extraction bench: how much of real pages the readers get right, against a truth labelled by hand.
 *
 *   npm run bench:extract -- FOLDER [--as-text] [--json FILE] [--half A|B]
 *
 * FOLDER holds `*.html` or `*.html.gz`; `ground-truth.json` and `facts.json` lie beside it (or in it).
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { parseHtml } from '../src/ingest/parsers/html.ts';
import { ParseError, type Parser, type Story, type StoryTime } from '../src/stories/story.ts';
import { type BodyScore, type FactField, harmonicMean, type PageFacts, scoreBody, scoreFact } from './extract-score.ts';
import { pageToText } from './page-to-text.ts';

const FACT_FIELDS: FactField[] = [
  'headline',
  'datePublished',
  'authors',
  'leadPhoto',
  'leadCaption',
  'leadCredit',
  'tags',
  'related',
  'language',
  'section',
  'agency',
  'dateline',
  'publisher',
];

interface Item extends Partial<PageFacts> {
  articleBody: string;
}

interface PageResult {
  id: string;
  item: Item;
  error: string | null;
  body: BodyScore;
  facts: Partial<Record<FactField, number>>;
}

interface BenchPage {
  id: string;
  html: string;
  url: string;
  articleBody: string;
  facts: (PageFacts & { unsure?: FactField[] }) | null;
}

const HELP = 'Usage: npm run bench:extract -- FOLDER [--as-text] [--json FILE] [--half A|B] [--worst N]';

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      'as-text': { type: 'boolean', default: false },
      json: { type: 'string' },
      half: { type: 'string' },
      worst: { type: 'string', default: '70' },
    },
  });
  const folder = positionals[0];
  if (folder === undefined) throw new Error(HELP);
  const pages = readPages(folder).filter((page) => values.half === undefined || halfOf(page.id) === values.half);
  const parser = values['as-text'] ? await loadPageTextParser() : parseHtml;
  const inputs = pages.map((page) => (values['as-text'] ? pageToText(page.html) : page.html));

  const run = () => pages.map((page, index) => measurePage(page, inputs[index] as string, parser));
  run(); // compiles the code, so that the timed round measures the parser and not the compiler
  const { result: results, msPerPage } = timed(run, pages.length);
  const figures = summarise(results, msPerPage);
  if (!values['as-text']) {
    const bare = await bareExtractor();
    for (const page of pages) bare(page.html);
    figures.bareCpuMsPerPage = timed(() => pages.map((page) => bare(page.html)), pages.length).msPerPage;
  }

  printReport(results, figures, values['as-text'] ? 'text without mark-up' : 'HTML', Number(values.worst));
  if (values.json !== undefined) {
    const items = Object.fromEntries(results.map((result) => [result.id, result.item]));
    writeFileSync(values.json, `${JSON.stringify({ figures, items }, null, 1)}\n`);
  }
}

function readPages(folder: string): BenchPage[] {
  const beside = (name: string) => [join(folder, name), join(dirname(join(folder, '.')), name)].find(existsSync);
  const truthFile = beside('ground-truth.json');
  if (truthFile === undefined) throw new Error(`No ground-truth.json in or beside ${folder}.\n${HELP}`);
  const truth = JSON.parse(readFileSync(truthFile, 'utf8')) as Record<string, { articleBody: string; url: string }>;
  const factsFile = beside('facts.json');
  const facts = factsFile === undefined ? {} : JSON.parse(readFileSync(factsFile, 'utf8'));
  return readdirSync(folder)
    .filter((file) => /\.html(\.gz)?$/.test(file) && truth[file.replace(/\.html(\.gz)?$/, '')] !== undefined)
    .sort()
    .map((file) => {
      const id = file.replace(/\.html(\.gz)?$/, '');
      const bytes = readFileSync(join(folder, file));
      const html = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
      return { id, html, ...(truth[id] as { articleBody: string; url: string }), facts: facts[id] ?? null };
    });
}

/** Two fixed halves, for looking at errors on one and confirming on the other. */
function halfOf(id: string): string {
  return [...id].reduce((sum, character) => sum + character.charCodeAt(0), 0) % 2 === 0 ? 'A' : 'B';
}

/** Imported only when asked for: the HTML bench does not wait for it. */
async function loadPageTextParser(): Promise<Parser> {
  const module: string = '../src/ingest/parsers/page-text.ts';
  return ((await import(module)) as { parsePageText: Parser }).parsePageText;
}

/** Readability on linkedom alone, on the same input: what the parser's CPU is to be compared with. */
async function bareExtractor(): Promise<(html: string) => unknown> {
  const [{ Readability }, { parseHTML }] = await Promise.all([import('@mozilla/readability'), import('linkedom')]);
  return (html) => new Readability(parseHTML(html).document).parse()?.textContent;
}

function timed<T>(run: () => T, pages: number): { result: T; msPerPage: number } {
  const before = process.cpuUsage();
  const result = run();
  const { user, system } = process.cpuUsage(before);
  return { result, msPerPage: (user + system) / 1000 / pages };
}

function measurePage(page: BenchPage, input: string, parser: Parser): PageResult {
  let item: Item = { articleBody: '' };
  let error: string | null = null;
  try {
    const [first] = parser(input, { url: page.url, receivedAt: new Date(), timeZone: null });
    if (first?.kind === 'STORY') item = itemOf(first.story);
    else error = 'no story';
  } catch (thrown) {
    if (!(thrown instanceof ParseError)) throw thrown;
    error = `${thrown.field}: ${thrown.message}`;
  }
  const facts: PageResult['facts'] = {};
  for (const field of FACT_FIELDS) {
    if (page.facts === null || page.facts.unsure?.includes(field)) continue;
    facts[field] = scoreFact(field, page.facts[field], item[field] ?? null, page.url);
  }
  return { id: page.id, item, error, body: scoreBody(page.articleBody, item.articleBody), facts };
}

function itemOf(story: Story): Item {
  const lead = story.photos.find((photo) => photo.role === 'LEAD');
  return {
    articleBody: story.bodyText,
    headline: story.headline,
    datePublished: story.datePublished && printTime(story.datePublished),
    authors: story.authors,
    agency: story.creditText,
    dateline: story.dateline,
    leadPhoto: lead?.renditions[0]?.href ?? null,
    leadCaption: lead?.caption ?? null,
    leadCredit: lead?.creditText ?? lead?.creator ?? null,
    tags: story.tags.map((tag) => tag.name),
    section: story.section,
    related: story.related.map((related) => related.title),
    language: story.language,
    publisher: story.source?.name ?? null,
  };
}

/** ISO 8601 in the zone stated, the day alone where only the day is known. */
function printTime(time: StoryTime): string {
  const minutes = offsetMinutes(time);
  const local = new Date(time.instant.getTime() + minutes * 60_000).toISOString();
  if (time.precision === 'DAY') return local.slice(0, 10);
  if (minutes === 0) return local;
  const clock = `${Math.floor(Math.abs(minutes) / 60)}`.padStart(2, '0');
  return `${local.slice(0, 19)}${minutes < 0 ? '-' : '+'}${clock}:${`${Math.abs(minutes) % 60}`.padStart(2, '0')}`;
}

function offsetMinutes({ zone, instant }: StoryTime): number {
  if (zone === null) return 0;
  const offset = /^([+-])(\d\d):(\d\d)$/.exec(zone);
  if (offset !== null) return (offset[1] === '-' ? -1 : 1) * (Number(offset[2]) * 60 + Number(offset[3]));
  const shown = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' });
  return Math.round((Date.parse(`${shown.format(instant).replace(' ', 'T')}Z`) - instant.getTime()) / 60_000);
}

function summarise(results: PageResult[], cpuMsPerPage: number): Record<string, number> {
  const precision = mean(results.map((result) => result.body.precision));
  const recall = mean(results.map((result) => result.body.recall));
  const figures: Record<string, number> = {
    pages: results.length,
    bodyF1: harmonicMean(precision, recall),
    bodyPrecision: precision,
    bodyRecall: recall,
    bodyExact: mean(results.map((result) => (result.body.exact ? 1 : 0))),
  };
  for (const field of FACT_FIELDS) {
    const scores = results.flatMap((result) => result.facts[field] ?? []);
    if (scores.length > 0) figures[field] = mean(scores);
  }
  return { ...figures, cpuMsPerPage };
}

function mean(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

function printReport(results: PageResult[], figures: Record<string, number>, what: string, worst: number): void {
  console.log(`Extraction from ${what}, ${results.length} pages.
Body: multiset of 4-grams of words per page; precision and recall averaged over pages, F1 from these; exact = both 1.
Facts: share of scored pages right (tags and related: mean F1 of the sets; both empty count as 1). Dates: same instant,
or same day where the truth has only a day. Photo: same picture, whatever its size. Text after NFKC, quotes and white
space folded. CPU: user + system time of a second round in this process; noisy on a busy machine.
`);
  for (const [name, figure] of Object.entries(figures)) {
    console.log(`  ${name.padEnd(18)} ${name === 'pages' ? figure : figure.toFixed(name.includes('Ms') ? 1 : 3)}`);
  }
  console.log('\nPages, worst body first: F1, precision, recall; facts wrong');
  const byScore = [...results].sort((a, b) => a.body.f1 - b.body.f1).slice(0, worst);
  for (const { id, body, facts, error } of byScore) {
    const scores = [body.f1, body.precision, body.recall].map((score) => score.toFixed(3)).join('  ');
    const wrong = FACT_FIELDS.filter((field) => (facts[field] ?? 1) < 1);
    console.log(`  ${id.slice(0, 12)}  ${scores}${body.exact ? ' =' : '  '}  ${error ?? wrong.join(' ')}`);
  }
}

await main();
