import { describe, expect, test } from 'vitest';
import { draftTree } from '../../src/cli/draft-tree.ts';
import { readOptions } from '../../src/cli/options.ts';
import { outcomeLine } from '../../src/cli/outcome-line.ts';
import { createProgress, progressLine } from '../../src/cli/progress.ts';
import { rejected } from '../../src/cli/send.ts';
import { summaryTable } from '../../src/cli/summary.ts';

describe('what the command prints', () => {
  test('a rejected item, with its errors and without control characters of its own', () => {
    const error = { code: 'X', path: ['input', 'items', '3', 'source', 'any'], message: 'No \u001b[31mstory\nhere.' };
    expect(outcomeLine(rejected({ name: 'a.txt' }, [error]))).toBe(
      'REJECTED   a.txt\n           source.any: No  [31mstory here.\n',
    );
  });

  test('a draft as a tree, with where each field was found', () => {
    const draft = { uri: null, headline: 'A headline', tags: [{ type: 'PERSON', name: 'Jane Doe', sameAs: [] }] };
    const provenance = { headline: { reader: 'dom', place: 'h1', confidence: 95 } };
    expect(
      draftTree({ ...rejected({ name: 'a' }, []), draft, provenance }),
    ).toBe(`├─ headline: A headline  ← dom, h1 (95 %)
└─ tags
   └─ 1
      ├─ type: PERSON
      └─ name: Jane Doe

`);
  });

  test('progress with rate and time left', () => {
    const state = { inputs: 120, done: 250, totalBytes: 1000, seconds: 30 };
    expect(progressLine(state)).toBe('[██████                  ] 25 %  120 sent  4.0/s  1:30 left');
    expect(progressLine({ ...state, totalBytes: null })).toBe('120 sent  4.0/s');
  });

  test('progress on a terminal only', () => {
    const written: string[] = [];
    const stream = (isTTY: boolean) =>
      ({ isTTY, columns: 80, write: (text: string) => written.push(text) }) as unknown as NodeJS.WriteStream;
    createProgress(stream(false), { totalBytes: 10, started: Date.now() }).advance(1, 1);
    expect(written).toEqual([]);
    createProgress(stream(true), { totalBytes: 10, started: Date.now() }).advance(5, 1);
    expect(written.join('')).toContain('50 %');
  });

  test('a summary of each outcome', () => {
    const outcomes = new Map([
      ['REJECTED', 1],
      ['CREATED', 11],
    ]);
    expect(summaryTable({ inputs: 12, skipped: 3, outcomes }, 4)).toBe(`─────────────────────
CREATED            11
REJECTED            1
sent before         3
─────────────────────
items              12
12 inputs in 4.0 s, 3.0 a second
`);
  });
});

describe('readOptions', () => {
  test('has defaults for everything but the path', () => {
    expect(readOptions(['a.txt'])).toMatchObject({
      paths: ['a.txt'],
      fetch: false,
      concurrency: 2,
      retries: 6,
      settle: 2000,
    });
  });

  test.each([
    [['--urls', 'sitemap.xml'], 'unless you add --fetch'],
    [['--watch', 'inbox', 'a.txt'], '--watch takes one folder'],
    [['--settle', '3', 'a.txt'], 'goes with --watch'],
    [['--dry-run', '--watch', 'inbox'], 'stores nothing'],
    [['--concurrency', '0', 'a.txt'], 'from 1 to 32'],
    [['--concurrency', '1.5', 'a.txt'], 'from 1 to 32'],
    [['--retries', 'many', 'a.txt'], 'from 0 to 100'],
    [['--nonsense'], '--nonsense'],
    [[], 'Usage:'],
  ])('refuses %j', (args, message) => {
    expect(() => readOptions(args)).toThrow(message);
  });
});
