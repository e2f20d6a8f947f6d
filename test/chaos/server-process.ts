import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { isRunning, readPidFile } from '../../src/db/embedded/pid-file.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** Generous: the machine may be busy with other things. */
const START_SECONDS = 120;

/** The real server as a process of its own, on its embedded Postgres. */
export interface ServerProcess {
  url: string;
  key: string;
  databaseUrl: string;
  /** Everything it wrote so far. */
  output(): string;
  /** `kill -9` of it or of its Postgres; resolves when both are gone. */
  kill(victim: 'server' | 'postgres'): Promise<void>;
  /** SIGTERM; resolves with the exit code. */
  stop(): Promise<number | null>;
}

/** Starts `src/main.ts` on a data folder and a free port, and waits until it says that it is ready. */
export async function startServerProcess(dataDir: string): Promise<ServerProcess> {
  const { child, output } = launch(dataDir);
  const url = await untilReady(child, output);
  const postgres = readPidFile(join(dataDir, 'postgres'));
  if (!postgres) throw new Error('no embedded Postgres is running');
  const password = await readFile(join(dataDir, 'postgres/dateline.password'), 'utf8');
  return {
    url,
    key: (await readFile(join(dataDir, 'development.key'), 'utf8')).trim(),
    databaseUrl: `postgres://postgres:${password}@127.0.0.1:${postgres.port}/dateline`,
    output,
    async kill(victim) {
      if (victim === 'server') child.kill('SIGKILL');
      else process.kill(postgres.pid, 'SIGKILL');
      await untilGone(child.pid, 'the server');
      await untilGone(postgres.pid, 'Postgres');
    },
    async stop() {
      child.kill('SIGTERM');
      if (child.exitCode === null) await once(child, 'exit');
      await untilGone(postgres.pid, 'Postgres');
      return child.exitCode;
    },
  };
}

/** Starts it and kills it after `milliseconds`, wherever it is by then. */
export async function killWhileStarting(dataDir: string, milliseconds: number): Promise<void> {
  const { child } = launch(dataDir);
  await pause(milliseconds);
  child.kill('SIGKILL');
  await untilGone(child.pid, 'the server');
}

function launch(dataDir: string): { child: ChildProcess; output: () => string } {
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/main.ts'], {
    cwd: ROOT,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, DATA_DIR: dataDir, PORT: '0' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
  return { child, output: () => text };
}

async function untilReady(child: ChildProcess, output: () => string): Promise<string> {
  for (const deadline = Date.now() + START_SECONDS * 1000; ; await pause(10)) {
    const url = /GraphiQL and API\s+(\S+)/.exec(output())?.[1];
    if (url) return url;
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}\n${output()}`);
    if (Date.now() < deadline) continue;
    child.kill('SIGKILL');
    throw new Error(`the server was not ready within ${START_SECONDS} s\n${output()}`);
  }
}

async function untilGone(pid: number | undefined, who: string): Promise<void> {
  for (const deadline = Date.now() + START_SECONDS * 1000; pid && isRunning(pid); await pause(10))
    if (Date.now() > deadline) throw new Error(`${who} (process ${pid}) still runs after ${START_SECONDS} s`);
}
