import { readTimeline } from '../context/event-timeline.ts';
import type { TimelineEntry } from '../context/timeline.ts';
import { inTransaction } from '../db/transaction.ts';
import { Article } from './article.ts';
import { builder } from './builder.ts';
import { DatePrecision } from './enums.ts';
import { Event } from './event.ts';

export const TimelineEntryType = builder.objectRef<TimelineEntry>('TimelineEntry').implement({
  description: 'A statement that a story puts a date to.',
  fields: (t) => ({
    date: t.string({
      nullable: false,
      description: '"2022", "2022-02" or "2022-02-22", in the zone of the source.',
      resolve: ({ date, precision }) => date.slice(0, { YEAR: 4, MONTH: 7, DAY: 10 }[precision]),
    }),
    precision: t.expose('precision', { type: DatePrecision, nullable: false, description: 'How exactly it is known.' }),
    text: t.exposeString('text', { nullable: false, description: 'The sentence, as printed.' }),
    phrase: t.exposeString('phrase', { nullable: false, description: 'The words that give the date: "on Tuesday".' }),
    article: t.prismaField({
      type: Article,
      nullable: false,
      description: 'The story that says so.',
      resolve: (query, { article }, _args, { db }) =>
        db.article.findUniqueOrThrow({ ...query, where: { id: article } }),
    }),
    version: t.exposeInt('revision', { nullable: false, description: 'The version of the story that says so.' }),
  }),
});

builder.prismaObjectField(Event, 'timeline', (t) =>
  t.field({
    type: [TimelineEntryType],
    nullable: { list: false, items: false },
    description: 'What its stories say happened when, earliest first; of statements that say the same, the first.',
    select: { id: true },
    resolve: (event, _args, { database }) => inTransaction(database.pool, (tx) => readTimeline(tx, event.id)),
  }),
);
