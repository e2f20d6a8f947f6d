/** A ninjs 3 item of type "event": something that will happen or has happened. */
import type { ParseContext, ParsedItem } from '../../../stories/story.ts';
import { looksLikeHtml } from '../wire/body-html.ts';
import { oneLine } from '../wire/plain-text.ts';
import { readWireTime } from '../wire/time.ts';
import { type Fields, fieldsOf, firstOf, lineOf, objectsOf, roleTexts } from './fields.ts';

/** Reads an event; without a name it is rejected. Stated dates win over expected ones. */
export function eventItem(item: Fields, context: ParseContext): ParsedItem {
  const name = oneLine(roleTexts(item, 'headline', 'headlines')[0]?.value) ?? lineOf(item, 'title', 'name');
  if (!name) return { kind: 'REJECTED', reason: 'The event has no name.' };
  const details = fieldsOf(item.get('eventdetails')) ?? new Map();
  const dates = fieldsOf(firstOf(details, 'dates')) ?? details;
  const date = (...names: string[]) => readWireTime(firstOf(dates, ...names), context);
  const texts = [...roleTexts(item, 'description', 'descriptions'), ...roleTexts(item, 'body', 'bodies')];
  const plain = texts.find((text) => !text.contentType.includes('html') && !looksLikeHtml(text.value)) ?? texts[0];
  return {
    kind: 'EVENT',
    event: {
      uri: lineOf(item, 'uri', 'guid'),
      name,
      summary: oneLine(plain?.value),
      startDate: date('startdate', 'start', 'confirmedstartdate', 'expectedstartdate'),
      endDate: date('enddate', 'end', 'confirmedenddate', 'expectedenddate'),
      location: locationOf(item),
    },
  };
}

/** "Technical University of Madrid, Madrid, Spain" out of the first place and its address. */
function locationOf(item: Fields): string | null {
  const [place] = objectsOf(item, 'places', 'place');
  if (!place) return lineOf(item, 'located');
  const address = objectsOf(place, 'contactinfo').flatMap((contact) => fieldsOf(contact.get('address')) ?? [])[0];
  const parts = [
    lineOf(place, 'name'),
    address ? lineOf(address, 'locality') : null,
    address ? lineOf(address, 'country') : null,
  ];
  return [...new Set(parts.filter((part) => part))].join(', ') || null;
}
