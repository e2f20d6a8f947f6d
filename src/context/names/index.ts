/** Names in text: what other rooms use. */

export { linkNames, type NamedThing } from './link.ts';
export { NAME_TYPES, type NameMention, type NameType, type TextField } from './mention.ts';
export { findNames } from './tagger.ts';
