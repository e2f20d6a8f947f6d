import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { describeEvent } from '../../src/context/describe-event.ts';
import { emptyStory } from '../../src/stories/story.ts';

const SAMPLE = new URL('../../../shared/samples/inquirer-2022-02-23-russia-ukraine.txt', import.meta.url);

describe('describeEvent', () => {
  it.skipIf(!existsSync(SAMPLE))('describes the event of the sample page (skipped without ../shared)', () => {
    const page = readFileSync(SAMPLE, 'utf8').split('\n\n');
    const blocks = page.filter((block) =>
      /^(?:MOSCOW|“An|Russian Foreign|“The Russian|Earlier|The unanimous)/.test(block),
    );
    expect(blocks).toHaveLength(6);
    const story = {
      ...emptyStory('Russia establishes diplomatic ties with Ukraine’s separatist regions'),
      dateline: 'MOSCOW',
      bodyText: blocks.join('\n\n'),
      datePublished: { instant: new Date('2022-02-23T04:20:00Z'), precision: 'TIME', zone: 'Asia/Manila' } as const,
    };
    expect(describeEvent(story, [])).toMatchObject({
      name: "Russia establishes diplomatic relations with the Donetsk and Lugansk People's Republics",
      startDate: { date: '2022-02-22', precision: 'DAY' },
      place: 'Moscow',
      participants: ["Donetsk People's Republic", "Lugansk People's Republic"],
      evidence: expect.arrayContaining(['date: the text says “Tuesday”', 'date: the text says “February 22”']),
    });
  });

  it('names who took part, a country that acts and the tagger’s people and organisations', () => {
    const story = { ...emptyStory('Norland arrests minister'), bodyText: 'Police arrested Jo Berg in Estby.' };
    const names = [
      { type: 'PERSON', name: 'Jo Berg', confidence: 90, relevance: 60 },
      { type: 'PLACE', name: 'Norland', confidence: 90, relevance: 80 },
    ] as const;
    expect(describeEvent(story, [...names])).toMatchObject({ participants: ['Norland', 'Jo Berg'], startDate: null });
  });

  it('describes no event of a story without words', () => {
    expect(describeEvent(emptyStory('…'), [])).toBeNull();
  });
});
