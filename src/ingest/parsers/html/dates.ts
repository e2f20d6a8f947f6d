import type { StoryTime } from '../../../stories/story.ts';
import { type Claim, claim } from './claim.ts';
import type { Page } from './document.ts';
import { closest, labelOf, type PageElement, textOf } from './dom.ts';
import type { PageMetadata } from './metadata.ts';
import { readDateInText, readTimestamp } from './timestamps.ts';

const PUBLISHED_METAS = (
  'article:published_time article:published og:pubdate og:article:published_time pubdate pub_date publish-date publishdate publish_date ' +
  'publication_date published_time_telegram parsely-pub-date sailthru.date dc.date.issued dcterms.issued dcterms.created dc.date.created ' +
  'dc.date date article_date_original cxenseparse:recs:publishtime rnews:datepublished'
).split(' ');
const MODIFIED_METAS = ['article:modified_time', 'og:updated_time', 'dcterms.modified', 'last-modified', 'lastmod'];
const DATE_LABEL = /date|time|publish|posted|byline|dateline|meta|info/;
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

/** Dates in `time` elements and in short date lines around the headline, the nearest first. */
function shownDates(page: Page, context: DateContext): Claim<StoryTime>[] {
  const start = context.headline === null ? 0 : page.elements.indexOf(context.headline);
  const found: { claim: Claim<StoryTime>; distance: number }[] = [];
  for (let index = Math.max(0, start - 80); index < Math.min(page.elements.length, start + 250); index++) {
    const element = page.elements[index] as PageElement;
    const isTime = element.localName === 'time';
    if (!isTime && !DATE_LABEL.test(labelOf(element)) && !(element.children.length <= 2 && index > start)) continue;
    const text = textOf(element);
    if (text.length > 110 || (!isTime && !/\d{4}/.test(text)) || isAside(element) || UPDATED.test(text.slice(0, 30)))
      continue;
    const place = isTime ? 'time' : `${element.localName}.${labelOf(element).split(' ')[0]}`;
    const distance = index >= start ? index - start : (start - index) * 3;
    const attribute = element.getAttribute('datetime');
    const times = [
      attribute ? readTimestamp(attribute, context.receivedAt, context.timeZone) : null,
      readDateInText(text, context.language, context.receivedAt, context.timeZone),
    ];
    for (const time of times) {
      if (time !== null) found.push({ claim: claim(time, 'dom', place, isTime ? 75 : 60), distance });
    }
  }
  return found.sort((a, b) => a.distance - b.distance).map((entry) => entry.claim);
}

function isAside(element: PageElement): boolean {
  return (
    closest(
      element,
      (box) =>
        /^(?:nav|aside|footer|li)$/.test(box.localName) ||
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

const HOUR = 3_600_000;

function weigh(
  stated: Claim<StoryTime>[],
  shown: Claim<StoryTime>[],
  all: Claim<StoryTime>[],
  modified: Claim<StoryTime> | null,
): Claim<StoryTime> | null {
  const exact = stated.find(({ value }) => isExact(value));
  let chosen = exact ?? stated.find(({ value }) => value.precision === 'TIME') ?? stated[0] ?? shown[0] ?? null;
  if (chosen === null) return null;
  const first = shown[0];
  // The change handed out as the publication: the reader is shown an earlier day.
  const isModified = modified !== null && modified.value.instant.getTime() === chosen.value.instant.getTime();
  if (first !== undefined && isModified && chosen.value.instant.getTime() - first.value.instant.getTime() > 24 * HOUR)
    chosen = first;
  const corrected = shown.find(({ value }) => isExact(value) && isSameClock(value, (chosen as Claim<StoryTime>).value));
  if (corrected !== undefined) return corrected;
  return isExact(chosen.value) ? chosen : (sharper(chosen.value, all) ?? chosen);
}

function isExact(time: StoryTime): boolean {
  return time.precision === 'TIME' && time.zone !== null;
}

/** Same minute and offset, but apart by just that offset: one of them wrote UTC's clock with the local offset. */
function isSameClock(shown: StoryTime, stated: StoryTime): boolean {
  if (shown.zone === null || shown.zone !== stated.zone || !/^[+-]/.test(shown.zone)) return false;
  const offset = Number(shown.zone.slice(1, 3)) * HOUR + Number(shown.zone.slice(4)) * 60_000;
  return Math.abs(shown.instant.getTime() - stated.instant.getTime()) === offset;
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
