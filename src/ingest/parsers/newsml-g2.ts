/**
 * NewsML-G2: a message of items or one item on its own. Text items become stories, pictures photos, concepts tags and
 * events; packages put photos and related stories beside the stories of the same message.
 * https://iptc.org/std/NewsML-G2/guidelines/
 */
import { type ParseContext, type ParsedItem, ParseError } from '../../stories/story.ts';
import { conceptItem } from './newsml-g2/concept-item.ts';
import { headlinesOf, itemClassOf } from './newsml-g2/meta.ts';
import { newsItem, type PackageTies, photoOf } from './newsml-g2/news-item.ts';
import { membersOf, type PackageMember, packageRejection, relatedMembers } from './newsml-g2/package.ts';
import { childrenOf, readXml, type XmlElement } from './wire/xml.ts';

const ITEMS = ['newsItem', 'packageItem', 'conceptItem', 'knowledgeItem', 'planningItem', 'catalogItem'];

/** @throws {@link ParseError} when the input is no XML or holds no NewsML-G2 item. */
export function parseNewsmlG2(input: string, context: ParseContext): ParsedItem[] {
  const root = readXml(input);
  const items = ITEMS.includes(root.local) ? [root] : childrenOf(root, 'itemSet').flatMap((set) => childrenOf(set));
  if (items.length === 0) {
    throw new ParseError(
      'newsml',
      `The root <${root.local}> holds no item; NewsML-G2 is a newsMessage with an itemSet or a single item.`,
    );
  }
  const byGuid = new Map(items.map((item) => [item.attributes.guid ?? '', item]));
  const packages = items.filter((item) => item.local === 'packageItem').map(membersOf);
  return items.flatMap((item) => {
    if (item.local === 'newsItem') return [newsItem(item, context, tiesOf(item, packages, byGuid, context))];
    if (item.local === 'conceptItem' || item.local === 'knowledgeItem') return conceptItem(item, context);
    if (item.local === 'packageItem') return packageOutcome(item, byGuid);
    return [{ kind: 'REJECTED' as const, reason: rejectionOf(item) }];
  });
}

/** A package whose texts came along lives on in their photos and related stories and has no outcome of its own. */
function packageOutcome(item: XmlElement, byGuid: Map<string, XmlElement>): ParsedItem[] {
  const members = membersOf(item);
  const came = members.some((member) => isText(byGuid.get(member.uri)));
  return came ? [] : [{ kind: 'REJECTED', reason: packageRejection(item, members) }];
}

function isText(item: XmlElement | undefined): boolean {
  return item?.local === 'newsItem' && ['text', ''].includes(itemClassOf(item));
}

/** What the message's packages put beside a text item. The pictures go to the first text of each package. */
function tiesOf(
  item: XmlElement,
  packages: PackageMember[][],
  byGuid: Map<string, XmlElement>,
  context: ParseContext,
): PackageTies {
  const guid = item.attributes.guid ?? '';
  const ties: PackageTies = { photos: [], related: [] };
  for (const members of packages.filter((list) => list.some((member) => member.uri === guid))) {
    const typed = members.map((member) => {
      const came = byGuid.get(member.uri);
      return {
        ...member,
        itemClass: member.itemClass || (came ? itemClassOf(came) : ''),
        title: member.title ?? (came ? headlinesOf(came).main : null),
      };
    });
    ties.related.push(...relatedMembers(typed, guid));
    if (typed.find((member) => isText(byGuid.get(member.uri)))?.uri !== guid) continue;
    const pictures = typed.flatMap((member) => {
      const picture = byGuid.get(member.uri);
      return picture && itemClassOf(picture) === 'picture' ? picture : [];
    });
    ties.photos.push(...pictures.map((picture, index) => photoOf(picture, index === 0 ? 'LEAD' : 'INLINE', context)));
  }
  return ties;
}

function rejectionOf(item: XmlElement): string {
  const name = headlinesOf(item).main ?? item.attributes.guid ?? 'without a name';
  if (item.local === 'planningItem')
    return `Not a story: "${name}" is a planning item, which announces coverage to come.`;
  return `Not a story: "${name}" is a <${item.local}>.`;
}
