import { getDomain } from 'tldts';
import {
  emptyPhoto,
  emptyStory,
  type ParseContext,
  type ParsedItem,
  ParseError,
  type Parser,
  type Provenance,
  type Story,
  type StoryPhoto,
} from '../../stories/story.ts';
import { agencyIn, readDateline } from './html/agency.ts';
import { splitNames } from './html/author-names.ts';
import { absoluteUrl } from './html/document.ts';
import { findLanguageOf } from './html/language.ts';
import {
  isArticleNode,
  readSchemaArticle,
  readSchemaNodes,
  type SchemaArticle,
  type SchemaImage,
} from './html/schema-org.ts';
import { keywordTag } from './html/tags.ts';
import { readTimestamp } from './html/timestamps.ts';

/**
 * Reads schema.org JSON-LD handed in on its own: one node, an array or a @graph, each article of it (NewsArticle and
 * kin, LiveBlogPosting) one story. An article without headline or body is rejected by itself where others are sound.
 */
export const parseJsonLd: Parser = (input: string, context: ParseContext): ParsedItem[] => {
  const texts = /^\s*</.test(input) ? scriptsIn(input) : [input];
  const nodes = readSchemaNodes(texts);
  if (nodes.length === 0) {
    throw new ParseError('json-ld', 'The input holds no JSON object; hand in schema.org JSON-LD as JSON text.');
  }
  const articles = nodes.filter(isArticleNode);
  if (articles.length === 0) {
    return [
      {
        kind: 'REJECTED',
        reason: 'The JSON-LD describes no article (NewsArticle, Article, BlogPosting, LiveBlogPosting …).',
      },
    ];
  }
  const items = articles.map((node) => storyItem(readSchemaArticle(node, nodes), context));
  const [only] = items;
  if (items.length === 1 && only?.kind === 'REJECTED') {
    throw new ParseError(only.reason.startsWith('headline') ? 'headline' : 'articleBody', only.reason);
  }
  return items;
};

/** The same text copied with its script element around it. */
function scriptsIn(input: string): string[] {
  const [, content] = /<script[^>]{0,300}ld\+json[^>]{0,300}>([\s\S]*?)<\/script/i.exec(input) ?? [];
  return content === undefined ? [] : [content];
}

function storyItem(article: SchemaArticle, context: ParseContext): ParsedItem {
  if (article.headline === null)
    return { kind: 'REJECTED', reason: 'headline is missing: the article has neither headline nor name.' };
  const bodyText = plainParagraphs(article.articleBody ?? '');
  if (bodyText === '')
    return { kind: 'REJECTED', reason: 'articleBody is missing: the article has no text of its own.' };
  const url = absoluteUrl(article.url, context.url) ?? context.url;
  const time = (text: string | null) =>
    text === null ? null : readTimestamp(text, context.receivedAt, context.timeZone);
  const authors = article.authors.flatMap(splitNames).filter((name) => name !== article.publisher);
  const dateline = readDateline(bodyText);
  const story: Story = {
    ...emptyStory(article.headline),
    canonicalUrl: url,
    source:
      article.publisher === null ? null : { name: article.publisher, domain: url === null ? null : getDomain(url) },
    alternativeHeadline: article.alternativeHeadline,
    abstract: article.description,
    byline: article.authors.length === 0 ? null : article.authors.join(', '),
    authors,
    dateline: article.dateline ?? dateline.dateline,
    bodyText,
    language:
      findLanguageOf([{ tag: article.language, reader: 'json-ld', place: 'inLanguage' }], bodyText)?.value ?? null,
    datePublished: time(article.datePublished),
    firstCreated: time(article.dateCreated),
    versionCreated: time(article.dateModified),
    section: article.section,
    creditText: dateline.agency ?? (article.sourceOrganization && agencyIn(article.sourceOrganization)),
    copyrightNotice: article.copyrightNotice,
    isAccessibleForFree: article.isAccessibleForFree,
    tags: article.keywords.filter((name) => name !== '').map(keywordTag),
    photos: article.images.flatMap((image, position) => photoOf(image, position, url)),
  };
  return { kind: 'STORY', story, provenance: provenanceOf(story) };
}

/** Paragraphs of an articleBody: lines where it has line breaks, else the text as one; tags some sites leave in are taken out. */
function plainParagraphs(text: string): string {
  return text
    .replace(/<\/?(?:p|div|br|h\d|li|ul|ol|blockquote)\b[^<>]{0,500}>/gi, '\n')
    .replace(/<[^<>]{1,500}>/g, '')
    .split(/[\r\n]+/)
    .map((line) => line.replace(/\s+/g, ' ').trim())
    .filter((line) => line !== '')
    .join('\n\n');
}

function photoOf(image: SchemaImage, position: number, base: string | null): StoryPhoto[] {
  const href = absoluteUrl(image.url, base);
  if (href === null) return [];
  const { caption, creditText, width, height } = image;
  const renditions = [{ name: 'original', href, contentType: null, width, height }];
  return [{ ...emptyPhoto('INLINE'), role: position === 0 ? 'LEAD' : 'INLINE', caption, creditText, renditions }];
}

const PLACES: Partial<Record<keyof Story, string>> = {
  canonicalUrl: 'url',
  source: 'publisher',
  abstract: 'description',
  byline: 'author',
  authors: 'author',
  bodyText: 'articleBody',
  language: 'inLanguage',
  firstCreated: 'dateCreated',
  versionCreated: 'dateModified',
  section: 'articleSection',
  tags: 'keywords',
  photos: 'image',
};

/** Every field of such a story has one source; those derived from the text are marked as such. */
function provenanceOf(story: Story): Provenance {
  const stated = Object.entries(story).filter(
    ([, value]) => value !== null && !(Array.isArray(value) && value.length === 0),
  );
  return Object.fromEntries(
    stated
      .filter(([field]) => !['pubStatus', 'isCorrection'].includes(field))
      .map(([field]) => [field, { reader: 'json-ld', place: PLACES[field as keyof Story] ?? field, confidence: 90 }]),
  );
}
