import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { isRunning, readPidFile } from '../../src/db/embedded/pid-file.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const run = promisify(execFile);

/** Nothing of Dateline's own is set: a newcomer has no settings. */
const environment = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^(npm_|DATE?LINE|DATA_DIR|DATABASE_URL|HOST$|PORT$)/i.test(name)),
);

/** A copy of what git knows of this checkout, changes included, in an empty folder with an awkward name. */
export async function copyOfCheckout() {
  const parent = await mkdtemp(join(tmpdir(), 'dateline-smoke-'));
  // mkdtemp closes it to others; as root Postgres runs as one of them.
  await chmod(parent, 0o755);
  const folder = join(parent, 'Neue Zeitung é 新');
  await mkdir(folder);
  const { stdout } = await run('git', ['ls-files', '-co', '--exclude-standard', '-z'], { cwd: ROOT });
  for (const file of stdout.split('\0').filter(Boolean))
    await cp(join(ROOT, file), join(folder, file)).catch((error) => {
      // Deleted, and not yet committed so.
      if (error.code !== 'ENOENT') throw error;
    });
  return {
    folder,
    npm: async (...args: string[]) => (await run('npm', args, { cwd: folder, env: environment })).stdout,
    remove: () => rm(parent, { recursive: true, force: true }),
  };
}

/** `npm start` in a folder; resolves when it says that it is ready. */
export async function startServer(folder: string, seconds: number) {
  const port = await freePort();
  const env = { ...environment, PORT: String(port) };
  // A process group of its own, as a terminal gives it: Ctrl-C reaches the whole group.
  const npm = spawn('npm', ['start'], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  let output = '';
  const ready = new Promise<void>((resolve) => {
    for (const stream of [npm.stdout, npm.stderr])
      stream.setEncoding('utf8').on('data', (chunk: string) => {
        output += chunk;
        if (output.includes('Dateline is ready')) resolve();
      });
  });
  const outcome = await Promise.race([
    ready.then(() => 'ready'),
    once(npm, 'exit').then(() => 'ended'),
    pause(seconds * 1000, 'late', { ref: false }),
  ]);
  const postgres = readPidFile(join(folder, '.data/postgres'))?.pid;
  if (outcome !== 'ready') {
    npm.kill('SIGTERM');
    throw new Error(`npm start: ${outcome} after ${seconds} s at most\n${output}`);
  }
  if (!postgres) throw new Error('no embedded Postgres is running');
  return {
    url: `http://localhost:${port}/graphql`,
    /** Runs the command as the user would, and returns what it printed. */
    ingest: async (file: string) => (await run('npm', ['run', 'ingest', '--', file], { cwd: folder, env })).stdout,
    stop: (signal: NodeJS.Signals, patience: number) => stop(npm, postgres, signal, patience),
  };
}

async function stop(npm: ChildProcess, postgres: number, signal: NodeJS.Signals, seconds: number): Promise<void> {
  const ended = npm.exitCode === null ? once(npm, 'exit') : Promise.resolve();
  if (signal === 'SIGINT' && npm.pid) process.kill(-npm.pid, signal);
  else npm.kill(signal);
  const inTime = await Promise.race([ended.then(() => true), pause(seconds * 1000, false, { ref: false })]);
  if (!inTime) throw new Error(`npm start still runs ${seconds} s after ${signal}`);
  for (let tries = 0; isRunning(postgres); tries++) {
    if (tries === seconds * 10) throw new Error(`Postgres (process ${postgres}) was left behind`);
    await pause(100);
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (!address || typeof address === 'string') throw new Error('no free port');
  return address.port;
}
