import { connect } from 'node:net';
import { type Answer, ServerFlight } from './server-flight';

/** Exactly one address: a name is resolved once, before anything is asked. */
export interface Endpoint {
  readonly address: string;
  readonly port: number;
}

/** What came of a connection. */
export type Outcome =
  | Answer
  /** The server closed it without a word. */
  | { readonly kind: 'closed' }
  | { readonly kind: 'no-answer'; readonly why: string };

/**
 * Sends bytes, and reads what comes back until it is enough.
 *
 * @param milliseconds from the first packet to the last, however busily the server drips
 */
export function exchange(
  { address, port }: Endpoint,
  bytes: Buffer,
  wants: 'hello' | 'flight',
  milliseconds: number,
): Promise<Outcome> {
  if (milliseconds <= 0) return Promise.resolve({ kind: 'no-answer', why: 'was not asked, the time is up' });
  return new Promise((done) => {
    const flight = new ServerFlight(wants);
    const socket = connect({ host: address, port });
    const timer = setTimeout(() => {
      // What came in time counts, if a ServerHello is in it.
      const partial = flight.partial();
      settle(partial ?? { kind: 'no-answer', why: connected ? 'is silent' : 'does not let us connect' });
    }, milliseconds);
    let connected = false;
    const settle = (outcome: Outcome) => {
      clearTimeout(timer);
      socket.destroy();
      done(outcome);
    };
    socket.once('connect', () => {
      connected = true;
      socket.write(bytes);
    });
    socket.on('data', (chunk) => {
      const answer = flight.push(chunk);
      if (answer !== undefined) settle(answer);
    });
    socket.once('end', () => settle(flight.end() ?? { kind: 'closed' }));
    socket.on('error', (error: NodeJS.ErrnoException) =>
      settle(connected ? afterReset(flight) : unreachable(error)),
    );
  });
}

function afterReset(flight: ServerFlight): Outcome {
  return flight.end() ?? { kind: 'closed' };
}

function unreachable({ code = 'ERROR' }: NodeJS.ErrnoException): Outcome {
  const why = code === 'ECONNREFUSED' ? 'refuses connections on this port' : `cannot be reached (${code})`;
  return { kind: 'no-answer', why };
}
