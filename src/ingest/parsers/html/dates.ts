import type { StoryTime } from '../../../stories/story.ts';
import { readTime } from '../page-text/time-lines.ts';
import { type Claim, claim } from './claim.ts';
import type { Page } from './document.ts';
import { closest, labelOf, oneLine, type PageElement, shortTextOf, TEXT_NODE } from './dom.ts';
import type { PageMetadata } from './metadata.ts';
import { readTimestamp } from './timestamps.ts';

const PUBLISHED_METAS = (
  'article:published_time article:published og:pubdate og:article:published_time pubdate pub_date publish-date publishdate publish_date ' +
  'publication_date published_time_telegram parsely-pub-date sailthru.date dc.date.issued dcterms.issued dcterms.created dc.date.created ' +
  'dc.date date article_date_original cxenseparse:recs:publishtime rnews:datepublished'
).split(' ');
const MODIFIED_METAS = ['article:modified_time', 'og:updated_time', 'dcterms.modified', 'last-modified', 'lastmod'];
const UPDATED = /updated|modified|aktualisiert|mis à jour|atualizad|actualizad|aggiornat|bijgewerkt|수정/i;

export interface PageDates {
  published: Claim<StoryTime> | null;
  modified: Claim<StoryTime> | null;
}

interface DateContext {
  receivedAt: Date;
  timeZone: string | null;
  language: string;
  headline: PageElement | null;
}

/**
 * When the page was first published and last changed. Metadata come first since they carry zones; what the reader sees
 * decides between them where they contradict each other, and is used alone where they are missing.
 */
export function findDates(page: Page, metadata: PageMetadata, context: DateContext): PageDates {
  const stated = statedDates(metadata, context);
  const shown = shownDates(page, context);
  const all = [...stated, ...shown];
  const modified = modifiedDate(metadata, context);
  return { published: weigh(stated, shown, all, modified), modified };
}

function statedDates(metadata: PageMetadata, context: DateContext): Claim<StoryTime>[] {
  const texts: [string | null | undefined, string, string, number][] = [
    [metadata.schema?.datePublished, 'json-ld', 'datePublished', 90],
    ...PUBLISHED_METAS.map((name): [string | null, string, string, number] => [
      metadata.meta(name),
      'meta',
      `meta[${name}]`,
      85,
    ]),
    [metadata.itemprop('datePublished'), 'microdata', '[itemprop=datePublished]', 85],
    [metadata.itemprop('dateCreated'), 'microdata', '[itemprop=dateCreated]', 70],
    [metadata.schema?.dateCreated, 'json-ld', 'dateCreated', 70],
  ];
  return texts.flatMap(([text, reader, place, confidence]) => {
    const time = text ? readTimestamp(text, context.receivedAt, context.timeZone) : null;
    return time === null ? [] : [claim(time, reader, place, confidence)];
  });
}

/** A shown date and how far from the headline it stands, in elements. */
interface ShownDate extends Claim<StoryTime> {
  distance: number;
  /** In words a reader sees, not in an attribute. */
  isPrinted: boolean;
}

/** Characters of a line that says when, at most. */
const DATE_LINE = 110;

/** Dates in `time` elements and in short date lines around the headline, the nearest first. */
function shownDates(page: Page, context: DateContext): ShownDate[] {
  const start = context.headline === null ? 0 : page.elements.indexOf(context.headline);
  const found: ShownDate[] = [];
  const read = new Map<string, StoryTime | null>();
  const monthFirst = /^en(?:-(?:US|PH))?$/i.test(context.language);
  for (let index = Math.max(0, start - 80); index < Math.min(page.elements.length, start + 250); index++) {
    const element = page.elements[index] as PageElement;
    const isTime = element.localName === 'time';
    const attribute = isTime || element.hasAttribute('datetime') ? element.getAttribute('datetime') : null;
    const text = dateLineOf(element);
    const says = text !== null && (/\d{4}/.test(text) || (isTime && /\d/.test(text)));
    if ((!says && !attribute) || UPDATED.test((text ?? '').slice(0, 30)) || isAside(element)) continue;
    const place = isTime ? 'time' : `${element.localName}.${labelOf(element).split(' ')[0]}`;
    const distance = index >= start ? index - start : (start - index) * 3;
    if (says && !read.has(text)) read.set(text, readTime(text, { ...context, monthFirst }));
    const inAttribute = attribute ? readTimestamp(attribute, context.receivedAt, context.timeZone) : null;
    const printed = says ? (read.get(text) ?? null) : null;
    if (printed?.zone === '+00:00') printed.zone = 'UTC';
    if (inAttribute !== null)
      found.push({ ...claim(inAttribute, 'dom', place, isTime ? 75 : 60), distance, isPrinted: false });
    if (printed !== null) found.push({ ...claim(printed, 'dom', place, isTime ? 75 : 60), distance, isPrinted: true });
  }
  return found.sort((a, b) => a.distance - b.distance);
}

