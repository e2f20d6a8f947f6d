/**
 * Scores what the context engine says of labelled stories and sets each figure beside its naive baselines. The
 * caller hands in the items of the real ingest path; nothing here knows how they came about.
 */
import type { StoryText } from '../src/context/terms.ts';
import { clusterByCentroid, clusterByTags, rankByBm25 } from './context-baselines.ts';
import {
  bCubed,
  type Clustering,
  type ContextItem,
  dayAccuracy,
  type MarkedStory,
  placeAccuracy,
  type RelatedFigures,
  relatedFigures,
} from './measures.ts';

/** A labelled story; order of the list is the order of the stream. */
export interface LabelledStory extends StoryText {
  id: string;
  event: string;
  /** Names of its tags, for the baseline. */
  tags: string[];
}

export interface ContextFigures {
  events: Clustering;
  related: RelatedFigures;
  baselines: { events: Record<string, Clustering>; related: Record<string, RelatedFigures> };
}

/**
 * Figures of one file. `stream` is everything that was ingested, in order; `file` the stories scored; related stories
 * of other files count as wrong.
 */
export function scoreEvents(
  items: Map<string, ContextItem>,
  file: LabelledStory[],
  stream: LabelledStory[],
): ContextFigures {
  const truth = new Map(file.map((story) => [story.id, story.event]));
  const events = (clusters: Map<string, string>) =>
    bCubed(file.map(({ id, event }) => ({ cluster: clusters.get(id) ?? `none ${id}`, truth: event })));
  const related = (ranked: Map<string, string[]>) => relatedFigures(ranked, truth);
  return {
    events: events(new Map([...items].map(([id, item]) => [id, item.event]))),
    related: related(new Map([...items].map(([id, item]) => [id, item.related]))),
    baselines: {
      events: {
        'same tags': events(clusterByTags(stream)),
        'TF-IDF to centroid': events(clusterByCentroid(stream)),
      },
      related: { 'full-text rank (BM25)': related(rankByBm25(stream)) },
    },
  };
}

/** Figures for stories whose day and place people marked, beside "the day of publication". */
export function scoreMarks(
  items: Map<string, ContextItem>,
  marked: MarkedStory[],
  published: Map<string, string | null>,
) {
  const days = new Map([...items].map(([id, item]) => [id, item.eventDate]));
  const places = new Map([...items].map(([id, item]) => [id, item.eventPlace]));
  return {
    day: dayAccuracy(days, marked),
    place: placeAccuracy(places, marked),
    baselines: { 'day of publication': dayAccuracy(published, marked) },
  };
}
