import { builder } from './builder.ts';
import { localId } from './ids.ts';

export const Source = builder.prismaNode('Source', {
  id: { field: 'id' },
  description: 'A publisher or agency.',
  fields: (t) => ({
    name: t.exposeString('name', { nullable: false, description: 'As it writes itself.' }),
    domain: t.exposeString('domain', { description: 'Registrable domain, lower case.' }),
    homepage: t.field({ type: 'URL', description: 'Its front page.', resolve: (source) => source.homepage }),
    language: t.exposeString('language', { description: 'Main language, BCP 47.' }),
    timeZone: t.exposeString('timeZone', { description: 'IANA zone in which it prints times.' }),
    country: t.exposeString('country', { description: 'ISO 3166-1 alpha-2 code of its seat.' }),
    articles: t.relatedConnection('articles', {
      cursor: 'id',
      totalCount: true,
      description: 'Its stories that may be shown, newest first.',
      query: { where: { announced: true, pubStatus: 'USABLE' }, orderBy: [{ listedAt: 'desc' }, { id: 'desc' }] },
    }),
  }),
});

const SourceBy = builder.inputType('SourceBy', {
  isOneOf: true,
  description: 'Names one source.',
  fields: (t) => ({
    id: t.id({ description: 'Its id.' }),
    domain: t.string({ description: 'Its registrable domain.' }),
  }),
});

builder.queryFields((t) => ({
  source: t.prismaField({
    type: 'Source',
    nullable: true,
    description: 'One source; null where there is none.',
    args: { by: t.arg({ type: SourceBy, required: true, description: 'Which one.' }) },
    resolve: (query, _root, { by }, { db }) =>
      db.source.findFirst({
        ...query,
        where: by.id ? { id: localId(by.id, 'Source') } : { domain: by.domain?.toLowerCase() ?? '' },
      }),
  }),
  sources: t.prismaConnection({
    type: 'Source',
    cursor: 'id',
    totalCount: (_parent, _args, { db }) => db.source.count(),
    description: 'All sources by name.',
    resolve: (query, _root, _args, { db }) =>
      db.source.findMany({ ...query, orderBy: [{ name: 'asc' }, { id: 'asc' }] }),
  }),
}));
