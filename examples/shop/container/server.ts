/** The container of the shop: it ends TLS itself, and takes no customer before the ways to its stores are proven. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import { env, stdout } from 'node:process';
import { setTimeout } from 'node:timers/promises';
import { keepRenewed, targetTls } from 'cdk-secure-transmission/target';
import { agreeWith, type Store, storesIn } from './stores';

const RETRY_EVERY = 5_000;
const PAGE = '<!doctype html><html lang="en"><title>Shop</title><h1>The shop is open.</h1></html>\n';

let isReady = false;

function answer({ method, url }: IncomingMessage, response: ServerResponse): void {
  if (method !== 'GET' && method !== 'HEAD') response.writeHead(405, { Allow: 'GET, HEAD' }).end();
  else if (url === '/health') response.writeHead(isReady ? 200 : 503).end();
  else if (url === '/') response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(PAGE);
  else response.writeHead(404).end();
}

/** One line for each event: CloudWatch Logs takes what a container writes. */
function log(entry: object): void {
  stdout.write(`${JSON.stringify(entry)}\n`);
}

/** Until it succeeds: what cannot be reached now may be reached in a moment, and never in clear. */
async function prove(store: Store): Promise<void> {
  for (;;) {
    try {
      return log(await agreeWith(store));
    } catch (error) {
      log({ store: store.name, error: String(error) });
      await setTimeout(RETRY_EVERY, undefined, { ref: false });
    }
  }
}

// #region tls
// Key and certificate are made here and never leave the process; TLS 1.2 is the least, whoever asks.
const server = createServer({ ...targetTls() }, answer);
keepRenewed(server, { onError: (error) => log({ renewal: String(error) }) });
// #endregion
// Longer than the load balancer keeps connections, which would else send requests into one that just closed.
server.keepAliveTimeout = 65_000;
server.on('tlsClientError', ({ message }) => log({ refused: message }));
server.listen(Number(env.PORT), () => log({ listening: server.address() }));
// Fargate says it before it stops a task.
process.once('SIGTERM', () => server.close());
// Until then health checks fail, and a deployment that cannot reach its stores is rolled back.
Promise.all(storesIn(env).map(prove)).then(() => {
  isReady = true;
  log({ ready: true });
});
