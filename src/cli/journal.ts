import { appendFile, readFile } from 'node:fs/promises';
import { type FileStamp, hashItem, type Item } from './item.ts';

/**
 * What was sent, so that it is not sent again: one JSON line per item, appended when the server has answered. A line
 * that a crash tore is passed over; its item is then sent again, which the server answers with UNCHANGED.
 */
export interface Journal {
  /** Whether the whole file was sent as it is now; tells so without reading it. */
  knowsFile(path: string, stamp: FileStamp): boolean;
  /** Whether this very content was sent under this name. */
  knows(item: Item): boolean;
  record(items: Item[]): Promise<void>;
}

interface Entry {
  name: string;
  hash: string;
  size?: number;
  mtime?: number;
}

/**
 * Opens the journal in `file`, which need not exist yet; null keeps it in memory, and `lines` is what a file would hold.
 * @throws {Error} where the file cannot be read and written: better now than after the first story
 */
export async function openJournal(file: string | null): Promise<Journal & { lines(): string }> {
  const hashes = new Map<string, string>();
  const stamps = new Map<string, string>();
  const kept: string[] = [];
  const learn = ({ name, hash, size, mtime }: Entry) => {
    hashes.set(name, hash);
    if (size !== undefined && mtime !== undefined) stamps.set(name, `${size} ${mtime}`);
  };
  const text = file ? await readJournal(file) : '';
  for (const entry of parseEntries(text)) learn(entry);
  // After a torn line, the next one must not be glued to it.
  let separator = text === '' || text.endsWith('\n') ? '' : '\n';
  return {
    knowsFile: (path, { size, mtime }) => stamps.get(path) === `${size} ${mtime}`,
    knows: (item) => hashes.get(item.name) === hashItem(item),
    async record(items) {
      const entries = items.map((item): Entry => ({ name: item.name, hash: hashItem(item), ...item.stamp }));
      for (const entry of entries) learn(entry);
      const lines = entries.map((entry) => `${JSON.stringify(entry)}\n`).join('');
      if (lines === '') return;
      if (file) await appendFile(file, separator + lines);
      else kept.push(lines);
      separator = '';
    },
    lines: () => kept.join(''),
  };
}

async function readJournal(file: string): Promise<string> {
  try {
    await appendFile(file, '');
    return await readFile(file, 'utf8');
  } catch (error) {
    const reason = (error as Error).message;
    throw new Error(`What was sent cannot be remembered in "${file}" (${reason}); name another file with --resume.`);
  }
}

function parseEntries(text: string): Entry[] {
  return text.split('\n').flatMap((line) => {
    try {
      const entry = JSON.parse(line);
      return typeof entry?.name === 'string' && typeof entry?.hash === 'string' ? [entry as Entry] : [];
    } catch {
      return [];
    }
  });
}
