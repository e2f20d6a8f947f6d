/** Mentions → organisations: by list, by acronym and its expansion, by a part of a longer name in the story. */
import { commonestForm, foldName } from './fold.ts';
import type { Group } from './group.ts';
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

/** "Lugansk People's Republic (LPR)": folded short name → folded long names it stands in brackets behind. */
function bracketed(mentions: NameMention[], fields: TextField[]): Map<string, Set<string>> {
  const longNames = new Map<string, Set<string>>();
  mentions.forEach((short, i) => {
    const long = mentions[i - 1];
    if (!long || long.field !== short.field || long.index !== short.index || short.start - long.end > 3) return;
    const field = fields.find((each) => each.field === long.field && each.index === long.index);
    if (!field || !/^ ?[([]$/.test(field.text.slice(long.end, short.start))) return;
    const names = longNames.get(foldName(short.text)) ?? new Set();
    longNames.set(foldName(short.text), names.add(foldName(long.text)));
  });
  return longNames;
}

interface Candidate {
  folded: string;
  mentions: NameMention[];
}

/** Longer names of the story by everything that may stand for them: acronyms, their beginnings and ends. */
type ByShortName = Map<string, Set<Candidate>>;

function index(byShortName: ByShortName, long: Candidate): void {
  const words = long.folded.split(' ');
  const short = acronymsOf(long.folded);
  for (let length = 1; length < Math.min(words.length, 6); length++) {
    short.push(words.slice(0, length).join(' '), words.slice(-length).join(' '));
  }
  for (const name of short) byShortName.set(name, (byShortName.get(name) ?? new Set()).add(long));
}

/** The longer name in the story that `short` stands for, where there is exactly one. */
function expansionOf(
  short: Candidate,
  heads: Map<string, Candidate>,
  byShortName: ByShortName,
  brackets: Map<string, Set<string>>,
) {
  const [stated] = brackets.get(short.folded) ?? [];
  const longName = stated === undefined ? undefined : heads.get(stated);
  if (longName) return longName;
  const matches = byShortName.get(short.folded.replace(/\./g, '')) ?? byShortName.get(short.folded);
  return matches?.size === 1 ? [...matches][0] : undefined;
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
  const brackets = bracketed(mentions, fields);
  const heads = new Map<string, Candidate>();
  const byShortName: ByShortName = new Map();
  for (const candidate of candidates) {
    const isKnown = knownOrganisation(candidate.folded) !== undefined;
    const expansion = isKnown ? undefined : expansionOf(candidate, heads, byShortName, brackets);
    if (expansion) {
      for (const mention of candidate.mentions) expansion.mentions.push(mention);
    } else {
      heads.set(candidate.folded, candidate);
      index(byShortName, candidate);
    }
  }
  return [...heads.values()].map(({ folded, mentions: own }) => {
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
