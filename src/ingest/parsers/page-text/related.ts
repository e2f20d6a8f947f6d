import type { StoryRelated } from '../../../stories/story.ts';
import { comparable } from './compare.ts';
import { isDateLine } from './date-lines.ts';
import type { Line } from './lines.ts';
import { endsSentence } from './measure.ts';

/** A publisher lists a handful; what runs on longer is the next section of the page. */
const MOST = 10;
const BACKGROUND =
  /^(?:explainer|explained|background|timeline|factbox|q\s?&\s?a|fact check|analysis|backgrounder|hintergrund|contexte|décryptage|contexto|el contexto|entenda|scheda|achtergrond)\s*[:：|–—-]\s*/iu;

export interface FoundRelated {
  related: StoryRelated;
  /** Line that shows the title. */
  index: number;
}

/** Titles under a "RELATED STORIES" line or behind "Read more:" from line `from` on; `labels` are the lines that announce them. */
export function findRelated(lines: readonly Line[], from: number): { found: FoundRelated[]; labels: number[] } {
  const found: FoundRelated[] = [];
  const labels: number[] = [];
  for (let index = from; index < lines.length; index += 1) {
    const text = lines[index]?.text ?? '';
    if (lines[index]?.label !== 'RELATED') continue;
    labels.push(index);
    const inline = /^[^:：]{3,30}[:：]\s*(\S.{14,250})$/u.exec(text)?.[1];
    if (inline === undefined) {
      for (const below of titlesBelow(lines, index + 1)) found.push(toRelated(lines[below]?.text ?? '', below));
    } else found.push(toRelated(inline, index));
  }
  return { found, labels };
}

function toRelated(title: string, index: number): FoundRelated {
  return { related: { title, url: null, uri: null, rel: BACKGROUND.test(title) ? 'BACKGROUND' : 'RELATED' }, index };
}

/** Each title once, in order, of the lines from `from` to `to`; without the story's own. */
export function relatedBetween(
  found: readonly FoundRelated[],
  from: number,
  to: number,
  headline: string,
): FoundRelated[] {
  const seen = new Set([comparable(headline)]);
  return found.filter(({ related, index }) => {
    const key = comparable(related.title);
    if (index < from || index > to || seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** Lines below a label that read as headlines, up to the first that does not. */
function titlesBelow(lines: readonly Line[], start: number): number[] {
  const titles: number[] = [];
  for (let index = start; index < lines.length && titles.length < MOST; index += 1) {
    const line = lines[index];
    if (line === undefined || !isTitleLike(line)) break;
    titles.push(index);
  }
  return titles;
}

function isTitleLike({ text, label }: Line): boolean {
  const words = text.split(' ').length;
  const isOpen = !endsSentence(text) || /[?!]["'”’]?$/u.test(text);
  return (
    text.length >= 15 &&
    text.length <= 200 &&
    (words >= 3 || text.length > 40) &&
    isOpen &&
    label === null &&
    !isDateLine(text)
  );
}
