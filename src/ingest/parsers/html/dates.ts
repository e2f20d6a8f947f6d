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
  return { published: weigh(stated, shown, all), modified };
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
    if (!isTime && !DATE_LABEL.test(labelOf(element)) && !(element.children.length === 0 && index > start)) continue;
    const text = textOf(element);
    if (text.length > 110 || (!isTime && !/\d{4}/.test(text)) || isAside(element) || UPDATED.test(text.slice(0, 30)))
      continue;
    const attribute = element.getAttribute('datetime');
    const time =
      (attribute && readTimestamp(attribute, context.receivedAt, context.timeZone)) ||
      readDateInText(text, context.language, context.receivedAt, context.timeZone);
    if (time === null) continue;
    const distance = index >= start ? index - start : (start - index) * 3;
    found.push({
      claim: claim(
        time,
        'dom',
        isTime ? 'time' : `${element.localName}.${labelOf(element).split(' ')[0]}`,
        isTime ? 75 : 60,
      ),
      distance,
    });
  }
  return found.sort((a, b) => a.distance - b.distance).map((entry) => entry.claim);
}

function isAside(element: PageElement): boolean {
  return (
    closest(
      element,
      (box) =>
        /^(?:nav|aside|footer|li)$/.test(box.localName) ||
        /related|sidebar|comment|recommend|popular|trending|latest/.test(labelOf(box)),
      6,
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
): Claim<StoryTime> | null {
  const exact = stated.find(({ value }) => value.precision === 'TIME' && value.zone !== null);
  const chosen = exact ?? stated.find(({ value }) => value.precision === 'TIME') ?? stated[0] ?? shown[0] ?? null;
  if (chosen === null) return null;
  if (chosen.value.precision === 'TIME' && chosen.value.zone !== null) return chosen;
  // A day, or a clock without its zone: another claim may say the same thing more exactly.
  const sharper = all.find(
    ({ value }) =>
      value.precision === 'TIME' &&
      value.zone !== null &&
      Math.abs(value.instant.getTime() - chosen.value.instant.getTime()) <=
        (chosen.value.precision === 'DAY' ? 38 : 14) * HOUR &&
      (chosen.value.precision === 'DAY' || value.instant.getUTCMinutes() === chosen.value.instant.getUTCMinutes()),
  );
  return sharper ?? chosen;
}
