import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { text } from 'node:stream/consumers';
import fastGlob from 'fast-glob';

/** One story to be sent. */
export interface Input {
  /** What the user sees: a path, or "stdin". */
  name: string;
  read(): Promise<string>;
}

/**
 * What the arguments name, in order: files, folders (all files below them, dot files left out), globs, and "-" for
 * standard input. @throws {Error} for a path that does not exist or a glob that matches nothing
 */
export async function findInputs(paths: string[], stdin: NodeJS.ReadableStream): Promise<Input[]> {
  const inputs: Input[] = [];
  for (const path of paths) {
    if (path === '-') inputs.push({ name: 'stdin', read: () => text(stdin) });
    else inputs.push(...(await filesAt(path)).map((file) => ({ name: file, read: () => readFile(file, 'utf8') })));
  }
  return inputs;
}

async function filesAt(path: string): Promise<string[]> {
  const found = await stat(path).catch(() => null);
  if (found?.isFile()) return [path];
  const pattern = found?.isDirectory() ? `${fastGlob.convertPathToPattern(path)}/**/*` : path.replaceAll('\\', '/');
  const files = await fastGlob(pattern, { dot: false });
  const stories = files.filter((file) => !basename(file).startsWith('.')).sort();
  if (stories.length === 0) throw new Error(`Nothing to ingest at "${path}": no such file, and no file matches it.`);
  return stories;
}
