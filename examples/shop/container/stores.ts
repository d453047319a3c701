/**
 * Proves that the ways to the stores are encrypted, and that the other side is who it says: as strictly as the clients
 * of a real shop have to (`sslmode=verify-full`, `rediss://`). It logs in nowhere.
 *
 * Clients in Node.js take the same settings. `pg`: `ssl: { ca, minVersion: 'TLSv1.2' }`, without `rejectUnauthorized`;
 * `@redis/client`: a URL that begins with `rediss://`; the AWS SDK speaks TLS and verifies by itself.
 */
import { readFileSync } from 'node:fs';
import { createConnection, type Socket } from 'node:net';
import { connect } from 'node:tls';

/** One store, as the environment of the container tells. */
export interface Store {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  /** Whose certificates are trusted. @default - those that Node.js trusts, Amazon Trust Services among them */
  readonly ca?: string;
  /** PostgreSQL is asked for TLS before TLS is spoken. */
  readonly asksForTls?: boolean;
}

/** What was agreed on with a store that proved who it is. */
export interface Agreement {
  readonly store: string;
  readonly protocol: string | null;
  readonly cipher: string;
}

const TIMEOUT = 10_000;
/** A message of eight bytes, whose code stands for "shall we speak TLS?" (PostgreSQL, message `SSLRequest`). */
const SSL_REQUEST = Buffer.from([0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f]);

/** The stores that the environment names. */
export function storesIn(environment: NodeJS.ProcessEnv): Store[] {
  const { PGHOST, PGPORT, PGSSLROOTCERT, SESSIONS_HOST, SHIPMENTS_QUEUE_URL, AWS_REGION } = environment;
  const stores: Store[] = [];
  if (PGHOST !== undefined && PGSSLROOTCERT !== undefined) {
    const ca = readFileSync(PGSSLROOTCERT, 'utf8');
    stores.push({ name: 'orders', host: PGHOST, port: Number(PGPORT), ca, asksForTls: true });
  }
  if (SESSIONS_HOST !== undefined) stores.push({ name: 'sessions', host: SESSIONS_HOST, port: 6379 });
  if (SHIPMENTS_QUEUE_URL !== undefined) {
    stores.push({ name: 'shipments', host: new URL(SHIPMENTS_QUEUE_URL).hostname, port: 443 });
  }
  if (AWS_REGION !== undefined) {
    stores.push({ name: 'products', host: `dynamodb.${AWS_REGION}.amazonaws.com`, port: 443 });
  }
  return stores;
}

/** Connects to a store, and hangs up. It fails unless the certificate is trusted, in force and for that host. */
export function agreeWith({ name, host, port, ca, asksForTls }: Store): Promise<Agreement> {
  const socket = createConnection({ host, port });
  socket.setTimeout(TIMEOUT, () => socket.destroy(new Error('it does not answer in time')));
  return new Promise<Agreement>((resolve, reject) => {
    socket.once('error', reject).once('close', () => reject(new Error('it hung up')));
    const encrypt = () => {
      const encrypted = connect({ socket, servername: host, ca, minVersion: 'TLSv1.2' }, () =>
        resolve({
          store: name,
          protocol: encrypted.getProtocol(),
          cipher: encrypted.getCipher().standardName,
        }),
      );
      encrypted.once('error', reject);
    };
    if (asksForTls === true) askForTls(socket, encrypt, reject);
    else encrypt();
  }).finally(() => socket.destroy());
}

/** There is no way back to plaintext: whoever says no gets nothing more. */
function askForTls(socket: Socket, yes: () => void, no: (why: Error) => void): void {
  socket.write(SSL_REQUEST);
  socket.once('data', (answer: Buffer) => {
    // One byte and no more: what follows it in clear was put there by somebody else (CVE-2021-23222).
    if (answer.toString('latin1') === 'S') yes();
    else no(new Error('it does not speak TLS'));
  });
}
