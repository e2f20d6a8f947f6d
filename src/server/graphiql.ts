import type { IncomingMessage, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';

const STORY_QUERY = `# The latest stories, each with what it is about and what goes with it.
query LatestStories {
  stories(first: 10) {
    totalCount
    edges {
      node {
        headline
        source { name }
        datePublished
        dateline
        body(format: TEXT)
        tags(first: 20) { edges { creator confidence node { type name slug } } }
        photos { edges { role caption node { creditText altText renditions { href width } } } }
        related { edges { node { rel title article { id headline } } } }
        events { edges { node { name startDate { date precision } locationName } } }
      }
    }
  }
}
`;

const SUBSCRIPTION = `# Run this, then ingest a story: it appears here the moment it is stored.
# Keep the last cursor; given back as \`after\` it resumes there, and nothing is missed.
subscription NewStories {
  stories {
    __typename
    cursor
    ... on Checkpoint { live }
    ... on StoryChange {
      kind
      version
      article { id headline source { name } datePublished tags { edges { node { name } } } }
    }
  }
}
`;

const INGEST = `# Writing needs a key: put it into Headers below. On this machine it is in DATA_DIR/development.key (.data by default).
mutation IngestStory {
  ingestStory(input: {
    source: { pageText: """
Bridge over the Aare reopens after two years | Example Courier

Bridge over the Aare reopens after two years

Published: 9:30 AM March 4, 2024

By Jane Doe

BERN — The bridge over the Aare was opened to traffic on Monday, two years after a flood had carried away its middle pier.

Some 300 people walked across it before the first bus did, the city said.

TAGS: Bridges, Transport
""" }
  }) {
    outcome
    article { id headline datePublished dateline body(format: TEXT) }
    userErrors { code path message }
  }
}
`;

const KEY_HEADER = JSON.stringify({ Authorization: 'Bearer <the key in .data/development.key>' });

/** GraphiQL with all its assets in the page: it works on a network without internet. Rendered and packed once. */
export function createGraphiQL(): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  let rendered: Promise<Buffer> | undefined;
  return async (request, response) => {
    rendered ??= render();
    const page = await rendered;
    response.writeHead(200, {
      'content-type': 'text/html; charset=utf-8',
      'content-encoding': 'gzip',
      'content-length': page.length,
      'x-frame-options': 'DENY',
    });
    response.end(request.method === 'HEAD' ? undefined : page);
  };
}

async function render(): Promise<Buffer> {
  // Megabytes of script: loaded when somebody looks, so that the server need not wait for them to start.
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql');
  const page = renderGraphiQL({
    title: 'Dateline',
    endpoint: '/graphql',
    subscriptionsProtocol: 'WS',
    defaultTabs: [{ query: STORY_QUERY }, { query: SUBSCRIPTION }, { query: INGEST, headers: KEY_HEADER }],
    defaultEditorToolsVisibility: 'headers',
    shouldPersistHeaders: false,
  });
  return gzipSync(page);
}
