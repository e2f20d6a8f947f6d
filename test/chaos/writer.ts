import type { ServerProcess } from './server-process.ts';

/** One call that a writer makes until it is acknowledged: several stories, new or new versions of its earlier ones. */
interface Call {
  key: string;
  stories: { uri: string; revision: number }[];
}

/** Somebody who hands stories in over HTTP, one call after the other, and never gives one up before it is acknowledged. */
export interface Writer {
  /** Writes until the server is gone or `signal` aborts. */
  write(server: ServerProcess, signal: AbortSignal): Promise<void>;
  /** Hands in the call that was not acknowledged yet, if there is one. */
  finish(server: ServerProcess): Promise<void>;
  /** What was acknowledged: how many versions, by uri. */
  acknowledged: Map<string, number>;
  /** What was sent and not yet acknowledged: it may be there or not, but as a whole. */
  pending(): Map<string, number>;
}

const INGEST = `mutation($input: IngestBatchInput!) {
  ingestBatch(input: $input) { results { outcome article { uri } userErrors { message } } userErrors { message } }
}`;

/** `random` yields numbers in [0, 1): the same ones make the same stories. */
export function createWriter(name: string, random: () => number): Writer {
  const acknowledged = new Map<string, number>();
  let waiting: Call | null = null;
  let calls = 0;

  function nextCall(): Call {
    const known = [...acknowledged.keys()];
    const uris = Array.from({ length: 1 + Math.floor(random() * 4) }, (_, index) =>
      known.length > 0 && random() < 0.3
        ? (known[Math.floor(random() * known.length)] as string)
        : `urn:kill:${name}:${calls}:${index}`,
    );
    const stories = [...new Set(uris)].map((uri) => ({ uri, revision: (acknowledged.get(uri) ?? 0) + 1 }));
    return { key: `${name}:${calls++}`, stories };
  }

  async function send(call: Call, server: ServerProcess): Promise<void> {
    const items = call.stories.map((one, index) => ({
      source: { structured: story(one) },
      idempotencyKey: `${call.key}:${index}`,
    }));
    const response = await fetch(server.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${server.key}` },
      body: JSON.stringify({ query: INGEST, variables: { input: { items } } }),
    });
    const { data, errors } = await response.json();
    if (errors) throw new Error(JSON.stringify(errors));
    for (const [index, one] of call.stories.entries()) {
      const { outcome, userErrors } = data.ingestBatch.results[index];
      const expected = one.revision === 1 ? 'CREATED' : 'REVISED';
      if (outcome !== expected) throw new WrongAnswer(`${one.uri}: ${outcome} ${JSON.stringify(userErrors)}`);
      acknowledged.set(one.uri, one.revision);
    }
  }

  return {
    acknowledged,
    pending: () => new Map(waiting?.stories.map((one) => [one.uri, one.revision])),
    async finish(server) {
      if (waiting) await send(waiting, server);
      waiting = null;
    },
    async write(server, signal) {
      while (!signal.aborted) {
        waiting ??= nextCall();
        try {
          await send(waiting, server);
          waiting = null;
        } catch (error) {
          if (error instanceof WrongAnswer) throw error;
          // The server is gone, or its database is: the next one gets the same call again.
          return;
        }
      }
    },
  };
}

/** The server acknowledged a call with something that cannot be: a fault, whatever else goes on. */
class WrongAnswer extends Error {}

function story({ uri, revision }: { uri: string; revision: number }) {
  return {
    uri,
    headline: `What happened at ${uri}`,
    bodyText: `BERN — The council met about ${uri} on Monday.\n\nThis is version ${revision} of the report by Jane Doe.`,
    source: { name: 'Example Courier', domain: 'courier.example' },
    datePublished: '2024-03-04T09:30:00Z',
    tags: [{ name: 'Bridges' }, { name: 'Transport' }],
    photos: [{ caption: `The bridge at ${uri}`, renditions: [{ href: 'https://courier.example/bridge.jpg' }] }],
    related: [{ title: 'The old bridge', uri: 'urn:kill:nobody' }],
  };
}