/** What an element says on one line, or where it holds more than that, the line that stands in it without an element of its own. */
function dateLineOf(element: PageElement): string | null {
  const whole = shortTextOf(element, DATE_LINE);
  if (whole !== null) return whole;
  for (let node = element.firstChild; node !== null; node = node.nextSibling) {
    if (node.nodeType !== TEXT_NODE || node.textContent.length > 2 * DATE_LINE) continue;
    const line = oneLine(node.textContent);
    if (/\d{4}/.test(line) && line.length <= 60) return line;
  }
  return null;
}

function isAside(element: PageElement): boolean {
  return (
    closest(
      element,
      (box) =>
        /^(?:nav|aside|footer)$/.test(box.localName) ||
        (box.localName === 'li' && !/meta|info|date|time|byline/.test(labelOf(box))) ||
        /(?:^|[\s_-])(?:related\w*|sidebar|comments?|recommend\w*|popular|trending|latest)(?:$|[\s_-])/.test(
          labelOf(box),
        ),
      4,
    ) !== null
  );
}

function modifiedDate(metadata: PageMetadata, context: DateContext): Claim<StoryTime> | null {
  const texts: [string | null | undefined, string, string][] = [
    [metadata.schema?.dateModified, 'json-ld', 'dateModified'],
    [metadata.itemprop('dateModified'), 'microdata', '[itemprop=dateModified]'],
    ...MODIFIED_METAS.map((name): [string | null, string, string] => [metadata.meta(name), 'meta', `meta[${name}]`]),
  ];
  for (const [text, reader, place] of texts) {
    const time = text ? readTimestamp(text, context.receivedAt, context.timeZone) : null;
    if (time !== null) return claim(time, reader, place, 80);
  }
  return null;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Elements between the headline and a line that is surely its own. */
const NEAR_HEADLINE = 60;

function weigh(
  stated: Claim<StoryTime>[],
  shown: ShownDate[],
  all: Claim<StoryTime>[],
  modified: Claim<StoryTime> | null,
): Claim<StoryTime> | null {
  const exact = stated.find(({ value }) => isExact(value));
  let chosen = exact ?? stated.find(({ value }) => value.precision === 'TIME') ?? stated[0] ?? shown[0] ?? null;
  if (chosen === null) return null;
  const { instant } = chosen.value;
  const first = shown[0];
  const isModified = modified !== null && modified.value.instant.getTime() === instant.getTime();
  const isShown = shown.some(
    ({ value }) => apart(value, (chosen as Claim<StoryTime>).value) <= (value.precision === 'DAY' ? 38 : 14) * HOUR,
  );
  // The change handed out as the publication: the reader is shown an earlier day, and nowhere this one.
  if (first !== undefined && isModified && !isShown && first.value.instant < instant) chosen = first;
  const corrected = printedInstead(chosen.value, shown);
  if (corrected !== undefined) return corrected;
  return isExact(chosen.value) ? chosen : (sharper(chosen.value, all) ?? chosen);
}

/**
 * A clock printed with its zone beside the headline, where it differs from the stated one. By whole half hours: templates
 * write one zone's clock with another one's offset, and the printed line is the one that readers check. Or earlier:
 * what metadata call published moves with each edit.
 */
function printedInstead(stated: StoryTime, shown: ShownDate[]): Claim<StoryTime> | undefined {
  const near = shown.filter(({ value, distance }) => isExact(value) && distance < NEAR_HEADLINE);
  if (!isExact(stated) || near.some(({ value }) => apart(value, stated) < MINUTE)) return undefined;
  return near.find(({ value, isPrinted }) => {
    const isShifted = apart(value, stated) <= 14 * HOUR && apart(value, stated) % (HOUR / 2) < MINUTE;
    return isShifted ? isPrinted || isSameClock(value, stated) : value.instant < stated.instant;
  });
}

/** Same offset, and apart by just that offset: one of them wrote UTC's clock with the local offset. */
function isSameClock(shown: StoryTime, stated: StoryTime): boolean {
  if (shown.zone === null || shown.zone !== stated.zone || !/^[+-]/.test(shown.zone)) return false;
  return apart(shown, stated) === Number(shown.zone.slice(1, 3)) * HOUR + Number(shown.zone.slice(4)) * MINUTE;
}

function apart(one: StoryTime, other: StoryTime): number {
  return Math.abs(one.instant.getTime() - other.instant.getTime());
}

function isExact(time: StoryTime): boolean {
  return time.precision === 'TIME' && time.zone !== null;
}

/** Says the same as a day, or as a clock without its zone, but more exactly. */
function sharper(time: StoryTime, all: Claim<StoryTime>[]): Claim<StoryTime> | undefined {
  const isDay = time.precision === 'DAY';
  return all.find(
    ({ value }) =>
      isExact(value) &&
      Math.abs(value.instant.getTime() - time.instant.getTime()) <= (isDay ? 38 : 14) * HOUR &&
      (isDay || value.instant.getUTCMinutes() === time.instant.getUTCMinutes()),
  );
}
