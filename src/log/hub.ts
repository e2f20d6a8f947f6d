import { setTimeout as delay, setImmediate } from 'node:timers/promises';
import type pg from 'pg';
import type { StoryFilter } from '../stories/filter.ts';
import { encodeCursor } from './cursor.ts';
import { createFilterIndex } from './filter-index.ts';
import { epochChanged, startPosition } from './position.ts';
import { type LogEntry, loadWords } from './read.ts';
import { createRenderCache, type Sized } from './render-cache.ts';
import { changeFor, SILENT_ENTRIES, type StreamMessage } from './stream.ts';
import type { LogTail } from './tail.ts';

/** What identical subscriptions have in common. Whoever hands it in answers for `key`: equal keys get equal bytes. */
export interface Group<Payload> {
  key: string;
  filter: StoryFilter;
  /** Executes the operation for one message and serialises the result. Failing ends the group's subscriptions. */
  render(message: StreamMessage): Promise<Payload>;
}

/** One subscriber's way out. */
export interface Outlet<Payload> {
  /** Writes at once; `flushed` is called when all that was written has left this process. */
  send(payload: Payload, flushed?: () => void): void;
  /** Bytes written that have not left this process. */
  buffered(): number;
  /** Ends the subscription with an error. */
  fail(error: Error): void;
}

export interface HubStats {
  groups: number;
  subscribers: number;
  /** Of them those whose socket is full: they wait at their cursor. */
  parked: number;
  executions: number;
  deliveries: number;
  bufferedBytes: number;
}

export interface Hub<Payload> {
  /**
   * Subscribes from `after` on (null: from now) and returns how to leave.
   *
   * @throws {RequestError} CURSOR_INVALID, CURSOR_FUTURE, CURSOR_EPOCH_CHANGED, CURSOR_EXPIRED
   */
  join(group: Group<Payload>, outlet: Outlet<Payload>, after: string | null): Promise<() => void>;
  stats(): HubStats;
  close(): Promise<void>;
}

export interface HubLimits {
  /** Bytes a subscriber may have waiting in its socket. @default 262144 */
  perSubscriber: number;
  /** Bytes all may have waiting together; above it only an empty socket is written to. @default 268435456 */
  together: number;
}

const BATCH = 200;
/** Executions of one group under way at once. */
const LOOKAHEAD = 16;
/** Entries a group may fall behind the log before it lets go of them and reads them again. */
const LONGEST_QUEUE = 1_000;
/** Subscribers written to before others get their turn. */
const SLICE = 250;
/** Milliseconds between counts of all that is buffered. */
const RECOUNT = 100;
/** Milliseconds before what failed is tried again. */
const PAUSE = 500;

interface Member<Payload> {
  outlet: Outlet<Payload>;
  /** Everything up to here was written to it, or does not concern it. */
  seq: bigint;
  committed: bigint;
  /** Whether it was told that its replay is over. */
  toldLive: boolean;
  /**
   * `live`: written to as its group moves on. `replay`: its cohort reads the log for it. `parked`: its socket is full;
   * goes on by `replay` when that drains. `gone`: left, or ended.
   */
  state: 'live' | 'replay' | 'parked' | 'gone';
  /** Whom it replays with, in the state `replay`. */
  cohort: Set<Member<Payload>> | null;
  /** What of `bufferedBytes` is its own. */
  counted: number;
}

type Change = Extract<StreamMessage, { type: 'StoryChange' }>;

interface GroupState<Payload> {
  group: Group<Payload>;
  members: Set<Member<Payload>>;
  live: Set<Member<Payload>>;
  /** Matching entries that its live members have yet to get; the first is being worked on. */
  queue: Change[];
  working: boolean;
  /** The last message its live members got. */
  sent: bigint;
  /** Members about to begin to read at the same position: they become one cohort. */
  gathering: Map<bigint, Set<Member<Payload>>>;
}

