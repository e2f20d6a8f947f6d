import { type IngestInput, readInput } from './read.ts';

// The other side of reader.ts: runs in a thread of its own.
export default function read(input: IngestInput) {
  return readInput(input);
}
