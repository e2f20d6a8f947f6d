import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TestApp } from '../support/app.ts';
import { pageText } from '../support/stories.ts';
import { COMMAND_TIMEOUT, makeFolder, ndjson, outcomes, runCommand, startReadyApp } from './command.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startReadyApp();
}, COMMAND_TIMEOUT);
afterAll(() => app.stop());

const FEED = `<?xml version="1.0" encoding="ISO-8859-1"?>
<rss version="2.0"><channel><title>Example Courier</title><link>https://courier.example/</link>
<item><title>Caf\xe9 burns down</title><link>https://courier.example/a</link><description>A caf\xe9 burnt down on Monday.</description></item>
<item><title>Second story</title><link>https://courier.example/b</link><description>Something else happened on Tuesday.</description></item>
</channel></rss>`;

describe('npm run ingest', { timeout: COMMAND_TIMEOUT }, () => {
  test('sends the files of a folder and of a glob, one line each, and ends with a summary', async () => {
    const folder = await makeFolder();
    await mkdir(join(folder, 'deep'));
    await writeFile(join(folder, 'one.txt'), pageText('The One bridge'));
    await writeFile(join(folder, 'deep', 'two.txt'), pageText('The Two bridge'));
    await writeFile(join(folder, '.hidden'), pageText('The Hidden bridge'));
    const sent = await runCommand([folder], app);
    expect(sent).toMatchObject({ code: 0 });
    expect(outcomes(sent.stdout)).toEqual([
      ['CREATED', 'one.txt'],
      ['CREATED', 'two.txt'],
    ]);
    expect(sent.stdout).toContain('“The One bridge opens to traffic”');
    expect(sent.stderr).toMatch(/CREATED +2\n─+\nitems +2\n2 inputs in/);
    const again = await runCommand([join(folder, '*.txt')], app);
    expect(outcomes(again.stdout)).toEqual([['UNCHANGED', 'one.txt']]);
  });

  test('reads one story from standard input', async () => {
    const { code, stdout } = await runCommand(['-'], { ...app, stdin: pageText('The Stdin bridge') });
    expect({ code, lines: outcomes(stdout) }).toEqual({ code: 0, lines: [['CREATED', 'stdin']] });
  });

  test('reads NDJSON: each line is a story, and a torn one is rejected by itself', async () => {
    const { code, stdout } = await runCommand(['-'], { ...app, stdin: `${ndjson('Lines', 2)}{"headline": "to\n` });
    expect({ code, lines: outcomes(stdout) }).toEqual({
      code: 1,
      lines: [
        ['CREATED', 'stdin:1'],
        ['CREATED', 'stdin:2'],
        ['REJECTED', 'stdin:3'],
      ],
    });
  });

  test('--json prints an object per item; a feed, in its own charset, has several', async () => {
    const folder = await makeFolder();
    await writeFile(join(folder, 'feed.xml'), FEED, 'latin1');
    await writeFile(join(folder, 'empty.txt'), '');
    const { code, stdout } = await runCommand(['--json', folder], app);
    const items = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(code).toBe(1);
    expect(items).toMatchObject([
      { outcome: 'REJECTED', article: null, errors: [{ code: 'EMPTY' }] },
      { outcome: 'CREATED', article: { headline: 'Café burns down' } },
      { outcome: 'CREATED', article: { headline: 'Second story' } },
    ]);
  });

  test('--dry-run prints the draft as a tree with where each field was found, and stores nothing', async () => {
    const folder = await makeFolder();
    const page = `<!doctype html><html lang="fr"><head><meta charset="windows-1252"><title>Un \xe9t\xe9 revient</title></head>
<body><article><h1>Un \xe9t\xe9 revient</h1><p>Il fait tr\xe8s chaud depuis lundi dans toute la vall\xe9e, et les \xe9coles sont ferm\xe9es.</p></article></body></html>`;
    await writeFile(join(folder, 'page.html'), page, 'latin1');
    const { code, stdout } = await runCommand(['--dry-run', folder], app);
    expect(code).toBe(0);
    expect(outcomes(stdout)).toEqual([['DRAFT', 'page.html']]);
    expect(stdout).toMatch(/├─ headline: Un été revient {2}← \w+, .+ \(\d+ %\)\n/);
    const { rows } = await app.database.pool.query(`select from articles where headline like '%revient'`);
    expect(rows).toEqual([]);
  });

  test('wrong use, a missing file, an address without --fetch, no server and a wrong key end with 2', async () => {
    const file = join(await makeFolder(), 'story.txt');
    await writeFile(file, pageText('The Key bridge'));
    const ended = await Promise.all([
      runCommand([], app),
      runCommand(['/no/such/file'], app),
      runCommand(['https://courier.example/a'], app),
      runCommand([file], { ...app, url: 'http://localhost:1/graphql' }),
      runCommand([file], { ...app, key: 'wrong' }),
    ]);
    expect(ended.map(({ code }) => code)).toEqual([2, 2, 2, 2, 2]);
    const said = ['Usage:', 'no such file', '--fetch', 'No server answers', 'key'];
    for (const [index, word] of said.entries()) expect(ended[index]?.stderr).toContain(word);
  });

  test('--fetch refuses addresses that are not public', async () => {
    const { code, stdout } = await runCommand(['--fetch', app.url], app);
    expect(code).toBe(1);
    expect(stdout).toContain('REJECTED');
    expect(stdout).toContain('not on the public internet');
  });
});
