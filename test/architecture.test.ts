import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const SOURCES = fileURLToPath(new URL('../src', import.meta.url));

/** The floors of the house, top first; imports run downward or stay in their room. Files at the top of src are rooms too. */
const FLOORS = [
  ['main.ts'],
  ['app.ts'],
  ['server'],
  ['cli'],
  ['schema'],
  ['ingest', 'search', 'auth'],
  ['context', 'log'],
  ['stories'],
  ['db'],
  ['config.ts', 'errors.ts'],
];
/** Commands talk to the server over HTTP; the key's file, the printed schema and how files are read are all they know of it. */
const COMMANDS_MAY_USE = ['cli', 'auth', 'schema', 'config.ts', 'errors.ts'];
/** The one command that works on the database itself. */
const MAINTENANCE = join('cli', 'context.ts');

interface Import {
  from: string;
  to: string;
}

const imports: Import[] = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.startsWith(join('db', 'generated')))
  .flatMap((from) =>
    [...readFileSync(join(SOURCES, from), 'utf8').matchAll(/(?:\bfrom|\bimport)\s*\(?\s*'(\.[^']+)'/g)].map(
      ([, target = '']) => ({ from, to: relative(SOURCES, join(SOURCES, dirname(from), target)) }),
    ),
  );

const roomOf = (file: string) => file.split(/[\\/]/)[0] ?? file;
const floorOf = (file: string) => FLOORS.findIndex((rooms) => rooms.includes(roomOf(file)));
const show = ({ from, to }: Import) => `${from} → ${to}`;

describe('imports', () => {
  test('every file stands in a room we know', () => {
    expect(imports.flatMap(({ from, to }) => [from, to]).filter((file) => floorOf(file) === -1)).toEqual([]);
  });

  test('run downward only', () => {
    // Rooms of one floor may use each other.
    const upward = imports.filter(({ from, to }) => floorOf(from) > floorOf(to));
    expect(upward.map(show)).toEqual([]);
  });

  test('commands use nothing of the server but keys and the printed schema', () => {
    const parsers = join('ingest', 'parsers');
    const foreign = imports.filter(
      ({ from, to }) =>
        roomOf(from) === 'cli' &&
        from !== MAINTENANCE &&
        !COMMANDS_MAY_USE.includes(roomOf(to)) &&
        !to.startsWith(parsers),
    );
    expect(foreign.map(show)).toEqual([]);
  });

  test('parsers know stories and their own folder only', () => {
    const parsers = join('ingest', 'parsers');
    const foreign = imports.filter(
      ({ from, to }) => from.startsWith(parsers) && !to.startsWith(parsers) && roomOf(to) !== 'stories',
    );
    expect(foreign.map(show)).toEqual([]);
  });
});
