import { describe, expect, test } from 'vitest';
import { intoBatches } from '../../src/cli/batches.ts';
import { type Piece, splitStories } from '../../src/cli/split.ts';
import { urlsIn } from '../../src/cli/urls.ts';

async function collect<Part>(parts: AsyncIterable<Part>): Promise<Part[]> {
  const all: Part[] = [];
  for await (const part of parts) all.push(part);
  return all;
}

async function* inChunks(text: string, size: number): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(text);
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}

describe('splitStories', () => {
  const split = async (text: string, { size = 3, isLive = false } = {}) =>
    (await collect<Piece>(splitStories(inChunks(text, size), { isLive }))).map(({ bytes, line }) => [line, `${bytes}`]);

  test.each([1, 7, 1000])('takes each line of NDJSON for a story, in chunks of %i bytes', async (size) => {
    expect(await split('\n{"a":1}\n\n{"b":"é"}\r\n', { size })).toEqual([
      [2, '{"a":1}'],
      [4, '{"b":"é"}\r'],
    ]);
  });

  test('takes everything else for one story, to the byte', async () => {
    for (const text of ['', 'one line', '\n\nA headline\n\nA body\n', '{\n "a": 1\n}\n', '[{"a":1}]', '{"a":1}\n'])
      expect(await split(text)).toEqual([[null, text === '{"a":1}\n' ? '{"a":1}' : text]]);
  });

  test('passes a line on before the next one is there, where somebody is still writing', async () => {
    async function* writer() {
      yield Buffer.from('{"a":1}\n');
      await new Promise(() => {});
    }
    const stories = splitStories(writer(), { isLive: true });
    expect((await stories.next()).value).toMatchObject({ line: 1 });
  });
});

describe('intoBatches', () => {
  const limits = { items: 3, bytes: 100, patience: 10 };
  const never = new AbortController().signal;

  test('fills batches up to the number of items and of bytes; what is larger goes alone', async () => {
    async function* parts() {
      for (const bytes of [1, 1, 1, 1, 60, 60, 500, 1]) yield { bytes };
    }
    const batches = await collect(intoBatches(parts(), limits, never));
    expect(batches.map((batch) => batch.map(({ bytes }) => bytes))).toEqual([[1, 1, 1], [1, 60], [60], [500], [1]]);
  });

  test('sends what is there when no more comes for a while, and ends at once when told', async () => {
    async function* parts() {
      yield { bytes: 1 };
      await new Promise(() => {});
    }
    const stop = new AbortController();
    const batches = intoBatches(parts(), limits, stop.signal);
    expect((await batches.next()).value).toEqual([{ bytes: 1 }]);
    const next = batches.next();
    stop.abort();
    expect(await next).toMatchObject({ done: true });
  });
});

describe('urlsIn', () => {
  const ADDRESSES = ['https://courier.example/a', 'https://courier.example/b'];

  test('reads sitemaps, feeds and plain lists; each address once', () => {
    const sitemap = `<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${ADDRESSES.map((url) => `<url><loc>${url}</loc></url>`).join('')}</urlset>`;
    const feed = `<rss version="2.0"><channel><title>C</title>${ADDRESSES.map((url) => `<item><title>T</title><link>${url}</link></item>`).join('')}</channel></rss>`;
    const json = JSON.stringify({
      version: 'https://jsonfeed.org/version/1.1',
      title: 'C',
      items: ADDRESSES.map((url) => ({ id: url, url })),
    });
    const list = `# stories\n${ADDRESSES.join('\r\n')}\n${ADDRESSES[0]}\nmailto:desk@courier.example\n`;
    for (const text of [sitemap, feed, json, list]) expect(urlsIn(text, null)).toEqual(ADDRESSES);
  });

  test('says what to do with a sitemap of sitemaps', () => {
    expect(() => urlsIn('<sitemapindex><sitemap/></sitemapindex>', null)).toThrow('one of those it names');
  });
});
