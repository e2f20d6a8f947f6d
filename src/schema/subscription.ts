import { type StreamMessage, streamChanges } from '../log/stream.ts';
import type { StoryFilter } from '../stories/filter.ts';
import { Article } from './article.ts';
import { builder, type Context } from './builder.ts';
import { readFilter, StoryFilterInput } from './story-filter.ts';

const StoryChangeKind = builder.enumType('StoryChangeKind', {
  description: 'What happened to a story, seen through the filter.',
  values: {
    PUBLISHED: { description: 'It is new.' },
    UPDATED: { description: 'It says something else or more.' },
    CORRECTED: { description: 'It mends an error.' },
    WITHDRAWN: { description: 'It is no longer to be shown; sent to everybody whose filter it matched before.' },
    RESTORED: { description: 'It may be shown again.' },
    ENTERED: { description: 'It was there already, and now passes the filter.' },
    LEFT: { description: 'It is still there, and no longer passes the filter.' },
  } as const,
});

const StreamMessageInterface = builder.interfaceRef<StreamMessage>('StreamMessage').implement({
  description:
    'What a subscription sends. Store `cursor` with the state it led to: given back as `after` it resumes there.',
  fields: (t) => ({
    cursor: t.expose('cursor', {
      type: 'Cursor',
      nullable: false,
      description: 'Everything up to here has been sent.',
    }),
  }),
});

type Change = Extract<StreamMessage, { type: 'StoryChange' }>;

builder.objectRef<Change>('StoryChange').implement({
  description: 'One change to a story that passes the filter, or passed it before.',
  interfaces: [StreamMessageInterface],
  isTypeOf: (value) => (value as StreamMessage).type === 'StoryChange',
  fields: (t) => ({
    kind: t.expose('kind', { type: StoryChangeKind, nullable: false, description: 'What happened.' }),
    article: t.prismaField({
      type: Article,
      nullable: false,
      description: 'The story as it stands now: at `version`, or later where it changed again since.',
      resolve: (query, { entry }, _args, { db }) =>
        db.article.findUniqueOrThrow({ ...query, where: { id: entry.articleId } }),
    }),
    version: t.int({
      nullable: false,
      description: 'The version this change made.',
      resolve: ({ entry }) => entry.version,
    }),
    changedFields: t.stringList({
      nullable: false,
      description: 'Fields that say something else than before.',
      resolve: ({ entry }) => entry.changedFields,
    }),
    note: t.string({ description: 'What an editor said of it.', resolve: ({ entry }) => entry.note }),
  }),
});

builder.objectRef<Extract<StreamMessage, { type: 'Checkpoint' }>>('Checkpoint').implement({
  description: 'Every matching change up to `cursor` has been sent.',
  interfaces: [StreamMessageInterface],
  isTypeOf: (value) => (value as StreamMessage).type === 'Checkpoint',
  fields: (t) => ({
    live: t.exposeBoolean('live', { nullable: false, description: 'Whether the replay is over.' }),
  }),
});

builder.subscriptionField('stories', (t) =>
  t.field({
    type: StreamMessageInterface,
    nullable: false,
    description:
      'Every change to a story that passes `filter`, in commit order, from `after` on (or from now). At least once across reconnects, so exactly once for a client that stores the cursor with its state.',
    args: {
      filter: t.arg({ type: StoryFilterInput, description: 'Which stories; all, if none is given.' }),
      after: t.arg({ type: 'Cursor', description: 'The last cursor received; everything since is replayed first.' }),
    },
    subscribe: async (_root, args, context) =>
      streamChanges({ tail: context.tail, pool: context.database.pool }, await readStreamArguments(args, context)),
    resolve: (message) => message,
  }),
);

/** What the arguments of the subscription mean. @throws {RequestError} INVALID_ID */
export async function readStreamArguments(
  { filter, after }: { filter?: typeof StoryFilterInput.$inferInput | null; after?: string | null },
  context: Context,
): Promise<{ filter: StoryFilter; after: string | null }> {
  return { filter: await readFilter(filter, context), after: context.lastEventId ?? after ?? null };
}
