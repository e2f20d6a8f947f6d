/**
 * `npm run bench:names -- FILE.ndjson [--json FILE]`: how well names are found in hand-labelled stories.
 *
 * Method: each line is a story `{id, headline, text, entities: [{type, start, end, text}]}`, offsets in code points. A
 * found name is right where type, start and end are all equal to a labelled one. Names that overlap an IGNORE label are
 * not scored. Precision, recall and F1 are over all stories together. Time: the whole story, headline and text, one
 * core, median of five rounds over all stories after ten to warm up (the compiler needs some).
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { findNames, NAME_TYPES } from '../src/context/names/index.ts';

interface Entity {
  type: string;
  /** Code points. */
  start: number;
  end: number;
  text: string;
}

interface LabelledStory {
  id: string;
  headline: string;
  text: string;
  entities: Entity[];
}

interface Tally {
  right: number;
  found: number;
  labelled: number;
}

/** Code point offset of every UTF-16 offset. */
function codePointOffsets(text: string): Uint32Array {
  const offsets = new Uint32Array(text.length + 1);
  let points = 0;
  for (let i = 0; i < text.length; ) {
    const size = (text.codePointAt(i) as number) > 0xffff ? 2 : 1;
    for (let unit = 0; unit < size; unit++) offsets[i + unit] = points;
    i += size;
    points++;
  }
  offsets[text.length] = points;
  return offsets;
}

function found(story: LabelledStory): Entity[] {
  const offsets = codePointOffsets(story.text);
  const mentions = findNames(
    [
      { field: 'headline', text: story.headline },
      { field: 'body', text: story.text },
    ],
    'en',
  );
  return mentions
    .filter((mention) => mention.field === 'body')
    .map(({ type, start, end, text }) => ({
      type,
      start: offsets[start] as number,
      end: offsets[end] as number,
      text,
    }));
}

function overlaps(a: Entity, b: Entity): boolean {
  return a.start < b.end && b.start < a.end;
}

function figuresOf({ right, found, labelled }: Tally): { precision: number; recall: number; f1: number } {
  const round = (value: number) => Math.round(value * 1000) / 1000;
  const precision = found === 0 ? 0 : right / found;
  const recall = labelled === 0 ? 0 : right / labelled;
  const sum = precision + recall;
  return {
    precision: round(precision),
    recall: round(recall),
    f1: round(sum === 0 ? 0 : (2 * precision * recall) / sum),
  };
}

function tallyOf(stories: LabelledStory[], items: Map<string, Entity[]>, types: readonly string[]): Tally {
  const tally: Tally = { right: 0, found: 0, labelled: 0 };
  for (const story of stories) {
    const ignored = story.entities.filter((entity) => entity.type === 'IGNORE');
    const scored = (entity: Entity) => types.includes(entity.type) && !ignored.some((each) => overlaps(each, entity));
    const key = (entity: Entity) => `${entity.type} ${entity.start} ${entity.end}`;
    const labelled = new Set(story.entities.filter(scored).map(key));
    const got = (items.get(story.id) ?? []).filter(scored).map(key);
    tally.labelled += labelled.size;
    tally.found += got.length;
    tally.right += got.filter((each) => labelled.has(each)).length;
  }
  return tally;
}

function main(): void {
  const arguments_ = process.argv.slice(2);
  const jsonAt = arguments_.indexOf('--json');
  const output = jsonAt >= 0 ? arguments_.splice(jsonAt, 2)[1] : undefined;
  const [file] = arguments_;
  if (file === undefined) {
    console.error('Usage: npm run bench:names -- FILE.ndjson [--json FILE]');
    process.exitCode = 2;
    return;
  }
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '');
  const stories = lines.map((line) => JSON.parse(line) as LabelledStory);
  for (let round = 0; round < 10; round++) for (const story of stories) found(story);
  const items = new Map<string, Entity[]>();
  const rounds = Array.from({ length: 5 }, () => {
    const begun = performance.now();
    for (const story of stories) items.set(story.id, found(story));
    return (performance.now() - begun) / Math.max(1, stories.length);
  }).sort((a, b) => a - b);
  const figures = {
    stories: stories.length,
    all: figuresOf(tallyOf(stories, items, NAME_TYPES)),
    ...Object.fromEntries(NAME_TYPES.map((type) => [type, figuresOf(tallyOf(stories, items, [type]))])),
    millisecondsPerStory: Math.round((rounds[2] as number) * 100) / 100,
  };
  console.log(
    'Strict span and type; names overlapping IGNORE are not scored; time per story: median of five warm rounds.',
  );
  console.log(JSON.stringify(figures, null, 2));
  if (output !== undefined) {
    const entities = [...items].map(([id, each]) => [id, { entities: each }]);
    writeFileSync(output, `${JSON.stringify({ figures, items: Object.fromEntries(entities) }, null, 2)}\n`);
  }
}

main();
