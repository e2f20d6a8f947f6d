/** Mentions → people. A last name alone joins a full name of this story only where it is clear whose it is. */
import { commonestForm, foldName, withoutShouting } from './fold.ts';
import type { Group } from './group.ts';
import type { NameMention } from './mention.ts';

interface Person {
  /** Folded words without initials in the middle: "james b. comey" and "james comey" are one. */
  words: string[];
  /** Mentions by full name. */
  full: NameMention[];
  /** Mentions by a part of it. */
  partial: NameMention[];
}

function wordsOf(mention: NameMention): string[] {
  const words = foldName(mention.text).split(' ');
  return words.filter((word, i) => i === 0 || i === words.length - 1 || !/^\p{L}\.?$/u.test(word));
}

function isPartOf(part: string[], whole: string[]): boolean {
  if (part.length >= whole.length) return false;
  const offset = whole.length - part.length;
  return part.every((word, i) => word === whole[i + offset]) || part.every((word, i) => word === whole[i]);
}

/** People of this story by the first and the last word of their names. */
type ByWord = Map<string, Person[]>;

/** More bearers of one last name than this make any choice a guess; it also bounds the work. */
const MOST_CANDIDATES = 20;

function index(byWord: ByWord, person: Person): void {
  for (const word of new Set([person.words[0] as string, person.words.at(-1) as string])) {
    const others = byWord.get(word);
    if (others) others.push(person);
    else byWord.set(word, [person]);
  }
}

/** Whose name a part is: the only candidate, or the one who is named in full far more often than any other. */
function ownerOf(part: string[], people: ByWord): Person | null {
  const last = part.at(-1) as string;
  const sharing = new Set([...(people.get(last) ?? []), ...(people.get(part[0] as string) ?? [])]);
  if (sharing.size > MOST_CANDIDATES) return null;
  const whole = [...sharing].filter((person) => isPartOf(part, person.words));
  const byLastName = whole.filter((person) => person.words.at(-1) === last);
  const candidates = byLastName.length > 0 ? byLastName : whole;
  const [first, second] = [...candidates].sort((a, b) => b.full.length - a.full.length);
  if (!first) return null;
  return !second || first.full.length >= 3 * second.full.length ? first : null;
}

export function groupPeople(mentions: NameMention[]): Group[] {
  const byName = new Map<string, Person>();
  for (const mention of mentions) {
    const words = wordsOf(mention);
    const person = byName.get(words.join(' ')) ?? { words, full: [], partial: [] };
    person.full.push(mention);
    byName.set(words.join(' '), person);
  }
  const people = [...byName.values()].sort((a, b) => b.words.length - a.words.length);
  const heads: Person[] = [];
  const byWord: ByWord = new Map();
  for (const person of people) {
    const owner = ownerOf(person.words, byWord);
    if (owner) {
      for (const mention of person.full) owner.partial.push(mention);
    } else {
      heads.push(person);
      index(byWord, person);
    }
  }
  return heads.map((person) => ({
    name: withoutShouting(commonestForm(person.full.map((mention) => mention.text.replace(/\s+/g, ' ')))),
    aliases: [],
    wikidata: null,
    mentions: [...person.full, ...person.partial],
  }));
}
