import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findDates, resolveEventDay } from '../../src/context/event-dates.ts';
import type { StoryTime } from '../../src/stories/story.ts';

/** A Wednesday. */
const published: StoryTime = { instant: new Date('2022-02-23T04:20:00Z'), precision: 'TIME', zone: 'Asia/Manila' };
const days = (text: string) => findDates(text, published).map((phrase) => phrase.date);

describe('findDates', () => {
  it.each([
    ['a bare weekday is the past one', 'Russia on Tuesday said it had', ['2022-02-22']],
    ['today is the latest past weekday', 'The minister said on Wednesday', ['2022-02-23']],
    ['the tense can make a weekday the coming one', 'The leaders will meet on Friday', ['2022-02-25']],
    ['a day without a year is the nearest past one', 'since December 30 nothing moved', ['2021-12-30']],
    ['a day with a year is that day', 'On 6 November 2016, and on Nov. 7, 2016', ['2016-11-06', '2016-11-07']],
    ['an ISO date', 'Updated: 2017-09-15 17:52', ['2017-09-15']],
    ['yesterday and tonight', 'what yesterday was will be tonight', ['2022-02-22', '2022-02-23']],
    ['"may" and "24/7" are no dates', 'He may work 24/7 and may march in 10/11 cases', []],
    ['numbers beside months are no days where they count', 'a March 24% rise, May 12:30', []],
    ['there is no 31 June', 'on June 31, 2020', []],
  ])('%s', (_, text, expected) => {
    expect(days(text)).toEqual(expected);
  });

  it('reads a month with a year as a month', () => {
    expect(findDates('It began in March 2014.', published)).toMatchObject([{ date: '2014-03-01', precision: 'MONTH' }]);
  });

  it('reads tomorrow’s weekday as today further east, late in the day and without a zone', () => {
    const late: StoryTime = { instant: new Date('2017-09-14T22:20:00Z'), precision: 'TIME', zone: null };
    expect(findDates('North Korea fired a missile on Friday', late)[0]?.date).toBe('2017-09-15');
  });

  it('takes any text without throwing', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => Array.isArray(findDates(text, published))));
  });

  it('stays fast on a megabyte in one line', () => {
    const start = performance.now();
    findDates('12 May '.repeat(2000) + 'x'.repeat(1_000_000), published);
    expect(performance.now() - start).toBeLessThan(5000);
  });
});

describe('resolveEventDay', () => {
  it('takes the stated day before the day of publication, and is surer where two phrases agree', () => {
    const one = resolveEventDay('Talks end', ['Talks ended on Tuesday.'], published);
    const two = resolveEventDay(
      'Talks end',
      ['Talks ended on Tuesday (February 22).', 'He left on Monday.'],
      published,
    );
    expect(one?.date).toBe('2022-02-22');
    expect(two).toMatchObject({
      date: '2022-02-22',
      evidence: ['the text says “Tuesday”', 'the text says “February 22”'],
    });
  });

  it('falls back on the day of publication in the source’s zone, unsure', () => {
    const evening: StoryTime = { ...published, instant: new Date('2022-02-23T18:00:00Z') };
    expect(resolveEventDay('Talks end', [], evening)).toMatchObject({ date: '2022-02-24', confidence: 15 });
  });

  it('takes neither history nor the future nor the stamp of a tweet for the event', () => {
    const sentences = [
      'It was founded on May 3, 1998.',
      'They will vote on Sunday.',
      'So sad. — Ann (@ann) February 15, 2022',
    ];
    expect(resolveEventDay('Talks end', sentences, published)?.date).toBe('2022-02-23');
  });

  it('knows no day where nothing is said and no time of publication is known', () => {
    expect(resolveEventDay('Talks end', ['Nothing on Tuesday.'], null)).toBeNull();
  });
});
