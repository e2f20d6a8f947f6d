import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { clusterPath, type Place } from './account.ts';
import { programPath } from './binaries.ts';
import { isRunning } from './pid-file.ts';

const run = promisify(execFile);

/** A cluster on disk, ready to be started. */
export interface Cluster {
  directory: string;
  /** Password of its superuser `postgres`. */
  password: string;
  /** True when this call made it. */
  created: boolean;
}

const PASSWORD_FILE = 'dateline.password';
const DRAFT_PREFIX = 'postgres.init-';

/**
 * Opens the cluster of a home, or makes it: in a draft folder that is renamed when complete, so that a cut in the
 * middle leaves nothing half made and of two makers one wins.
 */
export async function openCluster(native: string, place: Place, fsync: boolean): Promise<Cluster> {
  const directory = clusterPath(place.home);
  await removeAbandonedDrafts(place.home);
  const created = !(await isCluster(directory)) && (await createCluster(native, place, directory, fsync));
  const password = await readFile(path.join(directory, PASSWORD_FILE), 'utf8');
  return { directory, password, created };
}

async function isCluster(directory: string): Promise<boolean> {
  try {
    await stat(path.join(directory, 'PG_VERSION'));
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return false;
    if (code !== 'EACCES') throw error;
    const { uid } = await stat(directory);
    throw new Error(
      `The database in ${directory} belongs to another user (uid ${uid}): start Dateline as that user, give the folder to yourself with chown -R, or choose another DATA_DIR.`,
    );
  }
}

/** Returns false when another process was faster. */
async function createCluster(native: string, place: Place, directory: string, fsync: boolean): Promise<boolean> {
  const draft = path.join(place.home, `${DRAFT_PREFIX}${process.pid}-${randomBytes(4).toString('hex')}`);
  const data = path.join(draft, 'data');
  const passwordFile = path.join(draft, 'password');
  const password = randomBytes(24).toString('base64url');
  try {
    await mkdir(draft, { mode: 0o700 });
    await writeFile(passwordFile, password, { mode: 0o600 });
    if (place.account !== undefined) {
      const { uid, gid } = place.account;
      await chown(draft, uid, gid);
      await chown(passwordFile, uid, gid);
    }
    await initialise(native, place, data, passwordFile, fsync);
    await rename(passwordFile, path.join(data, PASSWORD_FILE));
    if (fsync) {
      await sync(path.join(data, PASSWORD_FILE));
      await sync(data);
    }
    try {
      await rename(data, directory);
    } catch (error) {
      if (await isCluster(directory)) return false;
      throw error;
    }
    if (fsync) await sync(place.home);
    return true;
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

async function initialise(native: string, place: Place, data: string, passwordFile: string, fsync: boolean) {
  const settings = ['-U', 'postgres', '-A', 'scram-sha-256', `--pwfile=${passwordFile}`, '-E', 'UTF8'];
  // The builtin provider sorts the same on every machine, whatever its C library.
  const locale = ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'];
  const durability = fsync ? [] : ['--no-sync'];
  try {
    await run(programPath(native, 'initdb'), ['-D', data, ...settings, ...locale, ...durability], {
      ...place.account,
      cwd: '/',
      env: { ...process.env, LC_ALL: 'C' },
    });
  } catch (error) {
    const { stderr, message } = error as Error & { stderr?: string };
    throw new Error(
      `The embedded PostgreSQL could not set up ${place.home}: ${stderr?.trim() || message}\nFree some disk space or choose another DATA_DIR; or set DATABASE_URL to a PostgreSQL of your own.`,
    );
  }
}

/** Drafts whose maker was killed. Their name begins with its process id. */
async function removeAbandonedDrafts(home: string): Promise<void> {
  for (const name of await readdir(home)) {
    if (!name.startsWith(DRAFT_PREFIX)) continue;
    if (isRunning(Number.parseInt(name.slice(DRAFT_PREFIX.length), 10))) continue;
    await rm(path.join(home, name), { recursive: true, force: true });
  }
}

async function sync(file: string): Promise<void> {
  // Windows cannot open folders for this, and does not need it.
  if (process.platform === 'win32') return;
  const handle = await open(file, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
