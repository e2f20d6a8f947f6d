import { queryFromInfo } from '@pothos/plugin-prisma';
import { resolveCursorConnection } from '@pothos/plugin-relay';
import type { GraphQLResolveInfo } from 'graphql';
import { RequestError } from '../errors.ts';
import { filterToSql, type StoryFilter } from '../stories/filter.ts';
import { type Context, LARGEST_PAGE, UUID } from './builder.ts';

export type StoryOrder = 'PUBLISHED_DESC' | 'PUBLISHED_ASC' | 'INGESTED_DESC' | 'INGESTED_ASC';

interface ConnectionArguments {
  first?: number | null;
  last?: number | null;
  after?: string | null;
  before?: string | null;
}

interface Page {
  id: string;
  key: Date;
}

const COLUMN = { PUBLISHED: 'listed_at', INGESTED: 'ingested_at' };

/**
 * One page of the stories that pass a filter. The page's ids come from one keyset query (no offset, so that page 1,000
 * costs what page 1 does); Prisma then loads what the operation asks of them.
 */
export async function storyConnection(
  filter: StoryFilter,
  orderBy: StoryOrder,
  args: ConnectionArguments,
  context: Context,
  info: GraphQLResolveInfo,
) {
  const column = COLUMN[orderBy.replace(/_(ASC|DESC)$/, '') as keyof typeof COLUMN];
  const descending = orderBy.endsWith('DESC');
  const page = (position: Partial<Record<'before' | 'after', string>>, limit: number, inverted: boolean) =>
    readPage(filter, { column, descending: descending !== inverted, ...position, flip: inverted, limit }, context);
  const connection = await resolveCursorConnection<Promise<Page[]>>(
    { args, defaultSize: 20, maxSize: LARGEST_PAGE, toCursor: ({ key, id }: Page) => encodeKey(key, id) },
    ({ before, after, limit, inverted }) => page({ before, after }, limit, inverted),
  );
  const ids = connection.edges.flatMap((edge) => edge?.node.id ?? []);
  const articles = await context.db.article.findMany({
    ...queryFromInfo({ context, info, paths: [['nodes'], ['edges', 'node']], typeName: 'Article' }),
    where: { id: { in: ids } },
  });
  const byId = new Map(articles.map((article) => [article.id, article]));
  const edges = connection.edges.flatMap((edge) => {
    const node = edge && byId.get(edge.node.id);
    return node ? [{ cursor: edge.cursor, node }] : [];
  });
  return { edges, pageInfo: connection.pageInfo, filter };
}

/** How many stories pass the filter. */
export async function countStories(filter: StoryFilter, { database }: Context): Promise<number> {
  const values: unknown[] = [];
  const where = filterToSql(filter, values);
  const { rows } = await database.pool.query<{ n: string }>(
    `select count(*) as n from articles a where ${where}`,
    values,
  );
  return Number(rows[0]?.n);
}

async function readPage(
  filter: StoryFilter,
  page: { column: string; descending: boolean; flip: boolean; before?: string; after?: string; limit: number },
  { database }: Context,
): Promise<Page[]> {
  const values: unknown[] = [];
  const conditions = [filterToSql(filter, values)];
  // "After" in the order the caller sees; read backwards (`flip`) the comparison turns round with the order.
  const compare = (cursor: string, later: boolean) => {
    const { key, id } = decodeKey(cursor);
    const operator = (later !== page.flip) === page.descending ? '<' : '>';
    conditions.push(`(a.${page.column}, a.id) ${operator} ($${values.push(key)}, $${values.push(id)}::uuid)`);
  };
  if (page.after) compare(page.after, true);
  if (page.before) compare(page.before, false);
  const direction = page.descending ? 'desc' : 'asc';
  const { rows } = await database.pool.query<Page>(
    `select a.id, a.${page.column} as key from articles a where ${conditions.join(' and ')}
     order by a.${page.column} ${direction}, a.id ${direction} limit $${values.push(page.limit)}`,
    values,
  );
  return rows;
}

function encodeKey(key: Date, id: string): string {
  return Buffer.from(`${key.toISOString()} ${id}`).toString('base64url');
}

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** @throws {RequestError} CURSOR_INVALID */
function decodeKey(cursor: string): { key: Date; id: string } {
  const [time = '', id = '', ...rest] = Buffer.from(cursor, 'base64url').toString().split(' ');
  const key = new Date(INSTANT.test(time) ? time : Number.NaN);
  if (!UUID.test(id) || Number.isNaN(key.getTime()) || rest.length > 0)
    throw new RequestError('CURSOR_INVALID', 'This is no cursor of this list; use a `cursor` of one of its edges.');
  return { key, id };
}
