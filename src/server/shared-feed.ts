import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { type ExecutionArgs, execute, type GraphQLError, getArgumentValues, getVariableValues } from 'graphql';
import { createHub, type Group, type Hub } from '../log/hub.ts';
import type { StreamMessage } from '../log/stream.ts';
import type { Context } from '../schema/builder.ts';
import { schema } from '../schema/index.ts';
import { readStreamArguments } from '../schema/subscription.ts';
import { createContext, type ServerParts } from './context.ts';
import { clientError } from './errors.ts';
import { type ShareableOperation, shareableOperation } from './shareable-operation.ts';

/** One result, serialised once for all who get it. */
export interface SharedPayload {
  /** The execution result as JSON, UTF-8. */
  json: Buffer;
  cursor: string;
  size: number;
}

/** A subscription that can be shared: its group, and where this subscriber begins. */
export interface SharedSubscription {
  group: Group<SharedPayload>;
  after: string | null;
}

export interface SharedFeed {
  hub: Hub<SharedPayload>;
  /**
   * Finds the group of a subscription; null where it must be executed for this client alone.
   *
   * @throws {RequestError} INVALID_ID
   */
  find(args: ExecutionArgs): Promise<SharedSubscription | null>;
}

/** Milliseconds for which a filter's slugs and domains stay resolved: a storm of reconnects asks once. */
const FILTER_LIFETIME = 1_000;
/** Pauses in milliseconds before an execution that failed by a fault of ours (a database that restarts) is tried again. */
const RETRIES = [100, 200, 400, 800, 1_600, 3_200];

/** Shares the execution of subscriptions between those who ask the same with the same rights. */
export function createSharedFeed(parts: ServerParts): SharedFeed {
  const hub = createHub<SharedPayload>({ tail: parts.tail, pool: parts.database.pool }, (err) =>
    parts.log.warn({ err }, 'reading the log failed; trying again'),
  );
  const filters = new Map<string, { until: number; read: ReturnType<typeof readStreamArguments> }>();

  function resolveFilter(key: string, read: () => ReturnType<typeof readStreamArguments>) {
    const now = Date.now();
    for (const [oldKey, { until }] of filters) {
      if (until > now) break;
      filters.delete(oldKey);
    }
    const resolved = filters.get(key) ?? { until: now + FILTER_LIFETIME, read: read() };
    filters.set(key, resolved);
    return resolved.read;
  }

  async function find(args: ExecutionArgs): Promise<SharedSubscription | null> {
    const context = args.contextValue as Context;
    const shareable = shareableOperation(args.document, args.operationName);
    if (!shareable) return null;
    const { operation, field, afterVariable } = shareable;
    const variables = getVariableValues(schema, operation.variableDefinitions ?? [], args.variableValues ?? {});
    const definition = schema.getSubscriptionType()?.getFields()[field.name.value];
    // The ordinary way says what is wrong with them.
    if (!variables.coerced || !definition) return null;
    const values = getArgumentValues(definition, field, variables.coerced);
    const scopes = [...context.viewer.scopes].sort();
    const key = digest([shareable.text, args.operationName, deciding(shareable, args, afterVariable), scopes]);
    const { filter } = await resolveFilter(key, () => readStreamArguments(values, context));
    const viewer = { key: null, scopes: context.viewer.scopes };
    return {
      group: { key: digest([key, filter]), filter, render: (message) => render(args, message, viewer) },
      after: context.lastEventId ?? (values.after as string | null | undefined) ?? null,
    };
  }

  /** Executes with the rights of the group, never with the key of one of its members. */
  async function render(
    { document, operationName, variableValues }: ExecutionArgs,
    message: StreamMessage,
    viewer: Context['viewer'],
  ): Promise<SharedPayload> {
    for (let attempt = 0; ; attempt++) {
      const contextValue = createContext(parts, viewer);
      const result = await execute({
        schema,
        document,
        operationName,
        variableValues,
        rootValue: message,
        contextValue,
      });
      const errors = result.errors?.map((error) => clientError(error, parts.log));
      const pause = RETRIES[attempt];
      const [fault] = errors?.filter((error) => error.extensions.code === 'INTERNAL') ?? [];
      if (fault && pause !== undefined) await delay(pause);
      // A story that cannot be told must not become a gap: the subscription ends, and can be resumed before it.
      else if (fault && !result.data) throw fault satisfies GraphQLError;
      else {
        const json = Buffer.from(JSON.stringify(errors ? { ...result, errors } : result));
        return { json, cursor: message.cursor, size: json.length };
      }
    }
  }

  return { hub, find };
}

/** The variables that decide what is sent, in the order of their names. */
function deciding({ operation }: ShareableOperation, args: ExecutionArgs, afterVariable: string | null): unknown {
  const names = operation.variableDefinitions?.map((definition) => definition.variable.name.value) ?? [];
  return names.filter((name) => name !== afterVariable).map((name) => [name, sorted(args.variableValues?.[name])]);
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, inner]) => [name, sorted(inner)]),
  );
}

function digest(parts: unknown): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64');
}
