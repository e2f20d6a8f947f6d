import type { Story } from '../stories/story.ts';

/** The parts of a story in which its event is looked for, most telling first. */
export interface Lead {
  headline: string;
  /** Place the story was filed from ("Moscow"), from the field or the head of the text. */
  dateline: string | null;
  /** Standfirst and first sentences, in order, without the dateline. */
  sentences: string[];
}

/** Characters of body text that are read: an event is told at the top. */
const HEAD_LENGTH = 4000;
const MAX_SENTENCES = 12;
const ABBREVIATION =
  /(?:^|[\s("“])(?:[A-Z]|Mr|Mrs|Ms|Dr|Prof|Gen|Col|Lt|Sgt|Capt|Sen|Rep|Gov|Pres|Rev|Hon|St|Mt|Ft|vs|No|Inc|Ltd|Corp|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|(?:[A-Za-z]\.)+[A-Za-z])\.\s*$/;
const DATELINE =
  /^(?:By [^—–\n]{3,60}\n)?((?:[A-Z][A-Z'’.-]+|St\.)(?:[ ,/]{1,2}[A-Z][A-Za-z.'’]*){0,5})(?:\s*\([^)]{2,40}\))?\s*(?:[—–]|--?)\s+/;

/** A dateline that page furniture stands before: capitals, perhaps an agency in brackets, and a dash ("WASHINGTON (AP) —"). */
const INNER_DATELINE =
  /(?:^|[\s|])(?!BREAKING|UPDATE|VIDEO|WATCH|LIVE|EXCLUSIVE|NEWS|PHOTO|RELATED|MORE|READ|ADVERT)(\p{Lu}{3,}(?:[ -]\p{Lu}{2,}){0,3})(?:, [\p{L}. ]{2,20})? (?:\([\p{L}. ]{2,20}\) ?)?(?:—|–|--) ?(?=\p{Lu}|["“])/u;
const INNER_REACH = 1200;

/** Cuts the top of a story into headline, dateline and sentences. Bounded whatever the body's length. */
export function readLead(story: Pick<Story, 'headline' | 'abstract' | 'dateline' | 'bodyText'>): Lead {
  const head = story.bodyText.slice(0, HEAD_LENGTH);
  let dateline = story.dateline ? titleCase(story.dateline) : null;
  const sentences = story.abstract ? splitSentences(story.abstract.slice(0, HEAD_LENGTH)) : [];
  for (const block of head.split('\n')) {
    if (sentences.length >= MAX_SENTENCES) break;
    const filed = DATELINE.exec(block);
    if (filed?.[1]) dateline ??= titleCase(filed[1]);
    for (const sentence of splitSentences(filed ? block.slice(filed[0].length) : block)) {
      if (!sentences.includes(sentence)) sentences.push(sentence);
    }
  }
  dateline ??= titleCase(INNER_DATELINE.exec(head.slice(0, INNER_REACH))?.[1] ?? '') || null;
  return { headline: story.headline, dateline, sentences: sentences.slice(0, MAX_SENTENCES) };
}

const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });

/** Sentences of a block; an abbreviation's full stop ("Mr.", "Nov.", "U.S.") ends none. */
export function splitSentences(text: string): string[] {
  const sentences: string[] = [];
  let open = '';
  for (const { segment } of segmenter.segment(text)) {
    open += segment;
    if (ABBREVIATION.test(open.slice(-20))) continue;
    if (open.trim()) sentences.push(open.trim());
    open = '';
  }
  if (open.trim()) sentences.push(open.trim());
  return sentences;
}

/** "MAZAR-I-SHARIF, Afghanistan" → "Mazar-i-Sharif, Afghanistan". */
function titleCase(dateline: string): string {
  const words = dateline.trim().replace(/\p{L}{2,}/gu, (word) => {
    if (word !== word.toUpperCase()) return word;
    return `${word[0]}${word.slice(1).toLowerCase()}`;
  });
  return words.replace(/-\p{Lu}-/gu, (letter) => letter.toLowerCase());
}
