import countries from 'i18n-iso-countries';
import type { Lead } from './lead.ts';
import type { StoryName } from './story-name.ts';

/** Where the event of a story happened, and why we think so. */
export interface EventPlace {
  place: string;
  /** 0–100. */
  confidence: number;
  evidence: string[];
}

interface Vote {
  place: string;
  weight: number;
  evidence: string[];
}

const NAME = "(?:\\p{Lu}[\\p{L}'’-]*)(?:[ -]\\p{Lu}[\\p{L}'’-]*){0,3}";
const LOCATIVE = new RegExp(
  `\\b(in|at|near|outside|around|from|off|over) (?:the )?(?:\\p{Ll}+ (?:of )?){0,2}(${NAME})`,
  'gu',
);
const NO_PLACE =
  /^(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|Mr|Mrs|Ms|Dr|I|He|She|It|They|We|The|Twitter|Facebook|Instagram|Snapchat|YouTube|Congress|Christmas|English|God)\b/;

/**
 * The place of the event: what headline and lead put it at ("in Croydon"), the dateline, and the places the
 * tagger found; the earlier it is said the more it counts, and a city more than its country.
 */
export function resolveEventPlace(lead: Lead, names: StoryName[]): EventPlace | null {
  const votes = new Map<string, Vote>();
  if (lead.dateline) {
    const filedFrom = lead.dateline.split(',')[0] ?? lead.dateline;
    vote(votes, filedFrom, 1.5, `dateline ${filedFrom}`);
  }
  const known = new Map(names.map((name) => [fold(name.name), name]));
  [lead.headline, ...lead.sentences].forEach((text, index) => {
    for (const match of text.matchAll(LOCATIVE)) {
      const place = match[2] ?? '';
      const tagged = known.get(fold(place));
      if (NO_PLACE.test(place) || (tagged && tagged.type !== 'PLACE')) continue;
      vote(votes, place, (tagged ? 1.5 : 1) / (1 + index / 3), `“${match[0]}”`);
    }
  });
  for (const name of names) {
    if (name.type === 'PLACE') vote(votes, name.name, (0.5 * name.relevance) / 100, 'named in the story');
  }
  const ranked = [...votes.values()].map((entry) => ({ ...entry, weight: entry.weight * breadthFactor(entry.place) }));
  ranked.sort((a, b) => b.weight - a.weight || a.place.localeCompare(b.place));
  const best = ranked[0];
  if (!best) return null;
  const share = best.weight / ranked.reduce((sum, entry) => sum + entry.weight, 0);
  return {
    place: best.place,
    confidence: Math.round(40 + 50 * share),
    evidence: [...new Set(best.evidence)].slice(0, 3),
  };
}

function vote(votes: Map<string, Vote>, place: string, weight: number, evidence: string): void {
  const entry = votes.get(fold(place)) ?? { place, weight: 0, evidence: [] };
  entry.weight += weight;
  entry.evidence.push(evidence);
  votes.set(fold(place), entry);
}

/** A country says little about where; it stands in only where nothing closer is named. */
function breadthFactor(place: string): number {
  return countries.getAlpha2Code(place, 'en') ? 0.5 : 1;
}

function fold(name: string): string {
  return name
    .toLowerCase()
    .replace(/[’']s$/, '')
    .trim();
}
