import { describe, expect, it } from 'vitest';
import { cueAt, parseLexicon } from '../../../src/context/topics/lexicon.ts';
import { wordsOf } from '../../../src/context/topics/words.ts';

const lexicon = parseLexicon(
  `# a comment
20000062 war
  4: war, wars*
  2: bomb*
20000055 terrorist bombings
  4: bombing*, Fed
20000376 trade dispute
  6: trade war
ignore
  0: war of words`,
);

function found(text: string): { phrase: string; weights: Record<string, number>; length: number } | undefined {
  const at = cueAt(lexicon, wordsOf(text), 0);
  return at && { phrase: at.cue.phrase, weights: Object.fromEntries(at.cue.weights), length: at.length };
}

describe('the cue lexicon', () => {
  it('takes the longest cue', () => {
    expect(found('war in the east')).toMatchObject({ phrase: 'war', length: 1 });
    expect(found('trade war looms')).toMatchObject({ phrase: 'trade war', weights: { 20000376: 6 }, length: 2 });
    expect(found('trade-wars loom')).toMatchObject({ phrase: 'trade war', length: 2 });
  });

  it('passes over phrases that would mislead', () => {
    expect(found('War of words erupts')).toEqual({ phrase: 'war of words', weights: {}, length: 3 });
  });

  it('lets a longer stem mean what the shorter one means, too', () => {
    expect(found('bombs')?.weights).toEqual({ 20000062: 2 });
    expect(found('bombings')?.weights).toEqual({ 20000055: 4, 20000062: 2 });
  });

  it('wants capitals where the cue has them', () => {
    expect(found('Fed rates')).toMatchObject({ phrase: 'Fed' });
    expect(found('fed cats')).toBeUndefined();
  });

  it('names the line that is wrong', () => {
    expect(() => parseLexicon('20009999 nothing\n  4: word')).toThrow('Line 1: no living Media Topic "20009999".');
    expect(() => parseLexicon('20000064 war crime action')).toThrow('Line 1');
    expect(() => parseLexicon('20000062 war\n  9: word')).toThrow('Line 2 is neither a topic nor its cues');
  });
});
