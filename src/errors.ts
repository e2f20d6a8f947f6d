/** Something the caller can mend, with a stable code; reaches clients as a `userErrors` entry or a GraphQL error with `extensions.code`. */
export interface UserError {
  /** Upper-case, stable: clients branch on it. */
  code: string;
  /** Path of the input field, e.g. ["source", "pageText"]; empty where no field is to blame. */
  path: string[];
  /** What is wrong and what to do, as a sentence for a person. */
  message: string;
}

/** Thrown where a request cannot go on; everything that is not one of these reaches the client as an opaque id. */
export class RequestError extends Error {
  override readonly name = 'RequestError';
  constructor(
    readonly code: string,
    message: string,
    readonly extensions: Record<string, unknown> = {},
  ) {
    super(message);
  }
}
