/** Mentions → places: countries by their many names, cities with the country that the story speaks for. */
import { type Country, places } from '../places.ts';
import { commonestForm, foldName, withoutShouting } from './fold.ts';
import type { Group } from './group.ts';
import type { NameMention, TextField } from './mention.ts';
import { tokenise } from './tokens.ts';

interface Candidate {
  name: string;
  aliases: string[];
  wikidata: string | null;
  countryCode: string | null;
  isCountry: boolean;
  /** How likely without any context, as the logarithm of a population. */
  prior: number;
}

interface Index {
  byName: Map<string, Candidate[]>;
  /** Case-sensitive adjectives ("Polish", not "polish") → country code. */
  demonyms: Map<string, string>;
}

/** A country is what its name nearly always means; "Georgia" needs some evidence to be the state. */
const COUNTRY_PRIOR = 7.5;
const SITE_PRIOR = 6.5;

let loaded: Index | undefined;

function index(): Index {
  if (loaded) return loaded;
  const byName = new Map<string, Candidate[]>();
  const demonyms = new Map<string, string>();
  const add = (name: string, candidate: Candidate): void => {
    const key = foldName(name);
    const others = byName.get(key);
    if (others) others.push(candidate);
    else byName.set(key, [candidate]);
  };
  const { countries, sites, cities } = places();
  for (const country of countries.values()) {
    const candidate = candidateOf(country);
    for (const name of new Set([country.name, ...country.aliases].map(foldName))) add(name, candidate);
    for (const word of country.demonyms) if (!demonyms.has(word)) demonyms.set(word, country.code);
  }
  for (const site of sites) {
    const [name, ...aliases] = [site.name, ...site.aliases].map((each) => each.replace(/\?$/, ''));
    const candidate = { ...site, name: name as string, aliases, isCountry: false, prior: SITE_PRIOR };
    for (const each of [name as string, ...aliases]) add(each, candidate);
  }
  for (const city of cities) {
    add(city.name, { ...city, aliases: [], isCountry: false, prior: Math.log10(city.population + 1000) });
  }
  loaded = { byName, demonyms };
  return loaded;
}

function candidateOf(country: Country): Candidate {
  const { name, aliases, wikidata, code } = country;
  return { name, aliases, wikidata, countryCode: code, isCountry: true, prior: COUNTRY_PRIOR };
}

/** How often the story speaks of each country: its name, its people, places that lie in no other country. */
function countryEvidence(mentions: NameMention[], fields: TextField[]): Map<string, number> {
  const { byName, demonyms } = index();
  const evidence = new Map<string, number>();
  const count = (code: string | null | undefined): void => {
    if (code) evidence.set(code, (evidence.get(code) ?? 0) + 1);
  };
  for (const mention of mentions) {
    const codes = new Set(byName.get(foldName(mention.text))?.map((candidate) => candidate.countryCode));
    if (codes.size === 1) count([...codes][0]);
  }
  for (const field of fields) for (const token of tokenise(field.text)) count(demonyms.get(token.text));
  return evidence;
}

/** "Sterling Heights, Michigan", "Paris, Texas", "London, Ontario": the country the next place settles. */
function statedCountry(mention: NameMention, fields: TextField[], byStart: Map<string, NameMention>): string | null {
  const field = fields.find((each) => each.field === mention.field && each.index === mention.index);
  const comma = field ? /^, (?:the )?/.exec(field.text.slice(mention.end, mention.end + 8)) : null;
  if (!comma) return null;
  const next = byStart.get(placeKey(mention, mention.end + comma[0].length));
  const candidates = next ? (index().byName.get(foldName(next.text)) ?? []) : [];
  return candidates.find((each) => each.isCountry || each.prior === SITE_PRIOR)?.countryCode ?? null;
}

function placeKey(mention: NameMention, start: number): string {
  return `${mention.field} ${mention.index ?? ''} ${start}`;
}

const STATED = 4;
const SPOKEN_OF = 1.5;
/** This many mentions of a country count in full. */
const SATURATION = 3;

/** The likeliest bearer of the name. The population decides only where the story says nothing. */
function bestCandidate(folded: string, stated: Set<string>, evidence: Map<string, number>): Candidate | null {
  let best: Candidate | null = null;
  let bestScore = Number.NEGATIVE_INFINITY;
  for (const candidate of index().byName.get(folded) ?? []) {
    const code = candidate.countryCode ?? '';
    const spoken = Math.min(1, (evidence.get(code) ?? 0) / SATURATION);
    const score = candidate.prior + (stated.has(code) ? STATED : 0) + SPOKEN_OF * spoken;
    if (score > bestScore) {
      best = candidate;
      bestScore = score;
    }
  }
  return best;
}

export function groupPlaces(mentions: NameMention[], fields: TextField[]): Group[] {
  const byStart = new Map(mentions.map((mention) => [placeKey(mention, mention.start), mention]));
  const evidence = countryEvidence(mentions, fields);
  const byName = new Map<string, NameMention[]>();
  for (const mention of mentions) {
    const folded = foldName(mention.text);
    const same = byName.get(folded);
    if (same) same.push(mention);
    else byName.set(folded, [mention]);
  }
  const groups = new Map<Candidate | string, Group>();
  for (const [folded, own] of byName) {
    const stated = new Set(
      own.map((mention) => statedCountry(mention, fields, byStart)).filter((code) => code !== null),
    );
    const candidate = bestCandidate(folded, stated, evidence);
    const group = groups.get(candidate ?? folded);
    if (group) {
      for (const mention of own) group.mentions.push(mention);
      continue;
    }
    const printed = withoutShouting(commonestForm(own.map((mention) => mention.text.replace(/\s+/g, ' '))));
    groups.set(candidate ?? folded, {
      name: candidate?.name ?? printed,
      aliases: candidate?.aliases ?? [],
      wikidata: candidate?.wikidata ?? null,
      ...(candidate?.countryCode ? { countryCode: candidate.countryCode } : {}),
      isCountry: candidate?.isCountry ?? false,
      mentions: own,
    });
  }
  return [...groups.values()];
}
