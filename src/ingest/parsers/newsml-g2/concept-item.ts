/** Concept and knowledge items: records of people, places, subjects (→ TAG) and events (→ EVENT). */
import type { ParseContext, ParsedItem, StoryTime } from '../../../stories/story.ts';
import { oneLine } from '../wire/plain-text.ts';
import { readWireTime } from '../wire/time.ts';
import { child, descendants, textOf, type XmlElement } from '../wire/xml.ts';
import { tagType } from './concepts.ts';
import { identityOf, nameOf, namesByLanguage } from './names.ts';

/** All concepts of a conceptItem or knowledgeItem. */
export function conceptItem(item: XmlElement, context: ParseContext): ParsedItem[] {
  const concepts = descendants(item, 'concept');
  if (concepts.length === 0)
    return [{ kind: 'REJECTED', reason: `The item "${item.attributes.guid ?? ''}" holds no concept.` }];
  return concepts.map((concept) => conceptOutcome(concept, context));
}

function conceptOutcome(concept: XmlElement, context: ParseContext): ParsedItem {
  const id = child(concept, 'conceptId');
  const name = nameOf(concept);
  const code = id?.attributes.qcode ?? id?.attributes.uri ?? null;
  if (!name) return { kind: 'REJECTED', reason: `The concept "${code ?? ''}" has no name.` };
  const type = tagType(concept);
  if (type === null || child(concept, 'eventDetails'))
    return { kind: 'EVENT', event: eventOf(concept, name, code, context) };
  const identity = id ? identityOf(id) : identityOf(concept);
  const same = identityOf(concept).sameAs;
  const broader = child(concept, 'broader');
  const wider = broader ? identityOf(broader) : null;
  return {
    kind: 'TAG',
    tag: {
      type,
      name,
      ...identity,
      sameAs: [...new Set([...identity.sameAs, ...same])],
      relevance: null,
      confidence: null,
    },
    broader: wider?.termCode ? { scheme: wider.scheme, termCode: wider.termCode } : null,
    names: namesByLanguage(concept),
  };
}

function eventOf(concept: XmlElement, name: string, uri: string | null, context: ParseContext) {
  const details = child(concept, 'eventDetails');
  const dates = child(details, 'dates');
  const start = timeOf(child(dates, 'start') ?? child(dates, 'confirmation'), context);
  const location = child(details, 'location');
  const address = descendants(location, 'locality', 'country').flatMap((part) => nameOf(part) ?? []);
  const place = [nameOf(location), ...address].filter((part) => part);
  return {
    uri,
    name,
    summary: oneLine(textOf(child(concept, 'definition'))),
    startDate: start,
    endDate: timeOf(child(dates, 'end'), context) ?? endAfter(start, oneLine(textOf(child(dates, 'duration')))),
    location: [...new Set(place)].join(', ') || null,
  };
}

function timeOf(element: XmlElement | undefined, context: ParseContext): StoryTime | null {
  return element ? readWireTime(textOf(element).trim(), context) : null;
}

/** Start plus an ISO 8601 duration of weeks, days, hours and minutes ("P2D", "PT90M"). */
function endAfter(start: StoryTime | null, duration: string | null): StoryTime | null {
  const match = /^P(?:(\d{1,3})W)?(?:(\d{1,4})D)?(?:T(?:(\d{1,4})H)?(?:(\d{1,5})M)?)?$/u.exec(duration ?? '');
  if (!start || !match) return null;
  const [weeks, days, hours, minutes] = match.slice(1).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
  ];
  const total = ((weeks * 7 + days) * 24 + hours) * 60 + minutes;
  return total > 0 ? { ...start, instant: new Date(start.instant.getTime() + total * 60_000) } : null;
}
