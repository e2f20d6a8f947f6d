// The other side of reader.ts: runs in a thread of its own.
export { readInput as default } from './read.ts';
