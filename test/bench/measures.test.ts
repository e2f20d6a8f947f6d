import { describe, expect, it } from 'vitest';
import { bCubed, dayAccuracy, placeAccuracy, relatedFigures } from '../../bench/measures.ts';

describe('the measures of bench:context', () => {
  it('B-cubed counts for each story what is right in its cluster and found of its event', () => {
    const stories = ['ax', 'ax', 'ay', 'by'].map(([cluster = '', truth = '']) => ({ cluster, truth }));
    const figures = bCubed(stories);
    expect(figures.precision).toBeCloseTo((2 / 3 + 2 / 3 + 1 / 3 + 1) / 4);
    expect(figures.recall).toBeCloseTo((1 + 1 + 0.5 + 0.5) / 4);
  });

  it('related counts only as many places as there are relatives, and stories rightly left alone', () => {
    const truth = new Map([
      ['a', 'x'],
      ['b', 'x'],
      ['c', 'y'],
      ['d', 'z'],
    ]);
    const items = new Map([
      ['a', ['b', 'c']],
      ['b', ['c', 'a']],
      ['d', ['a']],
    ]);
    expect(relatedFigures(items, truth)).toEqual({ firstFour: 0.5, recallAt10: 1, noneRate: 0.5 });
  });

  it('a day or place is right where it is one of those marked', () => {
    const marked = [
      { id: 'a', days: ['2016-11-09'], places: ['in Croydon, Near London'] },
      { id: 'b', days: [], places: [] },
    ];
    expect(dayAccuracy(new Map([['a', '2016-11-09']]), marked)).toBe(1);
    expect(placeAccuracy(new Map([['a', 'Croydon']]), marked)).toBe(1);
    expect(placeAccuracy(new Map([['a', 'Paris']]), marked)).toBe(0);
  });
});
