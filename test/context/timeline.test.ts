import { describe, expect, it } from 'vitest';
import { createTermStatistics } from '../../src/context/terms.ts';
import { buildTimeline } from '../../src/context/timeline.ts';

const published = { instant: new Date('2022-02-23T04:20:00Z'), precision: 'TIME', zone: 'UTC' } as const;

describe('buildTimeline', () => {
  it('orders dated statements by day, each with the story it cites', () => {
    const sentences = [
      'The parliament approved the treaty on Tuesday.',
      'The fighting began in April 2014 in the east.',
      'No date here at all, none.',
    ];
    const timeline = buildTimeline([{ article: 'a', revision: 2, sentences, published }], createTermStatistics());
    expect(timeline).toEqual([
      { date: '2014-04-01', precision: 'MONTH', text: sentences[1], phrase: 'April 2014', article: 'a', revision: 2 },
      { date: '2022-02-22', precision: 'DAY', text: sentences[0], phrase: 'Tuesday', article: 'a', revision: 2 },
    ]);
  });

  it('says once what two stories say of one day, and leaves out what is still to come', () => {
    const story = (article: string, sentence: string) => ({ article, revision: 1, sentences: [sentence], published });
    const stories = [
      story('a', 'The parliament approved the border treaty on Tuesday.'),
      story('b', 'On Tuesday the parliament approved the treaty on the border.'),
      story('c', 'The president will sign the border treaty on Friday.'),
    ];
    expect(buildTimeline(stories, createTermStatistics()).map((entry) => entry.article)).toEqual(['a']);
  });
});
