import { readContext, type StoryContext } from '../context/story-context.ts';
import type { UserError } from '../errors.ts';
import { storableStory } from '../stories/snapshot.ts';
import type { ParsedItem, Provenance, Story } from '../stories/story.ts';
import type { InputFormat } from './detect.ts';
import { parse } from './parse.ts';

/** One thing handed in. */
export interface IngestInput {
  /** Null: by the input's own marks. */
  format: InputFormat | null;
  content: string;
  /** Where the input stands in the request, for its errors: ["input", "source", "html"]. */
  path: string[];
  /** Where it was fetched from; resolves relative links and names the story where the input does not. */
  url: string | null;
  receivedAt: Date;
  /** The same key with the same input is answered as before; with another input it is an error. */
  idempotencyKey: string | null;
}

/** One item of an input, ready to be stored. */
export type ReadItem =
  | { kind: 'STORY'; story: Story; context: StoryContext; provenance: Provenance }
  | Exclude<ParsedItem, { kind: 'STORY' | 'REJECTED' }>
  | { kind: 'REJECTED'; error: UserError };

/** Parses an input and computes what each story is about: computing only, so that it can be done in another thread. */
export function readInput(input: IngestInput): { format: InputFormat; items: ReadItem[] } {
  const { format, items, error } = parse(input.format, input.content, input.path, { ...input, timeZone: null });
  if (error) return { format, items: [{ kind: 'REJECTED', error }] };
  return { format, items: items.map((item) => readItem(item, input, items.length === 1)) };
}

function readItem(item: ParsedItem, input: IngestInput, isAlone: boolean): ReadItem {
  if (item.kind === 'REJECTED')
    return { kind: 'REJECTED', error: { code: 'NOT_A_STORY', path: input.path, message: item.reason } };
  if (item.kind !== 'STORY') return item;
  // The address of a feed or message is not the address of its stories.
  const canonicalUrl = item.story.canonicalUrl ?? (isAlone ? input.url : null);
  // Before names are read from it, so that their places in the text are places in what is stored.
  const story = storableStory({ ...item.story, canonicalUrl });
  return { kind: 'STORY', story, context: readContext(story), provenance: item.provenance };
}
