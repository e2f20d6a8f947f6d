import { expect, test } from 'vitest';
import type { LogEntry } from '../../src/log/read.ts';
import { changeFor } from '../../src/log/stream.ts';
import type { StoryFacts } from '../../src/stories/facts.ts';

// What a change is to a subscriber depends on whether its filter matched the story before and after.

const MATCHING: StoryFacts = {
  announced: true,
  pubStatus: 'USABLE',
  sourceId: null,
  tagIds: ['bridges'],
  eventIds: [],
  authors: [],
  language: null,
  listedAt: '2024-03-04T09:30:00.000Z',
  hasPhoto: false,
};
const OTHER: StoryFacts = { ...MATCHING, tagIds: [] };
const WITHHELD: StoryFacts = { ...MATCHING, pubStatus: 'WITHHELD' };
const EMBARGOED: StoryFacts = { ...MATCHING, announced: false };

const entry = (kind: LogEntry['kind'], factsBefore: StoryFacts | null, facts: StoryFacts): LogEntry => ({
  seq: 1n,
  epoch: 'a1',
  articleId: 'a',
  version: 1,
  kind,
  changedFields: [],
  note: null,
  facts,
  factsBefore,
});

test.each<[string, LogEntry['kind'], StoryFacts | null, StoryFacts, ReturnType<typeof changeFor>]>([
  ['a new story that passes', 'PUBLISHED', null, MATCHING, 'PUBLISHED'],
  ['a new story that does not', 'PUBLISHED', null, OTHER, null],
  ['an update within the filter', 'UPDATED', MATCHING, MATCHING, 'UPDATED'],
  ['a correction within the filter', 'CORRECTED', MATCHING, MATCHING, 'CORRECTED'],
  ['an update outside of it', 'UPDATED', OTHER, OTHER, null],
  ['an update into it', 'UPDATED', OTHER, MATCHING, 'ENTERED'],
  ['a correction into it', 'CORRECTED', OTHER, MATCHING, 'ENTERED'],
  ['an update out of it', 'UPDATED', MATCHING, OTHER, 'LEFT'],
  ['a withdrawal', 'WITHDRAWN', MATCHING, WITHHELD, 'WITHDRAWN'],
  ['a withdrawal that also changes what it is about', 'WITHDRAWN', MATCHING, { ...WITHHELD, tagIds: [] }, 'WITHDRAWN'],
  ['a withdrawal of what did not pass', 'WITHDRAWN', OTHER, WITHHELD, null],
  ['a restored story', 'RESTORED', WITHHELD, MATCHING, 'RESTORED'],
  ['a restored story about something else', 'RESTORED', WITHHELD, OTHER, null],
  ['an embargo that lifts', 'PUBLISHED', EMBARGOED, MATCHING, 'PUBLISHED'],
  ['a story that comes under embargo', 'UPDATED', MATCHING, EMBARGOED, 'LEFT'],
  ['a change of a story under embargo', 'UPDATED', EMBARGOED, EMBARGOED, null],
  ['a killed story that is withdrawn again', 'UPDATED', WITHHELD, WITHHELD, null],
])('%s (%s)', (_name, kind, before, after, expected) => {
  expect(changeFor({ tags: { any: ['bridges'] } }, entry(kind, before, after))).toBe(expected);
});

test('who asks for withheld stories sees a withdrawal as the change that it is', () => {
  const filter = { pubStatus: ['USABLE', 'WITHHELD'] as const };
  expect(changeFor({ pubStatus: [...filter.pubStatus] }, entry('WITHDRAWN', MATCHING, WITHHELD))).toBe('WITHDRAWN');
});

test('words that were not loaded match no text', () => {
  expect(changeFor({ text: 'bridge' }, entry('PUBLISHED', null, MATCHING))).toBeNull();
});
