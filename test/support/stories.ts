import { existsSync, readFileSync } from 'node:fs';
import type { TestApp } from './app.ts';

const SAMPLE = new URL('../../../shared/samples/inquirer-2022-02-23-russia-ukraine.txt', import.meta.url);

/** The publisher's page that domain.md describes; it may not be copied into the repository. Null where it is absent. */
export const samplePage: string | null = existsSync(SAMPLE) ? readFileSync(SAMPLE, 'utf8') : null;

/** Text of a page that nobody printed, with everything a page has; `about` makes it a story of its own. */
export function pageText(
  about: string,
  { body = '', tags = 'Bridges, Transport', date = 'March 4, 2024' } = {},
): string {
  return `${about} opens to traffic | Example Courier

${about} opens to traffic

Published: 9:30 AM ${date}

By Jane Doe

BERN — ${about} was opened to traffic on Monday, two years after a flood had carried away its middle pier, the city said in a statement.

Some 300 people walked across it before the first bus did, and the mayor thanked the engineers who had worked through two winters. ${body}

TAGS: ${tags}

© Copyright 2024 Example Courier | All Rights Reserved
`;
}

export const INGEST = `mutation Ingest($input: IngestStoryInput!) {
  ingestStory(input: $input) { outcome userErrors { code path message } article { id slug version } item { id } draft provenance }
}`;

export interface IngestAnswer {
  ingestStory: {
    outcome: string;
    userErrors: { code: string; path: string[]; message: string }[];
    article: { id: string; slug: string; version: number } | null;
    item: { id: string } | null;
    draft: Record<string, unknown> | null;
    provenance: Record<string, unknown> | null;
  };
}

/** Ingests a page's text and returns the payload. */
export async function ingestPage(
  app: TestApp,
  text: string,
  input: Record<string, unknown> = {},
): Promise<IngestAnswer['ingestStory']> {
  const { data } = await app.ask<IngestAnswer>(INGEST, { input: { source: { pageText: text }, ...input } });
  return data.ingestStory;
}
