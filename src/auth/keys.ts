import { createHash, randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { v7 as uuid } from 'uuid';
import type { PrismaClient } from '../db/generated/prisma/client.ts';

/** READ: query and subscribe. WRITE: ingest and edit, too. */
export const SCOPES = ['READ', 'WRITE'] as const;
export type Scope = (typeof SCOPES)[number];

/** A key that was found valid. */
export interface Key {
  id: string;
  name: string;
  scopes: Scope[];
}

/** Makes a key and returns its text, which is stored nowhere: only its hash is. `expiresAt` null: never. */
export async function createKey(
  db: PrismaClient,
  { name, scopes, expiresAt = null }: { name: string; scopes: Scope[]; expiresAt?: Date | null },
): Promise<string> {
  const key = `dateline_${randomBytes(24).toString('base64url')}`;
  await db.apiKey.create({ data: { id: uuid(), name, hash: hash(key), scopes, createdAt: new Date(), expiresAt } });
  return key;
}

/** The key behind a text as sent by a client; null where it is unknown, expired or revoked. */
export async function findKey(db: PrismaClient, key: string): Promise<Key | null> {
  const found = await db.apiKey.findUnique({ where: { hash: hash(key) } });
  if (!found || found.revokedAt || (found.expiresAt && found.expiresAt <= new Date())) return null;
  return { id: found.id, name: found.name, scopes: found.scopes as Scope[] };
}

/** Of these keys, by id, those that are neither expired nor revoked. */
export async function findValidKeys(db: PrismaClient, ids: string[]): Promise<Set<string>> {
  const found = await db.apiKey.findMany({
    select: { id: true },
    where: { id: { in: ids }, revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: new Date() } }] },
  });
  return new Set(found.map((key) => key.id));
}

/** The file in the data folder that holds this installation's own key. */
export function developmentKeyFile(dataDir: string): string {
  return join(dataDir, 'development.key');
}

/** Makes sure the data folder holds a key that this database knows: what scripts on the same machine use. */
export async function ensureDevelopmentKey(db: PrismaClient, dataDir: string): Promise<string> {
  const file = developmentKeyFile(dataDir);
  const known = await readFile(file, 'utf8').catch(() => '');
  if (!known.trim() || !(await findKey(db, known.trim()))) {
    const key = await createKey(db, { name: 'development', scopes: [...SCOPES] });
    await writeFile(file, `${key}\n`, { mode: 0o600 });
  }
  return file;
}

/** Keys are long and random, so a plain hash is as good as a slow one. */
function hash(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}
