import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TestApp } from '../support/app.ts';
import { COMMAND_TIMEOUT, makeFolder, ndjson, outcomes, runCommand, startCommand, startReadyApp } from './command.ts';
import { type Fate, startFlakyProxy } from './flaky-proxy.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startReadyApp();
}, COMMAND_TIMEOUT);
afterAll(() => app.stop());

const INTERNAL = JSON.stringify({ errors: [{ message: 'Something went wrong.', extensions: { code: 'INTERNAL' } }] });

function outcomesOf(stdout: string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const [outcome] of outcomes(stdout)) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts;
}

describe('npm run ingest, when things go wrong', { timeout: COMMAND_TIMEOUT }, () => {
  test('tries again after a broken connection and a 503; what was stored before its answer was lost is still CREATED', async () => {
    const fates: Fate[] = ['lose-answer', { status: 503, body: 'busy' }];
    const proxy = await startFlakyProxy(app.url, ({ number }) => fates[number - 1] ?? 'pass');
    const { code, stdout, stderr } = await runCommand(['-'], { ...app, ...proxy, stdin: ndjson('Retried', 3) });
    expect({ code, outcomes: outcomesOf(stdout), requests: proxy.requests.length }).toEqual({
      code: 0,
      outcomes: { CREATED: 3 },
      requests: 3,
    });
    expect(stderr.match(/Trying again in/g)).toHaveLength(2);
  });

  test('does not try again after a refusal, and gives up after --retries', async () => {
    const refusing = await startFlakyProxy(app.url, () => ({ status: 404, body: 'not here' }));
    const breaking = await startFlakyProxy(app.url, () => 'break');
    const stdin = ndjson('Refused', 1);
    const [refused, gaveUp] = await Promise.all([
      runCommand(['-'], { ...app, ...refusing, stdin }),
      runCommand(['--retries', '1', '-'], { ...app, ...breaking, stdin }),
    ]);
    expect([refused.code, refusing.requests.length]).toEqual([2, 1]);
    expect([gaveUp.code, breaking.requests.length]).toEqual([2, 2]);
  });

  test('an item that the server fails on is rejected by itself, and is not remembered as sent', async () => {
    const folder = await makeFolder();
    const proxy = await startFlakyProxy(app.url, ({ body }) =>
      body.includes('Poison') ? { status: 500, body: INTERNAL } : 'pass',
    );
    const stdin = ndjson('Healthy', 5) + ndjson('Poison', 1) + ndjson('Sound', 5);
    const args = ['--retries', '0', '--resume', join(folder, 'sent.ndjson'), '-'];
    const first = await runCommand(args, { ...app, ...proxy, stdin });
    expect([first.code, outcomesOf(first.stdout)]).toEqual([1, { CREATED: 10, REJECTED: 1 }]);
    const second = await runCommand(args, { ...app, stdin });
    expect([second.code, outcomes(second.stdout)]).toEqual([0, [['CREATED', 'stdin:6']]]);
    expect(second.stderr).toMatch(/sent before +10/);
  });

  test('Ctrl-C finishes what is in flight and says how to go on; --resume sends only the rest', async () => {
    const folder = await makeFolder();
    await writeFile(join(folder, 'stories.ndjson'), ndjson('Interrupted', 600));
    let arrived = () => {};
    let release = (_fate: Fate) => {};
    const inFlight = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    const released = new Promise<Fate>((resolve) => {
      release = resolve;
    });
    const proxy = await startFlakyProxy(app.url, () => {
      arrived();
      return released;
    });
    const args = ['--concurrency', '1', 'stories.ndjson'];
    const command = startCommand(args, { ...app, ...proxy, cwd: folder });
    await inFlight;
    command.kill('SIGINT');
    await command.says(/Ending after the requests in flight/);
    release('pass');
    const { code, stdout, stderr } = await command.ended;
    expect([code, outcomesOf(stdout)]).toEqual([130, { CREATED: 500 }]);
    const saved = (await readdir(folder)).find((name) => name.endsWith('.resume.ndjson')) as string;
    expect(stderr).toContain(`--resume ${saved}`);
    const rest = await runCommand(['--resume', saved, ...args], { ...app, cwd: folder });
    expect([rest.code, outcomesOf(rest.stdout)]).toEqual([0, { CREATED: 100 }]);
  });
});
