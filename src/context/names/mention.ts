/** What the tagger reads and what it answers. */

/** One piece of a story. Pieces are read apart: captions and credits are not prose. */
export interface TextField {
  field: 'headline' | 'abstract' | 'body' | 'caption' | 'dateline' | 'byline';
  text: string;
  /** Which photo, counted from 0 in the story's order (captions only). */
  index?: number;
}

export const NAME_TYPES = ['PERSON', 'ORGANISATION', 'PLACE'] as const;
export type NameType = (typeof NAME_TYPES)[number];

/** A name as it stands in the text, without title ("President"), leading "the" or trailing "'s". */
export interface NameMention {
  type: NameType;
  field: TextField['field'];
  index?: number;
  /** UTF-16 offset into the field's text. */
  start: number;
  /** UTF-16 offset just behind the name. */
  end: number;
  text: string;
  /** 0–100. */
  confidence: number;
}
