import { requireScope } from '../auth/authenticate.ts';
import type { UserError } from '../errors.ts';
import { builder } from './builder.ts';
import { IngestOutcome } from './enums.ts';
import { UserErrorType } from './user-error.ts';

builder.prismaNode('IngestRun', {
  id: { field: 'id' },
  description: 'One call that handed stories in.',
  fields: (t) => ({
    startedAt: t.expose('startedAt', { type: 'DateTime', nullable: false, description: 'UTC.' }),
    finishedAt: t.expose('finishedAt', { type: 'DateTime', nullable: false, description: 'UTC.' }),
    key: t.string({
      description: 'Name of the key it was sent with.',
      select: { apiKey: { select: { name: true } } },
      resolve: (run) => run.apiKey?.name,
    }),
    items: t.relatedConnection('items', {
      cursor: 'id',
      totalCount: true,
      description: 'What was handed in and what became of it, in order.',
      query: { orderBy: [{ position: 'asc' }, { part: 'asc' }] },
    }),
  }),
});

builder.prismaNode('IngestItem', {
  id: { field: 'id' },
  description: 'One item that was handed in, and what became of it.',
  fields: (t) => ({
    outcome: t.expose('outcome', { type: IngestOutcome, nullable: false, description: 'What became of it.' }),
    format: t.exposeString('format', { nullable: false, description: 'What it was read as.' }),
    url: t.field({ type: 'URL', description: 'Where it was said to come from.', resolve: (item) => item.url }),
    receivedAt: t.expose('receivedAt', { type: 'DateTime', nullable: false, description: 'UTC.' }),
    version: t.exposeInt('version', { description: 'Version of the article that holds it.' }),
    idempotencyKey: t.exposeString('idempotencyKey', { description: 'As given.' }),
    inputHash: t.exposeString('inputHash', { nullable: false, description: 'SHA-256 of the input, hex.' }),
    errors: t.field({
      type: [UserErrorType],
      nullable: { list: false, items: false },
      description: 'Why it was rejected.',
      resolve: (item) => item.errors as unknown as UserError[],
    }),
    provenance: t.expose('provenance', {
      type: 'JSON',
      description: 'Where each field was found: {field: {reader, place, confidence}}.',
    }),
    article: t.relation('article', { description: 'The article it became or repeated.' }),
    photo: t.relation('photo', { description: 'The photo it became or repeated.' }),
    event: t.relation('event', { description: 'The event it became or repeated.' }),
    tag: t.relation('tag', { description: 'The tag it became or repeated.' }),
  }),
});

builder.queryFields((t) => ({
  ingestRun: t.prismaField({
    type: 'IngestRun',
    nullable: true,
    description: 'One call of the ledger; null where there is none. Needs the scope WRITE.',
    args: { id: t.arg.globalID({ required: true, description: 'Its id.' }) },
    resolve: (query, _root, { id }, { db, viewer }) => {
      requireScope(viewer, 'WRITE');
      return db.ingestRun.findUnique({ ...query, where: { id: id.id } });
    },
  }),
  ingestRuns: t.prismaConnection({
    type: 'IngestRun',
    cursor: 'id',
    description: 'The ledger of everything handed in, latest first. Needs the scope WRITE.',
    resolve: (query, _root, _args, { db, viewer }) => {
      requireScope(viewer, 'WRITE');
      return db.ingestRun.findMany({ ...query, orderBy: [{ startedAt: 'desc' }, { id: 'desc' }] });
    },
  }),
}));
