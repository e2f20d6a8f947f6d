import { agencyIn, isAgencyName } from './agency.ts';
import { BY, splitNames } from './author-names.ts';
import { renderBlocks } from './blocks.ts';
import { type Claim, claim } from './claim.ts';
import type { Page } from './document.ts';
import { closest, labelOf, type PageElement } from './dom.ts';
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
const AUTHOR_HREF = /\/(?:authors?|people|staff|profile|contributors?|reporters?|by|journalists?)\//i;
const ELSEWHERE =
  /(?:^|[\s_-])(?:comments?|related\w*|sidebar|recommend\w*|widget|popular|trending|latest)(?:$|[\s_-])/;
const OPENING = /^\s*(?:written |posted |story )?by\s+\p{Lu}/iu;

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
  const shownNames = shown === null ? [] : shown.names.filter((name) => !isSite(name, siteNames));
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

/** People are named without the agency they wrote for; an agency alone keeps the byline, without the place of its bureau. */
function withoutAgency(names: string[]): string[] {
  const people = names.filter(
    (name) => !isAgencyName(name) && (names.every((other) => !isAgencyName(other)) || name.includes(' ')),
  );
  return people.length > 0 ? people : names.filter(isAgencyName);
}

/** The site's own name, or a section of it ("CNN Business" on CNN); its bureaus and desks are authors. */
function isSite(name: string, siteNames: string[]): boolean {
  if (/ (?:bureau|desk|staff|newsroom)$/i.test(name)) return false;
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

interface BylineCandidate {
  element: PageElement;
  index: number;
  text: string;
  score: number;
}

/** Two names this close together belong to one byline. */
const SAME_BYLINE = 30;

/** The printed byline: the best labelled short text within reach of the headline, and its names. */
function shownByline(page: Page, headline: PageElement | null): (Claim & { names: string[] }) | null {
  const start = headline === null ? 0 : page.elements.indexOf(headline);
  const candidates = page.elements.flatMap((element, index) => bylineCandidate(element, index, start) ?? []);
  const best = candidates.reduce<BylineCandidate | null>((a, b) => (a === null || b.score > a.score ? b : a), null);
  if (best === null || best.score < 1) return null;
  // Each name has an element of its own, or all share one: the innermost ones have the least beside them.
  const near = candidates.filter(
    ({ index, score }) => Math.abs(index - best.index) < SAME_BYLINE && score > best.score - 2,
  );
  const innermost = near.filter(
    ({ element }) => !near.some((other) => other.element !== element && element.contains(other.element)),
  );
  const names = withoutAgency([...new Set(innermost.flatMap(({ text }) => splitNames(text)))]);
  const place = `${best.element.localName}.${labelOf(best.element).split(' ')[0]}`;
  return { ...claim(best.text.replaceAll(' | ', ' '), 'dom', place, 80), names };
}

function bylineCandidate(element: PageElement, index: number, start: number): BylineCandidate | null {
  if (/^(?:meta|link|img|input|body|html)$/.test(element.localName)) return null;
  const label = labelOf(element);
  const property = element.getAttribute('itemprop')?.toLowerCase();
  const isAuthor =
    property === 'author' || (element.getAttribute('rel') ?? '').toLowerCase().split(' ').includes('author');
  const isLabelled = BYLINE_LABEL.test(label) && !NOT_BYLINE.test(label);
  const hasHref = element.localName === 'a' && AUTHOR_HREF.test(element.getAttribute('href') ?? '');
  const isNear = index > start && index < start + 120;
  const isOpened = isNear && element.children.length <= 2 && OPENING.test(element.textContent.slice(0, 40));
  if (!isAuthor && !isLabelled && !hasHref && !isOpened) return null;
  const text = property === 'author' && element.hasAttribute('content') ? propertyValue(element) : linesOf(element);
  if (text.length < 2 || text.length > 160 || splitNames(text).length === 0 || isElsewhere(element)) return null;
  let score = 3 - Math.min(index < start ? (start - index) * 2 : index - start, 600) / 60 - text.length / 100;
  if (isAuthor) score += 2;
  if (/byline/.test(label)) score += 1.5;
  if (BY.test(text)) score += 1.5;
  if (isLabelled) score += 0.5;
  if (/\d{4}/.test(text)) score -= 0.7;
  return { element, index, text, score };
}

function isElsewhere(element: PageElement): boolean {
  return (
    closest(
      element,
      (box) =>
        /^(?:nav|aside|footer|figure|figcaption)$/.test(box.localName) ||
        (box.localName !== 'body' && ELSEWHERE.test(labelOf(box))),
      6,
    ) !== null
  );
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
