import { readFile } from 'node:fs/promises';
import { readFeed } from '../ingest/parsers/feed/read.ts';
import { sitemapUrls } from '../ingest/parsers/feed/sitemap.ts';
import { decodeHtml } from '../ingest/parsers/html/decode.ts';
import { readXml } from '../ingest/parsers/wire/xml.ts';
import { fetchPage } from './fetch-page.ts';

/** The addresses a sitemap, a feed or a plain list names, each once, in order. @throws {Error} where there are none */
export async function listUrls(fileOrAddress: string): Promise<string[]> {
  const isAddress = /^https?:\/\//i.test(fileOrAddress);
  const { bytes, url } = isAddress
    ? await fetchPage(fileOrAddress)
    : { bytes: await readFile(fileOrAddress), url: null };
  const urls = urlsIn(decodeHtml(bytes).trim(), url);
  if (urls.length === 0) throw new Error(`There is no address in "${fileOrAddress}".`);
  return urls;
}

/** `base` resolves relative addresses. @throws {Error} for a sitemap of sitemaps, or what cannot be read */
export function urlsIn(text: string, base: string | null): string[] {
  const links = /^[<{]/.test(text) ? markedUpUrls(text, base) : text.split(/\r?\n/).map((line) => line.trim());
  const addresses = links.flatMap((link) => {
    const url = URL.canParse(link, base ?? undefined) ? new URL(link, base ?? undefined) : null;
    return url && /^https?:$/.test(url.protocol) ? [url.href] : [];
  });
  return [...new Set(addresses)];
}

function markedUpUrls(text: string, base: string | null): string[] {
  const start = text.slice(0, 2000);
  if (/<(?:\w+:)?sitemapindex\b/.test(start))
    throw new Error('This is a sitemap of sitemaps; give --urls one of those it names.');
  if (/<(?:\w+:)?urlset\b/.test(start)) return sitemapUrls(readXml(text), base);
  return readFeed(text, base).entries.flatMap(({ link }) => link ?? []);
}
