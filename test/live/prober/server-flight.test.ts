import fc from 'fast-check';
import { type Answer, ServerFlight } from '../../../lib/live/prober/server-flight';
import {
  alert,
  certificateMessage,
  message,
  record,
  serverHello,
} from '../../_fixtures/tls-servers/hand-made';

function read(
  bytes: Buffer,
  wants: 'hello' | 'flight' = 'flight',
  pieces: readonly number[] = [],
): Answer | undefined {
  const flight = new ServerFlight(wants);
  const cuts = [...pieces.map((piece) => piece % (bytes.length + 1)), bytes.length].sort((a, b) => a - b);
  let at = 0;
  for (const cut of cuts) {
    const answer = flight.push(bytes.subarray(at, cut));
    if (answer !== undefined) return answer;
    at = cut;
  }
  return flight.end();
}

const DONE = message(14, Buffer.alloc(0));
const ECDHE = Buffer.concat([Buffer.from([3, 0, 0x17, 65]), Buffer.alloc(65, 4)]);

/** A flight of TLS 1.2. */
function flight(...more: readonly Buffer[]): Buffer {
  return record(22, 0x0303, Buffer.concat([serverHello(0x0303, 0xc02f), ...more, DONE]));
}

test('reads a whole flight', () => {
  const chain = [Buffer.from('first'), Buffer.from('second')];
  expect(
    read(flight(certificateMessage(...chain), message(12, ECDHE), message(13, Buffer.alloc(4)))),
  ).toEqual({
    kind: 'hello',
    version: 0x0303,
    suite: 0xc02f,
    certificates: chain,
    group: 0x0017,
    asksForCertificate: true,
  });
});

test.each([
  [512, 512],
  [1024, 1024],
  [2047, 2047],
])('tells a field of %d bits', (bits, told) => {
  const prime = Buffer.alloc(Math.ceil(bits / 8), 0xff);
  if (bits % 8 !== 0) prime[0] = 0x7f;
  // A number may begin with zeros.
  const padded = Buffer.concat([Buffer.alloc(1), prime]);
  const sized = Buffer.concat([Buffer.from([padded.length >> 8, padded.length & 255]), padded]);
  const answer = read(
    record(22, 0x0303, Buffer.concat([serverHello(0x0303, 0x009e), message(12, sized), DONE])),
  );
  expect(answer).toMatchObject({ fieldBits: told });
});

test('reads messages that are spread over records, and records that hold several', () => {
  const whole = Buffer.concat([serverHello(0x0303, 0xc02f), certificateMessage(Buffer.alloc(500, 1)), DONE]);
  const spread = Buffer.concat(
    Array.from({ length: Math.ceil(whole.length / 7) }, (_, i) =>
      record(22, 0x0303, whole.subarray(i * 7, i * 7 + 7)),
    ),
  );
  expect(read(spread)).toEqual(read(record(22, 0x0303, whole)));
});

test('needs no more than a ServerHello where that was all that was asked', () => {
  expect(read(record(22, 0x0303, serverHello(0x0303, 0xc02f)), 'hello')).toMatchObject({ kind: 'hello' });
});

test('takes a ServerHello for what it is when the connection is closed behind it', () => {
  expect(read(record(22, 0x0303, serverHello(0x0303, 0xc02f)))).toEqual({
    kind: 'hello',
    version: 0x0303,
    suite: 0xc02f,
    certificates: [],
  });
});

test.each([
  ['nothing', Buffer.alloc(0), undefined],
  ['an alert', alert(70), { kind: 'alert', description: 70 }],
  [
    'an alert that is cut off',
    record(21, 0x0303, Buffer.from([2])),
    { kind: 'not-tls', what: 'sends an alert that is cut off' },
  ],
  [
    'half a record',
    Buffer.from([22, 3, 3, 0, 9, 2]),
    { kind: 'not-tls', what: 'closes in the middle of its answer' },
  ],
  [
    'data before a ServerHello',
    record(23, 0x0303, Buffer.alloc(9)),
    { kind: 'not-tls', what: 'sends what does not belong before a ServerHello' },
  ],
  [
    'a Certificate first',
    record(22, 0x0303, certificateMessage()),
    { kind: 'not-tls', what: 'does not begin with a ServerHello' },
  ],
  [
    'a ServerHello that is cut off',
    record(22, 0x0303, message(2, Buffer.alloc(20))),
    { kind: 'not-tls', what: 'sends a ServerHello that is cut off' },
  ],
  [
    'version 2 of a record',
    Buffer.from([22, 2, 0, 0, 9, 1, 1, 1, 1]),
    { kind: 'not-tls', what: 'sends bytes that are not TLS' },
  ],
  ['a page', Buffer.from('<!doctype html>'), { kind: 'not-tls', what: 'answers in clear, with a page' }],
  ['IMAP', Buffer.from('* OK ready\r\n'), { kind: 'not-tls', what: 'greets in clear, as IMAP servers do' }],
  ['POP3', Buffer.from('+OK ready\r\n'), { kind: 'not-tls', what: 'greets in clear, as POP3 servers do' }],
  ['two letters', Buffer.from('no'), { kind: 'not-tls', what: 'closes in the middle of its answer' }],
] as const)('of %s makes what it is', (_name, bytes, answer) => {
  expect(read(bytes)).toEqual(answer);
});

const PIECES = fc.array(fc.nat(5000), { maxLength: 8 });

describe('whatever comes', () => {
  test('it is read without throwing, in any pieces alike', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 4000 }), PIECES, (bytes, pieces) => {
        const whole = read(Buffer.from(bytes), 'flight');
        expect(read(Buffer.from(bytes), 'flight', pieces)).toEqual(whole);
      }),
    );
  });

  test('so is a flight in which bytes were changed', () => {
    const good = flight(certificateMessage(Buffer.alloc(300, 5)), message(12, ECDHE));
    const changes = fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(changes, PIECES, (all, pieces) => {
        const bytes = Buffer.from(good);
        for (const [at, value] of all) bytes[at] = value;
        const answer = read(bytes, 'flight', pieces);
        expect(['hello', 'alert', 'not-tls']).toContain(answer?.kind);
      }),
    );
  });

  test('no more than 64 KB is kept, and an answer comes by then', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(0, 1, 20, 21, 22, 23),
        fc.integer({ min: 0, max: 16_384 }),
        (type, length) => {
          const piece = record(type, 0x0303, Buffer.alloc(length));
          const reader = new ServerFlight('flight');
          let sent = 0;
          let answer: Answer | undefined;
          while (answer === undefined && sent < 200_000) {
            answer = reader.push(piece);
            sent += piece.length;
          }
          expect(answer).toBeDefined();
          expect(sent).toBeLessThanOrEqual(64 * 1024 + piece.length);
        },
      ),
      { numRuns: 30 },
    );
  });
});
