import type { TlsVersion } from '../../../lib/core/tls';
import { exchange } from '../../../lib/live/prober/exchange';
import { askProtocols, type Protocols } from '../../../lib/live/prober/protocols';

/** Asks a server on this machine all that ClientHellos can ask. */
export function ask({ port }: { port: number }, milliseconds = 20_000): Promise<Protocols> {
  return askProtocols('localhost', (hello, wants) =>
    exchange({ address: '127.0.0.1', port }, hello, wants, milliseconds),
  );
}

/** The verdict on each version. */
export function verdicts({ versions }: Protocols): Partial<Record<TlsVersion, string>> {
  return Object.fromEntries(versions.map(({ version, verdict }) => [version, verdict]));
}
