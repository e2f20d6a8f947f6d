import { oneLine } from './dom.ts';

/** A schema.org node as found in JSON-LD; values are whatever the page wrote. */
export type SchemaNode = Record<string, unknown>;

/** What an article node states, as written; dates and URLs are not yet judged. */
export interface SchemaArticle {
  type: string;
  headline: string | null;
  alternativeHeadline: string | null;
  description: string | null;
  articleBody: string | null;
  url: string | null;
  datePublished: string | null;
  dateModified: string | null;
  dateCreated: string | null;
  authors: string[];
  publisher: string | null;
  sourceOrganization: string | null;
  copyrightNotice: string | null;
  section: string | null;
  keywords: string[];
  language: string | null;
  isAccessibleForFree: boolean | null;
  dateline: string | null;
  images: SchemaImage[];
}

export interface SchemaImage {
  url: string;
  caption: string | null;
  creditText: string | null;
  width: number | null;
  height: number | null;
}

const ARTICLE_TYPE = /(?:Article|BlogPosting|Report|ClaimReview|Review|MedicalWebPage|AdvertiserContentArticle)$/;
const NODE_LIMIT = 2000;

/** Parses JSON-LD texts and flattens arrays, @graph and nested main entities to one list of nodes. Unreadable ones are skipped. */
export function readSchemaNodes(texts: readonly string[]): SchemaNode[] {
  const nodes: SchemaNode[] = [];
  const queue: unknown[] = texts.map(parseLenient);
  for (let index = 0; index < queue.length && nodes.length < NODE_LIMIT; index++) {
    const value = queue[index];
    if (Array.isArray(value)) queue.push(...value.slice(0, NODE_LIMIT));
    else if (isNode(value)) {
      nodes.push(value);
      queue.push(value['@graph'], value.mainEntity, value.mainEntityOfPage, value.blogPost, value.hasPart);
    }
  }
  return nodes;
}

/** JSON as pages write it: wrapped in CDATA or comments, with raw line breaks in strings or commas too many. */
function parseLenient(text: string): unknown {
  const bare = text
    .trim()
    .replace(/^;?(?:\/\/\s{0,9})?(?:<!\[CDATA\[|<!--)?/, '')
    .replace(/(?:\/\/\s{0,9})?(?:\]\]>|-->)?;?$/, '');
  const printable = bare.replace(/\p{Cc}+/gu, ' ');
  for (const candidate of [bare, printable, printable.replace(/,\s{0,99}([}\]])/g, '$1')]) {
    try {
      return JSON.parse(candidate);
    } catch {
      // the next, more forgiving reading is tried
    }
  }
  return null;
}

function isNode(value: unknown): value is SchemaNode {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function typesOf(node: SchemaNode): string[] {
  return listOf(node['@type']).filter((type): type is string => typeof type === 'string');
}

export function isArticleNode(node: SchemaNode): boolean {
  return typesOf(node).some((type) => ARTICLE_TYPE.test(type));
}

/** The node that is the page's article: the one with most of an article's fields. */
export function findArticleNode(nodes: readonly SchemaNode[]): SchemaNode | null {
  const weight = (node: SchemaNode) =>
    ['headline', 'datePublished', 'author', 'articleBody', 'image'].filter((field) => node[field] != null).length;
  const articles = nodes.filter(isArticleNode);
  return articles.reduce<SchemaNode | null>(
    (best, node) => (best === null || weight(node) > weight(best) ? node : best),
    null,
  );
}

/** Reads an article node; `byId` resolves references to other nodes of the same graph. */
export function readSchemaArticle(node: SchemaNode, nodes: readonly SchemaNode[]): SchemaArticle {
  const byId = new Map(nodes.filter((other) => typeof other['@id'] === 'string').map((other) => [other['@id'], other]));
  const resolve = (value: unknown): unknown => {
    if (!isNode(value) || typeof value['@id'] !== 'string' || Object.keys(value).length > 2) return value;
    return byId.get(value['@id']) ?? value;
  };
  const names = (value: unknown) => listOf(value).flatMap((entry) => listOf(nameOf(resolve(entry)) ?? [])) as string[];
  return {
    type: typesOf(node)[0] ?? 'Article',
    headline: textValue(node.headline) ?? textValue(node.name),
    alternativeHeadline: textValue(node.alternativeHeadline) ?? textValue(node.alternateName),
    description: textValue(node.description) ?? textValue(node.abstract),
    articleBody: bodyOf(node),
    url: textValue(node.url) ?? idOrText(node.mainEntityOfPage),
    datePublished: textValue(node.datePublished),
    dateModified: textValue(node.dateModified),
    dateCreated: textValue(node.dateCreated),
    authors: names(node.author ?? node.creator),
    publisher: names(node.publisher)[0] ?? null,
    sourceOrganization: names(node.sourceOrganization ?? node.provider)[0] ?? null,
    copyrightNotice: textValue(node.copyrightNotice),
    section:
      listOf(node.articleSection)
        .map(textValue)
        .find((section) => section !== null) ?? null,
    keywords: keywordsOf(node.keywords),
    language: typeof node.inLanguage === 'string' ? node.inLanguage : null,
    isAccessibleForFree: booleanOf(node.isAccessibleForFree),
    dateline: textValue(node.dateline),
    images: listOf(node.image ?? node.thumbnailUrl).flatMap((image) => imageOf(resolve(image))),
  };
}

/** The text itself with its line breaks; of a live blog its updates, each under its headline. */
function bodyOf(node: SchemaNode): string | null {
  const own = [node.articleBody, node.text].find((text) => typeof text === 'string' && text.trim() !== '');
  const updates = listOf(node.liveBlogUpdate).filter(isNode);
  const parts = updates.flatMap((update) => [textValue(update.headline), bodyOf(update)]);
  const text = [own, ...parts].filter((part) => typeof part === 'string').join('\n');
  return text === '' ? null : decodeEntities(text);
}

function listOf(value: unknown): unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value.slice(0, 200) : [value];
}

