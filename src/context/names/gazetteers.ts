/** Which words of a sentence stand in a list: countries, cities, organisations, given names, titles … */
import { dataLines, places } from '../places.ts';
import { readOrganisations } from './organisations.ts';
import { tokenise } from './tokens.ts';

const TITLES =
  'President Prime Minister Chancellor Senator Congressman Congresswoman Governor Mayor Secretary King Queen Prince Princess Duke Duchess Lord Lady Sir Dame Baron Baroness Pope Cardinal Bishop Archbishop Rabbi Imam Sheikh Ayatollah Mullah General Colonel Major Captain Lieutenant Sergeant Admiral Commander Officer Judge Justice Professor Doctor Mr Mrs Ms Miss Mr. Mrs. Ms. Dr Dr. Sen. Rep. Gov. Gen. Lt. Col. Sgt. Capt. Prof. Rev. Rep Sen Gov Gen Lt Sgt Capt Prof Rev Detective Inspector Constable Sheriff Ambassador Spokesman Spokeswoman Spokesperson spokesman spokeswoman spokesperson director chief leader chairman chairwoman founder coach manager captain singer actor actress striker midfielder defender goalkeeper author president minister mayor CEO analyst economist professor journalist reporter correspondent editor lawyer attorney brother sister son daughter wife husband father mother cousin Director Chief Minister Representative Chairman Coach MP Speaker Premier Emperor Sultan Emir Crown Foreign Defence Defense Interior Finance';
const ORGANISATION_WORDS =
  'Inc Inc. Corp Corp. Co Co. Ltd Ltd. LLC PLC plc AG GmbH SA NV Group Holdings Company Corporation Industries Airlines Airways Air Bank Bancorp Insurance Capital Partners Ventures Fund Foundation Trust Institute Institution University College School Academy Hospital Clinic Church Ministry Department Agency Authority Commission Committee Council Board Bureau Office Administration Service Services Parliament Senate Congress Assembly Court Tribunal Police Army Navy Force Forces Guard Guards Party Union Federation Association Society League Club FC F.C. AFC CF United City Rovers Wanderers Athletic Albion Team Conference Alliance Front Movement Brigade Brigades Coalition Network Media News Times Post Herald Tribune Journal Gazette Telegraph Mail Press Radio TV Television Broadcasting Pictures Studios Entertainment Records Technologies Systems Software Motors Energy Oil Petroleum Steel Pharmaceuticals Foods Stores Research Observatory Laboratory Museum Orchestra Theatre Theater Council Organization Organisation Initiative Center Centre Program Programme Campaign Cartel Squad Unit Directorate Embassy Government Treasury Exchange';
const PLACE_WORDS =
  'County Province District Region State Territory Oblast Prefecture Village Town City Island Islands Peninsula Bay Gulf Sea Ocean Lake River Creek Canyon Valley Mountain Mountains Mount Mt Mt. Hill Hills Desert Forest Coast Beach Cape Strait Canal Street Road Avenue Lane Boulevard Square Plaza Park Garden Gardens Bridge Tower Towers Palace Castle Stadium Arena Field Airport Station Port Harbor Harbour Base Camp Fort Prison Hotel Hall Cathedral Mosque Temple Tavern Republic Kingdom Heights Springs Falls North South East West Northern Southern Eastern Western Central Saint St. San Santa Los Las El New Upper Lower Greater';

/** Kinds of list. A word's mark is the kind, with "+" where it goes on a phrase that began before. */
export type GazetteerKind =
  | 'country'
  | 'adjective'
  | 'big-city'
  | 'city'
  | 'site'
  | 'organisation'
  | 'maybe-organisation'
  | 'given'
  | 'family'
  | 'title'
  | 'organisation-word'
  | 'place-word';

const BIG_CITY = 400_000;

interface Phrases {
  /** Words joined by one space → kinds. */
  kinds: Map<string, GazetteerKind[]>;
  /** First word → length of the longest phrase that begins with it. */
  longest: Map<string, number>;
}

function add(phrases: Phrases, name: string, kind: GazetteerKind): void {
  const words = tokenise(name).map((token) => token.text);
  const first = words[0];
  if (first === undefined) return;
  const key = words.join(' ');
  const kinds = phrases.kinds.get(key);
  if (!kinds) phrases.kinds.set(key, [kind]);
  else if (!kinds.includes(kind)) kinds.push(kind);
  phrases.longest.set(first, Math.max(phrases.longest.get(first) ?? 0, words.length));
}

function readPhrases(): Phrases {
  const phrases: Phrases = { kinds: new Map(), longest: new Map() };
  const { countries, otherAdjectives, sites, cities } = places();
  for (const country of countries.values()) {
    for (const name of [country.name, ...country.aliases]) add(phrases, name, 'country');
    for (const word of country.demonyms) add(phrases, word, 'adjective');
  }
  for (const word of otherAdjectives) add(phrases, word, 'adjective');
  for (const site of sites)
    for (const name of [site.name, ...site.aliases]) add(phrases, name.replace(/\?$/, ''), 'site');
  for (const city of cities) add(phrases, city.name, city.population >= BIG_CITY ? 'big-city' : 'city');
  for (const organisation of readOrganisations()) {
    for (const name of [organisation.name, ...organisation.aliases]) {
      add(phrases, name, organisation.ambiguous.has(name) ? 'maybe-organisation' : 'organisation');
    }
  }
  for (const name of dataLines('given-names.txt')) add(phrases, name, 'given');
  for (const name of dataLines('family-names.txt')) add(phrases, name, 'family');
  for (const word of TITLES.split(' ')) add(phrases, word, 'title');
  for (const word of ORGANISATION_WORDS.split(' ')) add(phrases, word, 'organisation-word');
  for (const word of PLACE_WORDS.split(' ')) add(phrases, word, 'place-word');
  return phrases;
}

let loaded: Phrases | undefined;

/** For each word the marks of the longest phrases it belongs to, per kind. */
export function gazetteerMarks(words: string[]): string[][] {
  loaded ??= readPhrases();
  const marks: string[][] = words.map(() => []);
  /** Up to which word a kind is already spoken for by a longer phrase. */
  const taken = new Map<string, number>();
  for (let from = 0; from < words.length; from++) {
    let length = Math.min(loaded.longest.get(words[from] as string) ?? 0, words.length - from);
    for (; length > 0; length--) {
      const kinds = loaded.kinds.get(
        length === 1 ? (words[from] as string) : words.slice(from, from + length).join(' '),
      );
      for (const kind of kinds ?? []) {
        if ((taken.get(kind) ?? 0) > from) continue;
        taken.set(kind, from + length);
        const size = length > 1 ? `${kind}*` : kind;
        (marks[from] as string[]).push(size);
        for (let i = from + 1; i < from + length; i++) (marks[i] as string[]).push(`${size}+`);
      }
    }
  }
  return marks;
}

/** True for "Russian", "Democrats" …: words that point at a place or group but name none. */
export function isAdjective(word: string): boolean {
  loaded ??= readPhrases();
  return loaded.kinds.get(word)?.includes('adjective') ?? false;
}

export function isKnownName(words: string, kind: GazetteerKind): boolean {
  loaded ??= readPhrases();
  return loaded.kinds.get(words)?.includes(kind) ?? false;
}
