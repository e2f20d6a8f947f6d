/** Mentions → organisations: by list, by acronym and its expansion, by a part of a longer name in the story. */
import { commonestForm, foldName } from './fold.ts';
import type { Group } from './link.ts';
import type { NameMention, TextField } from './mention.ts';
import { type Organisation, readOrganisations } from './organisations.ts';

let known: Map<string, Organisation> | undefined;

function knownOrganisation(folded: string): Organisation | undefined {
  if (!known) {
    known = new Map();
    for (const organisation of readOrganisations()) {
      for (const name of [organisation.name, ...organisation.aliases]) {
        // The first to claim a name keeps it: the list goes from the well known to the less known.
        if (!known.has(foldName(name))) known.set(foldName(name), organisation);
      }
    }
  }
  return known.get(folded);
}

const SMALL_WORDS = new Set(['of', 'the', 'and', 'for', 'in', 'on', 'to', '&', "'s"]);

/** "Lugansk People's Republic" → "lpr"; with small words, too, for "Department of Transportation" → "dot". */
function acronymsOf(folded: string): string[] {
  const words = folded.split(/[ -]/).filter((word) => word !== '');
  const large = words.filter((word) => !SMALL_WORDS.has(word));
  return large.length < 2 ? [] : [large, words].map((each) => each.map((word) => word[0]).join(''));
}

/** True where the text itself says so: "… (LPR)" right behind the long name. */
function standsInBrackets(long: NameMention, short: NameMention, fields: TextField[]): boolean {
  if (
    long.field !== short.field ||
    long.index !== short.index ||
    short.start < long.end ||
    short.start > long.end + 3
  ) {
    return false;
  }
  const field = fields.find((each) => each.field === long.field && each.index === long.index);
  return field !== undefined && /^ ?[([]$/.test(field.text.slice(long.end, short.start));
}

interface Candidate {
  folded: string;
  mentions: NameMention[];
}

/** The longer name in the story that `short` abbreviates, where there is exactly one. */
function expansionOf(short: Candidate, longer: Candidate[], fields: TextField[]): Candidate | null {
  const words = short.folded.split(' ');
  const bare = short.folded.replace(/\./g, '');
  const isAcronym = /^\p{Lu}[\p{Lu}.&]+$/u.test((short.mentions[0] as NameMention).text);
  const matches = longer.filter((long) => {
    const whole = long.folded.split(' ');
    if (whole.length <= words.length) return false;
    if (isAcronym && acronymsOf(long.folded).includes(bare)) return true;
    if (long.mentions.some((each) => short.mentions.some((other) => standsInBrackets(each, other, fields))))
      return true;
    if (isAcronym) return false;
    const offset = whole.length - words.length;
    return words.every((word, i) => word === whole[i]) || words.every((word, i) => word === whole[i + offset]);
  });
  return matches.length === 1 ? (matches[0] as Candidate) : null;
}

export function groupOrganisations(mentions: NameMention[], fields: TextField[]): Group[] {
  const byName = new Map<string, Candidate>();
  for (const mention of mentions) {
    const printed = foldName(mention.text);
    const folded = foldName(knownOrganisation(printed)?.name ?? printed);
    const candidate = byName.get(folded) ?? { folded, mentions: [] };
    candidate.mentions.push(mention);
    byName.set(folded, candidate);
  }
  const candidates = [...byName.values()].sort((a, b) => b.folded.split(' ').length - a.folded.split(' ').length);
  const heads: Candidate[] = [];
  for (const candidate of candidates) {
    const expansion = knownOrganisation(candidate.folded) ? null : expansionOf(candidate, heads, fields);
    if (expansion) expansion.mentions.push(...candidate.mentions);
    else heads.push(candidate);
  }
  return heads.map(({ folded, mentions: own }) => {
    const organisation = knownOrganisation(folded);
    const full = own.filter((mention) => foldName(mention.text) === folded);
    return {
      name: organisation?.name ?? commonestForm(full.map((mention) => mention.text.replace(/\s+/g, ' '))),
      aliases: organisation?.aliases ?? [],
      wikidata: organisation?.wikidata ?? null,
      mentions: own,
    };
  });
}
