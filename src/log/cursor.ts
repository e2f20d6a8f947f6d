import { RequestError } from '../errors.ts';

/** A place in the log: everything up to and including `seq` has been seen. */
export interface LogPosition {
  /** Changes when the log is restored or reset; positions of another epoch mean nothing. */
  epoch: string;
  seq: bigint;
}

/** The opaque form clients hold: `v1.<epoch>.<seq>`. */
export function encodeCursor({ epoch, seq }: LogPosition): string {
  return `v1.${epoch}.${seq}`;
}

/** @throws {RequestError} CURSOR_INVALID */
export function decodeCursor(cursor: string): LogPosition {
  const [, epoch, seq] = /^v1\.([0-9a-z]{1,32})\.(0|[1-9]\d{0,17})$/.exec(cursor) ?? [];
  if (!epoch || !seq)
    throw new RequestError(
      'CURSOR_INVALID',
      'This is no cursor of this feed; start without `after`, or with the last `cursor` received.',
    );
  return { epoch, seq: BigInt(seq) };
}
