import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';

/** A database of its own for a test file, empty but migrated; dropped by `drop`. */
export async function createTestDatabase({ migrated = true } = {}): Promise<{ url: string; drop(): Promise<void> }> {
  const { adminUrl, template } = inject('postgres');
  const name = `${template}_${randomBytes(6).toString('hex')}`;
  const source = migrated ? template : 'template1';
  await asAdmin(adminUrl, `create database ${name} template ${source}`);
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => asAdmin(adminUrl, `drop database ${name} with (force)`) };
}

async function asAdmin(adminUrl: string, sql: string): Promise<void> {
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  // Another file may be copying the same template at this moment: Postgres then refuses (55006), for a moment.
  for (let attempt = 1; ; attempt++) {
    try {
      await admin.query(sql);
      break;
    } catch (error) {
      if ((error as { code?: string }).code !== '55006' || attempt === 100) throw error;
      await admin.query('select pg_sleep(0.05)');
    }
  }
  await admin.end();
}
