/** A name found in a story's text, as the name tagger hands it to everything that computes context. */
export interface StoryName {
  type: 'PERSON' | 'ORGANISATION' | 'PLACE';
  /** Canonical form: "Sergei Lavrov". */
  name: string;
  /** 0–100, how sure the tagger is. */
  confidence: number;
  /** 0–100, how much the story is about it. */
  relevance: number;
}
