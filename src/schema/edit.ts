import { requireScope } from '../auth/authenticate.ts';
import type { UserError } from '../errors.ts';
import { editStory, type StoryEdit } from '../ingest/edit.ts';
import { Article } from './article.ts';
import { builder, type Context } from './builder.ts';
import { localId } from './ids.ts';
import { UserErrorType } from './user-error.ts';

interface EditPayload {
  articleId: string | null;
  userErrors: UserError[];
}

function editPayload(name: string) {
  return builder.objectRef<EditPayload>(name).implement({
    description: 'What became of the edit.',
    fields: (t) => ({
      article: t.prismaField({
        type: Article,
        nullable: true,
        description: 'The article after the edit; null where there is none of that id.',
        resolve: (query, { articleId }, _args, { db }) =>
          articleId ? db.article.findUnique({ ...query, where: { id: articleId } }) : null,
      }),
      userErrors: t.expose('userErrors', {
        type: [UserErrorType],
        nullable: { list: false, items: false },
        description: 'Empty when all went well.',
      }),
    }),
  });
}

async function edit(
  { viewer, database }: Context,
  id: string,
  rest: Omit<StoryEdit, 'articleId'>,
): Promise<EditPayload> {
  requireScope(viewer, 'WRITE');
  const articleId = localId(id, 'Article');
  if (await editStory(database, { articleId, ...rest })) return { articleId, userErrors: [] };
  const message = 'There is no article with this id.';
  return { articleId: null, userErrors: [{ code: 'NOT_FOUND', path: ['input', 'id'], message }] };
}

const NOTE = 'Why; shown with the revision and to subscribers.';
const ID = "The article's id.";

const CorrectArticleInput = builder.inputType('CorrectArticleInput', {
  description: 'A correction: fields that are not given stay as they are.',
  fields: (t) => ({
    id: t.id({ required: true, description: ID }),
    note: t.string({ required: true, description: NOTE }),
    headline: t.string({ description: 'The corrected headline.' }),
    abstract: t.string({ description: 'The corrected summary.' }),
    bodyText: t.string({ description: 'The corrected text; blocks are separated by a blank line.' }),
    dateline: t.string({ description: 'The corrected place.' }),
  }),
});
const WithdrawArticleInput = builder.inputType('WithdrawArticleInput', {
  description: 'Which article is no longer to be shown.',
  fields: (t) => ({
    id: t.id({ required: true, description: ID }),
    note: t.string({ description: NOTE }),
    isFinal: t.boolean({
      defaultValue: false,
      description: 'A kill: it is not to come back by itself (CANCELED in place of WITHHELD).',
    }),
  }),
});
const RestoreArticleInput = builder.inputType('RestoreArticleInput', {
  description: 'Which article may be shown again.',
  fields: (t) => ({
    id: t.id({ required: true, description: ID }),
    note: t.string({ description: NOTE }),
  }),
});

builder.mutationFields((t) => ({
  correctArticle: t.field({
    type: editPayload('CorrectArticlePayload'),
    nullable: false,
    description: 'Corrects a story: a new version of kind CORRECTED, pushed to subscribers.',
    args: { input: t.arg({ type: CorrectArticleInput, required: true, description: 'The correction.' }) },
    resolve: async (_root, { input: { id, note, ...fields } }, context) => {
      const blank = (['headline', 'bodyText'] as const).find((field) => fields[field]?.trim() === '');
      if (blank)
        return {
          articleId: null,
          userErrors: [
            { code: 'EMPTY', path: ['input', blank], message: `${blank} must not be empty; leave it out to keep it.` },
          ],
        };
      const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value != null));
      // A corrected text has no mark-up; keeping the old one would show the error still.
      const html = given.bodyText ? { bodyHtml: null } : {};
      return edit(context, id, { note, change: (story) => ({ ...story, ...given, ...html, isCorrection: true }) });
    },
  }),
  withdrawArticle: t.field({
    type: editPayload('WithdrawArticlePayload'),
    nullable: false,
    description: 'Takes a story out of every list and tells everybody who had it.',
    args: { input: t.arg({ type: WithdrawArticleInput, required: true, description: 'Which one, and why.' }) },
    resolve: (_root, { input }, context) =>
      edit(context, input.id, {
        note: input.note ?? null,
        change: (story) => ({ ...story, pubStatus: input.isFinal ? 'CANCELED' : 'WITHHELD' }),
      }),
  }),
  restoreArticle: t.field({
    type: editPayload('RestoreArticlePayload'),
    nullable: false,
    description: 'Puts a withdrawn story back.',
    args: { input: t.arg({ type: RestoreArticleInput, required: true, description: 'Which one, and why.' }) },
    resolve: (_root, { input }, context) =>
      edit(context, input.id, { note: input.note ?? null, change: (story) => ({ ...story, pubStatus: 'USABLE' }) }),
  }),
}));
