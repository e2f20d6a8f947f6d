/**
 * IPTC ninjs 1.x–3.x, and the agencies' JSON of the same family (Superdesk's, AP's Media API): alone, in a list, or
 * in an envelope such as `{item: […]}` or `{data: {items: [{item}]}}`. https://iptc.org/std/ninjs/
 */
import { type ParseContext, type ParsedItem, ParseError } from '../../stories/story.ts';
import { eventItem } from './ninjs/event.ts';
import { type Fields, fieldsOf, lineOf, objectsOf, typeOf } from './ninjs/fields.ts';
import { photoOf } from './ninjs/photo.ts';
import { statusOf, storyItem } from './ninjs/story.ts';

/** Names under which envelopes carry their items, and how many of them may be inside each other. */
const ENVELOPES = ['data', 'items', 'item', 'docs', '_items', 'results'];
const MOST_ENVELOPES = 5;
/** Marks of an item itself. */
const ITEM_MARKS = ['uri', 'guid', 'type', 'headline', 'headlines', 'bodies', 'body_text', 'body_html', 'body_xhtml'];

/** @throws {@link ParseError} when the input is no JSON or holds no ninjs item. */
export function parseNinjs(input: string, context: ParseContext): ParsedItem[] {
  let json: unknown;
  try {
    json = JSON.parse(input.replace(/^\uFEFF/u, ''));
  } catch (error) {
    throw new ParseError(
      'ninjs',
      `Not valid JSON (${(error as Error).message}); hand in one ninjs item or a list of them.`,
    );
  }
  const items = itemsOf(json, '', 0);
  if (items.length === 0)
    throw new ParseError('ninjs', 'No ninjs item found: an item has a uri, a type or a headline.');
  return items.flatMap(({ item, place }) => outcomesOf(item, place, context));
}

function itemsOf(value: unknown, place: string, depth: number): { item: Fields; place: string }[] {
  if (depth > MOST_ENVELOPES) return [];
  if (Array.isArray(value)) return value.flatMap((entry, index) => itemsOf(entry, `${place}/${index}`, depth + 1));
  const fields = fieldsOf(value);
  if (!fields) return [];
  if (ITEM_MARKS.some((mark) => fields.has(mark))) return [{ item: fields, place }];
  const envelope = ENVELOPES.find((name) => fields.has(name));
  return envelope ? itemsOf(fields.get(envelope), `${place}/${envelope}`, depth + 1) : [];
}

/** A composite without a text of its own is a package: the stories and pictures in it are the items. */
function outcomesOf(item: Fields, place: string, context: ParseContext): ParsedItem[] {
  const outcome = outcomeOf(item, place, context);
  if (outcome.kind !== 'REJECTED' || typeOf(item) !== 'composite') return [outcome];
  const members = objectsOf(item, 'associations').map((member) => outcomeOf(member, `${place}/associations`, context));
  return members.some((member) => member.kind !== 'REJECTED') ? members : [outcome];
}

function outcomeOf(item: Fields, place: string, context: ParseContext): ParsedItem {
  const type = typeOf(item);
  const name = lineOf(item, 'headline', 'title', 'uri', 'guid') ?? 'without a name';
  if (type === 'event') return eventItem(item, context);
  if (type === 'picture') {
    if (statusOf(item) === 'CANCELED')
      return { kind: 'REJECTED', reason: `The picture "${name}" is withdrawn; nothing to store.` };
    const photo = photoOf(item, 'LEAD', context);
    if (photo.caption || photo.renditions.length > 0) return { kind: 'PHOTO', photo };
    return { kind: 'REJECTED', reason: `The picture "${name}" has neither a caption nor an address.` };
  }
  if (/^(?:video|audio|graphic|animation|planning|component)$/u.test(type)) {
    return { kind: 'REJECTED', reason: `Not a story: "${name}" is of type ${type}.` };
  }
  const linked = hasLinkedText(item);
  const outcome = storyItem(item, place, context);
  if (outcome.kind !== 'REJECTED' || !linked) return outcome;
  return {
    kind: 'REJECTED',
    reason: `"${name}" carries no text, only links to it (${linked}); hand in the linked document.`,
  };
}

/** Names of renditions that hold the text elsewhere, as AP's Media API gives them. */
function hasLinkedText(item: Fields): string | null {
  const names = [...(fieldsOf(item.get('renditions')) ?? [])].filter(([, rendition]) =>
    /^text|nitf|anpa/iu.test(String(fieldsOf(rendition)?.get('type') ?? '')),
  );
  return names.length > 0 ? names.map(([name]) => name).join(', ') : null;
}
