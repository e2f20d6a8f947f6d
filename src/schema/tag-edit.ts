import { requireScope } from '../auth/authenticate.ts';
import { tagStory, untagStory } from '../context/tag-decisions.ts';
import { mergeTags } from '../context/tag-merge.ts';
import { splitTag } from '../context/tag-split.ts';
import type { TagDraft } from '../context/tags.ts';
import type { UserError } from '../errors.ts';
import { Article } from './article.ts';
import { builder, type Context } from './builder.ts';
import { TagType } from './enums.ts';
import { localId } from './ids.ts';
import { findTag, Tag, TagBy } from './tag.ts';
import { UserErrorType } from './user-error.ts';

/** Most stories of one splitTag call: they move in one transaction. */
const MOST_SPLIT = 500;
const LONGEST_NAME = 200;

const ERRORS = 'Empty when all went well.';
const NOTE = 'Why; shown to subscribers.';

interface TagPayload {
  articleId: string | null;
  tagId: string | null;
  /** Of mergeTags and splitTag. */
  moved: number;
  userErrors: UserError[];
}

function failed(code: string, path: string[], message: string): TagPayload {
  return { articleId: null, tagId: null, moved: 0, userErrors: [{ code, path: ['input', ...path], message }] };
}

function articleTagPayload(name: string, tag: string) {
  return builder.objectRef<TagPayload>(name).implement({
    description: "What became of the editor's decision.",
    fields: (t) => ({
      article: t.prismaField({
        type: Article,
        nullable: true,
        description: 'The article with its tags as they are now; null where there is none of that id.',
        resolve: (query, { articleId }, _args, { db }) =>
          articleId ? db.article.findUnique({ ...query, where: { id: articleId } }) : null,
      }),
      tag: t.prismaField({
        type: Tag,
        nullable: true,
        description: tag,
        resolve: (query, { tagId }, _args, { db }) =>
          tagId ? db.tag.findUnique({ ...query, where: { id: tagId } }) : null,
      }),
      userErrors: t.expose('userErrors', {
        type: [UserErrorType],
        nullable: { list: false, items: false },
        description: ERRORS,
      }),
    }),
  });
}

function movePayload(name: string, tag: string) {
  return builder.objectRef<TagPayload>(name).implement({
    description: 'What became of the change to the tags.',
    fields: (t) => ({
      tag: t.prismaField({
        type: Tag,
        nullable: true,
        description: tag,
        resolve: (query, { tagId }, _args, { db }) =>
          tagId ? db.tag.findUnique({ ...query, where: { id: tagId } }) : null,
      }),
      movedArticles: t.int({
        nullable: false,
        description: 'How many stories are tagged otherwise now; each has an entry in the live feed.',
        resolve: ({ moved }) => moved,
      }),
      userErrors: t.expose('userErrors', {
        type: [UserErrorType],
        nullable: { list: false, items: false },
        description: ERRORS,
      }),
    }),
  });
}

const NewTagInput = builder.inputType('NewTagInput', {
  description: 'A tag by what it is called; made where there is none of that type and name.',
  fields: (t) => ({
    type: t.field({ type: TagType, required: true, description: 'What kind of thing it is.' }),
    name: t.string({ required: true, description: 'Its usual name, at most 200 characters.' }),
  }),
});
const TagArticleInput = builder.inputType('TagArticleInput', {
  description: 'What a story is about. Give either `tag` or `newTag`.',
  fields: (t) => ({
    id: t.id({ required: true, description: "The article's id." }),
    tag: t.field({ type: TagBy, description: 'A tag that there is.' }),
    newTag: t.field({ type: NewTagInput, description: 'A tag by type and name.' }),
    relevance: t.int({ description: '0–100, how much the story is about it.' }),
    note: t.string({ description: NOTE }),
  }),
});
const UntagArticleInput = builder.inputType('UntagArticleInput', {
  description: 'What a story is not about.',
  fields: (t) => ({
    id: t.id({ required: true, description: "The article's id." }),
    tag: t.field({ type: TagBy, required: true, description: 'The tag.' }),
    note: t.string({ description: NOTE }),
  }),
});
const MergeTagsInput = builder.inputType('MergeTagsInput', {
  description: 'Two tags that are one thing.',
  fields: (t) => ({
    from: t.field({ type: TagBy, required: true, description: 'The tag that goes; its slug goes on resolving.' }),
    into: t.field({ type: TagBy, required: true, description: 'The tag that stays, with its name, type and slug.' }),
    note: t.string({ description: NOTE }),
  }),
});
const SplitTagInput = builder.inputType('SplitTagInput', {
  description: 'One tag that stands for two things.',
  fields: (t) => ({
    tag: t.field({ type: TagBy, required: true, description: 'The tag.' }),
    name: t.string({
      required: true,
      description: 'Name of the new tag, at most 200 characters; it may be the same (two people of one name).',
    }),
    articleIds: t.idList({ required: true, description: 'The stories that are about the new one; at most 500.' }),
    note: t.string({ description: NOTE }),
  }),
});

