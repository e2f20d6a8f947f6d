/** Bounds how deep HTML may nest before any parser sees it: their cost grows with the square of the depth. */

/** Elements that close themselves or are closed by the next of their kind, so that many in a row mean no depth. */
const UNCOUNTED = new Set(
  'area base br col embed hr img input link meta param source track wbr p li dt dd tr td th option thead tbody tfoot colgroup rp rt'.split(
    ' ',
  ),
);
const TAG = /<(\/?)([a-z][a-z0-9.:-]{0,30})[^<>]*>/giu;

/** Drops the tags (never the text) of elements nested deeper than `most`. One pass, whatever the input. */
export function flattenHtml(html: string, most: number): string {
  let depth = 0;
  return html.replace(TAG, (tag: string, slash: string, name: string) => {
    if (UNCOUNTED.has(name.toLowerCase()) || tag.endsWith('/>')) return depth > most ? ' ' : tag;
    if (slash === '') return ++depth > most ? ' ' : tag;
    const isDropped = depth > most;
    if (depth > 0) depth -= 1;
    return isDropped ? ' ' : tag;
  });
}
