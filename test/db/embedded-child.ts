// A process that holds the embedded PostgreSQL as Dateline would: one JSON line when up, "lost" when it goes, SIGTERM closes.
import { startEmbeddedPostgres } from '../../src/db/embedded.ts';

function say(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

try {
  const notes: string[] = [];
  const database = await startEmbeddedPostgres({
    dataDir: process.argv[2] as string,
    fsync: false,
    log: (note) => notes.push(note),
  });
  const { url, firstStart, pid } = database;
  say({ url, firstStart, pid, notes });
  void database.lost.then(() => {
    say({ lost: true });
    process.exit(3);
  });
  process.once('SIGTERM', () => void database.close());
} catch (error) {
  say({ error: (error as Error).name, message: (error as Error).message });
  process.exitCode = 1;
}
