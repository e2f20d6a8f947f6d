import type { Block } from './blocks.ts';
import { closest, isElement, labelOf, type PageElement, textOf, walk } from './dom.ts';
import { wordsOf } from './headline.ts';
import { isBoilerplate, isCreditLine, isDateLine, isRelatedLead } from './phrases.ts';
import { RELATED_HEADING } from './related.ts';

/** What is already known of the page, so that the same text is not body as well. */
export interface KnownTexts {
  headline: string;
  abstract: string | null;
  captions: readonly string[];
  byline: string | null;
}

const JUNK_LABEL =
  /(?:^|[\s_-])(?:related|promo|newsletter|share|sharing|social|bio|byline|breadcrumbs?|tags?|comments?|cta|sidebar|widget|advert\w*|ads?|sponsor\w*|recommend\w*|recirc\w*|popular|trending|most-?read|more-?(?:on|from|stories|news)|read-?more|see-?also|also-?read|subscri\w+|sign-?up|gallery|slideshow|carousel|toolbar|tools|footer|copyright|disclaimer|disclosure|author(?:box|-info|-bio|-box|s)?|post-?(?:author|meta|info|nav\w*)|entry-?meta|meta|rating|poll|quiz|login|paywall|print-header|jp-relatedposts|sharedaddy|wpcnt|infobox|embedded|outbrain|taboola|follow|topics?|keywords|summary|standfirst|dek|deck|subtitle|subheadline|timestamp|published|dateline|date)(?:$|[\s_-])/;
/** Characters of text in a picture's box at most. */
const PICTURE_TEXT = 260;
const CAPTION_LABEL = /caption|cutline|credit|image-ct|photographer|image__meta|media__info|attribution/;

/** Blocks of the extractor's choice that belong to the body: a story's own paragraphs, subheads, lists, tables and quotes. */
export function filterBlocks(blocks: readonly Block[], known: KnownTexts): Block[] {
  if (blocks.length === 0) return [];
  const total = blocks.reduce((sum, block) => sum + block.text.length, 0);
  const focus = focusElement(blocks);
  const inside = blocks.filter((block) => focus.contains(block.element));
  const junk = junkElements(inside, total, focus);
  const knownKeys = new Set([known.headline, ...known.captions].map(keyOf).filter((key) => key !== ''));
  const abstract = keyOf(known.abstract ?? '');
  const boxes = pictureBoxes(focus);
  const teasers = teaserArticles(inside, focus);
  const announced = boxesOfOthers(inside, focus);

  const kept = inside.filter((block, index) => {
    const key = keyOf(block.text);
    if (key === '') return /^_+$/.test(block.text);
    if (knownKeys.has(key) && block.text.length > 8 && !inTable(block)) return false;
    if (index < 3 && abstract !== '' && key === abstract && isSetOff(block)) return false;
    if (teasers.some((teaser) => teaser.contains(block.element))) return false;
    if (announced.some((box) => box.contains(block.element))) return false;
    if (known.byline !== null && index < 6 && key === keyOf(known.byline)) return false;
    if (closest(block.element, (box) => junk.has(box)) !== null) return false;
    if (isCaption(block, known, boxes)) return false;
    if (isAllLink(block)) return false;
    return !isDateLine(block.text) && !isBoilerplate(block.text, block.linkLength) && !isCreditLine(block.text);
  });
  return withoutLooseEnds(kept);
}

/** The deepest element that holds nine tenths of the text: what lies outside is header, bio or the next story. */
function focusElement(blocks: readonly Block[]): PageElement {
  const weights = new Map<PageElement, number>();
  let total = 0;
  for (const { element, text, linkLength } of blocks) {
    const weight = Math.max(0, text.length - linkLength);
    total += weight;
    for (let box: PageElement | null = element; box !== null; box = box.parentElement) {
      weights.set(box, (weights.get(box) ?? 0) + weight);
    }
  }
  let best = blocks[0]?.element as PageElement;
  let bestDepth = -1;
  for (const [element, weight] of weights) {
    if (weight < total * 0.9) continue;
    const depth = depthOf(element);
    if (depth > bestDepth) {
      best = element;
      bestDepth = depth;
    }
  }
  return best;
}

function depthOf(element: PageElement): number {
  let depth = 0;
  for (let box = element.parentElement; box !== null; box = box.parentElement) depth++;
  return depth;
}

