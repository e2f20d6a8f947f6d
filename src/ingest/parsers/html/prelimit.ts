/** Characters of mark-up kept of a page once scripts, styles and comments are out; real pages have under 1 M. */
const MARKUP_LIMIT = 1_500_000;
/** Nesting kept; real pages stay under 40. Deeper tags are taken out, their text stays. */
const DEPTH_LIMIT = 64;
/** Start tags kept; real pages have some 2,000. The extractor's time grows with their square. */
const TAG_LIMIT = 6_000;

/** Where something starts that no reader sees as text; JSON-LD scripts are taken aside. */
const HIDDEN_START = /<!--|<(script|style|svg|template|math|canvas)(?=[\s>/])/gi;
const HIDDEN_END: Record<string, RegExp> = Object.fromEntries(
  ['script', 'style', 'svg', 'template', 'math', 'canvas'].map((name) => [name, new RegExp(`</${name}`, 'gi')]),
);
/** Elements that never nest or that a parser closes by itself: they add nothing to the depth. */
const SELF_CLOSING = new Set(
  (
    'area base br col embed hr img input link meta param source track wbr keygen ' +
    'p li dt dd tr td th thead tbody tfoot option optgroup body html head'
  ).split(' '),
);

/** A page made safe to parse, with the JSON-LD scripts taken out of it. */
export interface LimitedMarkup {
  html: string;
  jsonLd: string[];
}

/**
 * Bounds what the DOM parser and the extractor have to bear: drops scripts, styles, comments and drawings, replaces
 * NUL and lone surrogates, cuts mark-up over a size and flattens nesting over a depth. Linear in the input.
 */
export function limitMarkup(input: string): LimitedMarkup {
  const jsonLd: string[] = [];
  const parts: string[] = [];
  let size = 0;
  let from = 0;
  while (size < MARKUP_LIMIT && from < input.length) {
    HIDDEN_START.lastIndex = from;
    const match = HIDDEN_START.exec(input);
    const until = match?.index ?? input.length;
    parts.push(input.slice(from, Math.min(until, from + MARKUP_LIMIT - size)));
    size += until - from;
    if (match === null) break;
    const hidden = hiddenPart(input, match[1]?.toLowerCase(), HIDDEN_START.lastIndex);
    if (match[1] !== undefined && hidden.attributes.toLowerCase().includes('ld+json')) jsonLd.push(hidden.content);
    from = hidden.next;
  }
  const html = parts
    .join('')
    .replaceAll('\u0000', ' ')
    .replace(/\p{Surrogate}/gu, '\ufffd');
  return { html: limitTags(html), jsonLd };
}

/** An element that is never closed ends with the page, as in a browser. */
function hiddenPart(input: string, name: string | undefined, from: number) {
  if (name === undefined) {
    const end = input.indexOf('-->', from);
    return { attributes: '', content: '', next: end < 0 ? input.length : end + 3 };
  }
  const tagEnd = indexOrEnd(input, '>', from);
  const closing = HIDDEN_END[name] as RegExp;
  closing.lastIndex = tagEnd;
  const close = closing.exec(input);
  const contentEnd = close?.index ?? input.length;
  return {
    attributes: input.slice(from, tagEnd),
    content: input.slice(tagEnd + 1, contentEnd),
    next: indexOrEnd(input, '>', contentEnd) + 1,
  };
}

function indexOrEnd(text: string, needle: string, from: number): number {
  const index = text.indexOf(needle, from);
  return index < 0 ? text.length : index;
}

/** Takes out tags nested too deep and cuts the page after too many. */
function limitTags(html: string): string {
  const tag = /<(\/?)([a-z][^\s/<>]*)/gi;
  let depth = 0;
  let opened = 0;
  let skipped = 0;
  let from = 0;
  const parts: string[] = [];
  for (let match = tag.exec(html); match !== null; match = tag.exec(html)) {
    const end = indexOrEnd(html, '>', tag.lastIndex);
    tag.lastIndex = end;
    if (match[1] === '' && ++opened > TAG_LIMIT) return parts.join('') + html.slice(from, match.index);
    if (SELF_CLOSING.has((match[2] as string).toLowerCase()) || html[end - 1] === '/') continue;
    const closes = match[1] === '/';
    if (closes && skipped > 0) skipped--;
    else if (closes) {
      depth = Math.max(0, depth - 1);
      continue;
    } else if (depth >= DEPTH_LIMIT) skipped++;
    else {
      depth++;
      continue;
    }
    parts.push(html.slice(from, match.index), ' ');
    from = Math.min(end + 1, html.length);
  }
  return from === 0 ? html : parts.join('') + html.slice(from);
}
