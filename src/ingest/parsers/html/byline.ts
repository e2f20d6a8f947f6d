import { agencyIn, isAgencyName } from './agency.ts';
import { renderBlocks } from './blocks.ts';
import { type Claim, claim } from './claim.ts';
import type { Page } from './document.ts';
import { closest, labelOf, oneLine, type PageElement } from './dom.ts';
import { wordSimilarity, wordsOf } from './headline.ts';
import { type PageMetadata, propertyValue } from './metadata.ts';

export interface PageByline {
  byline: Claim | null;
  authors: Claim<string[]> | null;
  agency: Claim | null;
}

const BYLINE_LABEL =
  /byline|author|\bby\b|writer|contributor|journalist|reporter|submitted|autor\b|credit-?line|redactor/;
const NOT_BYLINE = /bio|about|related|comment|follow|social|share|more-|avatar|image|photo|sidebar|widget|promo|footer/;
const BY =
  /^(?:(?:story|article|written|posted|published|reported|analysis|opinion|words?)\s+)?(?:by|von|por|par|di|da|door|av|oleh|autor|author|publicado por|escrito por|postado por)\b[:\s]*/i;
const TITLE_WORDS =
  /\b(?:writer|reporter|editor|correspondent|columnist|contributor|staff writer|journalist|analyst|producer|news service|press writer|security writer|md|phd|ms|rdn|rd|follow|updated|published|posted|min read|guest author|special to)\b/i;
const OPENING = /^\s*(?:written |posted |story )?by\s+\p{Lu}/iu;
const NOT_NAMES =
  /^(?:admin(?:istrator)?|editor|guest|author|webmaster|unknown|null|undefined|anonymous|user|root|view all|more|share|comments?|staff)$/i;

/**
 * Who wrote it, as the reader sees it: the byline near the headline first; metadata where they name people, never the
 * site's own name unless it is printed as the byline.
 */
export function findByline(
  page: Page,
  metadata: PageMetadata,
  headline: PageElement | null,
  siteNames: string[],
): PageByline {
  const shown = shownByline(page, headline);
  const stated = statedAuthors(metadata, siteNames);
  const shownNames = shown === null ? [] : splitNames(shown.value).filter((name) => !isSite(name, siteNames));
  const agency = shown !== null ? agencyIn(shown.value) : null;
  const agencyClaim = agency === null || shown === null ? null : claim(agency, shown.reader, shown.place, 80);
  const agreed = stated !== null && shown !== null && stated.value.every((name) => wordsIn(name, shown.value));
  const authors =
    shown !== null && shownNames.length > 0 && !(agreed && shownNames.length < (stated?.value.length ?? 0))
      ? claim(spelledAs(shownNames, stated?.value ?? []), shown.reader, shown.place, agreed ? 95 : 75)
      : stated;
  const statedAgency = stated?.value.find(isAgencyName);
  return {
    byline: shown ?? (authors && claim(authors.value.join(', '), authors.reader, authors.place, 60)),
    authors,
    agency:
      agencyClaim ??
      (statedAgency && stated ? claim(agencyIn(statedAgency) as string, stated.reader, stated.place, 75) : null),
  };
}

/** The site's own name, or a section of it ("CNN Business" on CNN). */
function isSite(name: string, siteNames: string[]): boolean {
  return siteNames.some((site) => wordSimilarity(site, name) > 0.99 || name.startsWith(`${site} `));
}

/** Bylines set in capitals take their spelling from the metadata where these have the same names. */
function spelledAs(names: string[], stated: string[]): string[] {
  return names.map((name) => stated.find((other) => other.toUpperCase() === name) ?? name);
}

function wordsIn(name: string, text: string): boolean {
  const words = new Set(wordsOf(text));
  return wordsOf(name).every((word) => words.has(word));
}

