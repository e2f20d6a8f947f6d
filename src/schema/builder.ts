import SchemaBuilder from '@pothos/core';
import PrismaPlugin from '@pothos/plugin-prisma';
import RelayPlugin from '@pothos/plugin-relay';
import type { Viewer } from '../auth/authenticate.ts';
import type { Database } from '../db/client.ts';
import type PrismaTypes from '../db/generated/pothos.ts';
import { getDatamodel } from '../db/generated/pothos.ts';
import type { PrismaClient } from '../db/generated/prisma/client.ts';
import { RequestError } from '../errors.ts';
import type { Reader } from '../ingest/reader.ts';
import type { LogTail } from '../log/tail.ts';
import { visibleNodes } from './node-access.ts';

/** What every resolver is handed. */
export interface Context {
  viewer: Viewer;
  /** The way to read; resolvers never import a client, so that reads can be made faster underneath. */
  db: PrismaClient;
  /** For what writes or needs SQL of its own. */
  database: Database;
  tail: LogTail;
  reader: Reader;
  /** The cursor that a reconnecting EventSource sends by itself; wins over `after`. */
  lastEventId: string | null;
}

/** How ids are written in the database. */
export const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
/** Most nodes of one page of a connection. */
export const LARGEST_PAGE = 100;

export const builder = new SchemaBuilder<{
  Context: Context;
  PrismaTypes: PrismaTypes;
  Scalars: {
    ID: { Input: string; Output: string };
    DateTime: { Input: Date; Output: Date };
    URL: { Input: string | URL; Output: string | URL };
    JSON: { Input: unknown; Output: unknown };
    Cursor: { Input: string; Output: string };
  };
  DefaultEdgesNullability: false;
  DefaultNodeNullability: false;
}>({
  plugins: [PrismaPlugin, RelayPlugin],
  prisma: {
    client: (context) => context.db,
    dmmf: getDatamodel(),
    exposeDescriptions: false,
    filterConnectionTotalCount: true,
    maxConnectionSize: LARGEST_PAGE,
    defaultConnectionSize: 20,
  },
  relay: {
    edgesFieldOptions: { nullable: false },
    nodeFieldOptions: { nullable: false },
    nodeQueryOptions: {
      description: 'Anything that has an id; null where there is nothing.',
      args: { id: { description: 'Its id.' } },
      resolve: async (_root, { id }, context, _info, load) => {
        const [isVisible] = await visibleNodes([id], context);
        return isVisible ? load(id) : null;
      },
    },
    nodesQueryOptions: {
      description: 'Several things by id, in the order asked for; null where there is nothing.',
      args: { ids: { description: `Their ids, at most ${LARGEST_PAGE}.` } },
      resolve: async (_root, { ids }, context, _info, load) => {
        if (ids.length > LARGEST_PAGE)
          throw new RequestError('TOO_LARGE', `These are ${ids.length} ids; the most is ${LARGEST_PAGE}.`);
        const isVisible = await visibleNodes(ids, context);
        const nodes = await load(ids);
        return nodes.map((node, index) => (isVisible[index] ? node : null));
      },
    },
    encodeGlobalID: (typename, id) => Buffer.from(`${typename}:${id}`).toString('base64url'),
    decodeGlobalID,
  },
});

/** @throws {RequestError} INVALID_ID */
export function decodeGlobalID(globalId: string): { typename: string; id: string } {
  const [typename, id, ...rest] = Buffer.from(globalId, 'base64url').toString().split(':');
  if (!typename || !id || !UUID.test(id) || rest.length > 0)
    throw new RequestError(
      'INVALID_ID',
      `"${globalId.slice(0, 80)}" is no id of this server; use one that a query returned.`,
    );
  return { typename, id };
}

builder.queryType({ description: 'Everything that can be read.' });
builder.mutationType({ description: 'Everything that can be written; needs a key with the scope WRITE.' });
builder.subscriptionType({ description: 'What is pushed as it happens.' });
