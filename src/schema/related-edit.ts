import { requireScope } from '../auth/authenticate.ts';
import type { UserError } from '../errors.ts';
import { relateArticles, unrelateArticles } from '../ingest/edit-related.ts';
import { Article } from './article.ts';
import { builder } from './builder.ts';
import { RelatedRel } from './enums.ts';
import { localId } from './ids.ts';
import { UserErrorType } from './user-error.ts';

interface RelatedPayload {
  articleId: string | null;
  userErrors: UserError[];
}

function relatedPayload(name: string) {
  return builder.objectRef<RelatedPayload>(name).implement({
    description: 'What became of the edit.',
    fields: (t) => ({
      article: t.prismaField({
        type: Article,
        nullable: true,
        description: 'The article with its related stories.',
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

const RelateArticlesInput = builder.inputType('RelateArticlesInput', {
  description: 'Two stories to be read together.',
  fields: (t) => ({
    article: t.id({ required: true, description: "The story's id." }),
    related: t.id({ required: true, description: "The other story's id." }),
    rel: t.field({
      type: RelatedRel,
      required: true,
      defaultValue: 'RELATED',
      description: 'What the other is to the story; RELATED, BACKGROUND and FOLLOW_UP show on both.',
    }),
  }),
});
const UnrelateArticlesInput = builder.inputType('UnrelateArticlesInput', {
  description: 'Two stories that are not related.',
  fields: (t) => ({
    article: t.id({ required: true, description: "The story's id." }),
    related: t.id({ required: true, description: "The other story's id." }),
  }),
});

builder.mutationFields((t) => ({
  relateArticles: t.field({
    type: relatedPayload('RelateArticlesPayload'),
    nullable: false,
    description: 'Relates two stories; an edge computed between them gives way.',
    args: { input: t.arg({ type: RelateArticlesInput, required: true, description: 'Which ones, and how.' }) },
    resolve: async (_root, { input: { article, related, rel } }, { viewer, database }) => {
      requireScope(viewer, 'WRITE');
      const [articleId, relatedId] = [localId(article, 'Article'), localId(related, 'Article')];
      if (articleId === relatedId) return refused('SAME', 'A story is not related to itself.');
      return answer(articleId, await relateArticles(database, articleId, relatedId, rel));
    },
  }),
  unrelateArticles: t.field({
    type: relatedPayload('UnrelateArticlesPayload'),
    nullable: false,
    description: 'Says that two stories are not related; computing never relates them again. What was printed stays.',
    args: { input: t.arg({ type: UnrelateArticlesInput, required: true, description: 'Which ones.' }) },
    resolve: async (_root, { input: { article, related } }, { viewer, database }) => {
      requireScope(viewer, 'WRITE');
      const [articleId, relatedId] = [localId(article, 'Article'), localId(related, 'Article')];
      if (articleId === relatedId) return refused('SAME', 'A story is not related to itself.');
      return answer(articleId, await unrelateArticles(database, articleId, relatedId));
    },
  }),
}));

function answer(articleId: string, done: boolean): RelatedPayload {
  return done ? { articleId, userErrors: [] } : refused('NOT_FOUND', 'One of these articles is not there.');
}

function refused(code: string, message: string): RelatedPayload {
  return { articleId: null, userErrors: [{ code, path: ['input', 'related'], message }] };
}