/** The printed byline: the best labelled short text within reach of the headline. */
function shownByline(page: Page, headline: PageElement | null): Claim | null {
  const start = headline === null ? 0 : page.elements.indexOf(headline);
  let best: { element: PageElement; text: string; score: number } | null = null;
  for (const [index, element] of page.elements.entries()) {
    const label = labelOf(element);
    const relation = element.getAttribute('rel')?.toLowerCase() ?? '';
    const property = element.getAttribute('itemprop')?.toLowerCase() ?? '';
    const isAuthor = relation.split(' ').includes('author') || property === 'author';
    const isLabelled = BYLINE_LABEL.test(label) && !NOT_BYLINE.test(label);
    const hrefAuthor =
      element.localName === 'a' &&
      /\/(?:authors?|people|staff|profile|contributors?|reporters?|by|journalists?)\//i.test(
        element.getAttribute('href') ?? '',
      );
    const isOpened =
      index > start &&
      index < start + 120 &&
      element.children.length <= 2 &&
      OPENING.test(element.textContent.slice(0, 40));
    if (
      (!isAuthor && !isLabelled && !hrefAuthor && !isOpened) ||
      /^(?:meta|link|img|input|body|html)$/.test(element.localName)
    )
      continue;
    const text = property === 'author' && element.hasAttribute('content') ? propertyValue(element) : linesOf(element);
    if (text.length < 2 || text.length > 160 || splitNames(text).length === 0) continue;
    if (
      closest(
        element,
        (box) =>
          /^(?:nav|aside|footer|figure|figcaption)$/.test(box.localName) ||
          (box.localName !== 'body' &&
            /comment|related|sidebar|recommend|widget|popular|trending|latest/.test(labelOf(box))),
        6,
      )
    )
      continue;
    const distance = index < start ? (start - index) * 2 : index - start;
    let score = 3 - Math.min(distance, 600) / 60;
    if (isAuthor) score += 2;
    if (/byline/.test(label)) score += 1.5;
    if (BY.test(text)) score += 1.5;
    if (isLabelled) score += 0.5;
    score -= text.length / 100 + (/\d{4}/.test(text) ? 0.7 : 0);
    if (best === null || score > best.score) best = { element, text, score };
  }
  if (best === null || best.score < 1) return null;
  return claim(best.text, 'dom', `${best.element.localName}.${labelOf(best.element).split(' ')[0]}`, 80);
}

function statedAuthors(metadata: PageMetadata, siteNames: string[]): Claim<string[]> | null {
  const candidates: [string[], string, string][] = [
    [metadata.schema?.authors ?? [], 'json-ld', 'author'],
    [metadata.metas('author'), 'meta', 'meta[name=author]'],
    [metadata.metas('parsely-author'), 'meta', 'meta[name=parsely-author]'],
    [metadata.metas('sailthru.author'), 'meta', 'meta[name=sailthru.author]'],
    [metadata.metas('dc.creator'), 'meta', 'meta[name=dc.creator]'],
    [metadata.metas('byl'), 'meta', 'meta[name=byl]'],
    [metadata.metas('article:author'), 'og', 'meta[property=article:author]'],
  ];
  for (const [values, reader, place] of candidates) {
    const names = [...new Set(values.flatMap(splitNames))].filter((name) => !isSite(name, siteNames));
    if (names.length > 0) return claim(names, reader, place, 70);
  }
  return null;
}

/** Text of an element with its lines told apart: names on lines of their own are not to run together. */
function linesOf(element: PageElement): string {
  if (element.textContent.length > 400) return '';
  return renderBlocks(element)
    .map((block) => block.text)
    .join(' | ');
}

const SEPARATOR = /\s*(?:,|;|\||•|·|\/|—|–|&|\(|\s-\s)\s*|\s+(?:and|und|et|y|e|dan|og|och|en)\s+/i;

/** Names out of a byline: without "By", job titles, agencies after a comma, dates and addresses. */
export function splitNames(byline: string): string[] {
  const bare = oneLine(byline.replace(/\S+@\S+|@\w+|https?:\S+/g, ' '))
    .replace(/^[|•·\s-]+/, '')
    .replace(BY, '');
  const names: string[] = [];
  for (const part of bare.split(SEPARATOR)) {
    const name = part
      .replace(BY, '')
      .replace(/\s+(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|on)\b.*$/i, '')
      .replace(/(?<!\b(?:Jr|Sr))[.,:)\s-]+$/, '')
      .trim();
    if (names.length > 0 && /\d/.test(name)) break;
    if (!looksLikeName(name) || (names.length > 0 && isAgencyName(name))) continue;
    names.push(name);
    if (isAgencyName(name)) break;
  }
  return [...new Set(names)];
}

function looksLikeName(name: string): boolean {
  const words = name.split(' ');
  if (name.length < 2 || name.length > 50 || words.length > 5 || /[<>{}?!]/.test(name) || NOT_NAMES.test(name))
    return false;
  // "rmb8090" is somebody's name on a blog, "2 min" is not.
  if (/\d/.test(name) && !/^\p{L}{2,}\d+$/u.test(name)) return false;
  return !TITLE_WORDS.test(name) || /^(?:staff reports?|.* staff|.* bureau|.* desk)$/i.test(name);
}
