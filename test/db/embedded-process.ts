import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { isRunning } from '../../src/db/embedded/pid-file.ts';

/** What the child says first: either it is up or why not. */
export interface Answer {
  url?: string;
  firstStart?: boolean;
  pid?: number;
  notes?: string[];
  error?: string;
  message?: string;
}

export interface EmbeddedProcess extends Answer {
  process: ChildProcess;
  /** Resolves with the exit code (null after a signal). */
  exited: Promise<number | null>;
}

const CHILD = fileURLToPath(new URL('./embedded-child.ts', import.meta.url));
const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const started: ChildProcess[] = [];

/** Starts the child on a data folder and waits for its answer. */
export async function startProcess(dataDir: string, uid?: number): Promise<EmbeddedProcess> {
  const child = spawn(process.execPath, ['--import', 'tsx', CHILD, dataDir], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
    ...(uid === undefined ? {} : { uid, gid: uid }),
  });
  started.push(child);
  const exited = once(child, 'exit').then(([code]) => code as number | null);
  const lines = createInterface(child.stdout);
  const line = await Promise.race([once(lines, 'line').then(([text]) => text as string), exited]);
  if (typeof line !== 'string') throw new Error(`The child ended with ${line} before it answered.`);
  return { ...(JSON.parse(line) as Answer), process: child, exited };
}

/** Closes it as Ctrl-C would. */
export async function stopProcess(running: EmbeddedProcess): Promise<void> {
  running.process.kill('SIGTERM');
  await running.exited;
}

/** Kills what tests left running. */
export function killAll(): void {
  for (const child of started.splice(0)) child.kill('SIGKILL');
}

/** Waits for a process that is not our child to end. */
export async function gone(pid: number | undefined): Promise<void> {
  await until(() => pid === undefined || !isRunning(pid), `process ${pid} to end`);
}

async function until(condition: () => boolean, what: string): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`Waited in vain for ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** Runs statements on a connection of their own and returns the last one's rows. */
export async function query(url: string | undefined, ...statements: string[]): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    let rows: Record<string, unknown>[] = [];
    for (const statement of statements) ({ rows } = await client.query(statement));
    return rows;
  } finally {
    await client.end();
  }
}
