import type { TestApp } from './app.ts';

/** A story about happenings that nobody reported. */
export interface InventedStory {
  uri: string;
  headline: string;
  bodyText: string;
  datePublished: string;
  source?: string;
}

export const FLOOD: InventedStory = {
  uri: 'urn:test:flood-1',
  headline: 'Storm Agda floods harbour of Norvik',
  bodyText:
    'NORVIK — Storm Agda flooded the harbour of Norvik on Monday, sinking forty fishing boats and cutting power to the old town, the harbour master said.\n\nFishermen had tied up their boats on Sunday night, and watched them go down one after the other while the storm drove the sea over the quay.',
  datePublished: '2021-10-04T12:00:00Z',
  source: 'courier.example',
};
export const FLOOD_AGAIN: InventedStory = {
  uri: 'urn:test:flood-2',
  headline: 'Forty boats sunk as storm Agda hits Norvik',
  bodyText:
    'Fishing boats sank and power failed in the old town of Norvik when storm Agda flooded its harbour on Monday.\n\nThe harbour master counted forty boats lost; the storm had driven the sea over the quay.',
  datePublished: '2021-10-04T18:00:00Z',
  source: 'herald.example',
};
export const ROOFS: InventedStory = {
  uri: 'urn:test:roofs',
  headline: 'Storm Bodil tears roofs off Norvik hospital',
  bodyText:
    'Patients were moved to Estby after storm Bodil tore the roof off the Norvik hospital on Thursday, injuring nine nurses.\n\nIt was the second storm to hit Norvik within a month.',
  datePublished: '2021-10-14T18:00:00Z',
  source: 'courier.example',
};
export const BANK: InventedStory = {
  uri: 'urn:test:bank',
  headline: 'Central bank of Sudria raises its key rate',
  bodyText:
    'The central bank of Sudria raised its key rate to 4 percent on Tuesday, saying that inflation had not come down as fast as its governors had hoped.',
  datePublished: '2021-10-05T08:00:00Z',
  source: 'ledger.example',
};

const INGEST_BATCH = `mutation($input: IngestBatchInput!) {
  ingestBatch(input: $input) { results { outcome article { id } userErrors { message } } }
}`;

/** Ingests the stories as one batch and returns their articles' ids. */
export async function ingestInvented(app: TestApp, ...stories: InventedStory[]): Promise<string[]> {
  const items = stories.map(({ source, ...story }) => ({
    source: { structured: { ...story, source: source ? { name: source, domain: source } : undefined } },
  }));
  const { data } = await app.ask<{
    ingestBatch: { results: { article: { id: string } | null; userErrors: { message: string }[] }[] };
  }>(INGEST_BATCH, { input: { items } });
  return data.ingestBatch.results.map(({ article, userErrors }) => {
    if (!article) throw new Error(userErrors[0]?.message ?? 'not ingested');
    return article.id;
  });
}

export interface EventOfStory {
  id: string;
  name: string;
  independentSourceCount: number;
  superEvent: { id: string; name: string } | null;
  articles: { edges: { creator: string; node: { id: string } }[] };
}

/** The events of a story. */
export async function eventsOf(app: TestApp, articleId: string | undefined): Promise<EventOfStory[]> {
  const { data } = await app.ask<{ article: { events: { edges: { node: EventOfStory }[] } } }>(
    `query($id: ID!) { article(by: {id: $id}) { events { edges { node {
      id name independentSourceCount superEvent { id name } articles { edges { creator node { id } } } } } } } }`,
    { id: articleId },
  );
  return data.article.events.edges.map((edge) => edge.node);
}

export interface RelatedStory {
  rel: string;
  origin: string;
  score: number | null;
  reasons: { kind: string; text: string }[];
  article: { id: string } | null;
}

/** The related stories of a story. */
export async function relatedOf(app: TestApp, articleId: string | undefined): Promise<RelatedStory[]> {
  const { data } = await app.ask<{ article: { related: { edges: { node: RelatedStory }[] } } }>(
    `query($id: ID!) { article(by: {id: $id}) { related { edges { node {
      rel origin score reasons { kind text } article { id } } } } } }`,
    { id: articleId },
  );
  return data.article.related.edges.map((edge) => edge.node);
}

/** Empties the archive: quicker than another app, which would load its models anew. */
export async function clearArchive(app: TestApp): Promise<void> {
  await app.database.pool.query('truncate articles, events, event_terms, term_counts cascade');
  await app.database.pool.query('update context_head set stories = 0, placements = 0');
}
