/** Mentions → people. A last name alone joins a full name of this story only where it is clear whose it is. */
import { commonestForm, foldName, withoutShouting } from './fold.ts';
import type { Group } from './link.ts';
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

/** Whose name a part is: the only candidate, or the one who is named in full far more often than any other. */
function ownerOf(part: string[], people: Person[]): Person | null {
  const byLastName = people.filter((person) => isPartOf(part, person.words) && person.words.at(-1) === part.at(-1));
  const candidates = byLastName.length > 0 ? byLastName : people.filter((person) => isPartOf(part, person.words));
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
  for (const person of people) {
    const owner = ownerOf(person.words, heads);
    if (owner) owner.partial.push(...person.full);
    else heads.push(person);
  }
  return heads.map((person) => ({
    name: withoutShouting(commonestForm(person.full.map((mention) => mention.text.replace(/\s+/g, ' ')))),
    aliases: [],
    wikidata: null,
    mentions: [...person.full, ...person.partial],
  }));
}
