import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The user a server process runs as where that is not our own. */
export interface Account {
  uid: number;
  gid: number;
}

/** Where the cluster lives and as whom it runs. */
export interface Place {
  /** The folder that holds the cluster, its log and, where needed, a copy of the binaries. */
  home: string;
  /** Undefined: as ourselves. */
  account: Account | undefined;
}

/** Used when we are root and the data folder is closed to everyone else. */
const SHARED_HOME = '/var/lib/dateline';
const NOTE = 'postgres-is-elsewhere.txt';

/**
 * PostgreSQL refuses to run as root. So for root it runs as the owner of an existing cluster, else as `postgres` or
 * `nobody`; and where that user cannot enter the data folder, in a folder of its own under /var/lib, with a note
 * left in the data folder, by which later starts find it again.
 */
export async function choosePlace(dataDir: string, log: (message: string) => void): Promise<Place> {
  const noted = await readNote(dataDir);
  const home = noted ?? dataDir;
  if (process.getuid?.() !== 0) return { home, account: undefined };

  const owner = await ownerOf(clusterPath(home));
  const account = owner ?? (await serviceAccount());
  if (noted !== undefined || owner !== undefined || (await canEnter(account, dataDir))) {
    // /var/lib may have been emptied since the note was written.
    await mkdir(home, { recursive: true, mode: 0o755 });
    return { home, account };
  }

  const hash = createHash('sha256').update(dataDir).digest('hex').slice(0, 16);
  const elsewhere = path.join(SHARED_HOME, hash);
  await mkdir(elsewhere, { recursive: true, mode: 0o755 });
  await writeFile(
    path.join(dataDir, NOTE),
    `${elsewhere}\n\nThe database of this data folder lies in the folder named above: PostgreSQL does not run as root,\nand no other user can enter this one. Dateline reads the first line of this note: keep it.\n`,
  );
  log(`PostgreSQL does not run as root and no other user can enter ${dataDir}: the database is in ${elsewhere}.`);
  return { home: elsewhere, account };
}

/** The cluster's folder in a home. */
export function clusterPath(home: string): string {
  return path.join(home, 'postgres');
}

async function readNote(dataDir: string): Promise<string | undefined> {
  try {
    return (await readFile(path.join(dataDir, NOTE), 'utf8')).split('\n')[0];
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

async function ownerOf(cluster: string): Promise<Account | undefined> {
  const found = await stat(cluster).catch(() => undefined);
  return found === undefined || found.uid === 0 ? undefined : { uid: found.uid, gid: found.gid };
}

async function serviceAccount(): Promise<Account> {
  // initdb wants a user that has an entry here.
  const entries = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'));
  for (const name of ['postgres', 'nobody']) {
    const entry = entries.find(([user]) => user === name);
    if (entry !== undefined) return { uid: Number(entry[2]), gid: Number(entry[3]) };
  }
  throw new Error(
    'PostgreSQL does not run as root, and there is no user "postgres" or "nobody" to run it as: start Dateline as an ordinary user, create the user postgres, or set DATABASE_URL.',
  );
}

async function canEnter(account: Account, folder: string): Promise<boolean> {
  return run('/bin/sh', ['-c', 'cd "$0"', folder], { ...account, cwd: '/' }).then(
    () => true,
    () => false,
  );
}
