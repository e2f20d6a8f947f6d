import { agencyIn } from './agency.ts';
import { renderBlocks } from './blocks.ts';
import { isElement, labelOf, type PageElement, shortTextOf, textOf, walk } from './dom.ts';
import { isDateLine } from './phrases.ts';

export interface PrintedCaption {
  caption: string | null;
  credit: string | null;
}

const CAPTION_LABEL = /caption|cutline|(?:^|[\s_-])desc(?:ription)?(?:$|[\s_-])|legend/;
const CREDIT_LABEL = /credit|photographer|copyright|attribution|(?:^|[\s_-])source(?:$|[\s_-])/;
/** A picture's box holds no more text than this; a box with more is part of the story. */
const BOX_TEXT = 900;
/** Words that stand alone with a picture are its caption up to this length. */
const UNLABELLED_TEXT = 320;

/**
 * Caption and credit printed with a picture: labelled ones in the boxes around it or right after these, else the only
 * words in its box.
 */
export function readCaption(image: PageElement): PrintedCaption {
  let inner = image;
  let smallest: PageElement | null = null;
  for (let level = 0; level < 6; level++) {
    const box = inner.parentElement;
    const text = box === null || box.localName === 'body' ? null : shortTextOf(box, BOX_TEXT);
    if (box === null || text === null) break;
    if (text !== '') smallest ??= box;
    const { caption, credit } = labelledParts(box);
    if (caption !== null || credit !== null) return joinParts(caption, credit);
    inner = box;
  }
  return smallest === null ? labelledAfter(inner) : unlabelled(smallest);
}

/** Pages that lay picture and story out in one box print the caption behind the picture's own box. */
function labelledAfter(box: PageElement): PrintedCaption {
  const next = box.nextElementSibling;
  const text = next === null ? null : shortTextOf(next, BOX_TEXT);
  if (next === null || !text) return { caption: null, credit: null };
  if (CAPTION_LABEL.test(labelOf(next))) {
    const { credit } = labelledParts(next);
    const after = next.nextElementSibling;
    return joinParts(next, credit ?? (after !== null && CREDIT_LABEL.test(labelOf(after)) ? after : null));
  }
  return CREDIT_LABEL.test(labelOf(next)) ? joinParts(next, null) : { caption: null, credit: null };
}

function unlabelled(box: PageElement): PrintedCaption {
  const lines = linesOf(box);
  const text = lines.join(' ');
  const isCaption =
    lines.length <= 2 &&
    text.length <= UNLABELLED_TEXT &&
    !/^(?:a|h[1-6]|li|article|section)$/.test(box.localName) &&
    !lines.some(isDateLine);
  if (isCaption && holdsTitle(box)) return { caption: null, credit: splitCredit(lines.at(-1) ?? '').credit };
  return isCaption ? splitLines(lines) : { caption: null, credit: null };
}

/** A picture beside a heading or inside a link with words is a card for another story, or the head of this one. */
function holdsTitle(box: PageElement): boolean {
  let found = false;
  walk(box, (node) => {
    if (isElement(node) && (/^h[1-6]$/.test(node.localName) || (node.localName === 'a' && textOf(node) !== '')))
      found = true;
    return !found;
  });
  return found;
}

function labelledParts(box: PageElement): { caption: PageElement | null; credit: PageElement | null } {
  let caption: PageElement | null = null;
  let credit: PageElement | null = null;
  walk(box, (node) => {
    if (!isElement(node) || node === box) return true;
    const label = labelOf(node);
    const isCredit = CREDIT_LABEL.test(label) && !CAPTION_LABEL.test(label);
    if (credit === null && isCredit && textOf(node) !== '') credit = node;
    else if (caption === null && (node.localName === 'figcaption' || CAPTION_LABEL.test(label)) && textOf(node) !== '')
      caption = node;
    return true;
  });
  return { caption, credit };
}

function joinParts(caption: PageElement | null, credit: PageElement | null): PrintedCaption {
  const creditText = textOf(credit);
  const lines = caption === null ? [] : linesOf(caption);
  if (creditText === '') return splitLines(lines);
  const rest = lines
    .map((line) =>
      (line.endsWith(creditText) ? line.slice(0, -creditText.length) : line.replace(creditText, ' ')).trim(),
    )
    .filter((line) => line !== '');
  const split = splitLines(rest);
  return { caption: split.caption, credit: cleanCredit(creditText) ?? split.credit };
}

