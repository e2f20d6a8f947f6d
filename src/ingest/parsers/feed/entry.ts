/** What one entry says, whatever kind of feed it stands in. */
import type { StoryPhoto } from '../../../stories/story.ts';

export interface FeedEntry {
  title: string | null;
  /** guid, Atom id, JSON Feed id. */
  id: string | null;
  /** The story's page. */
  link: string | null;
  /** Full text, HTML or plain. */
  content: string | null;
  /** Teaser, HTML or plain. */
  summary: string | null;
  authors: string[];
  keywords: string[];
  published: string | null;
  updated: string | null;
  language: string | null;
  rights: string | null;
  /** The publisher, where an aggregator names it. */
  publisher: string | null;
  photos: StoryPhoto[];
  /** Place in the input: "/rss/channel/item[3]". */
  place: string;
}

export interface Feed {
  /** As the publisher writes itself. */
  title: string | null;
  /** The publication's home page. */
  link: string | null;
  language: string | null;
  rights: string | null;
  entries: FeedEntry[];
}

/** The texts of a list that hold something. */
export function filled(...values: (string | null | undefined)[]): string[] {
  return values.filter((value): value is string => typeof value === 'string' && value.trim() !== '');
}
