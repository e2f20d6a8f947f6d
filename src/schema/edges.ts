import { prismaConnectionHelpers } from '@pothos/plugin-prisma';
import { Article } from './article.ts';
import { builder } from './builder.ts';
import { Creator, PhotoRole } from './enums.ts';
import { Event } from './event.ts';
import { Photo } from './photo.ts';
import { storyConnection } from './stories.ts';
import { Tag } from './tag.ts';

const SHOWN = { announced: true, pubStatus: 'USABLE' } as const;

// The connections between types, whose edges carry what belongs to the edge. They stand apart from the types, since
// each needs both its ends.

const tagsOfArticle = prismaConnectionHelpers(builder, 'ArticleTag', {
  cursor: 'articleId_tagId',
  select: (nodeSelection) => ({
    rel: true,
    relevance: true,
    confidence: true,
    creator: true,
    mentions: true,
    tag: nodeSelection({}),
  }),
  query: { orderBy: { position: 'asc' } },
  resolveNode: (edge) => edge.tag,
});
const photosOfArticle = prismaConnectionHelpers(builder, 'ArticlePhoto', {
  cursor: 'articleId_photoId',
  select: (nodeSelection) => ({ role: true, position: true, caption: true, photo: nodeSelection({}) }),
  query: { orderBy: { position: 'asc' } },
  resolveNode: (edge) => edge.photo,
});
const eventsOfArticle = prismaConnectionHelpers(builder, 'EventArticle', {
  cursor: 'eventId_articleId',
  select: (nodeSelection) => ({ creator: true, confidence: true, evidence: true, event: nodeSelection({}) }),
  query: { orderBy: { eventId: 'asc' } },
  resolveNode: (edge) => edge.event,
});
const articlesOfEvent = prismaConnectionHelpers(builder, 'EventArticle', {
  cursor: 'eventId_articleId',
  select: (nodeSelection) => ({ creator: true, confidence: true, evidence: true, article: nodeSelection({}) }),
  query: {
    where: { article: SHOWN },
    orderBy: { article: { listedAt: 'asc' } },
  },
  resolveNode: (edge) => edge.article,
});
const participantsOfEvent = prismaConnectionHelpers(builder, 'EventParticipant', {
  cursor: 'eventId_tagId',
  select: (nodeSelection) => ({ tag: nodeSelection({}) }),
  query: { orderBy: { position: 'asc' } },
  resolveNode: (edge) => edge.tag,
});

const CREATOR = 'Who put it there.';
const CONFIDENCE = '0–100, how sure that is, where it was computed.';

builder.prismaObjectFields(Article, (t) => ({
  tags: t.connection(
    {
      type: Tag,
      nullable: false,
      description: 'What it is about: first what people said, then what was found in the text.',
      select: (args, context, nested) => ({ tags: tagsOfArticle.getQuery(args, context, nested) }),
      resolve: (article, args, context) => tagsOfArticle.resolve(article.tags, args, context),
    },
    {},
    {
      fields: (edge) => ({
        rel: edge.exposeString('rel', { nullable: false, description: '"about", or "genre".' }),
        relevance: edge.exposeInt('relevance', { description: '0–100, how much the story is about it.' }),
        confidence: edge.exposeInt('confidence', { description: CONFIDENCE }),
        creator: edge.expose('creator', { type: Creator, nullable: false, description: CREATOR }),
        mentions: edge.expose('mentions', {
          type: 'JSON',
          description: 'Where the name stands: [{field, index, start, end, text}], offsets in UTF-16 code units.',
        }),
      }),
    },
  ),
  photos: t.connection(
    {
      type: Photo,
      nullable: false,
      description: 'Its pictures in page order.',
      select: (args, context, nested) => ({ photos: photosOfArticle.getQuery(args, context, nested) }),
      resolve: (article, args, context) => photosOfArticle.resolve(article.photos, args, context),
    },
    {},
    {
      fields: (edge) => ({
        role: edge.expose('role', { type: PhotoRole, nullable: false, description: 'How it is used.' }),
        position: edge.exposeInt('position', { nullable: false, description: 'Place on the page, from 0.' }),
        caption: edge.exposeString('caption', { description: 'As this story printed it.' }),
      }),
    },
  ),
  related: t.relatedConnection('related', {
    cursor: 'id',
    description: 'Related stories: as printed, in order; then as editors related them; then as computed, best first.',
    query: {
      where: { OR: [{ relatedId: null }, { origin: { not: 'COMPUTED' } }, { related: SHOWN }] },
      orderBy: [{ origin: 'asc' }, { position: 'asc' }, { score: { sort: 'desc', nulls: 'last' } }, { id: 'asc' }],
    },
  }),
  events: t.connection(
    {
      type: Event,
      nullable: false,
      description: 'The events it reports.',
      select: (args, context, nested) => ({ events: eventsOfArticle.getQuery(args, context, nested) }),
      resolve: (article, args, context) => eventsOfArticle.resolve(article.events, args, context),
    },
    {},
    {
      fields: (edge) => ({
        creator: edge.expose('creator', { type: Creator, nullable: false, description: CREATOR }),
        confidence: edge.exposeInt('confidence', { description: CONFIDENCE }),
        evidence: edge.expose('evidence', { type: 'JSON', description: 'What speaks for it.' }),
      }),
    },
  ),
}));

builder.prismaObjectFields(Tag, (t) => ({
  articles: t.connection({
    type: Article,
    nullable: false,
    description: 'Stories about it that may be shown, latest published first.',
    select: { id: true },
    resolve: (tag, args, context, info) =>
      storyConnection({ tags: { any: [tag.id] } }, 'PUBLISHED_DESC', args, context, info),
  }),
}));

builder.prismaObjectFields(Event, (t) => ({
  participants: t.connection({
    type: Tag,
    nullable: false,
    description: 'Who and what took part.',
    select: (args, context, nested) => ({ participants: participantsOfEvent.getQuery(args, context, nested) }),
    resolve: (event, args, context) => participantsOfEvent.resolve(event.participants, args, context),
  }),
  articles: t.connection(
    {
      type: Article,
      nullable: false,
      description: 'The stories about it that may be shown, oldest first.',
      select: (args, context, nested) => ({ articles: articlesOfEvent.getQuery(args, context, nested) }),
      resolve: (event, args, context) => articlesOfEvent.resolve(event.articles, args, context),
    },
    {},
    {
      fields: (edge) => ({
        creator: edge.expose('creator', { type: Creator, nullable: false, description: CREATOR }),
        confidence: edge.exposeInt('confidence', { description: CONFIDENCE }),
        evidence: edge.expose('evidence', { type: 'JSON', description: 'What speaks for it.' }),
      }),
    },
  ),
}));
