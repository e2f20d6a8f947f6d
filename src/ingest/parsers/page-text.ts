import {
  emptyStory,
  type ParsedItem,
  ParseError,
  type Parser,
  type Provenance,
  type Story,
  type StoryTime,
} from '../../stories/story.ts';
import { findBody } from './page-text/body.ts';
import { type FoundByline, readByline } from './page-text/byline.ts';
import { agencyIn } from './page-text/credits.ts';
import { findDateline } from './page-text/dateline.ts';
import { findHeadline } from './page-text/headline.ts';
import { languageOf } from './page-text/language.ts';
import { type Line, readLines } from './page-text/lines.ts';
import { findPhotos } from './page-text/photo.ts';
import { findRelated } from './page-text/related.ts';
import { findEchoes } from './page-text/repeats.ts';
import { findCopyright, findSource } from './page-text/source.ts';
import { findTags } from './page-text/tags.ts';
import { isDateLine, readTime, type TimeReading } from './page-text/time-lines.ts';

/** How far below the headline a date and a byline are looked for. */
const HEAD_REACH = 12;

/**
 * Reads the unmarked text of a story page as a scraper or a reader's clipboard leaves it. Yields one STORY; what the
 * page does not show is null. Throws {@link ParseError} for "pageText" (empty, binary), "headline" and "body".
 */
export const parsePageText: Parser = (input, context): ParsedItem[] => {
  const lines = readLines(input);
  const provenance: Provenance = {};
  const note = (field: keyof Story, place: string, confidence: number) => {
    provenance[field] = { reader: 'page-text', place, confidence };
  };
  const at = (index: number) => `line ${lines[index]?.number}`;

  const headline = findHeadline(lines);
  if (headline === null) {
    throw new ParseError(
      'headline',
      'No headline found: the page text must begin with the title or headline of the story.',
    );
  }
  const story = emptyStory(headline.headline);
  note('headline', at(headline.indices[0] ?? 0), headline.confidence);

  const copyright = findCopyright(lines);
  const source = findSource(headline.titleTail, copyright, lines, context.url);
  if (source !== null) {
    story.source = source.source;
    note('source', source.place, source.confidence);
  }
  if (copyright !== null) {
    story.copyrightNotice = copyright.notice;
    note('copyrightNotice', at(copyright.index), 90);
  }

  const below = (headline.indices[0] ?? 0) + 1;
  story.language =
    languageOf(
      lines
        .map((line) => line.text)
        .filter((text) => text.length > 60)
        .join('\n'),
    ) ??
    source?.known?.language ??
    null;
  if (story.language !== null) note('language', 'text', 90);

  const reading: TimeReading = {
    receivedAt: context.receivedAt,
    timeZone: context.timeZone ?? source?.known?.timeZone ?? null,
    language: story.language,
    monthFirst: isMonthFirst(source?.known?.country ?? null, story.language),
  };
  const taken = new Set<number>();
  const time = findTime(lines, below, reading);
  if (time !== null) {
    story.datePublished = time.time;
    taken.add(time.index);
    note('datePublished', at(time.index), time.time.zone === null && time.time.precision === 'TIME' ? 60 : 90);
  }
  const byline = findByline(lines, below);
  if (byline !== null) {
    story.byline = byline.found.byline;
    story.authors = byline.found.authors;
    taken.add(byline.index);
    note('byline', at(byline.index), 85);
    if (story.authors.length > 0) note('authors', at(byline.index), 85);
  }

  const related = findRelated(lines, below);
  story.related = related.related;
  if (related.indices[0] !== undefined) note('related', at(related.indices[0]), 85);
  const tags = findTags(lines, below);
  if (tags !== null) {
    story.tags = tags.tags;
    note('tags', at(tags.index), 90);
  }

  for (const index of related.indices) taken.add(index);
  const photos = findPhotos(lines, below, taken);
  const body = findBody(lines, {
    headlines: new Set(headline.indices),
    asides: new Set([...related.indices, ...photos.flatMap((photo) => photo.indices), ...findEchoes(lines)]),
    signs: findSigns(lines),
  });
  const [first = 0] = body;
  const last = body.at(-1);
  if (last === undefined) {
    throw new ParseError(
      'body',
      'No story text found below the headline: hand in the whole text of the page, with its paragraphs.',
    );
  }
  story.bodyText = body.map((index) => lines[index]?.text ?? '').join('\n\n');
  note('bodyText', `lines ${lines[first]?.number}–${lines[last]?.number}`, 80);

  const shown = photos.filter((photo) => photo.index <= last);
  story.photos = shown.map((found) => found.photo);
  if (shown[0] !== undefined) note('photos', at(shown[0].index), 80);

  const dateline = findDateline(lines[first]?.text ?? '');
  if (dateline !== null) {
    story.dateline = dateline.place;
    note('dateline', at(first), 90);
  }

  const photoAgency = agencyIn(story.photos[0]?.creditText ?? '');
  if (byline?.found.agency) {
    story.creditText = byline.found.agency;
    note('creditText', at(byline.index), 90);
  } else if (dateline?.agency) {
    story.creditText = dateline.agency;
    note('creditText', at(first), 90);
  } else if (byline === null && photoAgency !== null && shown[0] !== undefined) {
    // A page without a byline whose picture comes from an agency mostly has its text from there too.
    story.creditText = photoAgency;
    note('creditText', at(shown[0].index), 50);
  }
  return [{ kind: 'STORY', story, provenance }];
};

function findTime(
  lines: readonly Line[],
  from: number,
  reading: TimeReading,
): { time: StoryTime; index: number } | null {
  for (let index = from; index < Math.min(lines.length, from + HEAD_REACH); index += 1) {
    const text = lines[index]?.text ?? '';
    if (text.length > 120) continue;
    const time = readTime(text, reading);
    if (time !== null) return { time, index };
  }
  return null;
}

function findByline(lines: readonly Line[], from: number): { found: FoundByline; index: number } | null {
  for (let index = from; index < Math.min(lines.length, from + HEAD_REACH); index += 1) {
    const found = readByline(lines[index]?.text ?? '');
    if (found !== null) return { found, index };
  }
  return null;
}

function isMonthFirst(country: string | null, language: string | null): boolean {
  if (country !== null) return country === 'US' || country === 'PH';
  return language === null || language === 'en';
}

/** Lines that show a date or a byline. */
function findSigns(lines: readonly Line[]): Set<number> {
  const signs = new Set<number>();
  for (const [index, { text }] of lines.entries()) if (isDateLine(text) || readByline(text) !== null) signs.add(index);
  return signs;
}