builder.mutationFields((t) => ({
  tagArticle: t.field({
    type: articleTagPayload('TagArticlePayload', 'The tag the story now has.'),
    nullable: false,
    description: 'Puts a tag on a story. It stays there whatever new versions or recomputing say.',
    args: { input: t.arg({ type: TagArticleInput, required: true, description: 'Which story and which tag.' }) },
    resolve: async (_root, { input }, { viewer, db, database }) => {
      requireScope(viewer, 'WRITE');
      const articleId = localId(input.id, 'Article');
      const relevance = input.relevance ?? null;
      if (!input.tag === !input.newTag) return failed('INVALID', ['tag'], 'Give either tag or newTag.');
      if (relevance !== null && (relevance < 0 || relevance > 100))
        return failed('INVALID', ['relevance'], 'relevance must be from 0 to 100.');
      const nameError = input.newTag && checkName(input.newTag.name, ['newTag', 'name']);
      if (nameError) return nameError;
      const tag = input.tag ? await findTag(input.tag, db) : input.newTag && freeTag(input.newTag);
      if (!tag) return failed('NOT_FOUND', ['tag'], 'There is no such tag; name a new one by newTag.');
      const tagId = await tagStory(database, { articleId, tag, relevance, note: input.note ?? null });
      if (!tagId) return noArticle();
      return { articleId, tagId, moved: 0, userErrors: [] };
    },
  }),
  untagArticle: t.field({
    type: articleTagPayload('UntagArticlePayload', 'The tag the story no longer has.'),
    nullable: false,
    description:
      'Takes a tag off a story. It is remembered: neither the next version nor recomputing puts it back, only tagArticle does.',
    args: { input: t.arg({ type: UntagArticleInput, required: true, description: 'Which story and which tag.' }) },
    resolve: async (_root, { input }, { viewer, db, database }) => {
      requireScope(viewer, 'WRITE');
      const articleId = localId(input.id, 'Article');
      const tagId = await findTag(input.tag, db);
      if (!tagId) return failed('NOT_FOUND', ['tag'], 'There is no such tag.');
      if (!(await untagStory(database, { articleId, tagId, note: input.note ?? null }))) return noArticle();
      return { articleId, tagId, moved: 0, userErrors: [] };
    },
  }),
  mergeTags: t.field({
    type: movePayload('MergeTagsPayload', 'The tag that stayed.'),
    nullable: false,
    description:
      'Merges a tag into another: its stories, names, narrower tags and events move; both slugs resolve to the one that stays. Stories move in batches; after an interruption the same call moves the rest.',
    args: { input: t.arg({ type: MergeTagsInput, required: true, description: 'Which tag into which.' }) },
    resolve: async (_root, { input }, context) => {
      requireScope(context.viewer, 'WRITE');
      const [from, intoId] = await Promise.all([findTagItself(input.from, context), findTag(input.into, context.db)]);
      if (!from) return failed('NOT_FOUND', ['from'], 'There is no such tag.');
      if (!intoId) return failed('NOT_FOUND', ['into'], 'There is no such tag.');
      if (from.id === intoId) return failed('SAME_TAG', ['into'], 'from and into are one tag already.');
      if (from.mergedIntoId && from.mergedIntoId !== intoId)
        return failed('ALREADY_MERGED', ['from'], 'This tag was merged into another one; merge that one.');
      const moved = await mergeTags(context.database, { fromId: from.id, intoId, note: input.note ?? null });
      return { articleId: null, tagId: intoId, moved, userErrors: [] };
    },
  }),
  splitTag: t.field({
    type: movePayload('SplitTagPayload', 'The new tag.'),
    nullable: false,
    description:
      "Makes a new tag of the same type and moves the given stories to it, as an editor's decision that is remembered.",
    args: { input: t.arg({ type: SplitTagInput, required: true, description: 'What is to be split off.' }) },
    resolve: async (_root, { input }, { viewer, db, database }) => {
      requireScope(viewer, 'WRITE');
      const articleIds = [...new Set(input.articleIds.map((id) => localId(id, 'Article')))];
      if (articleIds.length > MOST_SPLIT)
        return failed('TOO_MANY', ['articleIds'], `At most ${MOST_SPLIT} stories in one call.`);
      const nameError = checkName(input.name, ['name']);
      if (nameError) return nameError;
      const tagId = await findTag(input.tag, db);
      if (!tagId) return failed('NOT_FOUND', ['tag'], 'There is no such tag.');
      const { type } = await db.tag.findUniqueOrThrow({ select: { type: true }, where: { id: tagId } });
      const tag = freeTag({ type, name: input.name });
      const split = await splitTag(database, { tagId, tag, articleIds, note: input.note ?? null });
      if (!split) return failed('NOT_TAGGED', ['articleIds'], 'None of these stories has the tag.');
      return { articleId: null, ...split, userErrors: [] };
    },
  }),
}));

function freeTag({ type, name }: { type: TagDraft['type']; name: string }): TagDraft {
  return { type, name: name.trim(), scheme: null, termCode: null, sameAs: [], aliases: [] };
}

function checkName(name: string, path: string[]): TagPayload | null {
  if (name.trim() === '') return failed('EMPTY', path, 'The name must not be empty.');
  if (name.length > LONGEST_NAME || name.includes('\0'))
    return failed('INVALID', path, `The name must have at most ${LONGEST_NAME} characters, and no NUL.`);
  return null;
}

function noArticle(): TagPayload {
  return failed('NOT_FOUND', ['id'], 'There is no article with this id.');
}

/** The tag named, even where it is merged: a merge that was broken off is taken up by it. */
async function findTagItself(by: typeof TagBy.$inferInput, { db }: Pick<Context, 'db'>) {
  const where = by.id ? { id: localId(by.id, 'Tag') } : by.slug ? { slug: by.slug } : { identity: by.code ?? '' };
  return db.tag.findFirst({ select: { id: true, mergedIntoId: true }, where });
}
