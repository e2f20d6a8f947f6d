import { type Claim, claim } from './claim.ts';
import type { Page } from './document.ts';
import { closest, labelOf, type PageElement, textOf } from './dom.ts';
import type { PageMetadata } from './metadata.ts';

const HEADLINE_LABEL = /headline|(?:entry|post|article|story|page|news|content)[-_]{0,2}title|^title$|\btitle\b/;
const ASIDE_LABEL =
  /related|sidebar|widget|promo|recommend|popular|trending|footer|comment|newsletter|logo|site-?title|menu/;
const TAIL = /\s+(?:[|–—·»:]|-{1,2}|::)\s+/g;

/** A heading of the page that may be its headline. */
export interface HeadlineFound extends Claim {
  /** The heading itself; null where only metadata states the headline. */
  element: PageElement | null;
}

/**
 * The headline as the reader sees it: the heading that agrees best with what the metadata call the page, since
 * metadata titles are often rewritten for search engines and carry the site's name. Null where there is none.
 */
export function findHeadline(page: Page, metadata: PageMetadata): HeadlineFound | null {
  const siteName = metadata.meta('og:site_name') ?? metadata.schema?.publisher ?? null;
  const stated = statedTitles(metadata, siteName);
  let best: { element: PageElement; text: string; score: number } | null = null;
  const headings = page.elements.filter(
    (element) => /^h[1-3]$/.test(element.localName) || element.getAttribute('itemprop') === 'headline',
  );
  for (const [position, element] of headings.slice(0, 60).entries()) {
    const text = textOf(element);
    if (text.length < 3 || text.length > 400 || text.toLowerCase() === siteName?.toLowerCase()) continue;
    const score = headingScore(element, text, stated) - position * 0.02;
    if (best === null || score > best.score) best = { element, text, score };
  }
  if (best !== null && best.score >= (stated.length > 0 ? 2.4 : 1.5)) {
    const place =
      best.element.localName + (best.element.getAttribute('class') ? `.${labelOf(best.element).split(' ')[0]}` : '');
    return { ...claim(best.text, 'dom', place, best.score > 5 ? 95 : 75), element: best.element };
  }
  const metadataTitle = stated[0];
  return metadataTitle === undefined ? null : { ...metadataTitle, element: null };
}

function headingScore(element: PageElement, text: string, stated: readonly Claim[]): number {
  const similarity = Math.max(0, ...stated.map((title) => wordSimilarity(title.value, text)));
  let score = similarity * 4;
  if (element.localName === 'h1') score += 2;
  if (element.getAttribute('itemprop') === 'headline') score += 2.5;
  if (HEADLINE_LABEL.test(labelOf(element))) score += 1.2;
  const aside = closest(
    element,
    (box) =>
      /^(?:nav|aside|footer)$/.test(box.localName) ||
      (box !== element && box.localName !== 'body' && ASIDE_LABEL.test(labelOf(box))),
    5,
  );
  return aside === null ? score : score - 3;
}

function statedTitles(metadata: PageMetadata, siteName: string | null): Claim[] {
  const titles: [string | null | undefined, string, string, number][] = [
    [metadata.schema?.headline, 'json-ld', 'headline', 80],
    [metadata.meta('og:title'), 'og', 'meta[property=og:title]', 75],
    [metadata.meta('twitter:title'), 'meta', 'meta[name=twitter:title]', 70],
    [metadata.title, 'dom', 'title', 60],
  ];
  return titles.flatMap(([title, reader, place, confidence]) =>
    title ? [claim(withoutSiteName(title, siteName), reader, place, confidence)] : [],
  );
}

/** Takes "… | Site" off a title: a tail that names the site, or any short tail behind a bar. */
export function withoutSiteName(title: string, siteName: string | null): string {
  const cuts = [...title.matchAll(TAIL)];
  for (const cut of cuts.slice(0, 6)) {
    const tail = title.slice(cut.index + cut[0].length);
    const bar = /[|»]|::/.test(cut[0]);
    const named = siteName !== null && wordSimilarity(tail, siteName) >= 0.5;
    if (named || (bar && tail.length < title.length / 2 && tail.split(' ').length <= 5))
      return title.slice(0, cut.index);
  }
  return title;
}

/** 0–1: how many words two texts share (Dice), whatever their case and marks. */
export function wordSimilarity(a: string, b: string): number {
  const left = new Set(wordsOf(a));
  const right = new Set(wordsOf(b));
  if (left.size === 0 || right.size === 0) return 0;
  let shared = 0;
  for (const word of left) if (right.has(word)) shared++;
  return (2 * shared) / (left.size + right.size);
}

export function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}
