import type { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Viewer } from '../auth/authenticate.ts';
import { findValidKeys } from '../auth/keys.ts';
import type { SubscriptionLimits } from '../config.ts';
import type { PrismaClient } from '../db/generated/prisma/client.ts';
import { RequestError } from '../errors.ts';

/** A connection that stays open, over WebSocket or as server-sent events. */
export interface Connection {
  viewer: Viewer;
  socket: Socket;
  /** Asks for a sign of life, or gives one; false when the one asked for before never came. */
  beat(): boolean;
  /** Ends it with a WebSocket close code; server-sent events just end, without `complete`. */
  close(code: number, reason: string): void;
}

export interface Connections {
  /** Watches over a connection until the returned function is called. */
  add(connection: Connection): () => void;
  /**
   * Counts a subscription; returns how to give it back, once.
   *
   * @throws {RequestError} TOO_MANY_SUBSCRIPTIONS
   */
  subscribe(connection: Connection): () => void;
  /** Closes all with 1012, a part at a time, so that they do not all come back to the next server at once. */
  close(): Promise<void>;
}

/** RFC 6455 registry: clients may come back at once. */
const SERVICE_RESTART = 1012;
/** RFC 6455 registry: clients may come back later. */
const TRY_AGAIN_LATER = 1013;
const FORBIDDEN = 4403;

/** Milliseconds between sweeps: one timer for all connections. */
const SWEEP = 1_000;
/** Milliseconds between signs of life; keeps proxies from closing a silent connection. */
const BEAT = 12_000;
/** Milliseconds after which a socket that takes nothing is given up. */
const PATIENCE = 30_000;
/** Milliseconds between looks whether keys are still good. */
const KEY_CHECK = 5_000;
/** At most this many parts, this many milliseconds apart; a part has at least so many connections. */
const SHUTDOWN = { parts: 20, pause: 100, smallest: 50 };

export function createConnections(
  { prisma, log }: { prisma: PrismaClient; log: Logger },
  limits: SubscriptionLimits = { perConnection: 100, perKey: 20_000, perAddress: 20_000 },
): Connections {
  const watched = new Map<Connection, { beatAt: number; flushed: number; progressAt: number }>();
  const counts = new Map<unknown, number>();
  let keysCheckedAt = Date.now();

  function sweep(): void {
    const now = Date.now();
    for (const [connection, state] of watched) {
      const { socket } = connection;
      const flushed = socket.bytesWritten - socket.writableLength;
      if (flushed !== state.flushed || socket.writableLength === 0) {
        state.flushed = flushed;
        state.progressAt = now;
      }
      if (now - state.progressAt >= PATIENCE) {
        connection.close(TRY_AGAIN_LATER, 'too slow; resume with your cursor');
        // Who takes nothing does not take the close frame either.
        socket.destroySoon();
        setTimeout(() => socket.destroy(), SWEEP).unref();
        watched.delete(connection);
      } else if (now - state.beatAt >= BEAT) {
        state.beatAt = now;
        if (!connection.beat()) socket.destroy();
      }
    }
    if (now - keysCheckedAt < KEY_CHECK) return;
    keysCheckedAt = now;
    checkKeys().catch((err) => log.warn({ err }, 'checking keys failed; trying again'));
  }

  async function checkKeys(): Promise<void> {
    const held = new Set([...watched.keys()].flatMap(({ viewer }) => viewer.key?.id ?? []));
    if (held.size === 0) return;
    const valid = await findValidKeys(prisma, [...held]);
    for (const connection of watched.keys()) {
      const { key } = connection.viewer;
      if (key && held.has(key.id) && !valid.has(key.id)) connection.close(FORBIDDEN, 'this key expired or was revoked');
    }
  }

  const timer = setInterval(sweep, SWEEP);
  timer.unref();
  return {
    add(connection) {
      // Spread over the period: thousands that came together are not asked together.
      const beatAt = Date.now() - Math.random() * BEAT;
      watched.set(connection, { beatAt, flushed: 0, progressAt: Date.now() });
      return () => watched.delete(connection);
    },
    subscribe(connection) {
      const address = connection.socket.remoteAddress;
      const rules: [counted: unknown, most: number, what: string][] = [
        [connection, limits.perConnection, 'connection'],
        [`address ${address}`, limits.perAddress, 'address'],
      ];
      if (connection.viewer.key) rules.push([`key ${connection.viewer.key.id}`, limits.perKey, 'key']);
      for (const [counted, most, what] of rules)
        if ((counts.get(counted) ?? 0) >= most)
          throw new RequestError(
            'TOO_MANY_SUBSCRIPTIONS',
            `At most ${most} subscriptions may be open per ${what}; end one first.`,
            { per: what, limit: most },
          );
      for (const [counted] of rules) counts.set(counted, (counts.get(counted) ?? 0) + 1);
      let open = true;
      return () => {
        if (!open) return;
        open = false;
        for (const [counted] of rules) {
          const left = (counts.get(counted) ?? 1) - 1;
          if (left === 0) counts.delete(counted);
          else counts.set(counted, left);
        }
      };
    },
    async close() {
      clearInterval(timer);
      const all = [...watched.keys()];
      const part = Math.max(SHUTDOWN.smallest, Math.ceil(all.length / SHUTDOWN.parts));
      for (let at = 0; at < all.length; at += part) {
        if (at > 0) await delay(SHUTDOWN.pause);
        for (const connection of all.slice(at, at + part))
          connection.close(SERVICE_RESTART, 'the server is restarting; resume with your cursor');
      }
    },
  };
}
