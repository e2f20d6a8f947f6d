/** A name found in a story's text, as the name tagger hands it to everything that computes context. */
export interface StoryName {
  type: 'PERSON' | 'ORGANISATION' | 'PLACE';
  /** Canonical form: "Sergei Lavrov". */
  name: string;
  /** Other forms known or printed in the story: "Mr Lavrov", "Lavrov". */
  aliases?: string[];
  /** "iso3166" marks a country. */
  scheme?: string | null;
  /** 0–100, how sure the tagger is. */
  confidence: number;
  /** 0–100, how much the story is about it. */
  relevance: number;
}
