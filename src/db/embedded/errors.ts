/** A second Dateline asked for a data folder that a first one holds. The message names the process and the way out. */
export class DataFolderBusyError extends Error {
  override readonly name = 'DataFolderBusyError';
}

/** npm carries no PostgreSQL that runs on this machine. The message asks for DATABASE_URL. */
export class EmbeddedUnavailableError extends Error {
  override readonly name = 'EmbeddedUnavailableError';
}
