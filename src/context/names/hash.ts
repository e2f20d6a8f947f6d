/** FNV-1a over UTF-16 units, unsigned 32 bit: the key of words and features in the committed tables, which so hold no text. */
export function hashText(text: string, seed = 0x811c9dc5): number {
  let hash = seed;
  for (let i = 0; i < text.length; i++) {
    hash ^= text.charCodeAt(i);
    hash = Math.imul(hash, 0x01000193);
  }
  // A last mixing step: neighbouring strings must not stay neighbours in an open-addressed table.
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x2c1b3c6d);
  return (hash ^ (hash >>> 13)) >>> 0;
}
