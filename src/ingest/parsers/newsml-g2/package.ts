/** A packageItem: which stories and pictures an agency puts together. */
import type { StoryRelated } from '../../../stories/story.ts';
import { child, childrenOf, type XmlElement } from '../wire/xml.ts';
import { headlinesOf, lineAt } from './meta.ts';
import { codeOf } from './names.ts';

export interface PackageMember {
  uri: string;
  /** "text", "picture" … as the reference says; "" where it does not. */
  itemClass: string;
  title: string | null;
}

/** Members in the order of the groups, starting at the root group; groups that refer to each other are read once. */
export function membersOf(item: XmlElement): PackageMember[] {
  const groupSet = child(item, 'groupSet');
  const groups = new Map(childrenOf(groupSet, 'group').map((group) => [group.attributes.id ?? '', group]));
  const seen = new Set<XmlElement>();
  const read = (group: XmlElement | undefined): PackageMember[] => {
    if (!group || seen.has(group)) return [];
    seen.add(group);
    return childrenOf(group).flatMap((entry) => {
      if (entry.local === 'groupRef') return read(groups.get(entry.attributes.idref ?? ''));
      const uri = entry.attributes.residref ?? entry.attributes.guidref;
      if (entry.local !== 'itemRef' || !uri) return [];
      return {
        uri,
        itemClass: codeOf(child(entry, 'itemClass')),
        title: lineAt(entry, 'headline') ?? lineAt(entry, 'title'),
      };
    });
  };
  const root = groups.get(groupSet?.attributes.root ?? '') ?? childrenOf(groupSet, 'group')[0];
  return [...read(root), ...[...groups.values()].flatMap(read)];
}

/** The members other than `uri` that are texts, as related stories. */
export function relatedMembers(members: PackageMember[], uri: string): StoryRelated[] {
  return members
    .filter((member) => member.uri !== uri && (member.itemClass === 'text' || member.itemClass === 'composite'))
    .map((member) => ({ title: member.title ?? '', url: null, uri: member.uri, rel: 'RELATED' }));
}

/** Why a package that came without its members is no story. */
export function packageRejection(item: XmlElement, members: PackageMember[]): string {
  const name = headlinesOf(item).main ?? item.attributes.guid ?? 'without a name';
  const kinds = members.map((member) => member.itemClass || 'item');
  const counts = [...new Set(kinds)].map((kind) => `${kinds.filter((other) => other === kind).length} ${kind}`);
  return `Not a story: the package "${name}" only points at its members (${counts.join(', ') || 'none'}); hand them in, together with it or alone.`;
}
