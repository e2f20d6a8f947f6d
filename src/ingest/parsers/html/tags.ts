import type { StoryTag } from '../../../stories/story.ts';
import { type Claim, claim } from './claim.ts';
import type { Page } from './document.ts';
import { closest, labelOf, type PageElement, textOf } from './dom.ts';
import type { PageMetadata } from './metadata.ts';

const TAG_HREF = /\/(?:tags?|topics?|keywords?|etiquetas?|schlagwort|subjects?|tema|themen)\/[^/]|[?&]tag=/i;
const TAG_BOX = /(?:^|[\s_-])(?:tags?|topics?|keywords|taglist|tagged|post-tags|entry-tags|categories)(?:$|[\s_-])/;
const ELSEWHERE =
  /(?:^|[\s_-])(?:nav|navbar|navigation|menu|sidebar|footer|trending|popular|cloud|tagcloud|header|shar(?:e|ing)|social)(?:$|[\s_-])/;
const TAG_LIMIT = 40;
/** More links than this in one place are the tags of the whole site, not of one story. */
const PRINTED_LIMIT = 20;

/**
 * Tags the publisher gave the story: those printed with it first, since metadata keywords are often a site's standing
 * list; metadata where none are printed.
 */
export function findTags(page: Page, metadata: PageMetadata, headline: PageElement | null): Claim<StoryTag[]> | null {
  const candidates: Claim<string[]>[] = [
    printedTags(page, headline),
    claim(articleTags(metadata), 'og', 'meta[property=article:tag]', 85),
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

/** One meta element per tag, or one with all of them. */
function articleTags(metadata: PageMetadata): string[] {
  const tags = metadata.metas('article:tag');
  return tags.length === 1 ? tags.flatMap(splitList) : tags;
}

interface PrintedTag {
  name: string;
  box: PageElement;
  /** 3 marked as a tag, 2 marked as category and tag, 1 only its address says so. */
  weight: number;
}

/** Links marked as tags by `rel`, by the label of their box or by their address; only the best marked ones. */
function printedTags(page: Page, headline: PageElement | null): Claim<string[]> {
  const start = headline === null ? 0 : page.elements.indexOf(headline);
  const found = page.elements.flatMap((element, index) =>
    element.localName === 'a' && index > start - 60 ? (printedTag(element) ?? []) : [],
  );
  const weight = Math.max(0, ...found.map((tag) => tag.weight));
  const best = found.filter((tag) => tag.weight === weight);
  const boxes = new Set(best.map((tag) => tag.box));
  // Addresses alone: links in several places of the page are its navigation; the fullest box is the story's.
  const only = weight > 1 ? null : [...boxes].sort((a, b) => countIn(best, b) - countIn(best, a))[0];
  const names = best.filter((tag) => only === null || tag.box === only).map((tag) => tag.name);
  const box = best[0]?.box;
  if (names.length > PRINTED_LIMIT) return claim([], 'dom', '', 0);
  return claim(names, 'dom', box === undefined ? '' : `${box.localName}.${labelOf(box).split(' ')[0]}`, 90);
}

function countIn(tags: readonly PrintedTag[], box: PageElement): number {
  return tags.filter((tag) => tag.box === box).length;
}

/** Buttons that share the story often stand in one box with its tags. */
const SHARE_HREF =
  /^(?:mailto|whatsapp):|\/\/(?:[\w-]+\.)?(?:facebook|twitter|x|pinterest|linkedin|reddit|tumblr)\.com\/|[?&/]share\b/i;

function printedTag(link: PageElement): PrintedTag | null {
  if (SHARE_HREF.test(link.getAttribute('href') ?? '')) return null;
  const relation = (link.getAttribute('rel') ?? '').toLowerCase().split(/\s+/);
  const labelled = closest(
    link,
    (box) => TAG_BOX.test(labelOf(box)) && !/^(?:body|article|main|html)$/.test(box.localName),
    4,
  );
  const isBoxed = labelled !== null && textOf(labelled).length < 1000;
  const hasAddress = TAG_HREF.test(link.getAttribute('href') ?? '');
  const isTag = relation.includes('tag');
  if (!isTag && !isBoxed && !hasAddress) return null;
  const isSentence =
    closest(link, (box) => box.localName === 'p' && textOf(box).length > textOf(link).length * 3 + 60, 3) !== null;
  if (
    (isSentence && !isTag) ||
    closest(
      link,
      (box) => /^(?:nav|footer)$/.test(box.localName) || (box.localName !== 'body' && ELSEWHERE.test(labelOf(box))),
      5,
    )
  )
    return null;
  const list = link.parentElement?.localName === 'li' ? link.parentElement.parentElement : link.parentElement;
  const box = (isBoxed ? labelled : list) ?? link;
  const weight = isTag ? (relation.includes('category') ? 2 : 3) : isBoxed ? 3 : 1;
  return { name: textOf(link).replace(/^#|,$/g, ''), box, weight };
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
