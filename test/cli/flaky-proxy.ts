import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** What happens to a request: it passes, is answered by the test itself, or its connection breaks before or after. */
export type Fate = 'pass' | 'break' | 'lose-answer' | { status: number; body: string };

/** A server in front of `url` that does with each story request as `decide` says; questions whether it is there always pass. */
export async function startFlakyProxy(
  url: string,
  decide: (request: { body: string; number: number }) => Fate | Promise<Fate>,
): Promise<{ url: string; requests: string[] }> {
  const requests: string[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString();
    const isStory = body.includes('ingestBatch');
    const fate = isStory ? await decide({ body, number: requests.push(body) }) : 'pass';
    if (fate === 'break') return void response.destroy();
    if (typeof fate === 'object') return end(response, fate.status, fate.body);
    const { authorization } = request.headers;
    const answer = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: request.headers.accept ?? '',
        authorization: authorization ?? '',
      },
      body,
    });
    const text = await answer.text();
    if (fate === 'lose-answer') return void response.destroy();
    end(response, answer.status, text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`, requests };
}

function end(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(body);
}
