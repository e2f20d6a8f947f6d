import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { type Damage, findDamage } from './integrity.ts';
import { killWhileStarting, startServerProcess } from './server-process.ts';
import { createWriter } from './writer.ts';

// Kills the real server, or its Postgres, with SIGKILL in the middle of ingests, starts it again on the same data
// folder, and so on: nothing that was acknowledged may be missing or be there twice.
// npm run test:kill -- --rounds 50 --seed 1

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '50' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  },
});
const ROUNDS = Number(options.rounds);
const SEED = Number(options.seed);
const WRITERS = 4;
/** Milliseconds, at most, between the first acknowledged call of a round and the kill. */
const LATEST_KILL = 700;
/** A round in so many kills without waiting for a first call: the server may still be loading its models. */
const HASTY = 0.2;

/** mulberry32: small, seeded, good enough to choose moments. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function report(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function main(): Promise<boolean> {
  report(`${ROUNDS} rounds, seed ${SEED}`);
  const random = seeded(SEED);
  const writers = Array.from({ length: WRITERS }, (_, index) =>
    createWriter(`${SEED}:${index}`, seeded(SEED * WRITERS + index)),
  );
  const acknowledged = () =>
    writers.reduce((sum, writer) => sum + [...writer.acknowledged.values()].reduce((a, b) => a + b, 0), 0);
  const dataDir = await mkdtemp(join(tmpdir(), 'dateline-kill-'));
  // mkdtemp closes it to others; as root Postgres runs as one of them.
  await chmod(dataDir, 0o755);
  let whole = true;
  try {
    for (let round = 1; round <= ROUNDS; round++) {
      const since = performance.now();
      const early = round > 1 && random() < HASTY ? Math.floor(random() * 2_000) : null;
      if (early !== null) await killWhileStarting(dataDir, early);
      const server = await startServerProcess(dataDir);
      const started = performance.now() - since;
      const damage = await findDamage(server.databaseUrl, writers);
      whole &&= isWhole(damage);
      const over = new AbortController();
      const writing = Promise.all(writers.map((writer) => writer.write(server, over.signal)));
      const victim = random() < 0.5 ? 'server' : 'postgres';
      const before = acknowledged();
      const latest = Date.now() + (random() < HASTY ? random() * 2_000 : 60_000);
      while (acknowledged() === before && Date.now() < latest) await pause(5);
      await pause(Math.floor(random() * LATEST_KILL));
      const killed = performance.now();
      await server.kill(victim);
      over.abort();
      await writing;
      report(
        `round ${round}: killed ${victim}${early === null ? '' : `, and the one before ${early} ms after its launch`}; ` +
          `start ${seconds(started)}, end ${seconds(performance.now() - killed)}, ${acknowledged()} acknowledged so far`,
      );
    }
    const server = await startServerProcess(dataDir);
    for (const writer of writers) await writer.finish(server);
    const damage = await findDamage(server.databaseUrl, writers);
    whole &&= isWhole(damage);
    const code = await server.stop();
    if (code !== 0) report(`the last server ended with ${code}`);
    report(`lost ${damage.lost.length}, duplicated ${damage.duplicated.length} of ${acknowledged()}`);
    return whole && code === 0;
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

function isWhole(damage: Damage): boolean {
  for (const [what, found] of Object.entries(damage) as [string, string[]][])
    for (const one of found.slice(0, 20)) report(`  ${what}: ${one}`);
  return Object.values(damage).every((found) => found.length === 0);
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}

process.exitCode = (await main()) ? 0 : 1;