/** Boxes labelled as something else than text that hold under a quarter of it; a whole story labelled so stays. */
function junkElements(blocks: readonly Block[], total: number, focus: PageElement): Set<PageElement> {
  const sizes = new Map<PageElement, number>();
  for (const { element, text } of blocks) {
    for (let box: PageElement | null = element; box !== null && box !== focus; box = box.parentElement) {
      sizes.set(box, (sizes.get(box) ?? 0) + text.length);
    }
  }
  const junk = new Set<PageElement>();
  for (const [element, size] of sizes) {
    if (size > total / 4) continue;
    if (
      /^(?:nav|aside|footer|form|figcaption|header|button)$/.test(element.localName) ||
      JUNK_LABEL.test(labelOf(element)) ||
      element.getAttribute('role') === 'navigation'
    ) {
      junk.add(element);
    }
  }
  return junk;
}

/** Set apart from the paragraphs, as a standfirst is. */
function isSetOff(block: Block): boolean {
  return /^h\d$/.test(block.element.localName) || block.emphasisLength > block.text.length * 0.9;
}

/** Other stories shown below this one: several articles nested in it while its own text stands outside of them. */
function teaserArticles(blocks: readonly Block[], focus: PageElement): PageElement[] {
  const nested = new Set<PageElement>();
  for (const { element } of blocks) {
    const article = closest(element, (box) => box.localName === 'article' || box === focus);
    if (article !== null && article !== focus && article.localName === 'article') nested.add(article);
  }
  const firstProse = blocks.find((block) => block.text.length > 80 && block.linkLength < block.text.length / 2);
  const outside = firstProse !== undefined && ![...nested].some((article) => article.contains(firstProse.element));
  return nested.size >= 2 && outside ? [...nested] : [];
}

/** Boxes that open with a heading such as "You may also like": whatever their size, what they hold is not this story. */
function boxesOfOthers(blocks: readonly Block[], focus: PageElement): PageElement[] {
  return blocks.slice(1).flatMap(({ element, text }) => {
    const box = element.parentElement;
    const opens = /^h[1-6]$/.test(element.localName) && element.previousElementSibling === null;
    return opens && box !== null && box !== focus && focus.contains(box) && RELATED_HEADING.test(text) ? [box] : [];
  });
}

function inTable(block: Block): boolean {
  return closest(block.element, (element) => element.localName === 'table', 6) !== null;
}

function isCaption(block: Block, known: KnownTexts, boxes: Map<PageElement, number>): boolean {
  const box = closest(
    block.element,
    (element) => element.localName === 'figure' || CAPTION_LABEL.test(labelOf(element)),
    4,
  );
  if (box !== null && textOf(box).length < 900) return true;
  const key = keyOf(block.text);
  if (
    known.captions.some(
      (caption) => caption.length > 30 && key.startsWith(keyOf(caption)) && key.length < keyOf(caption).length + 60,
    )
  )
    return true;
  return isPictureLine(block, boxes);
}

/** Boxes with a picture in them and no more text than a caption's, and the length of that text. */
function pictureBoxes(focus: PageElement): Map<PageElement, number> {
  const boxes = new Map<PageElement, number>();
  walk(focus, (node) => {
    if (!isElement(node) || !/^(?:img|picture|amp-img)$/.test(node.localName)) return true;
    let box = node.parentElement;
    for (let level = 0; box !== null && box !== focus && level < 6; level++, box = box.parentElement) {
      if (boxes.has(box) || /^(?:table|ul|ol|li|body|article)$/.test(box.localName)) break;
      const length = textOf(box).length;
      if (length > PICTURE_TEXT) break;
      boxes.set(box, length);
    }
    return true;
  });
  return boxes;
}

/** Alone in a picture's box, and no sentence unless it ends in a bracketed credit. */
function isPictureLine(block: Block, boxes: Map<PageElement, number>): boolean {
  if (/[.!?:]["”’)]?$/.test(block.text) && !/\)\.?$/.test(block.text)) return false;
  const box = closest(block.element, (element) => boxes.has(element), 4);
  return box !== null && (boxes.get(box) ?? 0) - block.text.length < 80;
}

function isAllLink(block: Block): boolean {
  if (block.linkLength < block.text.length * 0.9) {
    return isRelatedLead(block.text) && block.linkLength > block.text.length * 0.4;
  }
  const isAddress = /^(?:https?:\/\/|www\.)\S+$/.test(block.text);
  return !isAddress && (!inTable(block) || block.text.length > 60);
}

/** Subheads with nothing below them, and lines left over after the last sentence. */
function withoutLooseEnds(blocks: Block[]): Block[] {
  const kept = [...blocks];
  while (kept.length > 1 && /^h[1-6]$/.test((kept.at(-1) as Block).element.localName)) kept.pop();
  return kept;
}

/** Letters and digits alone, to compare texts whatever their quotes and white space. */
export function keyOf(text: string): string {
  return wordsOf(text).join(' ');
}
