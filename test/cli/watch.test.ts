import { appendFileSync } from 'node:fs';
import { rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { watchFolder } from '../../src/cli/watch.ts';
import type { TestApp } from '../support/app.ts';
import { pageText } from '../support/stories.ts';
import { COMMAND_TIMEOUT, makeFolder, outcomes, startCommand, startReadyApp } from './command.ts';

describe('watchFolder', () => {
  test('passes a file on only when nobody has written to it for a while, and again when it changes', async () => {
    const folder = await makeFolder();
    const file = join(folder, 'growing.txt');
    await writeFile(file, 'first half, ');
    let writes = 0;
    const writing = setInterval(() => {
      appendFileSync(file, 'more, ');
      if (++writes === 10) clearInterval(writing);
    }, 40);
    const stop = new AbortController();
    const files = watchFolder(folder, { settle: 300, isKnown: () => false, signal: stop.signal });
    const first = await files.next();
    expect(writes).toBe(10);
    expect(first.value).toMatchObject({ path: file, stamp: { size: (await stat(file)).size } });
    appendFileSync(file, 'an afterthought');
    const second = await files.next();
    expect(second.value).toMatchObject({ path: file, stamp: { size: (await stat(file)).size } });
    stop.abort();
    expect(await files.next()).toMatchObject({ done: true });
  });
});

describe('npm run ingest -- --watch', { timeout: COMMAND_TIMEOUT }, () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startReadyApp();
  }, COMMAND_TIMEOUT);
  afterAll(() => app.stop());

  test('sends what is there and what arrives, by rename too; killed and restarted, it sends nothing twice', async () => {
    const folder = await makeFolder();
    const args = ['--watch', folder, '--settle', '0.2'];
    await writeFile(join(folder, 'one.txt'), pageText('The First watch'));
    await writeFile(join(folder, 'two.txt.part'), pageText('The Second watch'));
    const before = startCommand(args, app);
    await before.says(/CREATED .*one\.txt/);
    await rename(join(folder, 'two.txt.part'), join(folder, 'two.txt'));
    await before.says(/CREATED .*two\.txt/);
    await writeFile(join(folder, 'three.txt'), pageText('The Third watch'));
    await before.says(/CREATED .*three\.txt/);
    before.kill('SIGKILL');
    await before.ended;

    const after = startCommand(args, app);
    await after.says(/Watching/);
    await writeFile(join(folder, 'one.txt'), pageText('The First watch', { body: 'And one thing more.' }));
    await after.says(/REVISED .*one\.txt/);
    after.kill('SIGINT');
    const { code, stdout } = await after.ended;
    expect(code).toBe(0);
    expect(outcomes(stdout).filter(([, name]) => name !== 'three.txt')).toEqual([['REVISED', 'one.txt']]);
  });
});
