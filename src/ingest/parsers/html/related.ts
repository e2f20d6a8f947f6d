import type { StoryRelated } from '../../../stories/story.ts';
import { renderBlocks } from './blocks.ts';
import { absoluteUrl, type Page } from './document.ts';
import { closest, labelOf, oneLine, type PageElement, shortTextOf, TEXT_NODE, textOf } from './dom.ts';
import { isRelatedLead } from './phrases.ts';

const RELATED_LABEL =
  /(?:^|[\s_-])(?:related\w*|see-?also|also-?read|read-?more|read-?also|recirc\w*|more-?(?:on|stories|like)|jp-relatedposts|similar)(?:$|[\s_-])/;
/** Headings that announce other stories. */
export const RELATED_HEADING =
  /^(?:related(?: (?:articles?|stories|posts?|content|coverage|links|news|topics|reading))?|see also|read (?:also|more|next)|also read|more (?:on|about) .{2,40}|you (?:may|might) (?:also )?(?:like|be interested in).*|further reading|more (?:stories|coverage)|(?:você )?(?:também )?pode gostar.*|leia (?:também|mais)|veja também|posts? relacionados|artigos relacionados|artículos relacionados|lea también|verwandte (?:artikel|beiträge)|ähnliche (?:artikel|beiträge)|das könnte .*|lesen sie auch|lire aussi|à lire aussi|articles? (?:liés|similaires)|leggi anche|articoli correlati|baca juga|関連記事|관련\s?기사|related)\W*$/i;
/** Headings of boxes whose links are the same beside every story. */
const OTHER_HEADING =
  /^(?:(?:the )?(?:most|top|what['’]s) (?:read|popular|viewed|shared|commented|stories|trending|hot)\b.*|popular\b.*|trending\b.*|latest\b.*|recent\b.*|editor['’]?s['’]? (?:picks?|choice)|meistgelesen\b.*|(?:les )?plus lus\b.*|mais lidas\b.*|lo más (?:leído|visto)\b.*|più letti\b.*|terpopuler\b.*)$/i;
/** Links to a list of stories or to a service, not to a story. */
const NO_STORY =
  /^(?:(?:see |view |read |find )?(?:more|all)(?: (?:news|articles|stories|posts|videos))? (?:from|by|on|in|about)\b|see (?:our|all)\b|view all\b|watch\b.{0,30}$|subscribe\b|sign up\b|follow\b|join\b)/i;
/** The day or the age of a story, printed behind its title in the same link. */
const TITLE_DATE = /\s+(?:\p{L}{3,9}\.? \d{1,2}, (?:19|20)\d\d|\d{1,2} (?:minutes?|hours?|days?) ago)$/u;
const RELATED_LIMIT = 20;

/** Links to other stories as the page prints them, in order: boxes and lists under "Related", and "Read more" lines. */
export function findRelated(
  page: Page,
  isBodyElement: (element: PageElement) => boolean,
  pageUrl: string | null,
): StoryRelated[] {
  const found: StoryRelated[] = [];
  const seen = new Set<string>();
  for (const link of page.byTag('a')) {
    if (found.length >= RELATED_LIMIT) break;
    if (!isRelated(link, isBodyElement)) continue;
    const title = titleOf(link);
    const url = absoluteUrl(link.getAttribute('href'), page.baseUrl);
    if (
      title.length < 12 ||
      title.length > 250 ||
      NO_STORY.test(title) ||
      (title.split(' ').length < 2 && !/[\u3000-\u9fff\uac00-\ud7af]/.test(title)) ||
      url === null ||
      url === pageUrl ||
      seen.has(title)
    )
      continue;
    seen.add(title);
    found.push({ title, url, uri: null, rel: 'RELATED' });
  }
  return found;
}

/** Of a link around a whole card (picture, section, title, author) the heading or the longest line. */
function titleOf(link: PageElement): string {
  const lines = renderBlocks(link);
  const heading = lines.find(({ element }) => /^h[1-6]$/.test(element.localName) && link.contains(element));
  const longest = lines.reduce((best, { text }) => (text.length > best.length ? text : best), '');
  return oneLine(heading?.text ?? longest)
    .replace(/^(?:related|read more|also on \S{2,20})\s*:?\s+/i, '')
    .replace(TITLE_DATE, '');
}

function isRelated(link: PageElement, isBodyElement: (element: PageElement) => boolean): boolean {
  if (
    closest(
      link,
      (box) => /^(?:nav|footer)$/.test(box.localName) || /outbrain|taboola|sponsor|advert|comment/.test(labelOf(box)),
      10,
    )
  )
    return false;
  const line = closest(link, (box) => /^(?:p|li|div|h[1-6])$/.test(box.localName), 4);
  if (line !== null && line.localName !== 'div' && isBodyElement(line)) {
    const text = textOf(line);
    if (isRelatedLead(text) && textOf(link).length > text.length * 0.4 && text.length < 300) return true;
  }
  if (isInSentence(link)) return false;
  if (isLinkList(link, isBodyElement)) return true;
  const labelled = closest(
    link,
    (box) => box.localName !== 'body' && box.localName !== 'html' && RELATED_LABEL.test(labelOf(box)),
    8,
  );
  const heading = headingAbove(link);
  if (heading !== null && OTHER_HEADING.test(heading)) return false;
  if (labelled !== null && shortTextOf(labelled, 4000) !== null) return true;
  return heading !== null && RELATED_HEADING.test(heading);
}

/** A reference within a sentence: an element around the link has more words of its own than a lead such as "Read more:". */
function isInSentence(link: PageElement): boolean {
  return closest(link.parentElement, (box) => ownTextLength(box) > 40, 2) !== null;
}

function ownTextLength(element: PageElement): number {
  let length = 0;
  for (let node = element.firstChild; node !== null; node = node.nextSibling)
    if (node.nodeType === TEXT_NODE) length += oneLine(node.textContent).length;
  return length;
}

/** A list in the body of nothing but links with the length of headlines. */
function isLinkList(link: PageElement, isBodyElement: (element: PageElement) => boolean): boolean {
  const list = link.parentElement?.localName === 'li' ? link.parentElement.parentElement : null;
  if (list === null || !isBodyElement(list) || list.children.length < 2 || list.children.length > 8) return false;
  const previous = list.previousElementSibling?.localName;
  if (previous !== 'p') return false;
  return Array.from(list.children).every((item) => {
    const text = textOf(item);
    return (
      text.length >= 20 &&
      item.children.length === 1 &&
      item.children[0]?.localName === 'a' &&
      textOf(item.children[0]) === text
    );
  });
}

/** The nearest heading before the list or group the link stands in that says what its links are; null where none does. */
function headingAbove(link: PageElement): string | null {
  let box: PageElement | null = link;
  for (let level = 0; box !== null && level < 6; level++, box = box.parentElement) {
    let sibling: PageElement | null = box.previousElementSibling;
    for (
      let back = 0;
      sibling !== null && back < (level < 3 ? 12 : 2);
      back++, sibling = sibling.previousElementSibling
    ) {
      const text = shortTextOf(sibling, 300);
      if (text === null) break;
      if (text.length > 0 && text.length < 60 && (RELATED_HEADING.test(text) || OTHER_HEADING.test(text))) return text;
      if (/^h[1-6]$/.test(sibling.localName) && text.length > 0) break;
    }
  }
  return null;
}
