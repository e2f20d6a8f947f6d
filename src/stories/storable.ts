/** `text` without what Postgres' text type refuses: NUL is dropped, a lone surrogate becomes U+FFFD. */
export function storable(text: string): string {
  return text
    .replaceAll('\0', '')
    .replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, '\uFFFD');
}
