import type { StoryTag } from '../../../stories/story.ts';
import { type Claim, claim } from './claim.ts';
import type { Page } from './document.ts';
import { closest, labelOf, type PageElement, textOf } from './dom.ts';
import type { PageMetadata } from './metadata.ts';

const TAG_HREF = /\/(?:tags?|topics?|keywords?|etiquetas?|schlagwort|subjects?|tema|themen)\/[^/]|[?&]tag=/i;
const TAG_BOX = /(?:^|[\s_-])(?:tags?|topics?|keywords|taglist|tagged|post-tags|entry-tags|categories)(?:$|[\s_-])/;
const ELSEWHERE = /nav|menu|sidebar|widget|footer|trending|popular|cloud|header/;
const TAG_LIMIT = 40;

/**
 * Tags the publisher gave the story: those printed with it first, since metadata keywords are often a site's standing
 * list; metadata where none are printed.
 */
export function findTags(page: Page, metadata: PageMetadata, headline: PageElement | null): Claim<StoryTag[]> | null {
  const candidates: Claim<string[]>[] = [
    printedTags(page, headline),
    claim(metadata.metas('article:tag').flatMap(splitList), 'og', 'meta[property=article:tag]', 85),
    claim((metadata.meta('parsely-tags') ?? '').split(/\s*,\s*/), 'meta', 'meta[name=parsely-tags]', 75),
    claim(metadata.schema?.keywords ?? [], 'json-ld', 'keywords', 80),
    claim(splitList(metadata.meta('news_keywords') ?? ''), 'meta', 'meta[name=news_keywords]', 70),
    claim(splitList(metadata.meta('sailthru.tags') ?? ''), 'meta', 'meta[name=sailthru.tags]', 65),
    claim(splitList(metadata.metas('keywords').at(-1) ?? ''), 'meta', 'meta[name=keywords]', 55),
  ];
  const title = (metadata.title ?? '').toLowerCase();
  for (const candidate of candidates) {
    const names = unique(candidate.value.filter((name) => isTag(name, title)));
    if (names.length > 0) return { ...candidate, value: names.map(keywordTag) };
  }
  return null;
}

function printedTags(page: Page, headline: PageElement | null): Claim<string[]> {
  const start = headline === null ? 0 : page.elements.indexOf(headline);
  const groups = new Map<PageElement, string[]>();
  for (const [index, element] of page.elements.entries()) {
    if (element.localName !== 'a' || index < start - 60) continue;
    const relation = (element.getAttribute('rel') ?? '').toLowerCase().split(/\s+/);
    const box = closest(
      element.parentElement,
      (candidate) =>
        TAG_BOX.test(labelOf(candidate)) && candidate.localName !== 'body' && candidate.localName !== 'article',
      4,
    );
    const isTagged =
      relation.includes('tag') ||
      (box !== null && textOf(box).length < 1000) ||
      (TAG_HREF.test(element.getAttribute('href') ?? '') && textOf(element).length < 60);
    if (!isTagged) continue;
    if (
      closest(
        element,
        (candidate) =>
          /^(?:nav|footer|p)$/.test(candidate.localName) ||
          (candidate.localName !== 'body' && ELSEWHERE.test(labelOf(candidate))),
        6,
      )
    )
      continue;
    const group =
      box ?? (element.parentElement?.localName === 'li' ? element.parentElement.parentElement : element.parentElement);
    if (group === null) continue;
    groups.set(group, [...(groups.get(group) ?? []), textOf(element).replace(/^#|,$/g, '')]);
  }
  const [best] = [...groups.entries()].sort(([boxA, a], [boxB, b]) => tagBoxWeight(boxB, b) - tagBoxWeight(boxA, a));
  return claim(
    best?.[1] ?? [],
    'dom',
    best === undefined ? '' : `${best[0].localName}.${labelOf(best[0]).split(' ')[0]}`,
    90,
  );
}

function tagBoxWeight(box: PageElement, names: string[]): number {
  return (/tag|topic|keyword/.test(labelOf(box)) ? 100 : 0) + Math.min(names.length, 30);
}

function splitList(text: string): string[] {
  return text.split(/\s*[,;]\s*/);
}

function isTag(name: string, title: string): boolean {
  const bare = name.trim();
  return (
    bare.length >= 2 &&
    bare.length <= 60 &&
    !/^[@#]|[:=|]|https?:/.test(bare) &&
    (bare.length < 40 || !title.includes(bare.toLowerCase()))
  );
}

function unique(names: string[]): string[] {
  const seen = new Set<string>();
  return names
    .map((name) => name.trim())
    .filter((name) => !seen.has(name.toLowerCase()) && seen.add(name.toLowerCase()))
    .slice(0, TAG_LIMIT);
}

export function keywordTag(name: string): StoryTag {
  return { type: 'KEYWORD', name, scheme: null, termCode: null, sameAs: [], relevance: null, confidence: null };
}
