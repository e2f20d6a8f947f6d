import { register } from 'tsx/esm/api';

// worker.ts in a thread that was not started by tsx: hooks do not pass from thread to thread. Not part of the build.
register();
export default (await import('./worker.ts')).default;
