import { builder } from './builder.ts';
import { Creator, DatePrecision, EventStatus } from './enums.ts';
import { localId } from './ids.ts';

const EventDate = builder
  .objectRef<{ instant: Date; precision: 'YEAR' | 'MONTH' | 'DAY' | 'MINUTE' }>('EventDate')
  .implement({
    description: 'A date as exactly as it is known.',
    fields: (t) => ({
      instant: t.expose('instant', {
        type: 'DateTime',
        nullable: false,
        description: 'UTC; the start of the year, month or day where that is all that is known.',
      }),
      date: t.string({
        nullable: false,
        description: '"2022", "2022-02", "2022-02-22", or an instant in ISO 8601.',
        resolve: ({ instant, precision }) => instant.toISOString().slice(0, DATE_LENGTH[precision]),
      }),
      precision: t.expose('precision', {
        type: DatePrecision,
        nullable: false,
        description: 'How exactly it is known.',
      }),
    }),
  });
const DATE_LENGTH = { YEAR: 4, MONTH: 7, DAY: 10, MINUTE: undefined };

export const Event = builder.prismaNode('Event', {
  id: { field: 'id' },
  description: 'A real-world happening that stories are about.',
  fields: (t) => ({
    name: t.exposeString('name', { nullable: false, description: 'What happened, as a headline.' }),
    slug: t.exposeString('slug', { nullable: false, description: 'Its name for addresses.' }),
    summary: t.exposeString('summary', { description: 'What happened, in a sentence or two.' }),
    eventStatus: t.expose('eventStatus', {
      type: EventStatus,
      nullable: false,
      description: 'Whether it is still to come.',
    }),
    startDate: t.field({
      type: EventDate,
      description: 'When it began.',
      select: { startDate: true, startPrecision: true },
      resolve: ({ startDate, startPrecision }) =>
        startDate && { instant: startDate, precision: startPrecision ?? 'MINUTE' },
    }),
    endDate: t.field({
      type: EventDate,
      description: 'When it ended, where that is another date.',
      select: { endDate: true, endPrecision: true },
      resolve: ({ endDate, endPrecision }) => endDate && { instant: endDate, precision: endPrecision ?? 'MINUTE' },
    }),
    locationName: t.exposeString('locationName', { description: 'Where, as text.' }),
    location: t.relation('location', { description: 'Where, as a tag.' }),
    creator: t.expose('creator', { type: Creator, nullable: false, description: 'Who says that this is an event.' }),
    confidence: t.exposeInt('confidence', { description: '0–100, for events that were computed.' }),
    independentSourceCount: t.exposeInt('independentSourceCount', {
      nullable: false,
      description: 'Independent accounts; copies of one agency text count once.',
    }),
    superEvent: t.relation('superEvent', { description: 'The larger event it is part of.' }),
    subEvents: t.relatedConnection('subEvents', {
      cursor: 'id',
      description: 'Its parts by date.',
      query: { orderBy: [{ startDate: 'asc' }, { id: 'asc' }] },
    }),
  }),
});

builder.queryFields((t) => ({
  event: t.prismaField({
    type: 'Event',
    nullable: true,
    description: 'One event; null where there is none. One that was merged resolves to the event it was merged into.',
    args: {
      id: t.arg.id({ description: 'Its id, or' }),
      slug: t.arg.string({ description: 'its slug.' }),
    },
    resolve: async (query, _root, { id, slug }, { db }) => {
      const where = id ? { id: localId(id, 'Event') } : { slug: slug ?? '' };
      const named = await db.event.findFirst({ select: { id: true, mergedIntoId: true }, where });
      return named && db.event.findUnique({ ...query, where: { id: named.mergedIntoId ?? named.id } });
    },
  }),
  events: t.prismaConnection({
    type: 'Event',
    cursor: 'id',
    description: 'Events, the latest found first.',
    totalCount: (_root, _args, { db }) => db.event.count({ where: { mergedIntoId: null } }),
    resolve: (query, _root, _args, { db }) =>
      db.event.findMany({ ...query, where: { mergedIntoId: null }, orderBy: [{ createdAt: 'desc' }, { id: 'desc' }] }),
  }),
}));
