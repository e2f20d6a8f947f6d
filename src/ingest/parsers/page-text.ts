import {
  emptyStory,
  type ParsedItem,
  ParseError,
  type Parser,
  type Provenance,
  type Story,
} from '../../stories/story.ts';
import { findBody } from './page-text/body.ts';
import { readByline } from './page-text/byline.ts';
import { agencyIn } from './page-text/credits.ts';
import { isDateLine } from './page-text/date-lines.ts';
import { findDateline } from './page-text/dateline.ts';
import { findByline, findTime, headOrder } from './page-text/head.ts';
import { findHeadline, headlineAbove } from './page-text/headline.ts';
import { languageOf } from './page-text/language.ts';
import { type Line, readLines } from './page-text/lines.ts';
import { findPhotos } from './page-text/photo.ts';
import { findRelated, relatedBetween } from './page-text/related.ts';
import { findEchoes } from './page-text/repeats.ts';
import { findCopyright, findSource } from './page-text/source.ts';
import { findTags } from './page-text/tags.ts';

/** Below this, a line above the body may be a better headline than the document's title. */
const SURE_HEADLINE = 90;
/** Lines above and below the body within which photos and tags are still the story's own. */
const ABOVE_BODY = 25;
const BELOW_BODY = 40;

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

  const title = findHeadline(lines);
  if (title === null) {
    throw new ParseError(
      'headline',
      'No headline found: the page text must begin with the title or headline of the story.',
    );
  }
  const below = (title.indices[0] ?? 0) + 1;
  const signs = findSigns(lines);
  const related = findRelated(lines, below);
  const relatedLines = [...related.labels, ...related.found.map(({ index }) => index)];
  const echoes = findEchoes(lines);
  const photos = findPhotos(lines, below, new Set([...relatedLines, ...signs]), echoes);
  const asides = new Set([...relatedLines, ...photos.flatMap((photo) => photo.indices), ...echoes]);

  const body = findBody(lines, { headlines: new Set(title.indices), asides, signs });
  const [first = 0] = body;
  const last = body.at(-1);
  if (last === undefined) {
    throw new ParseError('body', 'No story text found: hand in the whole text of the page, with its paragraphs.');
  }

  const isOther = (index: number) => signs.has(index) || photos.some((photo) => photo.indices.includes(index));
  const better = title.confidence < SURE_HEADLINE ? headlineAbove(lines, title.headline, first, isOther) : null;
  const story = emptyStory(better === null ? title.headline : (lines[better]?.text ?? title.headline));
  note('headline', at(better ?? title.indices[0] ?? 0), better === null ? title.confidence : 80);
  story.bodyText = body.map((index) => lines[index]?.text ?? '').join('\n\n');
  note('bodyText', `lines ${lines[first]?.number}–${lines[last]?.number}`, 80);

  const copyright = findCopyright(lines);
  const source = findSource(title.titleTail, copyright, lines, context.url);
  if (source !== null) {
    story.source = source.source;
    note('source', source.place, source.confidence);
  }
  if (copyright !== null) {
    story.copyrightNotice = copyright.notice;
    note('copyrightNotice', at(copyright.index), 90);
  }
  story.language = languageOf(story.bodyText) ?? source?.known?.language ?? null;
  if (story.language !== null) note('language', 'the body', 90);

  const order = headOrder(better === null ? title.indices : [better], body, lines.length);
  const time = findTime(lines, order, {
    receivedAt: context.receivedAt,
    timeZone: context.timeZone ?? source?.known?.timeZone ?? null,
    language: story.language,
    monthFirst: isMonthFirst(source?.country ?? null, story.language),
  });
  if (time !== null) {
    story.datePublished = time.time;
    note('datePublished', at(time.index), time.time.zone === null && time.time.precision === 'TIME' ? 60 : 90);
  }
  const byline = findByline(lines, order, story.headline);
  if (byline !== null) {
    story.byline = byline.found.byline;
    story.authors = byline.found.authors;
    note('byline', at(byline.index), 85);
    if (story.authors.length > 0) note('authors', at(byline.index), 85);
  }
  const dateline = findDateline(lines[first]?.text ?? '');
  if (dateline !== null) {
    story.dateline = dateline.place;
    note('dateline', at(first), 90);
  }

  const links = relatedBetween(related.found, first, last + BELOW_BODY, story.headline);
  story.related = links.map((link) => link.related);
  if (links[0] !== undefined) note('related', at(links[0].index), 85);
  const tags = findTags(lines, first, last + BELOW_BODY);
  if (tags !== null) {
    story.tags = tags.tags;
    note('tags', at(tags.index), 90);
  }
  const shown = photos.filter(({ index }) => index <= last && index >= first - ABOVE_BODY);
  story.photos = shown.map((found, position) => ({ ...found.photo, role: position === 0 ? 'LEAD' : 'INLINE' }));
  if (shown[0] !== undefined) note('photos', at(shown[0].index), 80);

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

/** Lines that show a date or a byline. */
function findSigns(lines: readonly Line[]): Set<number> {
  const signs = new Set<number>();
  for (const [index, { text }] of lines.entries()) if (isDateLine(text) || readByline(text) !== null) signs.add(index);
  return signs;
}

/** Americans (and Filipinos, who learnt it from them) write the month first; so is English of unknown origin read. */
function isMonthFirst(country: string | null, language: string | null): boolean {
  if (country !== null) return country === 'US' || country === 'PH';
  return language === null || language === 'en';
}
