import type { StoryRelated } from '../../../stories/story.ts';
import { absoluteUrl, type Page } from './document.ts';
import { closest, labelOf, oneLine, type PageElement, textOf } from './dom.ts';
import { isRelatedLead } from './phrases.ts';

const RELATED_LABEL =
  /(?:^|[\s_-])(?:related\w*|see-?also|also-?read|read-?more|read-?also|recirc\w*|more-?(?:on|stories|like)|jp-relatedposts|similar)(?:$|[\s_-])/;
const RELATED_HEADING =
  /^(?:related(?: (?:articles?|stories|posts?|content|coverage|links|news|topics|reading))?|see also|read (?:also|more|next)|also read|more (?:on|about) .{2,40}|you (?:may|might) (?:also )?(?:like|be interested in).*|further reading|more (?:stories|coverage)|leia (?:também|mais)|veja também|posts? relacionados|artigos relacionados|artículos relacionados|lea también|verwandte (?:artikel|beiträge)|ähnliche (?:artikel|beiträge)|das könnte .*|lesen sie auch|lire aussi|à lire aussi|articles? (?:liés|similaires)|leggi anche|articoli correlati|baca juga|関連記事|관련\s?기사|related)\W*$/i;
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
    const title = oneLine(textOf(link)).replace(/^(?:related|read more|also on \S{2,20})\s*:?\s+/i, '');
    const url = absoluteUrl(link.getAttribute('href'), page.baseUrl);
    if (
      title.length < 12 ||
      title.length > 250 ||
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
  if (isLinkList(link, isBodyElement)) return true;
  const labelled = closest(
    link,
    (box) => box.localName !== 'body' && box.localName !== 'html' && RELATED_LABEL.test(labelOf(box)),
    8,
  );
  if (labelled !== null && textOf(labelled).length < 4000) return true;
  return headingAbove(link);
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

/** The heading right before the list or group of links says that they are related stories. */
function headingAbove(link: PageElement): boolean {
  let box: PageElement | null = link;
  for (let level = 0; box !== null && level < 6; level++, box = box.parentElement) {
    let sibling: PageElement | null = box.previousElementSibling;
    for (
      let back = 0;
      sibling !== null && back < (level < 3 ? 12 : 2);
      back++, sibling = sibling.previousElementSibling
    ) {
      const text = textOf(sibling);
      if (text.length > 0 && text.length < 60 && RELATED_HEADING.test(text)) return true;
      if (/^h[1-6]$/.test(sibling.localName) && text.length > 0) break;
      if (text.length > 300) break;
    }
  }
  return false;
}
