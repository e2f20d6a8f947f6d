import { decodeHtml } from '../ingest/parsers/html/decode.ts';
import { fetchPage } from './fetch-page.ts';
import type { Item, Unreadable } from './item.ts';

/** Fetches an address; what goes wrong comes out as unreadable, nothing is thrown. */
export async function readUrl(address: string): Promise<Item | Unreadable> {
  try {
    const { url, contentType, bytes } = await fetchPage(address);
    const text = decodeHtml(bytes, contentType);
    const source = /html/i.test(contentType) ? { html: text } : { any: text };
    return { name: address, source, url, receivedAt: new Date(), bytes: 1, stamp: null };
  } catch (error) {
    return { name: address, bytes: 1, error: { code: 'NOT_FETCHED', message: (error as Error).message } };
  }
}

/** Fetches addresses, `concurrency` at a time; what comes out is in order. */
export async function* readUrls(addresses: string[], concurrency: number): AsyncGenerator<Item | Unreadable> {
  const waiting = [...addresses];
  const started: Promise<Item | Unreadable>[] = [];
  for (;;) {
    while (started.length < concurrency && waiting.length > 0) started.push(readUrl(waiting.shift() as string));
    const first = started.shift();
    if (!first) return;
    yield await first;
  }
}
