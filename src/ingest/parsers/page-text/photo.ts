import type { StoryPhoto } from '../../../stories/story.ts';
import { creditOf, splitCredit } from './credits.ts';
import { labelOf } from './labels.ts';
import type { Line } from './lines.ts';

export interface FoundPhoto {
  photo: StoryPhoto;
  /** Line that shows the caption or credit. */
  index: number;
  /** All lines that belong to the picture. */
  indices: number[];
}

/**
 * The pictures a page's text shows: captions that end in a credit, and lone credit lines. `from` is the line below
 * the headline, `taken` holds lines already known to be something else (date, byline).
 */
export function findPhotos(lines: readonly Line[], from: number, taken: ReadonlySet<number>): FoundPhoto[] {
  const found: FoundPhoto[] = [];
  for (let index = from; index < lines.length; index += 1) {
    const text = lines[index]?.text ?? '';
    if (taken.has(index)) continue;
    const caption = splitCredit(text);
    const credit = caption?.credit ?? creditOf(text);
    if (credit === null) continue;
    const above = index - 1;
    const alternative =
      above >= from && !taken.has(above) && isAlternativeText(lines[above]?.text ?? '') ? above : null;
    found.push({
      photo: photo(caption?.caption ?? null, credit, alternative === null ? null : (lines[alternative]?.text ?? null)),
      index,
      indices: alternative === null ? [index] : [alternative, index],
    });
  }
  for (const [position, { photo }] of found.entries()) photo.role = position === 0 ? 'LEAD' : 'INLINE';
  return found;
}

/** An image's alternative text stands right above its caption: a few words without a sentence's end. */
function isAlternativeText(text: string): boolean {
  return text.split(' ').length <= 15 && text.length <= 160 && !/[.!?:]["'”’]?$/u.test(text) && labelOf(text) === null;
}

function photo(caption: string | null, creditText: string, altText: string | null): StoryPhoto {
  return {
    uri: null,
    caption,
    altText,
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
