/** Gathers what a story says about its topics: cues in its text, and what its publisher's section, keywords and address say. */
import { topicForKeyword } from './keyword-aliases.ts';
import { type Cue, cueAt, ENGLISH_LEXICON } from './lexicon.ts';
import { broaderTopics } from './vocabulary.ts';
import { type Word, wordsOf } from './words.ts';

/** The parts of a story that topics are read from. */
export interface TopicStory {
  headline: string;
  abstract: string | null;
  bodyText: string;
  /** The publication's own section, as printed. */
  section: string | null;
  /** The publisher's own keywords. */
  keywords: string[];
  /** Address of the story's page; its path often names the section. */
  url: string | null;
  /** BCP 47; null where unknown. */
  language: string | null;
}

/** One thing in a story that points to topics. */
export interface Evidence {
  /** Words a reader can check: a cue as the story first writes it, or "section: Sport". */
  words: string;
  /** How much it says for each topic code. */
  strengths: ReadonlyMap<string, number>;
}

// How much one appearance says, by where it is; in the body further ones add ever less.
const HEADLINE_STRENGTH = 3;
const LEAD_STRENGTH = 1.5;
const BODY_STRENGTH = 0.6;

// A label its publisher put on the story says as much as a strong cue in headline and lead together.
const SECTION_STRENGTH = 16;
const ADDRESS_STRENGTH = 12;
const KEYWORD_STRENGTH = 12;

const LEAD_LENGTH = 500;
/** Characters of a body that are looked at: news says early what it is about, and time stays bounded. */
const BODY_LENGTH = 6000;
const KEYWORDS_READ = 20;

const FREQUENT_ENGLISH = new Set(
  'the of and to in that is was for on with by at from as it has have his her'.split(' '),
);

/** Everything in a story that points to topics. Text in other languages than English adds nothing: its labels still do. */
export function gatherEvidence(story: TopicStory): Evidence[] {
  const body = story.bodyText.slice(0, BODY_LENGTH);
  const lead = `${(story.abstract ?? '').slice(0, LEAD_LENGTH)}\n${body.slice(0, LEAD_LENGTH)}`;
  const headline = calmCapitals(story.headline.slice(0, LEAD_LENGTH));
  const labels = labelEvidence(story);
  const bodyWords = wordsOf(body.slice(LEAD_LENGTH));
  const leadWords = wordsOf(lead);
  const headlineWords = wordsOf(headline);
  if (!isEnglish(story.language, [...headlineWords, ...leadWords, ...bodyWords])) return labels;
  return [...labels, ...cueEvidence(headlineWords, leadWords, bodyWords)];
}

function cueEvidence(headline: Word[], lead: Word[], body: Word[]): Evidence[] {
  const counts = new Map<Cue, { words: string; headline: number; lead: number; body: number }>();
  for (const [zone, words] of [
    ['headline', headline],
    ['lead', lead],
    ['body', body],
  ] as const) {
    for (let at = 0; at < words.length; ) {
      const found = cueAt(ENGLISH_LEXICON, words, at);
      const end = at + (found?.length ?? 1);
      if (found) {
        const count = counts.get(found.cue) ?? { words: written(words.slice(at, end)), headline: 0, lead: 0, body: 0 };
        count[zone]++;
        counts.set(found.cue, count);
      }
      at = end;
    }
  }
  const evidence: Evidence[] = [];
  for (const [cue, count] of counts) {
    if (cue.weights.size === 0) continue;
    const factor =
      (count.headline > 0 ? HEADLINE_STRENGTH : 0) +
      (count.lead > 0 ? LEAD_STRENGTH : 0) +
      BODY_STRENGTH * Math.log2(1 + count.body + Math.max(0, count.lead - 1));
    evidence.push({ words: count.words, strengths: new Map([...cue.weights].map(([code, w]) => [code, w * factor])) });
  }
  return evidence;
}

function written(words: readonly Word[]): string {
  return words.map((word) => word.written).join(' ');
}

/** What the publisher itself calls the story: section, keywords, folders of its address. */
function labelEvidence(story: TopicStory): Evidence[] {
  const evidence: Evidence[] = [];
  const said = new Set<string>();
  const add = (kind: string, label: string, strength: number): void => {
    const meant = topicForKeyword(label, story.language);
    // Section and address usually say the same thing: once is enough.
    if (!meant || said.has(meant.code)) return;
    said.add(meant.code);
    evidence.push({ words: `${kind}: ${label}`, strengths: new Map([[meant.code, strength]]) });
  };
  for (const part of (story.section ?? '').slice(0, LEAD_LENGTH).split(/[/>|]/))
    add('section', part.trim(), SECTION_STRENGTH);
  for (const folder of foldersOf(story.url)) add('address', folder, ADDRESS_STRENGTH);
  for (const keyword of story.keywords.slice(0, KEYWORDS_READ)) add('keyword', keyword.slice(0, 100), KEYWORD_STRENGTH);
  return evidence;
}

/** The folders of an address, without the page itself: "/sport/rugby-union/123" → "sport", "rugby union". */
function foldersOf(url: string | null): string[] {
  if (!url || url.length > 2000 || !URL.canParse(url)) return [];
  return new URL(url).pathname
    .split('/')
    .slice(1, -1)
    .map((folder) => folder.replaceAll(/[-_+]/g, ' ').trim())
    .filter((folder) => folder !== '');
}

/** True where the story says it is English, or says nothing and reads like it. */
function isEnglish(language: string | null, words: readonly Word[]): boolean {
  if (language) return /^en\b/i.test(language);
  const frequent = words.filter((word) => FREQUENT_ENGLISH.has(word.folded)).length;
  return frequent >= words.length * 0.08;
}

/** A headline in capitals throughout says nothing about which words are names. */
function calmCapitals(headline: string): string {
  return /\p{Ll}/u.test(headline) ? headline : headline.toLowerCase();
}

/** Sums evidence per topic, and per topic with everything below it (where one piece of evidence counts once). */
export function tally(evidence: readonly Evidence[]): { own: Map<string, number>; whole: Map<string, number> } {
  const own = new Map<string, number>();
  const whole = new Map<string, number>();
  for (const { strengths } of evidence) {
    const strongest = new Map<string, number>();
    for (const [code, strength] of strengths) {
      own.set(code, (own.get(code) ?? 0) + strength);
      for (const at of [code, ...broaderTopics(code).map((above) => above.code)]) {
        strongest.set(at, Math.max(strength, strongest.get(at) ?? 0));
      }
    }
    for (const [code, strength] of strongest) whole.set(code, (whole.get(code) ?? 0) + strength);
  }
  return { own, whole };
}

/** The pieces of evidence that say most for a topic and what is below it, best first. */
export function strongestFor(code: string, evidence: readonly Evidence[], limit: number): string[] {
  const isWithin = (candidate: string): boolean =>
    candidate === code || broaderTopics(candidate).some((above) => above.code === code);
  return evidence
    .map((piece) => ({
      words: piece.words,
      strength: Math.max(0, ...[...piece.strengths].filter(([of]) => isWithin(of)).map(([, strength]) => strength)),
    }))
    .filter((piece) => piece.strength > 0)
    .sort((a, b) => b.strength - a.strength)
    .slice(0, limit)
    .map((piece) => piece.words);
}