function linesOf(element: PageElement): string[] {
  const lines = renderBlocks(element).map((block) => block.text);
  return lines.filter((line, index) => lines.indexOf(line) === index);
}

/** The last line of a caption is its credit where it is short, names a source and ends without a stop. */
function splitLines(lines: readonly string[]): PrintedCaption {
  const last = lines.at(-1);
  if (lines.length > 1 && last !== undefined && last.length < 70 && !/[.!?]$/.test(last)) {
    const { caption, credit } = splitCredit(lines.slice(0, -1).join(' '));
    return { caption, credit: credit ?? cleanCredit(last) };
  }
  return splitCredit(lines.join(' '));
}

const CREDIT_WORD =
  /^(?:(?:(?:file )?photo(?:graph)?s?|image|picture|pic|foto|imagem|credits?|source|copyright|©|via)(?: (?:credit|courtesy))?(?: (?:by|of|via)\b)?(?:\s*(?:[:©]|\.{3}))*\s*(?=\S))+/i;
/** The forms a credit takes at the end of a caption, the surest first. */
const TRAILING_CREDITS = [
  /\s*\(((?:file )?(?:photo|image|picture|credit|courtesy|source|©)[^()]{1,120})\)\.?\s*$/i,
  /\s*\(([^()]{2,80}\/[^()]{2,60}|(?:AP|AFP|Reuters|REUTERS|Getty)\b[^()]{0,80}|[^()]{2,60}\bvia (?:AP|AFP|Reuters|REUTERS|Getty)\b[^()]{0,40})\)\.?\s*$/,
  /\s*\[([^[\]]{2,80})\]\s*$/,
  /(?:^|\s*)((?:photo(?:graph)?|image|credit|foto|imagem)(?: credit)?\s*(?:by\b|:|©|\.{3}).{1,80})$/i,
  /(?:^|\s+)(©\s*.{2,80})$/,
  /\s+(via\s+\p{Lu}[\p{L}\s./]{1,40}|iStock|Shutterstock|Getty(?: Images)?)$/u,
  /[.!?”"]\s+((?:File: )?\p{Lu}[\p{L}.'’-]+(?:\s\p{Lu}[\p{L}.'’-]+){0,3}(?:\s?\/\s?|,\s|\svia\s)\p{Lu}[\p{L}.\s]{1,40})$/u,
];

/** Parts a caption from the credit printed at its end: "… (AP Photo/Jane Doe)", "… Photo: Jane Doe", "… © Reuters". */
export function splitCredit(text: string): PrintedCaption {
  const bare = withoutRepeat(text).replace(/\s*\((?:published|updated) [^()]{4,60}\)\s*$/i, '');
  if (bare === '') return { caption: null, credit: null };
  for (const pattern of TRAILING_CREDITS) {
    const match = pattern.exec(bare);
    if (match === null) continue;
    const kept =
      bare.slice(match.index, match.index + match[0].indexOf(match[1] as string)).match(/^[.!?”"]/)?.[0] ?? '';
    return {
      caption: (bare.slice(0, match.index) + kept).replace(/[\s|–—-]+$/, '') || null,
      credit: cleanCredit(match[1] as string),
    };
  }
  const isCredit =
    bare.length < 50 && agencyIn(bare) !== null && !/\p{Ll}{4,}.*\p{Ll}{4,}.*\p{Ll}{4,}.*\p{Ll}{4,}/u.test(bare);
  return isCredit ? { caption: null, credit: bare } : { caption: bare, credit: null };
}

/** A caption that can be folded is in the page twice: "short less long". */
function withoutRepeat(text: string): string {
  const fold = /\s(?:less|more)\s/.exec(text);
  if (fold === null) return text;
  const rest = text.slice(fold.index + fold[0].length);
  return rest.slice(0, 25) === text.slice(0, 25) ? text.slice(0, fold.index) : text;
}

function cleanCredit(text: string): string | null {
  const inner = text.trim().replace(/^[([](.*)[)\]]$/, '$1');
  return inner.replace(CREDIT_WORD, '').trim() || null;
}
