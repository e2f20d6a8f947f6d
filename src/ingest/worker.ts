import type { IngestInput } from './read.ts';

// The other side of reader.ts: runs in a thread of its own. Piscina tries `require` before `import`, which under tsx
// would load everything as CommonJS; the top-level await makes this file one that can only be imported.
const { readInput } = await import('./read.ts');

export default function read(input: IngestInput) {
  return readInput(input);
}