/**
 * Shares the work of identical subscriptions: one execution and one serialisation per group and log entry, however many
 * subscribe and whether they replay or are live.
 *
 * One router reads the log and files each entry with the groups that it concerns; each group works through its entries
 * in order and writes the same bytes to each live member. Who begins in the past, or whose socket was full, is brought
 * up by a cohort of those at the same position, which reads the log from there. A member goes over to the live ones in
 * the very step in which both stand at the same place, and each keeps its own position besides, so that nothing is sent
 * twice and nothing left out.
 */
export function createHub<Payload extends Sized>(
  log: { tail: LogTail; pool: pg.Pool },
  onError: (error: Error) => void,
  limits: HubLimits = { perSubscriber: 256 * 1024, together: 256 * 1024 * 1024 },
): Hub<Payload> {
  const { tail } = log;
  const groups = new Map<string, GroupState<Payload>>();
  const index = createFilterIndex<GroupState<Payload>>();
  const cache = createRenderCache<Payload>();
  const abort = new AbortController();
  let { epoch, seq: routed } = tail.head();
  let executions = 0;
  let deliveries = 0;
  let bufferedBytes = 0;
  let recounted = 0;

  const cursorAt = (seq: bigint) => encodeCursor({ epoch, seq });
  const checkpointAt = (seq: bigint, live: boolean): StreamMessage => ({
    type: 'Checkpoint',
    cursor: cursorAt(seq),
    live,
  });

  function changeAt({ filter }: Group<Payload>, entry: LogEntry): Change | null {
    const kind = changeFor(filter, entry);
    return kind && { type: 'StoryChange', cursor: cursorAt(entry.seq), kind, entry };
  }

  /** Up to where the live members of a group have everything. */
  function positionOf(state: GroupState<Payload>): bigint {
    const [first] = state.queue;
    return first ? first.entry.seq - 1n : routed;
  }

  function rendered(state: GroupState<Payload>, message: StreamMessage): Promise<Payload> {
    const key = `${message.type === 'Checkpoint' ? message.live : ''} ${message.cursor} ${state.group.key}`;
    return cache.get(key, () => {
      executions++;
      return state.group.render(message);
    });
  }

  // ── Members ──

  function remove(state: GroupState<Payload>, member: Member<Payload>): void {
    if (member.state === 'gone') return;
    member.state = 'gone';
    member.cohort = null;
    bufferedBytes -= member.counted;
    state.live.delete(member);
    state.members.delete(member);
    if (state.members.size > 0 || groups.get(state.group.key) !== state) return;
    groups.delete(state.group.key);
    index.remove(state.group.filter, state);
  }

  function fail(state: GroupState<Payload>, members: Iterable<Member<Payload>>, error: Error): void {
    for (const member of [...members]) {
      remove(state, member);
      member.outlet.fail(error);
    }
  }

  /** Writes one message to a member; a member whose socket is full then waits for that to drain. */
  function write(state: GroupState<Payload>, member: Member<Payload>, payload: Payload): void {
    const buffered = member.outlet.buffered() + payload.size;
    bufferedBytes += buffered - member.counted;
    member.counted = buffered;
    deliveries++;
    const full =
      buffered > limits.perSubscriber || (buffered > payload.size && bufferedBytes > limits.together && overTogether());
    if (!full) {
      member.outlet.send(payload);
      return;
    }
    member.state = 'parked';
    member.cohort = null;
    state.live.delete(member);
    member.outlet.send(payload, () => {
      if (member.state === 'parked') gather(state, member);
    });
  }

  /** What has drained since it was counted is taken off before anybody is held up for it. */
  function overTogether(): boolean {
    if (Date.now() - recounted < RECOUNT) return true;
    recounted = Date.now();
    bufferedBytes = 0;
    for (const { members } of groups.values()) {
      for (const member of members) {
        member.counted = member.outlet.buffered();
        bufferedBytes += member.counted;
      }
    }
    return bufferedBytes > limits.together;
  }

  // ── Live ──

  async function route(): Promise<void> {
    const entries = await tail.readAfter(routed, BATCH);
    if (tail.head().epoch !== epoch) return endEpoch();
    for (const entry of entries) {
      if (!entry.words && [...index.candidates(entry)].some(({ group }) => group.filter.text))
        await loadWords(log.pool, [entry]);
      routeEntry(entry);
    }
    for (const state of groups.values()) {
      if (state.live.size > 0 && state.queue.length === 0 && routed - state.sent >= SILENT_ENTRIES)
        await sendCheckpoint(state);
    }
    if (entries.length === 0) await tail.waitAfter(routed, abort.signal);
    else await setImmediate();
  }

  function routeEntry(entry: LogEntry): void {
    for (const state of index.candidates(entry)) {
      if (state.live.size === 0) continue;
      const change = changeAt(state.group, entry);
      if (!change) continue;
      state.queue.push(change);
      if (state.queue.length > LONGEST_QUEUE) letGo(state);
      else void work(state);
    }
    routed = entry.seq;
  }

  /** A group that cannot keep up goes back to reading the log at its own pace. */
  function letGo(state: GroupState<Payload>): void {
    const position = positionOf(state);
    state.queue = [];
    for (const member of state.live) {
      if (member.seq < position) member.seq = position;
      gather(state, member);
    }
    state.live.clear();
  }

  async function work(state: GroupState<Payload>): Promise<void> {
    if (state.working) return;
    state.working = true;
    for (let change = state.queue[0]; change; change = state.queue[0]) {
      for (const next of state.queue.slice(1, LOOKAHEAD)) rendered(state, next).catch(() => {});
      try {
        const payload = await rendered(state, change);
        if (state.queue[0] === change) await deliver(state, change, payload);
      } catch (error) {
        fail(state, state.live, error as Error);
      }
      // With nobody to write to, what is left is read again by whoever comes back for it.
      if (state.live.size === 0) state.queue = [];
    }
    state.working = false;
  }

  /** Who joins while this goes on is behind the entry, so the loop reaches it, too: a Set yields what is added meanwhile. */
  async function deliver(state: GroupState<Payload>, change: Change, payload: Payload): Promise<void> {
    const { seq } = change.entry;
    let written = 0;
    for (const member of state.live) {
      if (member.seq >= seq) continue;
      member.seq = seq;
      write(state, member, payload);
      if (++written % SLICE === 0) await setImmediate();
    }
    // In the same step as the last write: from now on who joins must have this entry.
    if (state.queue[0] === change) state.queue.shift();
    state.sent = seq;
  }

  async function sendCheckpoint(state: GroupState<Payload>): Promise<void> {
    const seq = routed;
    state.sent = seq;
    const payload = await rendered(state, checkpointAt(seq, true)).catch(() => null);
    // Nothing was routed meanwhile: this is awaited by the router itself.
    if (!payload) return;
    for (const member of state.live) {
      if (member.seq > seq) continue;
      member.seq = seq;
      write(state, member, payload);
    }
  }

  function endEpoch(): void {
    for (const state of [...groups.values()]) fail(state, state.members, epochChanged());
    ({ epoch, seq: routed } = tail.head());
  }

  async function run(): Promise<void> {
    while (!abort.signal.aborted)
      await route().catch((error: Error) => {
        onError(error);
        return delay(PAUSE);
      });
  }

  // ── Replay ──

  /** Members that begin at the same place in the same turn read together. */
  function gather(state: GroupState<Payload>, member: Member<Payload>): void {
    const { seq } = member;
    const gathering = state.gathering.get(seq);
    const cohort = gathering ?? new Set();
    member.state = 'replay';
    member.cohort = cohort.add(member);
    if (gathering) return;
    state.gathering.set(seq, cohort);
    void (async () => {
      await setImmediate();
      state.gathering.delete(seq);
      await replay(state, cohort, seq).catch((error) =>
        fail(
          state,
          [...cohort].filter((one) => one.cohort === cohort),
          error,
        ),
      );
    })();
  }

  async function replay(state: GroupState<Payload>, cohort: Set<Member<Payload>>, from: bigint): Promise<void> {
    let seq = from;
    let sent = from;
    /** Writes to those who are still here; the others left, or wait for their sockets. */
    async function writeAll(message: StreamMessage, payload: Payload, wanted?: (member: Member<Payload>) => boolean) {
      let written = 0;
      for (const member of cohort) {
        if (member.cohort !== cohort || (wanted && !wanted(member))) continue;
        member.seq = seq;
        if (message.type === 'Checkpoint') member.toldLive ||= message.live;
        write(state, member, payload);
        if (++written % SLICE === 0) await setImmediate();
      }
      sent = seq;
    }
    async function writeCheckpoint(live: boolean) {
      const message = checkpointAt(seq, live);
      await writeAll(message, await rendered(state, message), live ? (member) => !member.toldLive : undefined);
    }
    for (;;) {
      for (const member of cohort) {
        if (member.cohort !== cohort) cohort.delete(member);
        else member.seq = seq;
      }
      if (cohort.size === 0 || abort.signal.aborted) return;
      const members = [...cohort];
      if (members.every((member) => seq >= member.committed) && positionOf(state) <= seq) {
        if (members.every((member) => member.toldLive)) return join(state, members, seq);
        await writeCheckpoint(true);
        continue;
      }
      if (seq >= tail.head().seq) {
        await tail.waitAfter(seq, abort.signal);
        continue;
      }
      const entries = await readOn(seq, state.group.filter);
      if (entries.length === 0) await delay(PAUSE);
      for (let at = 0; at < entries.length; at += LOOKAHEAD) {
        const changes = entries.slice(at, at + LOOKAHEAD).flatMap((entry) => changeAt(state.group, entry) ?? []);
        const payloads = await Promise.all(changes.map((change) => rendered(state, change)));
        for (const [place, change] of changes.entries()) {
          seq = change.entry.seq;
          await writeAll(change, payloads[place] as Payload);
        }
      }
      seq = entries.at(-1)?.seq ?? seq;
      if (seq - sent >= SILENT_ENTRIES) await writeCheckpoint(false);
      await setImmediate();
    }
  }

  /** Both stand at the same place, or the live ones behind it, which each member's own position then makes good. */
  function join(state: GroupState<Payload>, members: Member<Payload>[], seq: bigint): void {
    if (state.live.size === 0 && state.sent < seq) state.sent = seq;
    for (const member of members) {
      member.state = 'live';
      member.cohort = null;
      state.live.add(member);
    }
  }

  /** What follows in the log; empty when the database could not be asked just now. */
  async function readOn(seq: bigint, filter: StoryFilter): Promise<LogEntry[]> {
    try {
      const entries = await tail.readAfter(seq, BATCH);
      if (filter.text) await loadWords(log.pool, entries);
      return entries;
    } catch (error) {
      onError(error as Error);
      return [];
    }
  }

  const running = run();
  return {
    async join(group, outlet, after) {
      const start = await startPosition(tail, after);
      if (start.epoch !== epoch) throw epochChanged();
      let state = groups.get(group.key);
      if (!state) {
        const live = new Set<Member<Payload>>();
        state = { group, members: new Set(), live, queue: [], working: false, sent: routed, gathering: new Map() };
        groups.set(group.key, state);
        index.add(group.filter, state);
      }
      const { seq, committed } = start;
      const member: Member<Payload> = {
        outlet,
        seq,
        committed,
        toldLive: false,
        state: 'replay',
        cohort: null,
        counted: 0,
      };
      state.members.add(member);
      gather(state, member);
      const joined = state;
      return () => remove(joined, member);
    },
    stats() {
      const states = [...groups.values()];
      const members = states.flatMap((state) => [...state.members]);
      return {
        groups: states.length,
        subscribers: members.length,
        parked: members.filter((member) => member.state === 'parked').length,
        executions,
        deliveries,
        bufferedBytes: members.reduce((sum, member) => sum + member.outlet.buffered(), 0),
      };
    },
    async close() {
      abort.abort();
      await running;
    },
  };
}
