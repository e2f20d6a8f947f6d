/** NewsML-G2 subjects, genres and keywords of an item → tags and named events. */
import type { StoryEvent, StoryTag, TagType } from '../../../stories/story.ts';
import { wholeNumber } from '../wire/identity.ts';
import { oneLine } from '../wire/plain-text.ts';
import { keywordTag } from '../wire/tags.ts';
import { child, childrenOf, textOf, type XmlElement } from '../wire/xml.ts';
import { codeOf, identityOf, nameOf } from './names.ts';

/** IPTC concept natures (cpnat). https://cv.iptc.org/newscodes/cpnature/ */
const NATURES = new Map<string, TagType>([
  ['person', 'PERSON'],
  ['organisation', 'ORGANISATION'],
  ['organization', 'ORGANISATION'],
  ['geoarea', 'PLACE'],
  ['poi', 'PLACE'],
  ['object', 'OBJECT'],
]);
/** Schemes whose codes are public, so that a code without a name still tells something. */
const PUBLIC_SCHEMES = ['medtop', 'subjectcode'];

/** Tags out of contentMeta. Nameless concepts take their name from an `assert` of the item or are left out. */
export function tagsOf(item: XmlElement): StoryTag[] {
  const meta = child(item, 'contentMeta');
  const asserts = assertsOf(item);
  const subjects = childrenOf(meta, 'subject').map((subject) => child(subject, 'mainConcept') ?? subject);
  const facets = childrenOf(meta, 'subject').flatMap((subject) => childrenOf(subject, 'facetConcept'));
  const tags = [...subjects, ...facets].flatMap((subject) => {
    const type = tagType(subject);
    return type ? (tagOf(type, subject, asserts) ?? []) : [];
  });
  const genres = childrenOf(meta, 'genre').flatMap((genre) => tagOf('GENRE', genre, asserts) ?? []);
  const keywords = childrenOf(meta, 'keyword').flatMap((keyword) => {
    const word = oneLine(textOf(keyword));
    return word ? keywordTag(word) : [];
  });
  return [...tags, ...genres, ...keywords];
}

/** Subjects that are events, by name. */
export function eventsOf(item: XmlElement): StoryEvent[] {
  const subjects = childrenOf(child(item, 'contentMeta'), 'subject').filter(
    (subject) => codeOf(subject, 'type', 'typeuri') === 'event',
  );
  return subjects.flatMap((subject) => {
    const name = nameOf(subject);
    const uri = subject.attributes.uri ?? subject.attributes.qcode ?? null;
    return name ? { uri, name, summary: null, startDate: null, endDate: null, location: null } : [];
  });
}

/** The tag type of a concept by its stated nature, or by the details it carries; null for events. */
export function tagType(element: XmlElement): TagType | null {
  const nature = codeOf(element, 'type', 'typeuri') || codeOf(child(element, 'type'));
  if (nature === 'event') return null;
  const type = NATURES.get(nature);
  if (type) return type;
  if (child(element, 'personDetails')) return 'PERSON';
  if (child(element, 'organisationDetails')) return 'ORGANISATION';
  const isPlace = child(element, 'geoAreaDetails') ?? child(element, 'POIDetails') ?? geoFacet(element);
  return isPlace ? 'PLACE' : 'SUBJECT';
}

/** Reuters marks places by a facet of the scheme geoProp. */
function geoFacet(element: XmlElement): XmlElement | undefined {
  return childrenOf(element, 'facet').find((facet) => /^geo/iu.test(facet.attributes.qcode ?? ''));
}

function tagOf(type: TagType, element: XmlElement, asserts: Map<string, XmlElement>): StoryTag | null {
  const identity = identityOf(element);
  const isPublic = identity.scheme !== null && PUBLIC_SCHEMES.includes(identity.scheme);
  const name = nameOf(element) ?? nameOf(asserts.get(keyOf(element))) ?? (isPublic ? identity.termCode : null);
  if (!name || !/\p{L}{2}|^\d{8}$/u.test(name)) return null;
  const relevance = wholeNumber(element.attributes.relevance, 0, 100);
  const confidence = wholeNumber(element.attributes.confidence, 0, 100);
  return { type, name, ...identity, relevance, confidence };
}

/** The item's own records of concepts, by the identity its subjects refer to. */
function assertsOf(item: XmlElement): Map<string, XmlElement> {
  return new Map(childrenOf(item, 'assert').map((assert) => [keyOf(assert), assert]));
}

function keyOf({ attributes }: XmlElement): string {
  return attributes.qcode ?? attributes.uri ?? attributes.literal ?? '';
}
