import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { centralStory } from '../../src/context/central-story.ts';
import { createEventMemory } from '../../src/context/event-memory.ts';
import { eventDay } from '../../src/context/event-state.ts';
import { rankRelated } from '../../src/context/related-score.ts';
import { makeRecord, readStory } from '../../src/context/story-record.ts';
import { createTermStatistics } from '../../src/context/terms.ts';
import { emptyStory, type Story } from '../../src/stories/story.ts';

function story(headline: string, bodyText: string, published: string): Story {
  return {
    ...emptyStory(headline),
    bodyText,
    datePublished: { instant: new Date(published), precision: 'TIME', zone: 'UTC' },
  };
}

/** Runs the stories through one memory, in order; their ids are "s0", "s1", … */
function run(stories: Story[]) {
  const statistics = createTermStatistics();
  const memory = createEventMemory(statistics);
  const placed = stories.map((each, index) => {
    const reading = readStory(each);
    statistics.add(reading.terms.all.keys());
    const record = makeRecord(`s${index}`, each.headline, reading, [], statistics);
    const { event, assignment } = memory.place(record);
    return { story: record, event: event.id, storyline: event.storyline, state: event, assignment };
  });
  return { placed, statistics };
}

const first = story(
  'Storm Agda floods harbour of Norvik',
  'NORVIK — Storm Agda flooded the harbour of Norvik on Monday, sinking forty fishing boats and cutting power to the old town.',
  '2021-10-04T12:00:00Z',
);
const second = story(
  'Forty boats sunk as storm Agda hits Norvik',
  'Fishing boats sank and power failed in the old town of Norvik when storm Agda flooded its harbour on Monday.',
  '2021-10-04T18:00:00Z',
);
const sibling = story(
  'Storm Bodil tears roofs off Norvik hospital',
  'Patients were moved to Estby after storm Bodil tore the roof off the Norvik hospital on Thursday, injuring nine nurses.',
  '2021-10-14T18:00:00Z',
);
const other = story(
  'Central bank raises rate',
  'The central bank of Sudria raised its key rate to 4 percent.',
  '2021-10-05T08:00:00Z',
);

describe('assigning stories to events', () => {
  it('puts two reports of one happening into one event and another subject into its own', () => {
    const { placed } = run([first, second, other]);
    expect(placed.map(({ event }) => event)).toEqual(['1', '1', '2']);
    expect(placed[1]?.assignment.evidence[0]).toMatch(/^shares with the event: /);
    expect(placed[1] && eventDay(placed[1].state)).toBe('2021-10-04');
  });

  it('keeps siblings apart, in one storyline', () => {
    const { placed } = run([first, second, other, sibling]);
    expect(placed[3]?.event).toBe('3');
    expect(placed[3]?.storyline).toBe('1');
    expect(placed[2]?.storyline).toBe('2');
  });

  it('still joins a report whose date is weeks late', () => {
    const late = { ...first, headline: second.headline, datePublished: sibling.datePublished };
    expect(run([first, second, late]).placed[2]?.event).toBe('1');
  });

  it('comes to the same result when run again', () => {
    const stories = [first, other, second, sibling];
    expect(run(stories).placed.map(({ event }) => event)).toEqual(run(stories).placed.map(({ event }) => event));
  });

  it('keeps an event small under ten thousand words and a thousand copies', () => {
    const long = { ...first, bodyText: Array.from({ length: 10_000 }, (_, index) => `word${index}`).join(' ') };
    const { placed } = run([...Array.from({ length: 1000 }, () => first), long]);
    expect(new Set(placed.slice(0, 1000).map(({ event }) => event)).size).toBe(1);
    expect(placed[999]?.state.terms.size).toBeLessThanOrEqual(100);
  });

  it('takes any story without throwing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (headline, body) => {
        run([story(headline, body, '1900-01-01T00:00:00Z'), story(body, headline, '9000-01-01T00:00:00Z')]);
      }),
      { numRuns: 50 },
    );
  });
});

describe('centralStory', () => {
  it('is the story that the others agree with', () => {
    const aside = story(
      'Sailor tells of storm Agda',
      'A retired sailor told of his youth, and of Norvik.',
      '2021-10-04T19:00:00Z',
    );
    const { placed, statistics } = run([aside, first, second]);
    const event = placed[2]?.state;
    if (!event) throw new Error('three stories were placed');
    expect(
      centralStory(
        placed.map((each) => each.story),
        event,
        statistics,
      )?.id,
    ).not.toBe('s0');
  });
});

describe('rankRelated', () => {
  it('puts the same event first, then the storyline, and gives nothing to a story without relatives', () => {
    const { placed, statistics } = run([first, second, other, sibling]);
    const [a, b, c, d] = placed;
    if (!a || !b || !c || !d) throw new Error('four stories were placed');
    expect(rankRelated(b, placed, statistics)[0]).toMatchObject({
      id: 's0',
      rel: 'RELATED',
      reasons: expect.arrayContaining([{ kind: 'SAME_EVENT', text: 'same event' }]),
    });
    expect(rankRelated(c, placed, statistics)).toEqual([]);
  });

  it('calls a repeated text a copy and names what both are about', () => {
    const { placed, statistics } = run([first, first]);
    const names = [{ type: 'PLACE' as const, name: 'Norvik', confidence: 90, relevance: 80 }];
    const [a, b] = placed.map((each) => ({ ...each, story: { ...each.story, names } }));
    if (!a || !b) throw new Error('two stories were placed');
    expect(rankRelated(a, [b], statistics)[0]).toMatchObject({
      rel: 'COPY_OF',
      reasons: expect.arrayContaining([{ kind: 'SHARED_NAMES', text: 'both about: Norvik' }]),
    });
  });
});
