/** How far into a page its charset is looked for, as browsers do (HTML standard: 1024 bytes; pages in the wild need more). */
const SNIFF_BYTES = 4096;

/**
 * Decodes the bytes of a page by byte order mark, else the `charset` of its Content-Type, else its own meta element,
 * else as UTF-8 where that is valid, else as windows-1252. Never throws; unknown labels are passed over.
 */
export function decodeHtml(bytes: Uint8Array, contentType?: string): string {
  const marked = byteOrderMark(bytes);
  if (marked !== null) return new TextDecoder(marked).decode(bytes);
  const stated = [
    charsetIn(contentType ?? ''),
    charsetIn(new TextDecoder('latin1').decode(bytes.subarray(0, SNIFF_BYTES))),
  ];
  for (const label of stated) {
    if (label === null) continue;
    // A page that states UTF-16 in ASCII letters is not in UTF-16 (HTML standard, 13.2.3.2).
    const text = tryDecode(bytes, /^utf-?16/i.test(label) ? 'utf-8' : label);
    if (text !== null) return text;
  }
  return tryDecode(bytes, 'utf-8') ?? new TextDecoder('windows-1252').decode(bytes);
}

function byteOrderMark(bytes: Uint8Array): string | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return null;
}

function charsetIn(text: string): string | null {
  return /charset\s*=\s*["']?\s*([\w:.-]{2,40})/i.exec(text)?.[1] ?? null;
}

/** Null where the label is unknown or the bytes are not in that charset: statements are often wrong. */
function tryDecode(bytes: Uint8Array, label: string): string | null {
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
