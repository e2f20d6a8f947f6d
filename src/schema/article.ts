import { NodeHtmlMarkdown } from 'node-html-markdown';
import { urlKey } from '../stories/identity.ts';
import { builder } from './builder.ts';
import { DatePrecision, PubStatus, RevisionKind } from './enums.ts';
import { localId } from './ids.ts';
import { countStories, storyConnection } from './stories.ts';
import { readFilter, StoryFilterInput } from './story-filter.ts';

const BodyFormat = builder.enumType('BodyFormat', {
  description: 'How a body is written.',
  values: {
    TEXT: { description: 'Plain text; blocks are separated by a blank line.' },
    HTML: { description: 'Sanitised HTML: no script, no style, http(s) links only.' },
    MARKDOWN: { description: 'CommonMark.' },
  } as const,
});

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

function bodyAsHtml({ bodyHtml, bodyText }: { bodyHtml: string | null; bodyText: string }): string {
  if (bodyHtml !== null) return bodyHtml;
  const escaped = bodyText.replace(/[&<>]/g, (sign) => ESCAPES[sign] ?? sign);
  return escaped
    .split('\n\n')
    .map((block) => `<p>${block.replaceAll('\n', '<br>')}</p>`)
    .join('\n');
}

builder.prismaObject('Revision', {
  description: 'One immutable version of a story.',
  fields: (t) => ({
    version: t.exposeInt('version', { nullable: false, description: 'Counted by this server from 1.' }),
    kind: t.expose('kind', { type: RevisionKind, nullable: false, description: 'What it is.' }),
    note: t.exposeString('note', { description: 'What an editor said of it.' }),
    changedFields: t.exposeStringList('changedFields', {
      nullable: false,
      description: 'Fields that say something else than in the version before; empty for the first.',
    }),
    versionCreated: t.expose('versionCreated', {
      type: 'DateTime',
      nullable: false,
      description: 'When its origin made it (when it was received, where that is not known), UTC.',
    }),
    recordedAt: t.expose('recordedAt', {
      type: 'DateTime',
      nullable: false,
      description: 'When this server stored it, UTC.',
    }),
    snapshot: t.expose('snapshot', { type: 'JSON', description: 'The whole version.' }),
  }),
});

export const Article = builder.prismaNode('Article', {
  id: { field: 'id' },
  description: 'One story, current version (IPTC ninjs 3, schema.org NewsArticle).',
  fields: (t) => ({
    uri: t.exposeString('uri', {
      nullable: false,
      description: "Stable identity: the publisher's, else the canonical URL, else a urn:dateline:.",
    }),
    canonicalUrl: t.field({
      type: 'URL',
      description: "Address of the story's page.",
      resolve: (article) => article.canonicalUrl,
    }),
    slug: t.exposeString('slug', {
      nullable: false,
      description: 'Its name for addresses; does not change with the headline.',
    }),
    source: t.relation('source', { description: 'Publisher or agency; null where the input does not say.' }),
    headline: t.exposeString('headline', { nullable: false, description: 'As printed.' }),
    alternativeHeadline: t.exposeString('alternativeHeadline', { description: 'A second headline.' }),
    abstract: t.exposeString('abstract', { description: 'Standfirst or summary.' }),
    byline: t.exposeString('byline', { description: 'As printed.' }),
    authors: t.exposeStringList('authors', { nullable: false, description: 'Names out of the byline.' }),
    dateline: t.exposeString('dateline', { description: 'Place the story was filed from, as printed: "MOSCOW".' }),
    body: t.string({
      nullable: false,
      description: 'The text; "" for a notice without text.',
      args: { format: t.arg({ type: BodyFormat, defaultValue: 'TEXT', description: 'How it is to be written.' }) },
      select: { bodyText: true, bodyHtml: true },
      resolve: (article, { format }) => {
        if (format === 'HTML') return bodyAsHtml(article);
        return format === 'MARKDOWN' ? NodeHtmlMarkdown.translate(bodyAsHtml(article)) : article.bodyText;
      },
    }),
    wordCount: t.exposeInt('wordCount', { nullable: false, description: 'Words of the body.' }),
    language: t.exposeString('language', { description: 'BCP 47.' }),
    datePublished: t.expose('datePublished', { type: 'DateTime', description: 'First publication, UTC.' }),
    datePrecision: t.expose('datePrecision', {
      type: DatePrecision,
      description: 'How exactly datePublished is known.',
    }),
    timeZone: t.exposeString('timeZone', {
      description: 'Zone in which the source stated datePublished: IANA name or offset.',
    }),
    firstCreated: t.expose('firstCreated', { type: 'DateTime', description: 'First creation at its origin, UTC.' }),
    versionCreated: t.expose('versionCreated', {
      type: 'DateTime',
      nullable: false,
      description: 'Creation of this version at its origin (receipt, where that is not known), UTC.',
    }),
    ingestedAt: t.expose('ingestedAt', {
      type: 'DateTime',
      nullable: false,
      description: 'When this server first stored it, UTC.',
    }),
    version: t.exposeInt('version', { nullable: false, description: 'Counted by this server from 1.' }),
    pubStatus: t.expose('pubStatus', { type: PubStatus, nullable: false, description: 'Whether it may be shown.' }),
    embargoedUntil: t.expose('embargoedUntil', {
      type: 'DateTime',
      description: 'Not shown before this instant, UTC.',
    }),
    urgency: t.exposeInt('urgency', { description: 'IPTC editorial urgency, 1 (most) to 9.' }),
    section: t.exposeString('section', { description: "The publication's own section." }),
    creditText: t.exposeString('creditText', { description: 'Who is to be credited for the text: "AFP".' }),
    copyrightNotice: t.exposeString('copyrightNotice', { description: 'As stated.' }),
    usageTerms: t.exposeString('usageTerms', { description: 'As stated.' }),
    edNote: t.exposeString('edNote', { description: "Note from its origin's desk to other editors." }),
    isAccessibleForFree: t.exposeBoolean('isAccessibleForFree', {
      description: 'False behind a paywall; null where not stated.',
    }),
    revisions: t.relatedConnection('revisions', {
      cursor: 'articleId_version',
      totalCount: true,
      description: 'Its versions as they were stored, newest first.',
      query: { orderBy: { version: 'desc' } },
    }),
  }),
});

