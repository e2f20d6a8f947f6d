/**
 * Training sentences beyond the corpora: templates of news prose filled from the lists, and copies of real sentences in
 * the capitals of headlines. Made with a seeded generator, so that training stays deterministic.
 */
import { dataLines, dataThings, places } from '../places.ts';
import type { LabelledSentence } from './corpora.ts';
import { beginOf, insideOf, OUTSIDE } from './labels.ts';
import type { NameType } from './mention.ts';
import { readOrganisations } from './organisations.ts';
import { tokenise } from './tokens.ts';

type Random = () => number;
type Draw = () => string;

const AGENCIES =
  'Reuters;AP;AFP;Associated Press;Getty Images;Getty;PA;EPA;Bloomberg;Xinhua;BBC;CNN;Fox News;Sky News;NBC News;ABC News;CBS News;MSNBC;ITV News;Al Jazeera;The Washington Post;The New York Times;The Wall Street Journal;The Guardian;The Daily Telegraph;The Times;The Independent;The Sun;USA TODAY;USA TODAY Sports;Los Angeles Times;Chicago Tribune;Daily Mail;MailOnline;Politico;BuzzFeed News;TMZ;The Sunday Times;Der Spiegel;Le Monde;Rex Features;Rex;Shutterstock;Splash News;PA Wire;Press Association;KCNA;Yonhap;Kyodo;TASS;Interfax;RIA Novosti;Anadolu Agency;Global Times;China Daily;The Hindu;NDTV;The Times of India;The Australian;Haaretz;Sky Sports News;Sky Sports 1;Independent.ie;BBC Radio 4;ITV;Channel 4 News;The Irish Times;The Economist;Time;REUTERS;GETTY;Mirror.co.uk;NBC;ESPN;The Local;Agence France-Presse;WENN;SWNS;Alamy'.split(
    ';',
  );
const ORGANISATION_PATTERNS =
  "University of {T};{T} University;{L} University;{L} College;{T} City Council;{T} Police;{T} Police Department;{S} Police;{T} Fire Department;{L} Group;{L} Industries;{L} Inc.;{L} & {L};{L} Holdings;{L} Institute;{T} Institute for Peace;Institute for Strategic Studies;Centre for Policy Research;National Union of Teachers;National Center for Missing and Exploited Children;Centre for the Study of Violence;Institute of Race Relations;Council on {C} Relations;Committee for a Free {C};Association of Chief Police Officers;Federation of {D} Industries;Campaign for {D} Freedom;Office of the High Commissioner for Human Rights;{D} Football Association;{D} Meteor Society;{D} Ministry of Defense;{D} Defense Ministry;{D} Academy of Sciences;{L} Foundation;{L} Capital;Bank of {T};{C} Central Bank;{T} Airlines;Air {C};{T} Hospital Trust;{T} Observatory;{T} United;{T} City;{T} Rovers;{T} FC;{T} Tigers;{T} Bulls;{T} Stars;{C} Football Federation;{C} Olympic Committee;Ministry of Defence;Ministry of Health;Interior Ministry;Ministry of Foreign Affairs;Department of Fisheries;People's Party of {C};{C} Freedom Party;Democratic Front;National Liberation Army;People's Republic Army;{S} Liberation Front;Supreme Court of {C};High Court;{T} Crown Court;{T} Magistrates' Court;Federal Aviation Agency;{T} Chamber of Commerce;{L} Media;{T} Times;{T} Post;The {T} Herald;{L} Research Center;{C} Human Rights Commission;Save the {L};{L} International;Society of Physicists;International Federation of Journalists;{L} Motors;{L} Pharmaceuticals;{L} Records".split(
    ';',
  );
const PLACE_PATTERNS =
  "{L} Street;{L} Road;{L} Avenue;{L} County;{T} County;{L} Province;{T} Province;{L} Village;{L} Park;{L} Bridge;{L} Tower;{L} Square;{L} Stadium;{L} Field;{L} Arena;{L} Airport;{T} Airport;{T} International Airport;{L} Island;Lake {L};Mount {L};{L} River;{L} Bay;{L} Beach;{L} Hall;{L} Tavern;{L} Hotel;{L} Mall;{L} Prison;{L} Hospital;St {G}'s Hospital;St. {G};San {G};Fort {L};Port {L};Camp {L};{L} Heights;{L} Valley;{L} District;North {T};South {T};East {T};West {T};northern {S};New {T};{T} Cathedral;{T} Mosque;{T} Station;{T} Town Hall;{L} House;{L} Castle;{L} Palace;{L} Canyon;{L} Springs;{L} Air Force Base;{L}ville;{L}ton;{L} Oblast;{L} Region;{L} Peninsula;Cape {L}".split(
    ';',
  );

/** Share of names that are in no list: they teach the model to trust the words around a name. */
const UNHEARD_OF = 0.35;

