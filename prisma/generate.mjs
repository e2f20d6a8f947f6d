// Generates the Prisma client and Pothos' types from schema.prisma; runs as the root package's postinstall.
// `--if-missing`: only when the client is not there, which is so after `npm install --ignore-scripts`.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const client = join(root, 'src/db/generated/prisma/client.ts');
if (process.argv.includes('--if-missing') && existsSync(client)) process.exit(0);

const manifest = findPrisma();
// Without development dependencies there is nothing to generate from: what runs then is dist, where it is compiled in.
if (!manifest) process.exit(0);
const run = spawnSync(process.execPath, [join(dirname(manifest), 'build/index.js'), 'generate'], {
  cwd: root,
  encoding: 'utf8',
  // `generate` never runs the native schema engine, but looks for it and would download it: name any executable.
  env: {
    ...process.env,
    PATH: `${join(root, 'node_modules/.bin')}${delimiter}${process.env.PATH ?? ''}`,
    PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
  },
});
if (run.status !== 0) {
  process.stderr.write(`${run.stdout ?? ''}${run.stderr ?? ''}${run.error ?? ''}\n`);
  process.exit(run.status ?? 1);
}

function findPrisma() {
  try {
    return createRequire(import.meta.url).resolve('prisma/package.json');
  } catch {
    return undefined;
  }
}
