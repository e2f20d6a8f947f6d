import countries from 'i18n-iso-countries';
import type { Lead } from './lead.ts';
import type { StoryName } from './story-name.ts';

/** Where the event of a story happened, and why we think so. */
export interface EventPlace {
  /** Canonical where the tagger knows the place: "United Kingdom". */
  place: string;
  /** As this story writes it: "UK". */
  printed: string;
  /** 0–100. */
  confidence: number;
  evidence: string[];
}

interface Vote {
  place: string;
  weight: number;
  evidence: string[];
}

const WORD = "\\p{Lu}[\\p{L}'’]*(?:-\\p{L}[\\p{L}'’]*)*";
/** "in Croydon", "at the White House", "in the northern city of Mazar-e-Sharif": not "from", which is where from. */
const LOCATIVE = new RegExp(
  `\\b(?:in|at|near|outside) (?:the )?(?:\\p{Ll}+ (?:of )?){0,2}(${WORD}(?: ${WORD}){0,3})`,
  'gu',
);
const SITE =
  /\b(?:House|Tower|Towers|Field|Stadium|Park|Square|Palace|Airport|Hall|Arena|Centre|Center|Bridge|Station|Island|Beach|Bay|Street|Avenue|Base)$/;
/** Capitalised words behind "in" that are no places: days, months, people's titles, adjectives of peoples. */
const NO_PLACE =
  /^(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|Mr|Mrs|Ms|Dr|I|He|She|It|They|We|The|Twitter|Facebook|Instagram|Snapchat|YouTube|Congress|Christmas|English|God|Game|Round|Group|Formula)\b|(?:ish|ese|[a-z]ian)$/;
/** Most untagged words in -an are peoples ("German"); places in -an are known to the tagger. */
const PEOPLE = /(?:an|French|Greek|Dutch|Swiss)$/;

/** Weight of the dateline: a story is mostly filed from where it happened, but agencies file from capitals too. */
const DATELINE_WEIGHT = 1;
/** A name that the tagger did not call a place counts as one only behind a preposition, and less. */
const UNTAGGED = 0.6;
/** A country says little about where; it stands in only where nothing closer is named. */
const COUNTRY = 0.4;

/**
 * The place of the event: what headline and lead put it at, the earlier the more; the dateline; and the places the
 * tagger found, by how much the story is about them. A city or a building counts more than its country.
 */
export function resolveEventPlace(lead: Lead, names: StoryName[]): EventPlace | null {
  const votes = new Map<string, Vote>();
  const tagged = namesByForm(names);
  const vote = (printed: string, weight: number, evidence: string) => {
    const name = tagged.get(fold(printed));
    const place = name?.name ?? printed;
    const entry = votes.get(fold(place)) ?? { place, weight: 0, evidence: [] };
    entry.weight += weight * (isCountry(place, name) ? COUNTRY : 1);
    entry.evidence.push(evidence);
    votes.set(fold(place), entry);
  };
  const filedFrom = lead.dateline?.split(',')[0];
  if (filedFrom) vote(filedFrom, DATELINE_WEIGHT, `dateline ${filedFrom}`);
  for (const name of names) {
    if (name.type === 'PLACE') vote(name.name, name.relevance / 100, 'named in the story');
  }
  [lead.headline, ...lead.sentences].forEach((text, index) => {
    for (const [phrase, printed = ''] of text.matchAll(LOCATIVE)) {
      const trust = trustIn(printed, tagged);
      if (trust > 0) vote(printed.replace(/['’]s$/, ''), trust / (1 + index / 2), `“${phrase}”`);
    }
  });
  const ranked = [...votes.values()].sort((a, b) => b.weight - a.weight || (a.place < b.place ? -1 : 1));
  const best = ranked[0];
  if (!best) return null;
  const share = best.weight / ranked.reduce((sum, entry) => sum + entry.weight, 0);
  return {
    place: best.place,
    printed: printedForm(tagged.get(fold(best.place)), best.place, lead),
    confidence: Math.round(30 + 65 * share),
    evidence: [...new Set(best.evidence)].slice(0, 3),
  };
}

/** How far a capitalised sequence behind a preposition is believed to be a place, 0–1. */
function trustIn(printed: string, tagged: Map<string, StoryName>): number {
  const name = tagged.get(fold(printed));
  if (name) return name.type === 'PLACE' ? 1 : 0;
  if (SITE.test(printed)) return 1;
  if (NO_PLACE.test(printed)) return 0;
  // A tagger that saw the story and did not call it a place is mostly right; without one the preposition must do.
  if (tagged.size === 0) return 1;
  return PEOPLE.test(printed) ? 0 : UNTAGGED;
}

function namesByForm(names: StoryName[]): Map<string, StoryName> {
  const forms = new Map<string, StoryName>();
  for (const name of names) {
    for (const form of [name.name, ...(name.aliases ?? [])]) forms.set(fold(form), name);
  }
  return forms;
}

/** The form of a place's name that stands first in the lead; the canonical one where none does. */
function printedForm(name: StoryName | undefined, place: string, lead: Lead): string {
  const text = [lead.headline, ...lead.sentences].join('\n');
  const forms = [place, ...(name?.aliases ?? [])].map((form) => ({ form, at: text.indexOf(form) }));
  const found = forms.filter(({ at }) => at >= 0).sort((a, b) => a.at - b.at || b.form.length - a.form.length);
  return found[0]?.form ?? place;
}

function isCountry(place: string, name: StoryName | undefined): boolean {
  return name?.scheme === 'iso3166' || countries.getAlpha2Code(place, 'en') !== undefined;
}

function fold(name: string): string {
  return name
    .toLowerCase()
    .replace(/[’']s$/, '')
    .trim();
}