function textValue(value: unknown): string | null {
  const first = Array.isArray(value) ? value[0] : value;
  if (typeof first !== 'string') return null;
  const text = oneLine(decodeEntities(first.replace(/<[^<>]{0,500}>/g, ' ')));
  return text === '' ? null : text;
}

/** Entities stand in JSON strings although JSON needs none. */
export function decodeEntities(text: string): string {
  const named: Record<string, string> = {
    amp: '&',
    quot: '"',
    apos: "'",
    lt: '<',
    gt: '>',
    nbsp: ' ',
    rsquo: '’',
    lsquo: '‘',
    ldquo: '“',
    rdquo: '”',
    ndash: '–',
    mdash: '—',
    hellip: '…',
  };
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,8}));/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return named[name] ?? whole;
    const code = decimal !== undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : whole;
  });
}

function nameOf(value: unknown): string | string[] | null {
  if (!isNode(value)) return textValue(value);
  return Array.isArray(value.name) ? value.name.flatMap((name) => textValue(name) ?? []) : textValue(value.name);
}

function idOrText(value: unknown): string | null {
  return isNode(value) ? textValue(value['@id']) : textValue(value);
}

/** One string with commas, a list of strings, or DefinedTerm nodes. */
function keywordsOf(value: unknown): string[] {
  const list = listOf(value);
  const texts = list.flatMap((entry) => (nameOf(entry) as string | null) ?? []);
  return list.length === 1 ? texts.flatMap((text) => text.split(/\s*[,;]\s*/)) : texts;
}

function booleanOf(value: unknown): boolean | null {
  if (typeof value === 'boolean') return value;
  const text = textValue(value)?.toLowerCase();
  return text === 'true' ? true : text === 'false' ? false : null;
}

function imageOf(value: unknown): SchemaImage[] {
  if (typeof value === 'string') return [{ url: value, caption: null, creditText: null, width: null, height: null }];
  if (!isNode(value)) return [];
  const url = textValue(value.url) ?? textValue(value.contentUrl);
  if (url === null) return [];
  return [
    {
      url,
      caption: textValue(value.caption) ?? textValue(value.description),
      creditText:
        textValue(value.creditText) ?? (nameOf(value.creator) as string | null) ?? textValue(value.copyrightHolder),
      width: pixels(value.width),
      height: pixels(value.height),
    },
  ];
}

/** Width or height as an attribute or a value states it; null where it is no plain number. */
export function pixels(value: unknown): number | null {
  const text = isNode(value) ? value.value : value;
  const number = typeof text === 'number' ? text : /^\s*(\d{1,5})\s*(?:px)?\s*$/.exec(String(text ?? ''))?.[1];
  return number === undefined ? null : Math.round(Number(number)) || null;
}
