/**
 * A text in the form two printings of it share: compatibility forms, quotes, dashes, case and white space
 * folded, so that "Ukraine's" and "Ukraine’s" are one.
 */
export function comparable(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\u2018\u2019\u201a\u201b\u2032\u00b4`]/gu, "'")
    .replace(/[\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033]/gu, '"')
    .replace(/[\u2010-\u2015\u2212]/gu, '-')
    .replace(/\s+/gu, ' ')
    .trim()
    .toLowerCase();
}

/** The words of a text, lower case, without punctuation. */
export function words(text: string): string[] {
  return comparable(text).match(/[\p{L}\p{M}\p{N}]+(?:'[\p{L}]+)?/gu) ?? [];
}
