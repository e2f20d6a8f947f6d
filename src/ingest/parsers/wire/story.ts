/** The last step every wire parser shares: text-only rules, the provenance of each field, story or rejection. */
import type { ParsedItem, Provenance, Story } from '../../../stories/story.ts';
import { datelineOfText, saysCorrection } from './lines.ts';
import { firstSentence } from './plain-text.ts';
import { uniqueTags } from './tags.ts';

export interface WireDraft {
  /** "ninjs", "newsml-g2" … */
  reader: string;
  /** The item's headline, or null where it has none. */
  headline: string | null;
  /** Other names of the item, best first, for a kill that carries no headline. */
  labels: (string | null)[];
  story: Omit<Story, 'headline'>;
  /** Where each field stands in the input. */
  places: Partial<Record<keyof Story, string>>;
  /** True for a mere reference to a story (an entry of a news sitemap), which is stored without text. */
  isReference?: boolean;
  /** Place of the item itself, for fields without a place of their own. */
  place: string;
}

/**
 * Turns a draft into its outcome. An item with neither text nor abstract is no story (a kill is: it must reach the
 * story it ends); one whose only text is its abstract takes that as its text; one with text but no headline is
 * headed by the text's own first sentence, with low confidence. Nothing else is made up.
 */
export function finishStory(draft: WireDraft): ParsedItem {
  const { story, reader } = draft;
  const killed = story.pubStatus === 'CANCELED';
  const bodyText = story.bodyText || (killed ? '' : (story.abstract ?? ''));
  if (!bodyText && !killed && !draft.isReference) {
    return {
      kind: 'REJECTED',
      reason: `Not a story: ${nameOf(draft)} has ${draft.headline ? 'a headline but ' : ''}no text.`,
    };
  }
  const ownWords = firstSentence(story.abstract ?? bodyText);
  const label = killed ? [...draft.labels, story.uri].find((name) => name) : null;
  const headline = draft.headline ?? label ?? ownWords;
  if (!headline)
    return { kind: 'REJECTED', reason: 'Not a story: the item names neither itself nor the story it withdraws.' };
  const printed = datelineOfText(bodyText);
  const full: Story = {
    ...story,
    headline,
    bodyText,
    dateline: printed.place ?? story.dateline,
    creditText: story.creditText ?? printed.agency,
    isCorrection: story.isCorrection || saysCorrection(headline, story.edNote),
    tags: uniqueTags(story.tags),
  };
  const unsure: Partial<Record<keyof Story, number>> = {
    headline: draft.headline ? 100 : 40,
    bodyText: story.bodyText || killed ? 100 : 60,
    dateline: printed.place ? 90 : 80,
    authors: 85,
  };
  const places = { ...draft.places };
  if (!draft.headline) places.headline = 'first sentence of the text';
  if (printed.place) places.dateline = 'start of the text';
  const provenance: Provenance = {};
  for (const [field, value] of Object.entries(full) as [keyof Story, unknown][]) {
    const stated = Array.isArray(value) ? value.length > 0 : value !== null && value !== false && value !== '';
    if (!stated) continue;
    provenance[field] = { reader, place: places[field] ?? draft.place, confidence: unsure[field] ?? 100 };
  }
  return { kind: 'STORY', story: full, provenance };
}

/** How a rejection names the item it is about. */
function nameOf(draft: WireDraft): string {
  const name = draft.headline ?? draft.story.uri;
  return name ? `"${name}"` : 'the item';
}
