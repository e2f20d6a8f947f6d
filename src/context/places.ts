/** The tables of places: countries with their people, regions and sites, cities. Read once, from `data/`. */
import { readFileSync } from 'node:fs';
import countries from 'i18n-iso-countries';

export interface Country {
  /** ISO 3166-1 alpha-2 (XK for Kosovo). */
  code: string;
  /** English name in daily use: "Russia", not "Russian Federation". */
  name: string;
  aliases: string[];
  /** "Russian", "Russians": evidence for the country, not its name. */
  demonyms: string[];
  /** Wikidata id. */
  wikidata: string | null;
}

export interface City {
  name: string;
  countryCode: string;
  population: number;
  wikidata: string | null;
}

/** A region, building, sea, celestial body …; `countryCode` where it lies within one country. */
export interface Site {
  name: string;
  aliases: string[];
  countryCode: string | null;
  wikidata: string | null;
}

export interface Places {
  countries: Map<string, Country>;
  /** Adjectives of wider regions, faiths and parties ("European"), which are no names either. */
  otherAdjectives: string[];
  sites: Site[];
  /** By falling population. */
  cities: City[];
}

/** The lines of a data file without comments. */
export function dataLines(name: string): string[] {
  const text = readFileSync(new URL(`./data/${name}`, import.meta.url), 'utf8');
  return text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
}

/** The things of a data file in which one line may hold several, separated by ";". */
export function dataThings(name: string): string[] {
  return dataLines(name)
    .flatMap((line) => line.split('; '))
    .map((thing) => thing.trim());
}

function readCountries(): Pick<Places, 'countries' | 'otherAdjectives'> {
  const byCode = new Map<string, Country>();
  const otherAdjectives: string[] = [];
  for (const thing of dataThings('countries.txt')) {
    const [head = '', others = ''] = thing.split(' | ');
    const [code = '', ...rest] = head.split(' ');
    const wikidata = rest[0]?.match(/^Q\d+$/) ? (rest.shift() as string) : null;
    const demonyms = rest
      .join(' ')
      .split('=')
      .filter((word) => word !== '');
    if (code === '-') {
      otherAdjectives.push(...demonyms);
      continue;
    }
    const listed = others.split('=').filter((name) => name !== '');
    const official = [countries.getName(code, 'en', { select: 'all' }) ?? []].flat();
    const names = [...new Set([...listed, ...official])];
    byCode.set(code, { code, name: names[0] ?? code, aliases: names.slice(1), demonyms, wikidata });
  }
  for (const code of Object.keys(countries.getAlpha2Codes())) {
    const names = [countries.getName(code, 'en', { select: 'all' }) ?? []].flat();
    if (byCode.has(code) || names[0] === undefined) continue;
    byCode.set(code, { code, name: names[0], aliases: names.slice(1), demonyms: [], wikidata: null });
  }
  return { countries: byCode, otherAdjectives };
}

function readSites(): Site[] {
  return dataThings('places.txt').map((thing) => {
    const wikidata = thing.match(/ (Q\d+)$/)?.[1] ?? null;
    const bare = wikidata ? thing.slice(0, -wikidata.length - 1) : thing;
    const countryCode = bare.match(/ ([A-Z]{2})$/)?.[1] ?? null;
    const [name = '', ...aliases] = (countryCode ? bare.slice(0, -3) : bare).split('=');
    return { name, aliases, countryCode, wikidata };
  });
}

function readCities(): City[] {
  return dataLines('cities.tsv').map((line) => {
    const [name = '', countryCode = '', population = '0', wikidata = ''] = line.split('\t');
    return { name, countryCode, population: Number(population), wikidata: wikidata || null };
  });
}

let loaded: Places | undefined;

/** All tables; read at the first call and kept, since they never change while a process runs. */
export function places(): Places {
  loaded ??= { ...readCountries(), sites: readSites(), cities: readCities() };
  return loaded;
}
