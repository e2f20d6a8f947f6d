import { requireScope } from '../auth/authenticate.ts';
import type { UserError } from '../errors.ts';
import {
  attachToEvent,
  detachFromEvent,
  type EventFields,
  type EventInstant,
  isPartOf,
  mergeEvents,
  upsertEvent,
} from '../ingest/edit-events.ts';
import { Article } from './article.ts';
import { builder } from './builder.ts';
import { EventStatus } from './enums.ts';
import { Event } from './event.ts';
import { localId } from './ids.ts';
import { UserErrorType } from './user-error.ts';

interface EventPayload {
  eventId: string | null;
  userErrors: UserError[];
}

function eventPayload(name: string) {
  return builder.objectRef<EventPayload>(name).implement({
    description: 'What became of the edit.',
    fields: (t) => ({
      event: t.prismaField({
        type: Event,
        nullable: true,
        description: 'The event after the edit; null where there is none (a computed one goes with its last story).',
        resolve: (query, { eventId }, _args, { db }) =>
          eventId ? db.event.findUnique({ ...query, where: { id: eventId } }) : null,
      }),
      userErrors: t.expose('userErrors', {
        type: [UserErrorType],
        nullable: { list: false, items: false },
        description: 'Empty when all went well.',
      }),
    }),
  });
}

interface AttachmentPayload extends EventPayload {
  articleId: string | null;
}

function attachmentPayload(name: string) {
  return builder.objectRef<AttachmentPayload>(name).implement({
    description: 'What became of the edit.',
    fields: (t) => ({
      article: t.prismaField({
        type: Article,
        nullable: true,
        description: 'The article after the edit.',
        resolve: (query, { articleId }, _args, { db }) =>
          articleId ? db.article.findUnique({ ...query, where: { id: articleId } }) : null,
      }),
      event: t.prismaField({
        type: Event,
        nullable: true,
        description: 'The event after the edit; null where there is none (a computed one goes with its last story).',
        resolve: (query, { eventId }, _args, { db }) =>
          eventId ? db.event.findUnique({ ...query, where: { id: eventId } }) : null,
      }),
      userErrors: t.expose('userErrors', {
        type: [UserErrorType],
        nullable: { list: false, items: false },
        description: 'Empty when all went well.',
      }),
    }),
  });
}

const DATE = '"2022", "2022-02", "2022-02-22", or an instant in ISO 8601 with its zone.';

const UpsertEventInput = builder.inputType('UpsertEventInput', {
  description: 'An event as an editor tells it: fields that are not given stay as they are, null empties one.',
  fields: (t) => ({
    id: t.id({ description: 'The event to change; a new one is made, if none is given.' }),
    name: t.string({ description: 'What happened, as a headline; needed for a new event.' }),
    summary: t.string({ description: 'What happened, in a sentence or two.' }),
    eventStatus: t.field({ type: EventStatus, description: 'Where it stands; HAPPENED for a new one.' }),
    startDate: t.string({ description: `When it began: ${DATE}` }),
    endDate: t.string({ description: `When it ended: ${DATE}` }),
    locationName: t.string({ description: 'Where, as text.' }),
    superEvent: t.id({ description: 'The larger event it is part of.' }),
  }),
});
const MergeEventsInput = builder.inputType('MergeEventsInput', {
  description: 'Two events that are one.',
  fields: (t) => ({
    from: t.id({ required: true, description: 'The event that goes; its id and slug go on resolving.' }),
    into: t.id({ required: true, description: 'The event that stays.' }),
  }),
});
const AttachToEventInput = builder.inputType('AttachToEventInput', {
  description: 'A story that reports an event.',
  fields: (t) => ({
    article: t.id({ required: true, description: "The story's id." }),
    event: t.id({ required: true, description: "The event's id." }),
  }),
});
const DetachFromEventInput = builder.inputType('DetachFromEventInput', {
  description: 'A story that does not report an event.',
  fields: (t) => ({
    article: t.id({ required: true, description: "The story's id." }),
    event: t.id({ required: true, description: "The event's id." }),
  }),
});

