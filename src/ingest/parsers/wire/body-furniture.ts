/** What stands in a wire's body without being the story: the headline again, bylines, desk notes, codes, initials. */
import { foldSpace } from './plain-text.ts';

export interface BodyBlock {
  /** HTML element the block is printed as. */
  tag: string;
  text: string;
  /** Inner HTML, already safe. */
  html: string;
  /** Stood in no paragraph, heading or list of its own. */
  loose: boolean;
}

export interface TrimmedBody {
  kept: BodyBlock[];
  byline: string | null;
  edNote: string | null;
}

/** Lines that may open a wire's text before the story does. */
const OPENING_LINES = 8;
const BYLINE = /^By \p{Lu}[\p{L}.'’-]*(?: (?:and |de |van |von |al-)?\p{Lu}[\p{L}.'’-]*){1,7}(?:, [^.]{0,60})?$/u;
const DESK_NOTE = /^\((?:adds?|updates?|recasts?|corrects?|refiles?|repeats?|rewrites?|fixes|clarifies)\b[^()]*\)$/iu;
/** An instruction shouted at desks: "(ROUGH CUT ONLY - NO REPORTER NARRATION)". */
const SHOUTED_NOTE = /^\([\p{Lu}\d\s,;:/-]{8,120}\)$/u;
/** Desk initials ("hh/ph/ts") and agency marks ("AAP RTV") that close a take. */
const SIGN_OFF = /^(?:\p{L}{1,4}(?:[/-]\p{L}{1,4}){1,6}|\p{Lu}{2,5}(?: \p{L}{2,3}){1,3})$/u;
/** A line that is mark-up shown as text: an embed nobody can see here. */
const SHOWN_MARKUP = /^<[a-z!][\s\S]*>$/iu;
/** The agency's copyright mark under a text. */
const COPYRIGHT_LINE = /^\(?(?:©|\(c\)|copyright\b)[^\n]{0,300}$/iu;
/** Transmission codes: no word in lower case, three numbers or more. */
const CODES = /^(?=(?:\D*\d+){3})[\p{Lu}\d .:/_-]+$/u;

/** Drops what is no story text and hands back a byline and a desk note found there. */
export function trimFurniture(blocks: BodyBlock[], headline: string | null): TrimmedBody {
  const repeated = fold(headline ?? '');
  const hasTitle = blocks.some((block) => block.tag === 'h1');
  const firstProse = blocks.findIndex((block) => !block.loose && block.tag !== 'h1');
  let byline: string | null = null;
  let edNote: string | null = null;
  const kept = blocks.filter((block, index) => {
    if (!/[\p{L}\p{N}]/u.test(block.text) || SHOWN_MARKUP.test(block.text)) return false;
    const announcesMarkup = /^h\d$/u.test(block.tag) && SHOWN_MARKUP.test(blocks[index + 1]?.text ?? '');
    if (announcesMarkup) return false;
    if (block.tag === 'h1' || (index < OPENING_LINES && block.text.length < 1000 && fold(block.text) === repeated))
      return false;
    const isKicker = hasTitle && block.loose && index < firstProse && block.text.length <= 60;
    if (isKicker && !/[.!?]$/u.test(block.text)) return false;
    if (firstProse >= 0 && block.loose && CODES.test(block.text)) return false;
    if (index >= OPENING_LINES) return true;
    if (byline === null && BYLINE.test(block.text)) {
      byline = block.text;
      return false;
    }
    if (edNote === null && (DESK_NOTE.test(block.text) || SHOUTED_NOTE.test(block.text))) {
      edNote = block.text;
      return false;
    }
    return true;
  });
  while (kept.length > 1 && isClosingMark(kept.at(-1)?.text ?? '')) kept.pop();
  return { kept, byline, edNote };
}

function isClosingMark(text: string): boolean {
  return SIGN_OFF.test(text) || COPYRIGHT_LINE.test(text);
}

function fold(text: string): string {
  return foldSpace(text.normalize('NFKC').replace(/[‘’“”"']/gu, ''))
    .trim()
    .toLowerCase();
}
