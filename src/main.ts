import pino from 'pino';
import { startApp } from './app.ts';
import { parseConfig } from './config.ts';

/** Seconds after which an end that hangs is forced. */
const PATIENCE = 10;

async function main(): Promise<void> {
  const log = pino({ level: 'info' }, pino.destination({ dest: 2, sync: true }));
  const app = await startApp(parseConfig(process.env), log);
  process.stdout.write(welcome(app.url, app.keyFile));
  let ending = false;
  const end = async (code: number) => {
    if (ending) return;
    ending = true;
    setTimeout(() => process.exit(1), PATIENCE * 1000).unref();
    await app.close();
    process.exit(code);
  };
  process.on('SIGINT', () => void end(0));
  process.on('SIGTERM', () => void end(0));
  if (process.env.npm_lifecycle_event) whenOrphaned(() => void end(0));
  app.failed.then((error) => {
    log.fatal(error.message);
    return end(1);
  });
}

/**
 * npm passes SIGTERM on to the shell it runs a script in, and a shell dies of it without telling us: that our parent is
 * gone is then the only sign.
 */
function whenOrphaned(callback: () => void): void {
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    callback();
  }, 250);
  watch.unref();
}

function welcome(url: string, keyFile: string): string {
  return `
Dateline is ready.

  GraphiQL and API   ${url}
  Subscriptions      ${url.replace(/^http/, 'ws')} (graphql-ws), or server-sent events at ${url}
  Key for writing    ${keyFile}

Ingest a story:      npm run ingest -- STORY.txt
Stop:                Ctrl-C

`;
}

main().catch((error: Error) => {
  process.stderr.write(`Dateline could not start: ${startProblem(error)}\n`);
  process.exit(1);
});

function startProblem(error: Error & { code?: string; port?: number }): string {
  if (error.code === 'EADDRINUSE')
    return `port ${error.port} is taken; stop what listens there, or set PORT to another one.`;
  return error.message;
}
