import { readInput } from './read.ts';

// The other side of reader.ts: runs in a thread of its own.
export default readInput;

// Models are loaded when first needed: now, rather than while somebody waits for the first story.
readInput({
  format: 'PAGE_TEXT',
  content:
    'A page to begin with\n\nBERN — The models are loaded by the first story that is read, the engineer Jane Doe said on Monday.',
  path: [],
  url: null,
  receivedAt: new Date(),
  idempotencyKey: null,
});
