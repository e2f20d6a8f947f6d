/**
 * The measures of `bench:context`, as pure functions over items, so that anybody can score the same items again.
 * "Truth" is the event label of the data; stories with the same label are each other's relatives.
 */

/** What the system said of one story; the shape of `items[id]` in the file a bench writes. */
export interface ContextItem {
  /** Cluster id. */
  event: string;
  /** Ids of related stories, best first. */
  related: string[];
  /** `YYYY-MM-DD`. */
  eventDate: string | null;
  eventPlace: string | null;
}

export interface Clustering {
  precision: number;
  recall: number;
  f1: number;
}

/** B-cubed: for each story the share of its cluster that is of its event, and of its event that is in its cluster. */
export function bCubed(stories: { cluster: string; truth: string }[]): Clustering {
  const clusters = countBy(stories, (story) => story.cluster);
  const truths = countBy(stories, (story) => story.truth);
  const both = countBy(stories, (story) => JSON.stringify([story.cluster, story.truth]));
  let precision = 0;
  let recall = 0;
  for (const story of stories) {
    const right = both.get(JSON.stringify([story.cluster, story.truth])) ?? 0;
    precision += right / (clusters.get(story.cluster) ?? 1);
    recall += right / (truths.get(story.truth) ?? 1);
  }
  precision /= stories.length || 1;
  recall /= stories.length || 1;
  return { precision, recall, f1: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall) };
}

export interface RelatedFigures {
  /** Of the first min(4, relatives) places, the share that holds a relative; mean over stories with relatives. */
  firstFour: number;
  /** Relatives among the first ten / min(10, relatives). */
  recallAt10: number;
  /** Share of the stories without a relative that are given none; null where every story has one. */
  noneRate: number | null;
}

/** Scores related stories; `truth` maps each story of the file to its event. */
export function relatedFigures(items: Map<string, string[]>, truth: Map<string, string>): RelatedFigures {
  const sizes = countBy([...truth.values()], (event) => event);
  const fours: number[] = [];
  const recalls: number[] = [];
  const alone: number[] = [];
  for (const [id, event] of truth) {
    const relatives = (sizes.get(event) ?? 1) - 1;
    const related = items.get(id) ?? [];
    if (relatives === 0) {
      alone.push(related.length === 0 ? 1 : 0);
      continue;
    }
    const right = (ids: string[]) => ids.filter((other) => other !== id && truth.get(other) === event).length;
    const places = Math.min(4, relatives);
    fours.push(right(related.slice(0, places)) / places);
    recalls.push(right(related.slice(0, 10)) / Math.min(10, relatives));
  }
  return { firstFour: mean(fours), recallAt10: mean(recalls), noneRate: alone.length > 0 ? mean(alone) : null };
}

/** A story whose event's day and place people marked. */
export interface MarkedStory {
  id: string;
  /** Days people named, any of which is right. */
  days: string[];
  /** Phrases people marked as the place, any of which is right. */
  places: string[];
}

/** Share of marked stories with the right day. */
export function dayAccuracy(items: Map<string, string | null>, marked: MarkedStory[]): number {
  const scored = marked.filter((story) => story.days.length > 0);
  return mean(scored.map((story) => (story.days.includes(items.get(story.id) ?? '') ? 1 : 0)));
}

/**
 * Share of marked stories with the right place: ours holds a marked phrase or is held by one, compared as words
 * without case, articles and prepositions ("in British stores" is right for "British stores").
 */
export function placeAccuracy(items: Map<string, string | null>, marked: MarkedStory[]): number {
  const scored = marked.filter((story) => story.places.length > 0);
  return mean(
    scored.map((story) => {
      const ours = placeWords(items.get(story.id) ?? '');
      const right = story.places.some((place) => holds(placeWords(place), ours) || holds(ours, placeWords(place)));
      return right ? 1 : 0;
    }),
  );
}

export interface TopicFigures {
  /** The one top-level topic is right. */
  top: number;
  /** Share of the true codes found among the first three. */
  codesInThree: number;
}

/** Scores topics against labelled ones; codes without prefix. */
export function topicFigures(
  items: Map<string, { topics: string[]; topicTop: string | null }>,
  labelled: { id: string; codes: string[]; top: string }[],
): TopicFigures {
  const of = (id: string) => items.get(id) ?? { topics: [], topicTop: null };
  const codes = labelled.filter((story) => story.codes.length > 0);
  return {
    top: mean(labelled.map((story) => (of(story.id).topicTop === story.top ? 1 : 0))),
    codesInThree: mean(
      codes.map((story) => {
        const first = of(story.id).topics.slice(0, 3);
        return story.codes.filter((code) => first.includes(code)).length / Math.min(3, story.codes.length);
      }),
    ),
  };
}

function placeWords(place: string): string[] {
  const words = place.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.filter((word) => !/^(?:the|in|at|near|outside|of|on|from|s)$/.test(word));
}

function holds(whole: string[], part: string[]): boolean {
  return part.length > 0 && part.every((word) => whole.includes(word));
}

function countBy<T>(values: T[], key: (value: T) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(key(value), (counts.get(key(value)) ?? 0) + 1);
  return counts;
}

function mean(values: number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
