/** The naive ways of finding events and related stories that ours is measured against. Plain on purpose. */
import { similarity } from '../src/context/score.ts';
import { createTermStatistics, type StoryText, type TermWeights, tokenise, weighTerms } from '../src/context/terms.ts';

interface BaselineStory extends StoryText {
  id: string;
  tags: string[];
}

/** Tags in common over tags of both (Jaccard) from which on two stories count as one event. */
const SAME_TAGS = 0.3;
/** Cosine to the centroid from which on a story joins, as tuned on the development part. */
const NEAR_CENTROID = 0.22;
/** The usual constants of BM25, and the share of a story's score with itself below which nothing is related. */
const BM25 = { k1: 1.2, b: 0.75, least: 0.1 };

/** Joins a story to the event of the earlier story whose tags are most alike. */
export function clusterByTags(stories: BaselineStory[]): Map<string, string> {
  const clusters = new Map<string, string>();
  stories.forEach((story, index) => {
    let best = { overlap: 0, cluster: story.id };
    for (const earlier of stories.slice(0, index)) {
      const shared = story.tags.filter((tag) => earlier.tags.includes(tag)).length;
      const overlap = shared / (new Set([...story.tags, ...earlier.tags]).size || 1);
      if (overlap > best.overlap) best = { overlap, cluster: clusters.get(earlier.id) ?? earlier.id };
    }
    clusters.set(story.id, best.overlap >= SAME_TAGS ? best.cluster : story.id);
  });
  return clusters;
}

/** Joins a story to the event whose summed terms are nearest by cosine. */
export function clusterByCentroid(stories: BaselineStory[]): Map<string, string> {
  const statistics = createTermStatistics();
  const centroids = new Map<string, TermWeights>();
  const clusters = new Map<string, string>();
  for (const story of stories) {
    const { all } = weighTerms(story);
    statistics.add(all.keys());
    let best = { alike: NEAR_CENTROID, cluster: story.id };
    for (const [cluster, centroid] of centroids) {
      const alike = similarity(all, centroid, statistics);
      if (alike > best.alike) best = { alike, cluster };
    }
    const centroid = new Map(centroids.get(best.cluster));
    for (const [term, weight] of all) centroid.set(term, (centroid.get(term) ?? 0) + weight);
    centroids.set(best.cluster, centroid);
    clusters.set(story.id, best.cluster);
  }
  return clusters;
}

/** Ranks all other stories by BM25 with the headline and lead as the question: up to ten for each story. */
export function rankByBm25(stories: BaselineStory[]): Map<string, string[]> {
  const documents = stories.map((story) => tokenise(`${story.headline} ${story.lead} ${story.body}`));
  const average = documents.reduce((sum, tokens) => sum + tokens.length, 0) / (documents.length || 1);
  const postings = new Map<string, Map<number, number>>();
  documents.forEach((tokens, index) => {
    for (const token of tokens) {
      const list = postings.get(token) ?? new Map<number, number>();
      postings.set(token, list.set(index, (list.get(index) ?? 0) + 1));
    }
  });
  return new Map(
    stories.map((story, own) => {
      const scores = new Map<number, number>();
      for (const token of new Set(tokenise(`${story.headline} ${story.lead}`))) {
        const list = postings.get(token) ?? new Map<number, number>();
        const rarity = Math.log(1 + (stories.length - list.size + 0.5) / (list.size + 0.5));
        for (const [index, count] of list) {
          const length = (documents[index]?.length ?? 0) / (average || 1);
          const gain = (count * (BM25.k1 + 1)) / (count + BM25.k1 * (1 - BM25.b + BM25.b * length));
          scores.set(index, (scores.get(index) ?? 0) + rarity * gain);
        }
      }
      const least = BM25.least * (scores.get(own) ?? 0);
      const ranked = [...scores]
        .filter(([index, score]) => index !== own && score >= least)
        .sort((a, b) => b[1] - a[1]);
      return [story.id, ranked.slice(0, 10).flatMap(([index]) => stories[index]?.id ?? [])];
    }),
  );
}