const ArticleBy = builder.inputType('ArticleBy', {
  isOneOf: true,
  description: 'Names one article.',
  fields: (t) => ({
    id: t.id({ description: 'Its id.' }),
    uri: t.string({ description: 'Its uri.' }),
    slug: t.string({ description: 'Its slug.' }),
    canonicalUrl: t.field({ type: 'URL', description: "Its page's address, in any spelling." }),
  }),
});
const StoryOrderBy = builder.enumType('StoryOrderBy', {
  description: 'Order of stories.',
  values: {
    PUBLISHED_DESC: { description: 'Latest published first.' },
    PUBLISHED_ASC: { description: 'Earliest published first.' },
    INGESTED_DESC: { description: 'Latest ingested first.' },
    INGESTED_ASC: { description: 'Earliest ingested first.' },
  } as const,
});

builder.queryFields((t) => ({
  article: t.prismaField({
    type: 'Article',
    nullable: true,
    description: 'One article; null where there is none, or while it is under embargo.',
    args: { by: t.arg({ type: ArticleBy, required: true, description: 'Which one.' }) },
    resolve: (query, _root, { by }, { db }) =>
      db.article.findFirst({ ...query, where: { announced: true, ...articleWhere(by) } }),
  }),
  stories: t.connection(
    {
      type: Article,
      nullable: false,
      description: 'The stories that pass a filter.',
      args: {
        filter: t.arg({
          type: StoryFilterInput,
          description: 'Which stories; all that may be shown, if none is given.',
        }),
        orderBy: t.arg({
          type: StoryOrderBy,
          defaultValue: 'PUBLISHED_DESC',
          required: true,
          description: 'In which order.',
        }),
      },
      resolve: async (_root, args, context, info) =>
        storyConnection(await readFilter(args.filter, context), args.orderBy, args, context, info),
    },
    {
      fields: (connection) => ({
        totalCount: connection.int({
          nullable: false,
          description: 'How many stories pass the filter.',
          resolve: (parent, _args, context) => countStories((parent as { filter?: object }).filter ?? {}, context),
        }),
      }),
    },
  ),
}));

function articleWhere(by: typeof ArticleBy.$inferInput) {
  if (by.id) return { id: localId(by.id, 'Article') };
  if (by.uri) return { uri: by.uri };
  if (by.slug) return { slug: by.slug };
  return { keys: { some: { key: `url:${urlKey(String(by.canonicalUrl))}` } } };
}
