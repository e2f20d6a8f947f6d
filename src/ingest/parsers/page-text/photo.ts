import type { StoryPhoto } from '../../../stories/story.ts';
import { creditOf, splitCredit } from './credits.ts';
import { labelOf } from './labels.ts';
import type { Line } from './lines.ts';
import { endsSentence, wordCount } from './measure.ts';

export interface FoundPhoto {
  photo: StoryPhoto;
  /** Line that shows the caption or credit. */
  index: number;
  /** All lines that belong to the picture. */
  indices: number[];
}

/**
 * The pictures a page's text shows: captions that end in a credit, credit lines with the caption above them, and
 * captions printed twice (as alternative text too). `from` is the line below the headline; `taken` holds lines known
 * to be something else (date, byline, related titles), `echoes` lines printed twice. All are INLINE: which one leads
 * depends on where the body is.
 */
export function findPhotos(
  lines: readonly Line[],
  from: number,
  taken: ReadonlySet<number>,
  echoes: ReadonlySet<number>,
): FoundPhoto[] {
  const found: FoundPhoto[] = [];
  const textAt = (index: number) => (index >= from && !taken.has(index) ? (lines[index]?.text ?? '') : '');
  let sawProse = false;
  for (let index = from; index < lines.length; index += 1) {
    const text = textAt(index);
    const known = found.at(-1);
    if (text === '' || known?.indices.includes(index)) continue;
    const split = splitCredit(text);
    const credit = split?.credit ?? creditOf(text);
    if (credit === null) {
      sawProse ||=
        !echoes.has(index) && endsSentence(text) && wordCount(text) >= 15 && creditOf(textAt(index + 1)) === null;
      continue;
    }
    // Within the story the line above a lone credit is mostly a paragraph; above the story it is the caption.
    const isCaptionAbove = split === null && isCaption(textAt(index - 1)) && (!sawProse || echoes.has(index - 1));
    const captionAt = isCaptionAbove ? index - 1 : index;
    const caption = split?.caption ?? (isCaptionAbove ? textAt(index - 1) : null);
    const above = textAt(captionAt - 1);
    const isAlternative = isAlternativeText(above) && !known?.indices.includes(captionAt - 1);
    if (known !== undefined && isSamePicture(known, caption, credit, index)) {
      known.indices.push(index);
      continue;
    }
    const indices = [...new Set([...(isAlternative ? [captionAt - 1] : []), captionAt, index])];
    found.push({ photo: photo(caption, credit, isAlternative ? above : null), index, indices });
  }
  return found;
}

function isCaption(text: string): boolean {
  return wordCount(text) >= 4 && wordCount(text) <= 90 && labelOf(text) === null;
}

/** A credit line right below a caption that has it already, or the same caption printed again. */
function isSamePicture(known: FoundPhoto, caption: string | null, credit: string, index: number): boolean {
  const isNear = index - (known.indices.at(-1) ?? 0) <= 2;
  return isNear && (caption === null ? known.photo.creditText === credit : known.photo.caption === caption);
}

/** An image's alternative text stands right above its caption: a few words without a sentence's end. */
function isAlternativeText(text: string): boolean {
  return (
    text !== '' &&
    text.length <= 160 &&
    wordCount(text) <= 15 &&
    !/[.!?:]["'”’]?$/u.test(text) &&
    labelOf(text) === null
  );
}

function photo(caption: string | null, creditText: string, altText: string | null): StoryPhoto {
  return {
    uri: null,
    caption,
    altText: altText === caption ? null : altText,
    creditText,
    creator: null,
    copyrightNotice: null,
    dateCreated: null,
    contentLocation: null,
    digitalSourceType: null,
    renditions: [],
    role: 'INLINE',
  };
}
