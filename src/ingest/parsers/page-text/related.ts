import type { StoryRelated } from '../../../stories/story.ts';
import { labelOf } from './labels.ts';
import type { Line } from './lines.ts';
import { endsSentence } from './measure.ts';

/** A publisher lists a handful; what runs on longer is the next section of the page. */
const MOST = 10;
const BACKGROUND =
  /^(?:explainer|explained|background|timeline|factbox|q\s?&\s?a|fact check|analysis|backgrounder|hintergrund|contexte|décryptage|contexto|el contexto|entenda|scheda|achtergrond)\s*[:：|–—-]\s*/iu;

/** Titles under a "RELATED STORIES" line or behind "Read more:", with the lines they stand on. */
export function findRelated(lines: readonly Line[], from: number): { related: StoryRelated[]; indices: number[] } {
  const related: StoryRelated[] = [];
  const indices: number[] = [];
  const seen = new Set<string>();
  for (let index = from; index < lines.length; index += 1) {
    const text = lines[index]?.text ?? '';
    if (labelOf(text) !== 'RELATED') continue;
    indices.push(index);
    const inline = /^[^:：]{3,30}[:：]\s*(\S.{14,250})$/u.exec(text)?.[1];
    const titles = inline === undefined ? titlesBelow(lines, index + 1) : [];
    for (const at of titles) indices.push(at);
    for (const title of inline === undefined ? titles.map((at) => lines[at]?.text ?? '') : [inline]) {
      if (seen.has(title)) continue;
      seen.add(title);
      related.push({ title, url: null, uri: null, rel: BACKGROUND.test(title) ? 'BACKGROUND' : 'RELATED' });
    }
  }
  return { related, indices };
}

/** Lines below a label that read as headlines, up to the first that does not. */
function titlesBelow(lines: readonly Line[], start: number): number[] {
  const titles: number[] = [];
  for (let index = start; index < lines.length && titles.length < MOST; index += 1) {
    const text = lines[index]?.text ?? '';
    if (!isTitleLike(text)) break;
    titles.push(index);
  }
  return titles;
}

function isTitleLike(text: string): boolean {
  const words = text.split(' ').length;
  const isOpen = !endsSentence(text) || /[?!]["'”’]?$/u.test(text);
  return (
    text.length >= 15 && text.length <= 200 && (words >= 3 || text.length > 40) && isOpen && labelOf(text) === null
  );
}
