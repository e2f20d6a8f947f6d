import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  unlinkSync,
} from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { completeBinaries, findBinaries, programPath, usableBinaries } from '../../src/db/embedded/binaries.ts';
import { gone, killAll, query, startProcess, stopProcess } from './embedded-process.ts';

const asRoot = process.getuid?.() === 0;
const NOBODY = 65534;
let base: string;
/** A folder that has been started before; first starts are slow. */
let folder: string;
let count = 0;

beforeAll(async () => {
  base = mkdtempSync(path.join(tmpdir(), 'dateline-embedded-'));
  chmodSync(base, 0o755);
  folder = newFolder();
  await stopProcess(await startProcess(folder));
}, 60_000);
afterEach(killAll);
afterAll(() => rm(base, { recursive: true, force: true, maxRetries: 10 }), 60_000);

function newFolder(name = 'data'): string {
  return path.join(base, `${name}-${count++}`);
}

describe('the embedded PostgreSQL', { timeout: 60_000 }, () => {
  it('makes the database at the first start and keeps its data for the next', async () => {
    const folder = newFolder('Zeitung – Köln 報');
    const first = await startProcess(folder);
    expect(first).toMatchObject({ firstStart: true });
    await query(first.url, 'CREATE TABLE kept (id int)', 'INSERT INTO kept VALUES (1)');
    const [settings] = await query(
      first.url,
      `SELECT current_database() AS database, current_setting('TimeZone') AS zone, current_setting('max_connections') AS connections,
              current_setting('listen_addresses') AS addresses, current_setting('unix_socket_directories') AS sockets`,
    );
    expect(settings).toEqual({
      database: 'dateline',
      zone: 'UTC',
      connections: '100',
      addresses: '127.0.0.1',
      sockets: '',
    });
    await stopProcess(first);
    await gone(first.pid);

    const second = await startProcess(folder);
    expect(second.firstStart).toBe(false);
    expect(await query(second.url, 'SELECT id FROM kept')).toEqual([{ id: 1 }]);
    await stopProcess(second);
    expect(readdirSync(folder).sort()).toEqual(['postgres', 'postgres.log']);
  });

  it('asks for its password, which only its owner can read', async () => {
    const running = await startProcess(folder);
    const withoutPassword = running.url?.replace(/:[^:@/]+@/, ':wrong@');
    await expect(query(withoutPassword, 'SELECT 1')).rejects.toThrow('password authentication failed');
    expect(statSync(path.join(folder, 'postgres', 'dateline.password')).mode & 0o777).toBe(0o600);
    await stopProcess(running);
  });

  it('refuses a second process on the folder and names the first', async () => {
    const first = await startProcess(folder);
    const second = await startProcess(folder);
    expect(second.error).toBe('DataFolderBusyError');
    expect(second.message).toContain(`process ${first.process.pid}`);
    expect(second.message).toContain('DATA_DIR');
    expect(await query(first.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await stopProcess(first);
  });

  it('lets exactly one of two win that start at once on an empty folder', async () => {
    const folder = newFolder();
    const both = await Promise.all([startProcess(folder), startProcess(folder)]);
    expect(both.map((each) => each.error).sort()).toEqual(['DataFolderBusyError', undefined]);
    const winner = both.find((each) => each.error === undefined);
    expect(await query(winner?.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    if (winner) await stopProcess(winner);
  });

  it('leaves no server behind after kill -9, and starts again with what was acknowledged', async () => {
    const killed = await startProcess(folder);
    await query(killed.url, 'CREATE TABLE kept (id int)', 'INSERT INTO kept VALUES (1)');
    killed.process.kill('SIGKILL');
    // At once, while the old server is still shutting down.
    const next = await startProcess(folder);
    expect(next.error).toBeUndefined();
    await gone(killed.pid);
    expect(await query(next.url, 'SELECT id FROM kept')).toEqual([{ id: 1 }]);
    next.process.kill('SIGKILL');
    await gone(next.pid);
    expect(existsSync(path.join(folder, 'postgres', 'postmaster.pid'))).toBe(false);
  });

  it('reports a server that was killed, and starts again with what was acknowledged', async () => {
    const bereft = await startProcess(folder);
    await query(bereft.url, 'CREATE TABLE survived (id int)', 'INSERT INTO survived VALUES (1)');
    process.kill(bereft.pid as number, 'SIGKILL');
    expect(await bereft.exited).toBe(3);
    const next = await startProcess(folder);
    expect(await query(next.url, 'SELECT id FROM survived')).toEqual([{ id: 1 }]);
    await stopProcess(next);
  });

  it('still refuses a second process after a crash of one of the server’s own processes', async () => {
    const first = await startProcess(folder);
    const [backend] = await query(first.url, `SELECT pid FROM pg_stat_activity WHERE backend_type = 'checkpointer'`);
    process.kill(backend?.pid as number, 'SIGKILL');
    const second = await startProcess(folder);
    expect(second.error).toBe('DataFolderBusyError');
    await stopProcess(first);
  });
});

describe('whom it runs as', { timeout: 60_000 }, () => {
  it.skipIf(!asRoot)(
    'runs elsewhere, and says so once, when root’s folder is closed to others (only as root)',
    async () => {
      const closed = newFolder('home');
      mkdirSync(closed, { mode: 0o700 });
      const folder = path.join(closed, 'data');
      const first = await startProcess(folder);
      const home = readFileSync(path.join(folder, 'postgres-is-elsewhere.txt'), 'utf8').split('\n')[0] as string;
      try {
        expect(first.notes).toEqual([expect.stringContaining(home)]);
        await query(first.url, 'CREATE TABLE kept (id int)');
        await stopProcess(first);
        const second = await startProcess(folder);
        expect(second).toMatchObject({ firstStart: false, notes: [] });
        expect(await query(second.url, 'SELECT id FROM kept')).toEqual([]);
        await stopProcess(second);
      } finally {
        killAll();
        await gone(first.pid);
        rmSync(home, { recursive: true, force: true });
      }
    },
  );

  it.skipIf(!asRoot)('runs as an ordinary user (as root: as nobody; else every test above shows it)', async () => {
    const folder = newFolder();
    mkdirSync(folder, { mode: 0o755 });
    spawnSync('chown', [String(NOBODY), folder]);
    const running = await startProcess(folder, NOBODY);
    expect(running.error).toBeUndefined();
    expect(statSync(path.join(folder, 'postgres')).uid).toBe(NOBODY);
    await stopProcess(running);
  });
});

describe('binaries that npm installed without running scripts', { timeout: 60_000 }, () => {
  async function bareCopy(): Promise<string> {
    const { native } = await findBinaries();
    const copy = path.join(newFolder('package'), 'native');
    cpSync(native, copy, {
      recursive: true,
      verbatimSymlinks: true,
      // Enough to run `postgres --version`, and far less to copy.
      filter: (source) => !/\/share$|\.a$/.test(source),
    });
    for (const name of readdirSync(path.join(copy, 'lib'))) {
      const file = path.join(copy, 'lib', name);
      if (lstatSync(file).isSymbolicLink()) unlinkSync(file);
    }
    chmodSync(programPath(copy, 'postgres'), 0o644);
    return copy;
  }

  it('get their libraries’ links and may be run', async () => {
    const native = await bareCopy();
    await completeBinaries(native);
    const { stdout } = spawnSync(programPath(native, 'postgres'), ['--version'], { encoding: 'utf8' });
    expect(stdout).toMatch(/^postgres \(PostgreSQL\) 18/);
  });

  it.skipIf(!asRoot)('are copied beside the cluster where its account cannot reach them (only as root)', async () => {
    const native = await bareCopy();
    chmodSync(path.dirname(native), 0o700);
    const home = newFolder('home');
    mkdirSync(home, { mode: 0o755 });
    const account = { uid: NOBODY, gid: NOBODY };
    const usable = await usableBinaries({ native, version: '18' }, { home, account });
    expect(usable).toBe(path.join(home, 'postgres-binaries-18'));
    const { stdout } = spawnSync(programPath(usable, 'postgres'), ['--version'], { ...account, encoding: 'utf8' });
    expect(stdout).toMatch(/^postgres \(PostgreSQL\) 18/);
  });
});
