import type { Prisma } from '../db/generated/prisma/client.ts';
import { textKey } from '../stories/identity.ts';
import { builder, type Context } from './builder.ts';
import { TagType } from './enums.ts';
import { localId } from './ids.ts';

export const Tag = builder.prismaNode('Tag', {
  id: { field: 'id' },
  description: 'A subject, keyword, person, organisation, place, object or genre that stories are about.',
  fields: (t) => ({
    type: t.expose('type', { type: TagType, nullable: false, description: 'What kind of thing it is.' }),
    name: t.exposeString('name', { nullable: false, description: 'Its usual name.' }),
    slug: t.exposeString('slug', {
      nullable: false,
      description: 'Its name for addresses; goes on resolving when tags are merged.',
    }),
    scheme: t.exposeString('scheme', { description: 'Vocabulary its code comes from, e.g. "medtop".' }),
    termCode: t.exposeString('termCode', { description: 'Code within the vocabulary.' }),
    sameAs: t.field({
      type: ['URL'],
      nullable: { list: false, items: false },
      description: 'The same thing elsewhere (Wikidata …).',
      resolve: (tag) => tag.sameAs,
    }),
    aliases: t.stringList({
      nullable: false,
      description: 'Every name it is known and found under.',
      select: { aliases: { orderBy: { name: 'asc' } } },
      resolve: (tag) => tag.aliases.map((alias) => alias.name),
    }),
    broader: t.relation('broader', { description: 'The wider tag it belongs under.' }),
    narrower: t.relatedConnection('narrower', {
      cursor: 'id',
      description: 'The tags that belong under it, by name.',
      query: { orderBy: { name: 'asc' } },
    }),
    articleCount: t.int({
      nullable: false,
      description: 'How many stories about it may be shown.',
      select: { _count: { select: { articles: { where: { article: { announced: true, pubStatus: 'USABLE' } } } } } },
      resolve: (tag) => tag._count.articles,
    }),
  }),
});

export const TagBy = builder.inputType('TagBy', {
  isOneOf: true,
  description: 'Names one tag.',
  fields: (t) => ({
    id: t.id({ description: 'Its id.' }),
    slug: t.string({ description: 'Its slug.' }),
    code: t.string({ description: 'Scheme and code: "medtop:20000587".' }),
  }),
});

/** Id of the tag meant, or of the one it was merged into; null where there is none. */
export async function findTag(by: typeof TagBy.$inferInput, db: Context['db']): Promise<string | null> {
  const where: Prisma.TagWhereInput = by.id
    ? { id: localId(by.id, 'Tag') }
    : by.slug
      ? { slug: by.slug }
      : { identity: by.code ?? '' };
  const found = await db.tag.findFirst({ select: { id: true, mergedIntoId: true }, where });
  return found && (found.mergedIntoId ?? found.id);
}

builder.queryFields((t) => ({
  tag: t.prismaField({
    type: 'Tag',
    nullable: true,
    description: 'One tag; null where there is none. A merged tag is answered with the one it was merged into.',
    args: { by: t.arg({ type: TagBy, required: true, description: 'Which one.' }) },
    resolve: async (query, _root, { by }, { db }) => {
      const id = await findTag(by, db);
      return id ? db.tag.findUnique({ ...query, where: { id } }) : null;
    },
  }),
  tags: t.prismaConnection({
    type: 'Tag',
    cursor: 'id',
    description: 'Tags by name.',
    args: {
      type: t.arg({ type: [TagType], description: 'Only these types.' }),
      startsWith: t.arg.string({ description: 'Only tags one of whose names starts so; case does not matter.' }),
    },
    totalCount: (_root, args, { db }) => db.tag.count({ where: tagsWhere(args) }),
    resolve: (query, _root, args, { db }) =>
      db.tag.findMany({ ...query, where: tagsWhere(args), orderBy: [{ name: 'asc' }, { id: 'asc' }] }),
  }),
}));

function tagsWhere(args: {
  type?: (typeof TagType.$inferType)[] | null;
  startsWith?: string | null;
}): Prisma.TagWhereInput {
  return {
    mergedIntoId: null,
    ...(args.type?.length ? { type: { in: args.type } } : {}),
    ...(args.startsWith ? { aliases: { some: { key: { startsWith: textKey(args.startsWith) } } } } : {}),
  };
}
