import { type ChildProcess, type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, fchownSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import type { Place } from './account.ts';
import { programPath } from './binaries.ts';
import { isRunning, readPidFile } from './pid-file.ts';

/** A PostgreSQL server that accepts connections on 127.0.0.1. */
export interface Server {
  pid: number;
  port: number;
  /** Resolves when the server process has ended, for whatever reason. */
  ended: Promise<void>;
  /** Ends it cleanly: open transactions are rolled back. Seconds at most. */
  stop(): Promise<void>;
}

/** Why a start may be tried again: the reasons pass by themselves or with another port. */
const PASSING = /lock file "postmaster.pid"|pre-existing shared memory|could not bind|could not create any TCP/;
const START_SECONDS = 60;
const STOP_SECONDS = 10;
const LOG_BYTES = 10_000_000;

/**
 * Starts the server under a shell that outlives us: when our end of its standard input closes, however we die
 * (kill -9 too), it shuts the server down; and it ends when the server does. It prints the server's process id.
 * It asks again and again, for a server that has only just been started does not hear the first signal.
 * A shell gives background commands /dev/null as standard input, hence the copy on descriptor 3.
 */
const WATCHER = `trap "" INT HUP TERM
exec 3<&0
"$0" "$@" 3<&- >&2 & server=$!
echo $server
exec >&-
{ cat <&3 >/dev/null; while kill -INT $server 2>/dev/null; do sleep 1; done; } & watch=$!
wait $server
kill -KILL $watch 2>/dev/null`;

/** Starts the server on a cluster; undefined when it ended for a reason that passes. @throws Error with the log's end. */
export async function startServer(
  native: string,
  place: Place,
  cluster: string,
  fsync: boolean,
): Promise<Server | undefined> {
  const logFile = path.join(place.home, 'postgres.log');
  const log = openLog(logFile, place);
  const port = await freePort();
  const { process: child, pid } = await launch(native, place, [...settings(cluster, port, fsync)], log.descriptor);
  const ended = serverEnd(child, pid);
  let running = true;
  void ended.then(() => {
    running = false;
  });

  const deadline = Date.now() + START_SECONDS * 1000;
  while (running) {
    const file = readPidFile(cluster);
    if (file?.pid === pid && file.ready)
      return { pid, port, ended, stop: () => stop(child, pid, cluster, native, ended) };
    if (Date.now() > deadline) {
      await stop(child, pid, cluster, native, ended);
      break;
    }
    await pause(5);
  }
  const output = readFileSync(logFile).subarray(log.size).toString('utf8').trim();
  if (PASSING.test(output)) return undefined;
  throw new Error(
    `The embedded PostgreSQL did not start in ${cluster}:\n${output.split('\n').slice(-8).join('\n')}\nThe whole log is ${logFile}. If it names nothing you can mend, set DATABASE_URL to a PostgreSQL of your own.`,
  );
}

/** Handle on a server that an earlier Dateline left behind (only where there is no watcher: Windows). */
export function adoptServer(native: string, cluster: string, pid: number, port: number): Server {
  const ended = pollEnd(pid);
  return { pid, port, ended, stop: () => stop(undefined, pid, cluster, native, ended) };
}

/** Resolves when a process that is not our child has ended. */
async function pollEnd(pid: number): Promise<void> {
  while (isRunning(pid)) await pause(100, undefined, { ref: false });
}

function* settings(cluster: string, port: number, fsync: boolean): Generator<string> {
  yield* ['-D', cluster, '-p', String(port)];
  const values = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '100',
    shared_buffers: '128MB',
    timezone: 'UTC',
    log_timezone: 'UTC',
    fsync: fsync ? 'on' : 'off',
  };
  for (const [name, value] of Object.entries(values)) yield* ['-c', `${name}=${value}`];
}

async function launch(native: string, place: Place, args: string[], log: number) {
  const postgres = programPath(native, 'postgres');
  // A session of its own: Ctrl-C in the terminal reaches us only, and we stop the server when we are done with it.
  const options = {
    ...place.account,
    detached: true,
    windowsHide: true,
    cwd: path.parse(native).root,
    // PostgreSQL takes a stale pid file for a live one when the id is now ours (containers); this one it leaves out.
    env: { ...process.env, LC_ALL: 'C', PG_GRANDPARENT_PID: String(process.pid) },
  };
  try {
    if (process.platform === 'win32') {
      const child = spawn(postgres, args, { ...options, stdio: ['ignore', log, log] });
      await once(child, 'spawn');
      return { process: child, pid: child.pid as number };
    }
    const child = spawn('/bin/sh', ['-c', WATCHER, postgres, ...args], {
      ...options,
      stdio: ['pipe', 'pipe', log],
    }) as ChildProcessByStdio<Writable, Readable, null>;
    await once(child, 'spawn');
    // Ends without a line when the shell could not start the server at all; the log then has the reason.
    let pid = Number.NaN;
    for await (const line of createInterface(child.stdout)) {
      pid = Number(line);
      break;
    }
    if (Number.isNaN(pid))
      throw new Error('The shell could not start the embedded PostgreSQL: is the machine out of memory or processes?');
    return { process: child, pid };
  } finally {
    closeSync(log);
  }
}

async function serverEnd(child: ChildProcess, pid: number): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  child.stdin?.destroy();
  // Somebody may have killed the watcher alone: its other half then stops the server, as our end is closed now.
  await pollEnd(pid);
}

async function stop(
  child: ChildProcess | undefined,
  pid: number,
  cluster: string,
  native: string,
  ended: Promise<void>,
): Promise<void> {
  child?.stdin?.destroy();
  // The watcher passes the wish on, but may have been killed by now.
  if (process.platform !== 'win32') signal(pid, 'SIGINT');
  else spawn(programPath(native, 'pg_ctl'), ['stop', '-D', cluster, '-m', 'fast', '-W'], { stdio: 'ignore' });
  const stopped = await Promise.race([ended.then(() => true), pause(STOP_SECONDS * 1000, false, { ref: false })]);
  // SIGQUIT ends it without a last checkpoint; the next start replays the log instead.
  if (!stopped) signal(pid, 'SIGQUIT');
  await ended;
}

function signal(pid: number, name: 'SIGINT' | 'SIGQUIT'): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function openLog(file: string, place: Place): { descriptor: number; size: number } {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  const full = size > LOG_BYTES;
  if (full) renameSync(file, `${file}.old`);
  const descriptor = openSync(file, 'a', 0o600);
  // So that the account can also start Dateline itself one day.
  if (place.account !== undefined) fchownSync(descriptor, place.account.uid, place.account.gid);
  return { descriptor, size: full ? 0 : size };
}

async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as net.AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
