import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createFilterIndex } from '../../src/log/filter-index.ts';
import { changeFor } from '../../src/log/stream.ts';
import type { StoryFilter } from '../../src/stories/filter.ts';
import { storyFacts } from './fake-log.ts';

const some = (name: string) => fc.array(fc.constantFrom(`${name}1`, `${name}2`, `${name}3`), { maxLength: 2 });
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 1 });
const filters: fc.Arbitrary<StoryFilter> = fc.record({
  tags: maybe(fc.record({ any: maybe(some('tag')), all: maybe(some('tag')), none: maybe(some('tag')) })),
  eventIds: maybe(some('event')),
  sourceIds: maybe(some('source')),
  authors: maybe(some('author')),
  languages: maybe(fc.constant(['en'])),
  hasPhoto: maybe(fc.boolean()),
});
const facts = fc
  .record({
    tagIds: some('tag'),
    eventIds: some('event'),
    sourceId: fc.option(fc.constantFrom('source1', 'source2')),
    authors: some('author'),
    language: fc.option(fc.constantFrom('en-GB', 'de')),
    hasPhoto: fc.boolean(),
    pubStatus: fc.constantFrom('USABLE' as const, 'CANCELED' as const),
  })
  .map(storyFacts);

describe('the filter index', () => {
  test('finds every filter that an entry concerns: the same changes as running each', () => {
    fc.assert(
      fc.property(fc.array(filters, { maxLength: 30 }), facts, fc.option(facts), (all, after, factsBefore) => {
        const index = createFilterIndex<StoryFilter>();
        for (const filter of all) index.add(filter, filter);
        const entry = { ...ENTRY, facts: after, factsBefore };
        const found = [...index.candidates(entry)].filter((filter) => changeFor(filter, entry));
        expect(new Set(found)).toEqual(new Set(all.filter((filter) => changeFor(filter, entry))));
      }),
      { numRuns: 500 },
    );
  });

  test('looks at a handful of thousands of filters', () => {
    const index = createFilterIndex<number>();
    for (let n = 0; n < 10_000; n++) index.add({ tags: { any: [`tag${n}`] } }, n);
    expect(index.candidates({ facts: storyFacts({ tagIds: ['tag7', 'tag8'] }), factsBefore: null }).size).toBe(2);
  });

  test('forgets what was removed', () => {
    const index = createFilterIndex<string>();
    index.add({}, 'everything');
    index.remove({}, 'everything');
    expect(index.candidates({ facts: storyFacts({}), factsBefore: null }).size).toBe(0);
  });
});

const ENTRY = {
  seq: 1n,
  epoch: 'one',
  articleId: 'article',
  version: 1,
  kind: 'UPDATED' as const,
  changedFields: [],
  note: null,
};
