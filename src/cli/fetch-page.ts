/**
 * Fetches a page for an operator who asked for it, and nothing that is not on the public internet. A name is resolved
 * once for each connection; the addresses found are checked, and the socket is opened to those same addresses, so that a
 * second answer of the DNS (rebinding) is never asked for. Each redirect starts over.
 */
import { promises as dns, type LookupAddress } from 'node:dns';
import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { isPublicAddress } from './address.ts';

export const FETCH_LIMITS = {
  /** Bytes, unpacked. */
  bytes: 20_000_000,
  /** Milliseconds for a page with all its redirects. */
  time: 20_000,
  redirects: 5,
};

/** What was found at an address. */
export interface Fetched {
  /** Where it was in the end, after redirects. */
  url: string;
  contentType: string;
  bytes: Buffer;
}

/** What tests put in place of the real network. */
export interface Network {
  resolve(host: string): Promise<LookupAddress[]>;
  allows(address: string): boolean;
  limits: typeof FETCH_LIMITS;
}

const INTERNET: Network = {
  resolve: (host) => dns.lookup(host, { all: true, verbatim: true }),
  allows: isPublicAddress,
  limits: FETCH_LIMITS,
};
const HEADERS = {
  'user-agent': 'Dateline/0.1 (news ingestion)',
  accept: 'text/html, application/xhtml+xml, application/xml;q=0.9, application/json;q=0.8, text/plain;q=0.7',
  'accept-encoding': 'gzip, deflate, br',
};

/** @throws {Error} that says why the page was not fetched */
export async function fetchPage(address: string, network: Network = INTERNET): Promise<Fetched> {
  const timeout = AbortSignal.timeout(network.limits.time);
  try {
    return await follow(address, network, timeout);
  } catch (error) {
    if (!timeout.aborted) throw error;
    throw new Error(`It took longer than ${network.limits.time / 1000} seconds.`);
  }
}

async function follow(address: string, network: Network, signal: AbortSignal): Promise<Fetched> {
  let url = new URL(address);
  for (let redirects = 0; redirects <= network.limits.redirects; redirects++) {
    const response = await get(url, network, signal);
    const status = response.statusCode ?? 0;
    if (status >= 300 && status < 400 && response.headers.location) {
      response.destroy();
      url = new URL(response.headers.location, url);
      continue;
    }
    if (status !== 200) {
      response.destroy();
      throw new Error(`The server answered with status ${status}.`);
    }
    return {
      url: url.href,
      contentType: readableType(response),
      bytes: await readBody(response, network.limits.bytes),
    };
  }
  throw new Error(`It was redirected more than ${network.limits.redirects} times.`);
}

async function get(url: URL, network: Network, signal: AbortSignal): Promise<IncomingMessage> {
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw new Error(`Only http and https are fetched, not ${url.protocol}`);
  if (url.username || url.password) throw new Error('Addresses with a user name or password are not fetched.');
  const host = url.hostname.replace(/^\[|\]$/g, '');
  // Node looks up names only; an address that is written out would go unchecked.
  if (isIP(host) && !network.allows(host)) throw notPublic(host);
  const { request } = url.protocol === 'https:' ? https : http;
  // A connection of its own: one that is kept alive was checked for another request.
  const options = { headers: HEADERS, signal, agent: false as const, lookup: checkedLookup(network) };
  return new Promise((resolve, reject) => {
    request(url, options, resolve).on('error', reject).end();
  });
}

/** In place of Node's own look-up: hands the socket only addresses that are allowed. */
function checkedLookup(network: Network): LookupFunction {
  return (host, options, callback) => {
    network.resolve(host).then(
      (addresses) => {
        const refused = addresses.find(({ address }) => !network.allows(address));
        const [first] = addresses;
        if (refused || !first) return callback(refused ? notPublic(host, refused.address) : noAddress(host), '');
        if (options.all) callback(null, addresses);
        else callback(null, first.address, first.family);
      },
      () => callback(noAddress(host), ''),
    );
  };
}

function notPublic(host: string, address = host): Error {
  const resolved = address === host ? '' : ` is ${address}, which`;
  return new Error(`"${host}"${resolved} is not on the public internet; only public addresses are fetched.`);
}

function noAddress(host: string): Error {
  return new Error(`No server is known under the name "${host}".`);
}

/** @throws {Error} for pictures, PDFs and the like */
function readableType(response: IncomingMessage): string {
  const type = response.headers['content-type'] ?? 'text/html';
  if (/^\s*(?:text\/|application\/(?:[\w.+-]*[+])?(?:xml|json|xhtml))/i.test(type)) return type;
  response.destroy();
  throw new Error(`It is ${type.split(';')[0]}, which holds no story that can be read.`);
}

async function readBody(response: IncomingMessage, limit: number): Promise<Buffer> {
  const unpack = { gzip: createGunzip, 'x-gzip': createGunzip, deflate: createInflate, br: createBrotliDecompress };
  const encoding = response.headers['content-encoding']?.trim().toLowerCase() as keyof typeof unpack;
  const stream = encoding in unpack ? response.pipe(unpack[encoding]()) : response;
  // pipe() passes on no errors: a connection that breaks would leave the unpacker waiting.
  if (stream !== response) response.once('error', (error) => stream.destroy(error));
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > limit) throw new Error(`It is larger than ${limit} bytes.`);
      chunks.push(chunk);
    }
  } finally {
    response.destroy();
  }
  return Buffer.concat(chunks);
}
