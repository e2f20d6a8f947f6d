import { findSimilar } from '../context/similar.ts';
import { inTransaction } from '../db/transaction.ts';
import { Article } from './article.ts';
import { builder } from './builder.ts';
import { RelatedRel } from './enums.ts';
import { localId } from './ids.ts';

/** Most stories of one answer. */
const MOST_SIMILAR = 20;

interface Similar {
  article: { id: string };
  rel: 'BACKGROUND' | 'FOLLOW_UP' | 'COPY_OF' | 'RELATED';
  score: number;
  reasons: string[];
}

const SimilarStory = builder.objectRef<Similar>('SimilarStory').implement({
  description: 'A story like another one, found on the spot.',
  fields: (t) => ({
    article: t.prismaField({
      type: Article,
      nullable: false,
      description: 'The story.',
      resolve: (query, { article }, _args, { db }) =>
        db.article.findUniqueOrThrow({ ...query, where: { id: article.id } }),
    }),
    rel: t.expose('rel', { type: RelatedRel, nullable: false, description: 'What it is to the story asked for.' }),
    score: t.exposeFloat('score', { nullable: false, description: '0–1, higher is closer.' }),
    reasons: t.exposeStringList('reasons', {
      nullable: false,
      description: 'Why, for a reader to check: "both about: Donetsk, Sergei Lavrov".',
    }),
  }),
});

builder.queryFields((t) => ({
  similar: t.field({
    type: [SimilarStory],
    nullable: { list: false, items: false },
    description: 'Stories like one, closest first, none rather than a bad one.',
    args: {
      to: t.arg.id({ required: true, description: 'The id of an article.' }),
      first: t.arg.int({ defaultValue: 8, required: true, description: `How many at most; up to ${MOST_SIMILAR}.` }),
    },
    resolve: async (_root, { to, first }, { database, db }) => {
      const id = localId(to, 'Article');
      const limit = Math.max(0, Math.min(first, MOST_SIMILAR));
      const picks = await inTransaction(database.pool, (tx) => findSimilar(tx, id, 2 * MOST_SIMILAR));
      const shown = await db.article.findMany({
        select: { id: true },
        where: { id: { in: picks.map((pick) => pick.id) }, announced: true, pubStatus: 'USABLE' },
      });
      const visible = new Set(shown.map((article) => article.id));
      return picks
        .filter((pick) => visible.has(pick.id))
        .slice(0, limit)
        .map(({ id, reasons, ...pick }) => ({ ...pick, article: { id }, reasons: reasons.map(({ text }) => text) }));
    },
  }),
}));
