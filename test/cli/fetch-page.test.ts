import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { describe, expect, onTestFinished, test } from 'vitest';
import { isPublicAddress } from '../../src/cli/address.ts';
import { FETCH_LIMITS, fetchPage, type Network } from '../../src/cli/fetch-page.ts';

describe('isPublicAddress', () => {
  test.each(['93.184.216.34', '8.8.8.8', '2606:2800:220:1:248:1893:25c8:1946', '::ffff:8.8.8.8'])(
    '%s is public',
    (address) => {
      expect(isPublicAddress(address)).toBe(true);
    },
  );

  test.each([
    ['loopback', ['127.0.0.1', '127.255.0.3', '::1', '::ffff:127.0.0.1', '::ffff:7f00:1']],
    ['private', ['10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1', '::ffff:192.168.1.1']],
    ['link-local, with the metadata of clouds', ['169.254.169.254', 'fe80::1', 'fe80::1%eth0']],
    ['unique-local and site-local', ['fc00::1', 'fd12:3456::1', 'fec0::1']],
    ['multicast and broadcast', ['224.0.0.1', '239.255.255.250', '255.255.255.255', 'ff02::1']],
    [
      'unspecified, reserved, shared or for documents',
      ['0.0.0.0', '::', '240.0.0.1', '100.64.0.1', '192.0.2.1', '2001:db8::1'],
    ],
    ['IPv4 within IPv6', ['::127.0.0.1', '64:ff9b::7f00:1', '2002:7f00:1::', '2001:0:7f00:1::']],
    ['no address', ['localhost', '', '999.1.1.1']],
  ])('%s is not', (_kind, addresses) => {
    expect(addresses.filter(isPublicAddress)).toEqual([]);
  });
});

describe('fetchPage', () => {
  /** A server on this machine that stands for the internet, and the network in which it is public. */
  async function startSite(answer: RequestListener, limits: Partial<typeof FETCH_LIMITS> = {}) {
    const server = createServer(answer);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    const asked: string[] = [];
    const network: Network = {
      async resolve(host) {
        asked.push(host);
        if (host === 'nowhere.example') throw new Error('ENOTFOUND');
        return [{ address: host === 'inside.example' ? '10.0.0.7' : '127.0.0.1', family: 4 }];
      },
      allows: (address) => address === '127.0.0.1',
      limits: { ...FETCH_LIMITS, ...limits },
    };
    const { port } = server.address() as AddressInfo;
    return { at: (path: string, host = 'site.example') => `http://${host}:${port}${path}`, network, asked };
  }

  test('returns the page, unpacked, its type, and where it was in the end', async () => {
    const site = await startSite((request, response) => {
      if (request.url === '/old') return void response.writeHead(301, { location: '/new' }).end();
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-encoding': 'gzip' });
      response.end(gzipSync('<h1>Hello</h1>'));
    });
    const page = await fetchPage(site.at('/old'), site.network);
    expect({ ...page, bytes: page.bytes.toString() }).toEqual({
      url: site.at('/new'),
      contentType: 'text/html; charset=utf-8',
      bytes: '<h1>Hello</h1>',
    });
  });

  test('connects to the address that was checked: a name is asked for once a connection', async () => {
    const site = await startSite((_request, response) => void response.end('<p>Hello</p>'));
    await fetchPage(site.at('/'), site.network);
    expect(site.asked).toEqual(['site.example']);
  });

  test('refuses a name of which one address is not public, and an address written out', async () => {
    const site = await startSite((_request, response) => void response.end('<p>secret</p>'));
    const mixed: Network = {
      ...site.network,
      resolve: async () => ['127.0.0.1', '10.0.0.7'].map((address) => ({ address, family: 4 })),
    };
    await expect(fetchPage(site.at('/'), mixed)).rejects.toThrow(
      '"site.example" is 10.0.0.7, which is not on the public',
    );
    await expect(fetchPage(site.at('/', '127.0.0.2'), site.network)).rejects.toThrow(
      '"127.0.0.2" is not on the public',
    );
    await expect(fetchPage(site.at('/', '[::1]'), site.network)).rejects.toThrow('not on the public');
    await expect(fetchPage(site.at('/', 'nowhere.example'), site.network)).rejects.toThrow('No server is known');
  });

  test('checks again after each redirect, and follows none to other protocols', async () => {
    const site = await startSite((request, response) => {
      const to: Record<string, string> = {
        '/name': 'http://inside.example/',
        '/literal': 'http://169.254.169.254/latest/meta-data/',
        '/file': 'file:///etc/passwd',
        '/login': 'http://user:word@site.example/',
      };
      response.writeHead(302, { location: to[request.url ?? ''] }).end();
    });
    await expect(fetchPage(site.at('/name'), site.network)).rejects.toThrow('"inside.example" is 10.0.0.7');
    await expect(fetchPage(site.at('/literal'), site.network)).rejects.toThrow('not on the public internet');
    await expect(fetchPage(site.at('/file'), site.network)).rejects.toThrow('Only http and https');
    await expect(fetchPage(site.at('/login'), site.network)).rejects.toThrow('user name');
  });

  test('ends after 5 redirects', async () => {
    let asked = 0;
    const site = await startSite(
      (_request, response) => void response.writeHead(302, { location: `/${++asked}` }).end(),
    );
    await expect(fetchPage(site.at('/'), site.network)).rejects.toThrow('more than 5 times');
    expect(asked).toBe(6);
  });

  test('ends at the size limit, also of what is packed small, and at the time limit', async () => {
    const site = await startSite(
      (request, response) => {
        response.writeHead(200, request.url === '/packed' ? { 'content-encoding': 'gzip' } : {});
        if (request.url === '/packed') response.end(gzipSync(Buffer.alloc(1_000_000)));
        else if (request.url === '/endless')
          response.on('drain', () => response.write('x'.repeat(65_536))).write('x'.repeat(65_536));
        else response.write('a beginning');
      },
      { bytes: 100_000 },
    );
    await expect(fetchPage(site.at('/packed'), site.network)).rejects.toThrow('larger than 100000 bytes');
    await expect(fetchPage(site.at('/endless'), site.network)).rejects.toThrow('larger than 100000 bytes');
    const hasty = { ...site.network, limits: { ...site.network.limits, time: 300 } };
    await expect(fetchPage(site.at('/slow'), hasty)).rejects.toThrow('longer than 0.3 seconds');
  });

  test('refuses what is no page: errors, pictures, what is packed wrongly', async () => {
    const site = await startSite((request, response) => {
      if (request.url === '/gone') response.writeHead(410);
      if (request.url === '/picture') response.writeHead(200, { 'content-type': 'image/jpeg' });
      if (request.url === '/garbled') response.writeHead(200, { 'content-encoding': 'gzip' });
      response.end('not what it says');
    });
    await expect(fetchPage(site.at('/gone'), site.network)).rejects.toThrow('status 410');
    await expect(fetchPage(site.at('/picture'), site.network)).rejects.toThrow('image/jpeg');
    await expect(fetchPage(site.at('/garbled'), site.network)).rejects.toThrow();
  });
});
