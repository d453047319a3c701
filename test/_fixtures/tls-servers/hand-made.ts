/**
 * Servers written by hand from the RFCs, for what no TLS library at hand can be told to speak. They read a ClientHello
 * with a reader of their own, so that a mistake of ours is not made twice.
 */
import { answering, type Running } from './servers';

/** What a ClientHello says. */
export interface ReadHello {
  readonly recordVersion: number;
  readonly version: number;
  readonly suites: readonly number[];
  readonly extensions: ReadonlyMap<number, Buffer>;
}

/** Reads one record with one ClientHello (RFC 8446, 4.1.2); throws where it is not one. */
export function readClientHello(bytes: Buffer): ReadHello {
  if (bytes[0] !== 22 || bytes[5] !== 1) throw new Error('no ClientHello');
  const recordLength = bytes.readUInt16BE(3);
  const length = bytes.readUIntBE(6, 3);
  if (recordLength !== length + 4 || bytes.length !== recordLength + 5) throw new Error('lengths do not fit');
  let at = 9 + 2 + 32;
  at += 1 + (bytes[at] ?? 0);
  const suites: number[] = [];
  const suitesEnd = at + 2 + bytes.readUInt16BE(at);
  for (at += 2; at < suitesEnd; at += 2) suites.push(bytes.readUInt16BE(at));
  at += 1 + (bytes[at] ?? 0);
  const extensions = new Map<number, Buffer>();
  if (at < bytes.length) {
    const end = at + 2 + bytes.readUInt16BE(at);
    if (end !== bytes.length) throw new Error('extensions do not end with the record');
    for (at += 2; at < end; ) {
      const size = bytes.readUInt16BE(at + 2);
      extensions.set(bytes.readUInt16BE(at), bytes.subarray(at + 4, at + 4 + size));
      at += 4 + size;
    }
  }
  return { recordVersion: bytes.readUInt16BE(1), version: bytes.readUInt16BE(9), suites, extensions };
}

/** The groups of a ClientHello. */
export function groupsOf({ extensions }: ReadHello): number[] {
  const data = extensions.get(10) ?? Buffer.alloc(2);
  return Array.from({ length: (data.length - 2) / 2 }, (_, i) => data.readUInt16BE(2 + 2 * i));
}

export function record(type: number, version: number, content: Buffer): Buffer {
  const header = Buffer.alloc(5);
  header[0] = type;
  header.writeUInt16BE(version, 1);
  header.writeUInt16BE(content.length, 3);
  return Buffer.concat([header, content]);
}

export function message(type: number, body: Buffer): Buffer {
  const header = Buffer.alloc(4);
  header.writeUInt32BE(type * 2 ** 24 + body.length);
  return Buffer.concat([header, body]);
}

export function alert(description: number, level = 2, version = 0x0303): Buffer {
  return record(21, version, Buffer.from([level, description]));
}

/** A ServerHello (RFC 5246, 7.4.1.3); with extensions as they are on the wire. */
export function serverHello(
  version: number,
  suite: number,
  extensions: readonly (readonly [number, Buffer])[] = [],
  random: Buffer = Buffer.alloc(32, 7),
): Buffer {
  const words = (value: number) => Buffer.from([value >> 8, value & 0xff]);
  const list = Buffer.concat(extensions.flatMap(([type, data]) => [words(type), words(data.length), data]));
  const body = [words(version), random, Buffer.from([0]), words(suite), Buffer.from([0])];
  return message(2, Buffer.concat(extensions.length === 0 ? body : [...body, words(list.length), list]));
}

/** A Certificate message of TLS 1.2 and before. */
export function certificateMessage(...chain: readonly Buffer[]): Buffer {
  const sized = (data: Buffer) => Buffer.concat([message(0, data).subarray(1)]);
  return message(11, sized(Buffer.concat(chain.map(sized))));
}

const RETRY_RANDOM = Buffer.from('cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c', 'hex');

/** RC4 with SHA, as a server of 1996 liked it. */
const RC4_SHA = 0x0005;

/** A server that speaks SSL 3.0 and nothing else: whoever offers more is answered with that (RFC 6101, E). */
export function ssl3(der: Buffer): Promise<Running> {
  return answering((bytes) => {
    const hello = readClientHello(bytes);
    if (!hello.suites.includes(RC4_SHA)) return alert(40, 2, 0x0300);
    const flight = [serverHello(0x0300, RC4_SHA), certificateMessage(der), message(14, Buffer.alloc(0))];
    return record(22, 0x0300, Buffer.concat(flight));
  });
}

/** A server of TLS 1.3 that agrees on keys with X25519MLKEM768 and with nothing else. */
export function mlKemOnly(): Promise<Running> {
  return answering((bytes) => {
    const hello = readClientHello(bytes);
    const isTls13 = hello.extensions.get(43)?.includes(Buffer.from([3, 4])) === true;
    if (!isTls13) return alert(70);
    if (!groupsOf(hello).includes(0x11ec)) return alert(40);
    const answer = serverHello(
      0x0303,
      0x1301,
      [
        [43, Buffer.from([3, 4])],
        [51, Buffer.from([0x11, 0xec])],
      ],
      RETRY_RANDOM,
    );
    return record(22, 0x0303, answer);
  });
}
