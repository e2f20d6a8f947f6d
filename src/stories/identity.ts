import { createHash } from 'node:crypto';
import slugify from '@sindresorhus/slugify';
import normalizeUrl from 'normalize-url';
import { storable } from './storable.ts';
import type { Story } from './story.ts';

/** Two spellings of one name, title or keyword have one key: NFKC, straight quotes, lower case, single spaces; bounded. */
export function textKey(text: string): string {
  const key = text
    .normalize('NFKC')
    .replace(/[‘’‛′`´]/g, "'")
    .replace(/[“”„‟″«»]/g, '"')
    .replace(/[‐-―−]/g, '-')
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase();
  return boundedKey(key);
}

/** `key` as an index can hold it: Postgres refuses entries above 2.7 kB, so a long one is its beginning and a hash. */
export function boundedKey(key: string): string {
  if (key.length <= LONGEST_KEY) return key;
  return `${storable(key.slice(0, LONGEST_KEY - 44))}#${createHash('sha256').update(key).digest('base64url')}`;
}

/** UTF-16 code units, at most 3 bytes each. */
const LONGEST_KEY = 600;

/** One key for the spellings of one page's address (scheme, www, fragment, tracking parameters, order of parameters); bounded; null where it is no http(s) URL. */
export function urlKey(url: string): string | null {
  try {
    const plain = normalizeUrl(url, { stripProtocol: true, stripHash: true, removeQueryParameters: TRACKING });
    return boundedKey(plain.toLowerCase());
  } catch {
    return null;
  }
}

const TRACKING = [/^utm_\w+/i, /^(fbclid|gclid|mc_cid|mc_eid|cmpid|ns_campaign|ns_mchannel|ocid|smid|ref|ref_src)$/i];

/** What the story is recognised by when it comes again, strongest first: `uri:…`, `url:…`, `text:…` (source, headline, day). */
export function storyKeys(story: Story): string[] {
  const url = story.canonicalUrl && urlKey(story.canonicalUrl);
  const day = story.datePublished?.instant.toISOString().slice(0, 10) ?? '';
  const text = JSON.stringify([story.source && textKey(story.source.name), textKey(story.headline), day]);
  return [
    ...(story.uri ? [`uri:${boundedKey(story.uri)}`] : []),
    ...(url ? [`url:${url}`] : []),
    `text:${createHash('sha256').update(text).digest('hex').slice(0, 32)}`,
  ];
}

/** The article's public `uri`: the publisher's, else its URL, else a `urn:dateline:` made from the weakest key. */
export function storyUri(story: Story): string {
  return story.uri ?? story.canonicalUrl ?? `urn:dateline:${storyKeys(story).at(-1)?.replace(':', '-')}`;
}

/** Words of `text` in Latin letters joined by hyphens, at most `length` long; never empty. */
export function slug(text: string, length = 80): string {
  const whole = slugify(text.slice(0, length * 4));
  const cut =
    whole.length <= length
      ? whole
      : whole
          .slice(0, length + 1)
          .replace(/-[^-]*$/, '')
          .slice(0, length);
  return cut || createHash('sha256').update(text).digest('hex').slice(0, 12);
}
