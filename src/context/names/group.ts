import type { NameMention } from './mention.ts';

/** Mentions that stand for one thing, and what is known of it before it is weighed. */
export interface Group {
  name: string;
  aliases: string[];
  wikidata: string | null;
  countryCode?: string;
  /** Where the thing is a country. */
  isCountry?: boolean;
  mentions: NameMention[];
}
