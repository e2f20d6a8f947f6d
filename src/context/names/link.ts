/** One thing, one tag: gathers the mentions of a story into the people, organisations and places they stand for. */
import type { Group } from './group.ts';
import { groupOrganisations } from './link-organisations.ts';
import { groupPeople } from './link-people.ts';
import { groupPlaces } from './link-places.ts';
import type { NameMention, NameType, TextField } from './mention.ts';

export interface NamedThing {
  type: NameType;
  /** Canonical: "Vladimir Putin", "Ukraine". */
  name: string;
  /** Other names known or printed in this story. */
  aliases: string[];
  /** Wikidata URIs, from the vocabularies and lists; empty where not known for certain. */
  sameAs: string[];
  /** ISO 3166-1 alpha-2 (places). */
  countryCode?: string;
  /** "iso3166" for countries, "wikidata" where the id is certain, else null. */
  scheme: string | null;
  /** Code within the scheme: "RU", "Q649". */
  termCode: string | null;
  /** 0–100, that this thing is named in the story. */
  confidence: number;
  /** 0–100, how much the story is about it: in the headline, often, early. */
  relevance: number;
  mentions: NameMention[];
}

function confidenceOf(mentions: NameMention[]): number {
  const top = mentions.reduce((most, mention) => Math.max(most, mention.confidence), 0);
  const mean = mentions.reduce((sum, mention) => sum + mention.confidence, 0) / mentions.length;
  return Math.round((2 * top + mean) / 3);
}

function relevanceOf(mentions: NameMention[], fields: TextField[], most: number): number {
  const isOnTop = mentions.some((mention) => mention.field === 'headline');
  const isInAbstract = mentions.some((mention) => mention.field === 'abstract');
  const body = fields.find((field) => field.field === 'body')?.text.length ?? 0;
  const first = mentions.reduce((least, { field, start }) => (field === 'body' ? Math.min(least, start) : least), body);
  const early = body > 0 ? 1 - first / body : 0;
  return Math.round(100 * ((isOnTop ? 0.4 : isInAbstract ? 0.2 : 0) + (0.4 * mentions.length) / most + 0.2 * early));
}

function thingOf(type: NameType, group: Group, fields: TextField[], most: number): NamedThing {
  const { name, wikidata, countryCode, mentions } = group;
  const printed = mentions.map((mention) => mention.text.replace(/\s+/g, ' '));
  return {
    type,
    name,
    aliases: [...new Set([...group.aliases, ...printed])].filter((alias) => alias !== name),
    sameAs: wikidata ? [`http://www.wikidata.org/entity/${wikidata}`] : [],
    ...(countryCode ? { countryCode } : {}),
    scheme: group.isCountry ? 'iso3166' : wikidata ? 'wikidata' : null,
    termCode: group.isCountry ? (countryCode ?? null) : wikidata,
    confidence: confidenceOf(mentions),
    relevance: relevanceOf(mentions, fields, most),
    mentions,
  };
}

/** The things a story names, most relevant first. Mentions come from `findNames` over the same fields. */
export function linkNames(mentions: NameMention[], fields: TextField[]): NamedThing[] {
  const ofType = (type: NameType) => mentions.filter((mention) => mention.type === type);
  const groups: Array<[NameType, Group]> = [
    ...groupPeople(ofType('PERSON')).map((group): [NameType, Group] => ['PERSON', group]),
    ...groupOrganisations(ofType('ORGANISATION'), fields).map((group): [NameType, Group] => ['ORGANISATION', group]),
    ...groupPlaces(ofType('PLACE'), fields).map((group): [NameType, Group] => ['PLACE', group]),
  ];
  const most = groups.reduce((top, [, group]) => Math.max(top, group.mentions.length), 1);
  return groups
    .map(([type, group]) => thingOf(type, group, fields, most))
    .sort((a, b) => b.relevance - a.relevance || (a.name < b.name ? -1 : 1));
}
