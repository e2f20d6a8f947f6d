import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { ingestPage, pageText } from '../support/stories.ts';

const SCRIPT = fileURLToPath(new URL('../../src/cli/ingest.ts', import.meta.url));
const TSX = import.meta.resolve('tsx');

/** Milliseconds. A command starts in a second, in ten where the machine has other things to do; nothing waits for this. */
export const COMMAND_TIMEOUT = 120_000;

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** The command as it runs. */
export interface Command {
  kill(signal: NodeJS.Signals): void;
  /** Resolves as soon as it has written something that matches, anywhere. */
  says(pattern: RegExp): Promise<void>;
  ended: Promise<Ended>;
}

export interface Surroundings {
  url: string;
  key: string;
  stdin?: string;
  cwd?: string;
}

/** Starts `npm run ingest -- ARGS` without npm. */
export function startCommand(args: string[], { url, key, stdin, cwd }: Surroundings): Command {
  const child = spawn(process.execPath, ['--import', TSX, SCRIPT, ...args], {
    cwd,
    env: { PATH: process.env.PATH, DATELINE_URL: url, DATELINE_KEY: key },
  });
  let stdout = '';
  let stderr = '';
  const waiting = new Set<() => void>();
  const heard = () => {
    for (const look of waiting) look();
  };
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
    heard();
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
    heard();
  });
  if (stdin !== undefined) child.stdin.end(stdin);
  const ended = new Promise<Ended>((resolve) => child.on('close', (code) => resolve({ code, stdout, stderr })));
  onTestFinished(() => void child.kill('SIGKILL'));
  return {
    kill: (signal) => void child.kill(signal),
    says: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (!pattern.test(stdout + stderr)) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        ended.then(() => reject(new Error(`It ended without saying ${pattern}:\n${stdout}${stderr}`)));
        look();
      }),
    ended,
  };
}

/** Runs the command to its end. */
export function runCommand(args: string[], surroundings: Surroundings): Promise<Ended> {
  return startCommand(args, surroundings).ended;
}

/** An empty folder that is gone after the test. */
export async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'dateline-cli-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** The outcome lines: [outcome, name], by name. */
export function outcomes(stdout: string): [string, string][] {
  return stdout
    .split('\n')
    .flatMap((line): [string, string][] => {
      const found = /^([A-Z]+) +(\S+)/.exec(line);
      return found ? [[found[1] as string, (found[2] as string).split('/').at(-1) as string]] : [];
    })
    .sort((one, other) => (one[1] < other[1] ? -1 : 1));
}

/** NDJSON of stories in Dateline's own fields. */
export function ndjson(about: string, count: number): string {
  return Array.from(
    { length: count },
    (_, index) =>
      `${JSON.stringify({ uri: `urn:test:${about}:${index}`, headline: `${about} ${index}`, bodyText: `Of ${about}, the part number ${index}.` })}\n`,
  ).join('');
}

/** A server that has loaded its models: on a busy machine that alone can take longer than it grants an input. */
export async function startReadyApp(): Promise<TestApp> {
  const app = await startTestApp();
  for (let attempt = 0; attempt < 3; attempt++) {
    const { outcome } = await ingestPage(app, pageText('The Ready bridge'), { dryRun: true });
    if (outcome !== 'REJECTED') break;
  }
  return app;
}
