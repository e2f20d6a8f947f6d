import { STOP_WORDS } from './stop-words.ts';

/** Terms of a text with their weight before rarity: ln(1 + field-weighted count), or a sum of such. */
export type TermWeights = Map<string, number>;

/** How many stories there are and in how many of them a term stands; a running table, the same in batch and online. */
export interface TermStatistics {
  readonly stories: number;
  storiesWith(term: string): number;
}

/** The parts of a story that tell what happened. */
export interface StoryText {
  headline: string;
  /** Standfirst, or the first sentences where there is none. */
  lead: string;
  body: string;
}

/** News tells first what matters: words count more in the headline and the lead, and not at all far down. */
const HEADLINE_WEIGHT = 3;
const LEAD_WEIGHT = 2;
const BODY_LENGTH = 3000;
const LEAD_LENGTH = 600;
const HEADLINE_LENGTH = 300;
/** Terms kept per story. */
export const STORY_TERMS = 80;
/** Stories that an empty archive pretends to hold, so that the first real ones do not swing the table. */
const PRIOR_STORIES = 200;
/** Rarer than one story in so many says no more: keeps scores alike in an archive of 500 and of 500,000. */
const RAREST = 1000;

/** Words of a text in order, lower case, reduced to a common stem, without function words. */
export function tokenise(text: string): string[] {
  const tokens: string[] = [];
  const words = text.normalize('NFKC').toLowerCase().replace(/[‘’ʼ]/g, "'");
  for (const [word] of words.matchAll(/[\p{L}\p{N}]+(?:['.][\p{L}\p{N}]+)*/gu)) {
    const plain = word.replace(/'s$/, '').replaceAll('.', '');
    if (plain.length >= 2 && plain.length <= 40 && !STOP_WORDS.has(plain)) tokens.push(stem(plain));
  }
  return tokens;
}

/** Strips English inflection ("missiles", "fired", "firing"); lighter than Porter, so that names stay apart. */
function stem(word: string): string {
  if (word.length < 4 || /\d/.test(word)) return word;
  const singular = /(?:ss|us|is)$/.test(word) ? word : word.replace(/ies$/, 'y').replace(/e?s$/, '');
  const bare = singular.replace(/(?<=...)(?:ing|ed)$/, '');
  return bare.replace(/(.)\1$/, '$1').replace(/e$/, '');
}

/** A story's terms: of the whole, and of headline and lead alone, which tell the action rather than the background. */
export interface StoryTerms {
  all: TermWeights;
  lead: TermWeights;
}

/** Weighs every term of a story by where and how often it stands. */
export function weighTerms({ headline, lead, body }: StoryText): StoryTerms {
  const headlineTokens = tokenise(headline.slice(0, HEADLINE_LENGTH));
  const leadTokens = tokenise(lead.slice(0, LEAD_LENGTH));
  const bodyTokens = tokenise(body.slice(0, BODY_LENGTH));
  return {
    all: countTerms([headlineTokens, HEADLINE_WEIGHT], [leadTokens, LEAD_WEIGHT], [bodyTokens, 1]),
    lead: countTerms([headlineTokens, 2], [leadTokens, 1]),
  };
}

function countTerms(...fields: [tokens: string[], weight: number][]): TermWeights {
  const counts = new Map<string, number>();
  for (const [tokens, weight] of fields) {
    for (const token of tokens) counts.set(token, (counts.get(token) ?? 0) + weight);
  }
  return new Map([...counts].map(([term, count]) => [term, Math.log1p(count)]));
}

/** How much a term tells: ln(1 + 1 / share of stories with it), bounded at both ends. */
export function rarity(term: string, statistics: TermStatistics): number {
  const share = (statistics.storiesWith(term) + 0.5) / (statistics.stories + PRIOR_STORIES);
  return Math.log1p(1 / Math.max(share, 1 / RAREST));
}

/** The `limit` terms that weigh most once rarity is taken in; ties by the alphabet, so that runs agree. */
export function heaviest(weights: TermWeights, limit: number, statistics: TermStatistics): TermWeights {
  const ranked = [...weights].map(([term, weight]) => ({ term, weight, heft: weight * rarity(term, statistics) }));
  ranked.sort((a, b) => b.heft - a.heft || (a.term < b.term ? -1 : 1));
  return new Map(ranked.slice(0, limit).map(({ term, weight }) => [term, weight]));
}

/** A running table in memory. */
export function createTermStatistics(): TermStatistics & { add(terms: Iterable<string>): void } {
  const counts = new Map<string, number>();
  let stories = 0;
  return {
    get stories() {
      return stories;
    },
    storiesWith: (term) => counts.get(term) ?? 0,
    add(terms) {
      stories += 1;
      for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1);
    },
  };
}
