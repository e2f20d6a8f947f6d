/** Cuts text into words and sentences, in one pass and with offsets. */

export interface Token {
  text: string;
  /** UTF-16 offsets into the text that was cut. */
  start: number;
  end: number;
}

const WORD = String.raw`[\p{L}\p{N}\p{M}]+(?:(?:['’](?![sS](?![\p{L}\p{N}]))|[-‐‑&_]|\.(?=[\p{Ll}\p{N}]))[\p{L}\p{N}\p{M}]+)*`;

/** A single alternation of unambiguous starts: every character is looked at a bounded number of times. */
const TOKEN = new RegExp(
  [
    String.raw`(?:https?:\/\/|www\.)[^\s]+`,
    String.raw`[#@][\p{L}\p{N}_]+`,
    // U.S., J.K. and single initials before another name.
    String.raw`(?<![\p{L}\p{N}])(?:\p{Lu}\.){2,}`,
    String.raw`(?<![\p{L}\p{N}])\p{Lu}\.(?=\s?\p{Lu})`,
    String.raw`(?<![\p{L}\p{N}])(?:Mr|Mrs|Ms|Dr|St|Jr|Sr|Gov|Sen|Rep|Gen|Lt|Col|Sgt|Capt|Prof|Rev|Mt|Ft|Inc|Corp|Ltd|Bros)\.`,
    String.raw`['’][sS](?![\p{L}\p{N}])`,
    WORD,
    String.raw`[^\s]`,
  ].join('|'),
  'gu',
);

/** "Gilligan-USA": a name glued to an agency in capitals is two words. */
const GLUED_AGENCY = /^(\p{Lu}\p{Ll}+)-(\p{Lu}{2,})$/u;

/** The words and marks of a text, in order. */
export function tokenise(text: string): Token[] {
  const tokens: Token[] = [];
  for (const match of text.matchAll(TOKEN)) {
    const start = match.index;
    const word = match[0];
    const glued = word.length < 60 ? GLUED_AGENCY.exec(word) : null;
    if (glued) {
      const cut = start + (glued[1] as string).length;
      tokens.push({ text: glued[1] as string, start, end: cut });
      tokens.push({ text: '-', start: cut, end: cut + 1 });
      tokens.push({ text: glued[2] as string, start: cut + 1, end: start + word.length });
    } else {
      tokens.push({ text: word, start, end: start + word.length });
    }
  }
  return tokens;
}

const ENDS_SENTENCE = /^[.!?…。！？]$/;
const CLOSES = /^["'”’)\]»]$/;
const STARTS_SENTENCE = /^[\p{Lu}\p{N}"'“‘([«]/u;
/** Bounds the work per sentence in text without any full stop. */
const LONGEST_SENTENCE = 250;

/** Token ranges [from, to) of the sentences; a line break ends one, too. */
export function sentences(text: string, tokens: Token[]): Array<[number, number]> {
  const ranges: Array<[number, number]> = [];
  let from = 0;
  for (let i = 0; i < tokens.length; i++) {
    const next = tokens[i + 1];
    const token = tokens[i] as Token;
    let ends = next === undefined || i + 1 - from >= LONGEST_SENTENCE;
    if (!ends && next) {
      const gap = next.start - token.end;
      if (gap > 0 && text.slice(token.end, Math.min(next.start, token.end + 20)).includes('\n')) ends = true;
      else if (gap > 0 && STARTS_SENTENCE.test(next.text)) {
        let last = i;
        while (last > from && CLOSES.test((tokens[last] as Token).text)) last--;
        ends = ENDS_SENTENCE.test((tokens[last] as Token).text);
      }
    }
    if (ends) {
      ranges.push([from, i + 1]);
      from = i + 1;
    }
  }
  return ranges;
}
