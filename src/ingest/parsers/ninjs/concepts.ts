/** ninjs subjects, people, places … → tags, and named events. */
import type { StoryEvent, StoryTag, TagType } from '../../../stories/story.ts';
import { type Concept, conceptOf, conceptOfUri, wholeNumber } from '../wire/identity.ts';
import { keywordTag } from '../wire/tags.ts';
import { type Fields, lineOf, objectsOf } from './fields.ts';

/** ninjs names of each kind of concept: 1.x singular, 2.x and 3.x plural, and spellings seen in the wild. */
const CONCEPT_FIELDS: [TagType, string[]][] = [
  ['SUBJECT', ['subjects', 'subject']],
  ['PERSON', ['people', 'person', 'persons']],
  ['ORGANISATION', ['organisations', 'organisation', 'organizations', 'organization', 'company']],
  ['PLACE', ['places', 'place']],
  ['OBJECT', ['objects', 'object']],
  ['GENRE', ['genres', 'genre']],
];

/** Tags of an item; concepts without a name are left out (a code alone tells a reader nothing), media topics apart. */
export function tagsOf(item: Fields): StoryTag[] {
  const tags = CONCEPT_FIELDS.flatMap(([type, names]) =>
    objectsOf(item, ...names).flatMap((concept) => tagOf(type, concept) ?? []),
  );
  const keywords = [item.get('keywords'), item.get('keyword')].flat();
  const words = keywords.filter((word) => typeof word === 'string' && word.trim() !== '') as string[];
  return [...tags, ...words.map((word) => keywordTag(word.trim()))];
}

/** Events the item names (`events`); the kind "Week of planned activity" without identity is a calendar, not news. */
export function eventsOf(item: Fields): StoryEvent[] {
  return objectsOf(item, 'events', 'event').flatMap((event) => {
    const name = lineOf(event, 'name');
    if (!name) return [];
    return { uri: lineOf(event, 'uri'), name, summary: null, startDate: null, endDate: null, location: null };
  });
}

function tagOf(type: TagType, fields: Fields): StoryTag | null {
  const concept = identityOf(fields);
  const name = lineOf(fields, 'name') ?? (concept.scheme === 'medtop' ? concept.termCode : null);
  if (!name) return null;
  const relevance = wholeNumber(fields.get('relevance'), 0, 100);
  const confidence = wholeNumber(fields.get('confidence'), 0, 100);
  return { type, name, ...concept, relevance, confidence };
}

/** 1.x has scheme and code, later versions uri and literal; a code may also be a whole URI. */
function identityOf(fields: Fields): Concept {
  const uri = lineOf(fields, 'uri');
  const code = lineOf(fields, 'code', 'literal', 'qcode');
  const scheme = lineOf(fields, 'scheme');
  if (uri) {
    const concept = conceptOfUri(uri);
    return concept.termCode || !code ? concept : { ...conceptOf(scheme, code), sameAs: concept.sameAs };
  }
  if (code && /^https?:\/\//u.test(code)) return conceptOfUri(code);
  const qcode = scheme === null ? /^(medtop|subj|wikidata):(\w+)$/iu.exec(code ?? '') : null;
  return qcode ? conceptOf(qcode[1] ?? null, qcode[2] ?? null) : conceptOf(scheme, code);
}
