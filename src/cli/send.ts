import { RequestFailure, request, type Target } from './client.ts';
import type { Item } from './item.ts';
import { type Retrying, withRetry } from './retry.ts';

/** What became of one item; an input may hold several (a feed, a wire message). */
export interface Outcome {
  name: string;
  url: string | null;
  /** Of the server; DRAFT where nothing was stored. */
  outcome: 'CREATED' | 'REVISED' | 'UNCHANGED' | 'DUPLICATE' | 'REJECTED' | 'DRAFT';
  article: { id: string; slug: string; headline: string } | null;
  photo: { id: string; caption: string | null } | null;
  event: { id: string; name: string } | null;
  tag: { id: string; name: string } | null;
  errors: { code: string; path: string[]; message: string }[];
  /** Only of a dry run. */
  draft?: Record<string, unknown> | null;
  provenance?: Record<string, { reader: string; place: string; confidence: number }> | null;
}

interface Answer {
  ingestBatch: {
    results: { items: AnsweredItem[]; userErrors: Outcome['errors'] }[];
    userErrors: Outcome['errors'];
  };
}
type AnsweredItem = Omit<Outcome, 'name' | 'url' | 'errors'> & { userErrors: Outcome['errors'] };

const MUTATION = `mutation Ingest($input: IngestBatchInput!, $dryRun: Boolean!) {
  ingestBatch(input: $input) {
    results {
      items {
        outcome
        article { id slug headline }
        photo { id caption }
        event { id name }
        tag { id name }
        draft @include(if: $dryRun)
        provenance @include(if: $dryRun)
        userErrors { code path message }
      }
      userErrors { code path message }
    }
    userErrors { code path message }
  }
}`;

/** Sends batches to one server. */
export interface Sender {
  target: Target;
  dryRun: boolean;
  /** Of this run. With the item's number it makes its idempotency key, so that a request whose answer was lost can be sent again and is answered as it would have been; another run asks afresh. */
  runId: string;
  retrying: Retrying;
}

/** An item and its number within the run. */
export interface Numbered {
  item: Item;
  number: number;
}

/**
 * Sends a batch; the outcomes are in order, each item's own. What the server fails on even when asked again is split, so
 * that one bad item does not sink the rest. @throws {RequestFailure} where the server cannot be asked, or fails on all
 */
export async function sendBatch(sender: Sender, batch: Numbered[]): Promise<Outcome[][]> {
  const { retries, signal } = sender.retrying;
  for (;;) {
    try {
      return await withRetry(() => post(sender, batch), sender.retrying);
    } catch (failure) {
      if (!isSplittable(failure) || (failure.kind === 'FAULT' && signal.aborted)) throw failure;
      const results = await split(sender, batch, failure);
      // Whatever it is asked, it fails: its database is down, say.
      const isSick = batch.length > 1 && results.every((outcomes) => outcomes.some(isFault));
      if (!isSick) return results;
      if (retries !== Number.POSITIVE_INFINITY) throw failure;
    }
  }
}

async function split(sender: Sender, batch: Numbered[], failure: RequestFailure): Promise<Outcome[][]> {
  if (batch.length === 1) return batch.map(({ item }) => [failed(item, failure)]);
  const results: Outcome[][] = [];
  const middle = Math.ceil(batch.length / 2);
  for (const half of [batch.slice(0, middle), batch.slice(middle)]) {
    try {
      results.push(...(await post(sender, half)));
    } catch (error) {
      if (!isSplittable(error)) throw error;
      results.push(...(await split(sender, half, error)));
    }
  }
  return results;
}

/** Whether the server failed on the item: it may succeed another time. */
export function isFault({ errors }: Outcome): boolean {
  return errors.some(({ code }) => code === 'INTERNAL' || code === 'TOO_SLOW');
}

function isSplittable(error: unknown): error is RequestFailure {
  return error instanceof RequestFailure && (error.kind === 'FAULT' || error.kind === 'TOO_LARGE');
}

async function post({ target, dryRun, runId }: Sender, batch: Numbered[]): Promise<Outcome[][]> {
  const items = batch.map(({ item: { source, url, receivedAt }, number }) => ({
    source,
    url,
    receivedAt,
    ...(dryRun ? {} : { idempotencyKey: `cli-${runId}-${number}` }),
  }));
  const { ingestBatch } = await request<Answer>(target, MUTATION, { input: { items, dryRun }, dryRun });
  const [problem] = ingestBatch.userErrors;
  if (problem) throw new RequestFailure('REFUSED', problem.message);
  return batch.map(({ item }, index) => {
    const result = ingestBatch.results[index];
    if (!result?.items.length) return [rejected(item, result?.userErrors ?? [])];
    return result.items.map(({ userErrors, outcome, ...rest }) => ({
      name: item.name,
      url: item.url,
      outcome: dryRun && outcome !== 'REJECTED' ? ('DRAFT' as const) : outcome,
      ...rest,
      errors: userErrors,
    }));
  });
}

function failed(item: Item, { kind, message }: RequestFailure): Outcome {
  return rejected(item, [{ code: kind === 'FAULT' ? 'INTERNAL' : kind, path: [], message }]);
}

/** An item that became nothing. */
export function rejected({ name, url }: { name: string; url?: string | null }, errors: Outcome['errors']): Outcome {
  return { name, url: url ?? null, outcome: 'REJECTED', article: null, photo: null, event: null, tag: null, errors };
}
