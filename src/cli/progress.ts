/** A progress bar with rate and time left, written over in place; nothing where nobody watches. */

interface Progress {
  advance(bytes: number, inputs: number): void;
  /** Makes room for other output. */
  clear(): void;
}

const BAR = 24;
/** Milliseconds between two drawings. */
const INTERVAL = 100;

/** `started`: milliseconds since 1970. */
export function createProgress(
  stream: NodeJS.WritableStream & { isTTY?: boolean; columns?: number },
  { totalBytes, started }: { totalBytes: number | null; started: number },
): Progress {
  if (!stream.isTTY) return { advance() {}, clear() {} };
  let done = 0;
  let drawn = 0;
  return {
    advance(bytes, inputs) {
      done += bytes;
      if (Date.now() - drawn < INTERVAL) return;
      drawn = Date.now();
      const line = progressLine({ inputs, done, totalBytes, seconds: (drawn - started) / 1000 });
      stream.write(`\r\u001b[K${line.slice(0, (stream.columns ?? 80) - 1)}`);
    },
    clear() {
      stream.write('\r\u001b[K');
      drawn = 0;
    },
  };
}

/** "[██████      ] 25 %  120 sent  40.0/s  0:09 left". */
export function progressLine(state: {
  inputs: number;
  done: number;
  totalBytes: number | null;
  seconds: number;
}): string {
  const { inputs, done, totalBytes, seconds } = state;
  const sent = `${inputs} sent  ${(inputs / Math.max(seconds, 0.001)).toFixed(1)}/s`;
  if (totalBytes === null) return sent;
  const share = totalBytes === 0 ? 1 : Math.min(1, done / totalBytes);
  const bar = '█'.repeat(Math.round(share * BAR)).padEnd(BAR);
  const left = share > 0 ? `${clock((seconds * (1 - share)) / share)} left` : '';
  return `[${bar}] ${Math.floor(share * 100)} %  ${sent}  ${left}`.trimEnd();
}

function clock(seconds: number): string {
  const whole = Math.ceil(seconds);
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60)];
  const tail = String(whole % 60).padStart(2, '0');
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${tail}` : `${minutes}:${tail}`;
}