/** Now and then the head of one name on the tail of another. */
function blended(draw: Draw, random: Random): Draw {
  return () => {
    const name = draw();
    if (random() >= UNHEARD_OF) return name;
    const tail = draw();
    return name.slice(0, 2 + Math.floor(random() * 3)) + tail.slice(-3).toLowerCase();
  };
}

/** Three or four letters, now and then with dots. */
function acronym(random: Random): string {
  const letters = Array.from({ length: random() < 0.6 ? 3 : 4 }, () =>
    String.fromCharCode(65 + Math.floor(random() * 26)),
  );
  return random() < 0.15 ? `${letters.join('.')}.` : letters.join('');
}

function lists(random: Random): Record<string, Draw> {
  const from =
    (items: string[]): Draw =>
    () =>
      items[Math.floor(random() * items.length)] as string;
  const { countries, cities, sites } = places();
  const daily = [...countries.values()].filter((country) => country.wikidata);
  const given = blended(from(dataLines('given-names.txt')), random);
  const family = blended(from(dataLines('family-names.txt')), random);
  const organisations = readOrganisations();
  const organisation = from(
    organisations.flatMap((each) => [each.name, ...each.aliases]).filter((name) => !/^The /.test(name)),
  );
  // Well-known cities far more often than the seven thousandth.
  const city = blended(() => (cities[Math.floor(random() ** 2 * cities.length)] as { name: string }).name, random);
  const draws: Record<string, Draw> = {
    L: family,
    G: given,
    P: () =>
      random() < 0.12
        ? `${given()} ${given()[0]}. ${family()}`
        : `${given()} ${random() < 0.1 ? `${given()} ` : ''}${family()}`,
    C: from(daily.flatMap((country) => [country.name, country.name, ...country.aliases.slice(0, 2)])),
    D: from(daily.flatMap((country) => country.demonyms.slice(0, 1))),
    T: city,
    S: from(sites.flatMap((site) => [site.name, ...site.aliases]).map((name) => name.replace(/\?$/, ''))),
    A: from(AGENCIES),
    E: from(dataThings('events.txt')),
  };
  const filled = (pattern: string): string =>
    pattern.replace(/\{(\w)\}/g, (_, slot: string) => (draws[slot] as Draw)());
  const made = from(ORGANISATION_PATTERNS);
  const madePlace = from(PLACE_PATTERNS);
  draws.U = () => (random() < 0.15 ? acronym(random) : filled(made()));
  draws.O = () => (random() < 0.75 ? organisation() : filled(made()));
  draws.R = () => (random() < 0.25 ? (draws.S as Draw)() : filled(madePlace()));
  return draws;
}

const SLOT_TYPES: Record<string, NameType> = {
  P: 'PERSON',
  L: 'PERSON',
  G: 'PERSON',
  O: 'ORGANISATION',
  A: 'ORGANISATION',
  U: 'ORGANISATION',
  C: 'PLACE',
  T: 'PLACE',
  S: 'PLACE',
  R: 'PLACE',
};

/** One sentence out of a template. */
function filledTemplate(template: string, draws: Record<string, Draw>): LabelledSentence {
  let text = '';
  const names: Array<{ start: number; end: number; type: NameType }> = [];
  for (const piece of template.split(/(\{\w\})/)) {
    const slot = piece.match(/^\{(\w)\}$/)?.[1];
    const start = text.length;
    text += slot ? (draws[slot] as Draw)() : piece;
    const type = slot ? SLOT_TYPES[slot] : undefined;
    // "northern Kent": what is in small letters in front is no part of the name.
    if (type)
      names.push({ start: start + (/^\p{Ll}+ /u.exec(text.slice(start))?.[0].length ?? 0), end: text.length, type });
  }
  const tokens = tokenise(text);
  const labels = tokens.map((token) => {
    const name = names.find((each) => token.start >= each.start && token.start < each.end);
    if (!name) return OUTSIDE;
    return token.start === name.start ? beginOf(name.type) : insideOf(name.type);
  });
  return { words: tokens.map((token) => token.text), labels };
}

/** The same sentence as a headline in title case; shouted ones reach the model in title case, too (casing.ts). */
function asHeadline(sentence: LabelledSentence): LabelledSentence {
  const words = sentence.words.map((word) => word.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase()));
  return { words, labels: sentence.labels };
}

const PER_TEMPLATE = 8;
/** Share of sentences of the corpora repeated as headlines. */
const TITLE_CASE = 0.06;

/** The sentences given, and those made. */
export function augmented(sentences: LabelledSentence[], random: Random): LabelledSentence[] {
  const draws = lists(random);
  const made: LabelledSentence[] = [];
  for (const template of dataLines('news-templates.txt')) {
    const copies = template.includes('{') ? PER_TEMPLATE : 2;
    for (let i = 0; i < copies; i++) made.push(filledTemplate(template, draws));
  }
  for (const sentence of [...sentences, ...made]) {
    if (sentence.words.length < 4 || sentence.words.length > 25) continue;
    if (random() < TITLE_CASE) made.push(asHeadline(sentence));
  }
  return [...sentences, ...made];
}
