import { type CooccurringTag, cooccurringTags, type TrendingTag, trendingTags } from '../context/trending.ts';
import { builder, LARGEST_PAGE } from './builder.ts';
import { TagType } from './enums.ts';
import { Tag } from './tag.ts';

const SECONDS = { HOUR: 3_600, DAY: 86_400, WEEK: 604_800 };

const TrendWindow = builder.enumType('TrendWindow', {
  description: 'A span of time that is compared with the seven like it before.',
  values: {
    HOUR: { description: 'The last 60 minutes.' },
    DAY: { description: 'The last 24 hours.' },
    WEEK: { description: 'The last 7 days.' },
  } as const,
});

const TrendingTagType = builder.objectRef<TrendingTag>('TrendingTag').implement({
  description: 'A tag that rises against its own past.',
  fields: (t) => ({
    tag: t.prismaField({
      type: Tag,
      nullable: false,
      description: 'The tag.',
      resolve: (query, { tagId }, _args, { db }) => db.tag.findUniqueOrThrow({ ...query, where: { id: tagId } }),
    }),
    articleCount: t.exposeInt('articleCount', { nullable: false, description: 'Stories of the window about it (n).' }),
    expectedCount: t.exposeFloat('expectedCount', {
      nullable: false,
      description:
        'Stories one would expect (m): the N stories of the window times its share of the B stories of the seven windows before, smoothed: N × (b + 1) / (B + N).',
    }),
    score: t.exposeFloat('score', {
      nullable: false,
      description: 'How far that is beyond chance, in standard deviations: (n − m) / √m.',
    }),
  }),
});

const CooccurringTagType = builder.objectRef<CooccurringTag>('CooccurringTag').implement({
  description: 'A tag that stands on the same stories as another.',
  fields: (t) => ({
    tag: t.prismaField({
      type: Tag,
      nullable: false,
      description: 'The other tag.',
      resolve: (query, { tagId }, _args, { db }) => db.tag.findUniqueOrThrow({ ...query, where: { id: tagId } }),
    }),
    articleCount: t.exposeInt('articleCount', { nullable: false, description: 'Stories with both.' }),
  }),
});

builder.queryFields((t) => ({
  trending: t.field({
    type: [TrendingTagType],
    nullable: { list: false, items: false },
    description:
      'Tags that rise: with more stories in the window than their own past makes one expect, most unexpected first; not those that are merely frequent. At least three stories.',
    args: {
      window: t.arg({ type: TrendWindow, required: true, defaultValue: 'DAY', description: 'Over which time.' }),
      until: t.arg({ type: 'DateTime', description: 'End of the window; now, if not given.' }),
      type: t.arg({ type: [TagType], description: 'Only these types.' }),
      first: t.arg.int({ required: true, defaultValue: 10, description: 'How many, at most 100.' }),
    },
    resolve: (_root, { window, until, type, first }, { database }) =>
      trendingTags(database.pool, {
        seconds: SECONDS[window],
        until: until ?? new Date(),
        types: type?.length ? type : null,
        first: pageSize(first),
      }),
  }),
}));

builder.prismaObjectField(Tag, 'cooccurring', (t) =>
  t.field({
    type: [CooccurringTagType],
    nullable: { list: false, items: false },
    description: 'The tags most often on the same stories, among the latest 2,000 about it that may be shown.',
    args: { first: t.arg.int({ required: true, defaultValue: 10, description: 'How many, at most 100.' }) },
    select: { id: true },
    resolve: (tag, { first }, { database }) => cooccurringTags(database.pool, tag.id, pageSize(first)),
  }),
);

function pageSize(first: number): number {
  return Math.min(Math.max(first, 0), LARGEST_PAGE);
}