builder.mutationFields((t) => ({
  upsertEvent: t.field({
    type: eventPayload('UpsertEventPayload'),
    nullable: false,
    description: "Makes or changes an event; what it says is the editor's from then on.",
    args: { input: t.arg({ type: UpsertEventInput, required: true, description: 'The event.' }) },
    resolve: async (_root, { input }, { viewer, database }) => {
      requireScope(viewer, 'WRITE');
      const id = input.id ? localId(input.id, 'Event') : null;
      const superEventId = input.superEvent ? localId(input.superEvent, 'Event') : input.superEvent;
      const { fields, userErrors } = readFields(input);
      if (id && superEventId && (await isPartOf(database, superEventId, id)))
        userErrors.push(refuse('CYCLE', 'superEvent', 'An event cannot be a part of itself or of one of its parts.'));
      if (superEventId && !(await isPartOf(database, superEventId, superEventId)))
        userErrors.push(refuse('NOT_FOUND', 'superEvent', 'There is no event with this id.'));
      if (!id && !fields.name) userErrors.push(refuse('EMPTY', 'name', 'A new event needs a name.'));
      if (userErrors.length > 0) return { eventId: null, userErrors };
      const eventId = await upsertEvent(database, id, { ...fields, superEventId });
      if (eventId) return { eventId, userErrors };
      return { eventId, userErrors: [refuse('NOT_FOUND', 'id', 'There is no event with this id.')] };
    },
  }),
  mergeEvents: t.field({
    type: eventPayload('MergeEventsPayload'),
    nullable: false,
    description: 'Makes one event of two; its stories are pushed to who follows either.',
    args: { input: t.arg({ type: MergeEventsInput, required: true, description: 'Which ones.' }) },
    resolve: async (_root, { input }, { viewer, database }) => {
      requireScope(viewer, 'WRITE');
      const [from, into] = [localId(input.from, 'Event'), localId(input.into, 'Event')];
      if (from === into) return { eventId: into, userErrors: [refuse('SAME', 'from', 'These are one event already.')] };
      if (await mergeEvents(database, from, into)) return { eventId: into, userErrors: [] };
      return { eventId: null, userErrors: [refuse('NOT_FOUND', 'from', 'One of these events is not there.')] };
    },
  }),
  attachToEvent: t.field({
    type: attachmentPayload('AttachToEventPayload'),
    nullable: false,
    description: 'Says that a story reports an event; computing does not change that. Its computed event gives way.',
    args: { input: t.arg({ type: AttachToEventInput, required: true, description: 'Which story, which event.' }) },
    resolve: async (_root, { input }, { viewer, database }) => {
      requireScope(viewer, 'WRITE');
      const [articleId, eventId] = [localId(input.article, 'Article'), localId(input.event, 'Event')];
      return attachment(articleId, eventId, await attachToEvent(database, articleId, eventId));
    },
  }),
  detachFromEvent: t.field({
    type: attachmentPayload('DetachFromEventPayload'),
    nullable: false,
    description: 'Says that a story does not report an event; computing never attaches it there again.',
    args: { input: t.arg({ type: DetachFromEventInput, required: true, description: 'Which story, which event.' }) },
    resolve: async (_root, { input }, { viewer, database }) => {
      requireScope(viewer, 'WRITE');
      const [articleId, eventId] = [localId(input.article, 'Article'), localId(input.event, 'Event')];
      return attachment(articleId, eventId, await detachFromEvent(database, articleId, eventId));
    },
  }),
}));

function attachment(articleId: string, eventId: string, done: boolean): AttachmentPayload {
  if (done) return { articleId, eventId, userErrors: [] };
  const userErrors = [{ code: 'NOT_FOUND', path: ['input'], message: 'There is no such article, or no such event.' }];
  return { articleId: null, eventId: null, userErrors };
}

function refuse(code: string, field: string, message: string): UserError {
  return { code, path: ['input', field], message };
}

function readFields(input: typeof UpsertEventInput.$inferInput): { fields: EventFields; userErrors: UserError[] } {
  const userErrors: UserError[] = [];
  const fields: EventFields = { summary: input.summary, locationName: input.locationName };
  if (input.name != null && input.name.trim() === '')
    userErrors.push(refuse('EMPTY', 'name', 'The name must not be empty; leave it out to keep it.'));
  if (input.name) fields.name = input.name.trim();
  if (input.eventStatus) fields.eventStatus = input.eventStatus;
  for (const field of ['startDate', 'endDate'] as const) {
    const text = input[field];
    const read = text == null ? text : readDate(text);
    if (text != null && !read) userErrors.push(refuse('INVALID', field, `This is no date; write ${DATE}`));
    else fields[field] = read;
  }
  const { startDate, endDate } = fields;
  if (startDate && endDate && endDate.instant < startDate.instant)
    userErrors.push(refuse('INVALID', 'endDate', 'The end is before the start.'));
  return { fields, userErrors };
}

const PRECISION = { 4: 'YEAR', 7: 'MONTH', 10: 'DAY' } as const;

function readDate(text: string): EventInstant | null {
  if (!/^\d{4}(?:-\d\d(?:-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d))?)?)?$/.test(text)) return null;
  const instant = new Date(text);
  if (Number.isNaN(instant.getTime()) || instant.getUTCFullYear() < 1) return null;
  return { instant, precision: PRECISION[text.length as keyof typeof PRECISION] ?? 'MINUTE' };
}
