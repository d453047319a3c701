import { ByteReader } from './byte-reader';
import { suiteName } from './cipher-suites';
import { HANDSHAKE, RECORD, VERSION_NUMBERS } from './tls-numbers';

/** More than any chain of certificates needs; whoever sends more is not listened to. */
const MOST_BYTES = 64 * 1024;
/** RFC 5246, 6.2.3: the most that a record holds. */
const LONGEST_RECORD = 2 ** 14 + 2048;
const MOST_CERTIFICATES = 20;

/** A ServerHello with this random is a HelloRetryRequest (RFC 8446, 4.1.3). */
const RETRY = Buffer.from('cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c', 'hex');

/** What a server accepted. */
export interface Hello {
  readonly kind: 'hello';
  /** As on the wire: 0x0303 is TLS 1.2. */
  readonly version: number;
  readonly suite: number;
  /** The group of the agreement on keys, where it was told. */
  readonly group?: number;
  /** The size in bits of a finite field without a name, in which keys are agreed on (DHE). */
  readonly fieldBits?: number;
  /** TLS 1.2 and before: as they were sent, the server's own first. */
  readonly certificates: readonly Buffer[];
  /** TLS 1.2 and before: whether the server asked for a certificate of ours; absent where the flight was not read to its end. */
  readonly asksForCertificate?: boolean;
}

/** What a server answered to a ClientHello. */
export type Answer =
  | Hello
  | { readonly kind: 'alert'; readonly description: number }
  /** It does not speak TLS, or breaks it. */
  | { readonly kind: 'not-tls'; readonly what: string };

/**
 * Reads what a server answers to a ClientHello, in whatever pieces it comes: records, alerts, and the messages of its
 * first flight. It keeps at most 64 KB, and no input makes it throw.
 */
export class ServerFlight {
  readonly #wants: 'hello' | 'flight';
  #pending: Buffer = Buffer.alloc(0);
  #handshake: Buffer = Buffer.alloc(0);
  #bytes = 0;
  #hello: Hello | undefined;

  /** @param wants `flight` reads on to what a server of TLS 1.2 and before says about its certificate and keys */
  constructor(wants: 'hello' | 'flight') {
    this.#wants = wants;
  }

  /** Takes what has come; the answer, once nothing more is needed. */
  push(chunk: Buffer): Answer | undefined {
    const room = MOST_BYTES - this.#bytes;
    this.#bytes += chunk.length;
    this.#pending = Buffer.concat([this.#pending, chunk.subarray(0, Math.max(0, room))]);
    const answer = this.#readRecords();
    if (answer !== undefined) return answer;
    return this.#bytes >= MOST_BYTES
      ? this.#orBroken('sends more than 64 KB and no whole answer')
      : undefined;
  }

  /** What the server said until it closed the connection; `undefined`: nothing. */
  end(): Answer | undefined {
    if (this.#hello !== undefined) return this.#hello;
    if (this.#pending.length === 0 && this.#handshake.length === 0) return undefined;
    return clearText(this.#pending) ?? broken('closes in the middle of its answer');
  }

  /** What has come of a flight that was cut off by the clock: a ServerHello stands by itself. */
  partial(): Hello | undefined {
    return this.#hello;
  }

  #readRecords(): Answer | undefined {
    for (;;) {
      const record = new ByteReader(this.#pending);
      const type = record.number(1);
      const major = record.number(1);
      record.number(1);
      const length = record.number(2);
      if (type !== undefined && !isRecordType(type)) {
        // A banner of another protocol is known by its beginning.
        return this.#pending.length < 8 ? undefined : this.#orBroken('sends bytes that are not TLS');
      }
      if (major === undefined || length === undefined) return undefined;
      if (major !== 3 || length > LONGEST_RECORD) return this.#orBroken('sends bytes that are not TLS');
      const content = record.take(length);
      if (content === undefined) return undefined;
      this.#pending = this.#pending.subarray(5 + length);
      const answer = this.#readRecord(type, content);
      if (answer !== undefined) return answer;
    }
  }

  #readRecord(type: number | undefined, content: Buffer): Answer | undefined {
    if (type === RECORD.handshake) {
      this.#handshake = Buffer.concat([this.#handshake, content]);
      return this.#readMessages();
    }
    // Whatever comes behind the ServerHello without being a message of the flight ends it.
    if (this.#hello !== undefined) return this.#hello;
    if (type !== RECORD.alert) return broken('sends what does not belong before a ServerHello');
    const [level, description] = content;
    if (level === undefined || description === undefined || content.length !== 2) {
      return broken('sends an alert that is cut off');
    }
    // A warning, such as for a name that the server does not know, leaves the handshake alive.
    return level === 1 && description !== 0 ? undefined : { kind: 'alert', description };
  }

  #readMessages(): Answer | undefined {
    for (;;) {
      const message = new ByteReader(this.#handshake);
      const type = message.number(1);
      const length = message.number(3);
      if (type === undefined || length === undefined) return undefined;
      if (length > MOST_BYTES) return this.#orBroken('announces a message of more than 64 KB');
      const body = message.take(length);
      if (body === undefined) return undefined;
      this.#handshake = this.#handshake.subarray(4 + length);
      const answer = this.#readMessage(type, body);
      if (answer !== undefined) return answer;
    }
  }

  #readMessage(type: number, body: Buffer): Answer | undefined {
    const hello = this.#hello;
    if (hello === undefined) {
      if (type !== HANDSHAKE.serverHello) return broken('does not begin with a ServerHello');
      const read = readServerHello(body);
      if (read === undefined) return broken('sends a ServerHello that is cut off');
      this.#hello = read;
      return this.#wants === 'hello' || read.version >= VERSION_NUMBERS['TLSv1.3'] ? read : undefined;
    }
    if (type === HANDSHAKE.certificate) this.#hello = { ...hello, certificates: readCertificates(body) };
    if (type === HANDSHAKE.serverKeyExchange)
      this.#hello = { ...hello, ...readKeyExchange(hello.suite, body) };
    if (type === HANDSHAKE.certificateRequest) this.#hello = { ...hello, asksForCertificate: true };
    if (type !== HANDSHAKE.serverHelloDone) return undefined;
    return { ...(this.#hello ?? hello), asksForCertificate: this.#hello?.asksForCertificate ?? false };
  }

  /** What has been read of a flight stands, whatever comes behind it. */
  #orBroken(what: string): Answer {
    return this.#hello ?? clearText(this.#pending) ?? broken(what);
  }
}

function isRecordType(type: number): boolean {
  return type >= RECORD.changeCipherSpec && type <= 23;
}

function broken(what: string): Answer {
  return { kind: 'not-tls', what };
}

/** Protocols that are known by their first bytes; none of them is asked to begin TLS (STARTTLS). */
const BANNERS: readonly (readonly [RegExp, string])[] = [
  [/^HTTP\//, 'answers in clear, in HTTP'],
  [/^(<!|<html)/i, 'answers in clear, with a page'],
  [/^SSH-/, 'speaks SSH'],
  [/^220[ -]/, 'greets in clear, as servers of mail and FTP do'],
  [/^\* OK/, 'greets in clear, as IMAP servers do'],
  [/^\+OK/, 'greets in clear, as POP3 servers do'],
];

function clearText(bytes: Buffer): Answer | undefined {
  const beginning = bytes.subarray(0, 8).toString('latin1');
  const found = BANNERS.find(([pattern]) => pattern.test(beginning));
  return found && { kind: 'not-tls', what: found[1] };
}

/** RFC 5246, 7.4.1.3; RFC 8446, 4.1.3. */
function readServerHello(body: Buffer): Hello | undefined {
  const reader = new ByteReader(body);
  const legacyVersion = reader.number(2);
  const random = reader.take(32);
  const sessionId = reader.vector(1);
  const suite = reader.number(2);
  const compression = reader.number(1);
  if (legacyVersion === undefined || random === undefined || sessionId === undefined) return undefined;
  if (suite === undefined || compression === undefined || sessionId.length > 32) return undefined;
  let version = legacyVersion;
  let group: number | undefined;
  if (reader.left > 0) {
    const extensions = reader.vector(2);
    if (extensions === undefined) return undefined;
    const list = new ByteReader(extensions);
    while (list.left > 0) {
      const type = list.number(2);
      const data = list.vector(2);
      if (type === undefined || data === undefined) return undefined;
      const content = new ByteReader(data);
      if (type === 43) version = content.number(2) ?? version;
      if (type === 51) group = content.number(2);
    }
  }
  // A retry without a group asks for a cookie only: it is TLS 1.3 all the same.
  if (random.equals(RETRY) && version < VERSION_NUMBERS['TLSv1.3']) return undefined;
  return { kind: 'hello', version, suite, certificates: [], ...(group === undefined ? {} : { group }) };
}

function readCertificates(body: Buffer): Buffer[] {
  const list = new ByteReader(new ByteReader(body).vector(3) ?? Buffer.alloc(0));
  const certificates: Buffer[] = [];
  while (list.left > 0 && certificates.length < MOST_CERTIFICATES) {
    const certificate = list.vector(3);
    if (certificate === undefined) break;
    certificates.push(certificate);
  }
  return certificates;
}

/** RFC 8422, 5.4: a named curve; RFC 5246, 7.4.3: a prime. */
function readKeyExchange(suite: number, body: Buffer): Pick<Hello, 'group' | 'fieldBits'> {
  const name = suiteName(suite);
  const reader = new ByteReader(body);
  if (name.startsWith('TLS_ECDH')) {
    const group = reader.number(1) === 3 ? reader.number(2) : undefined;
    return group === undefined ? {} : { group };
  }
  if (!name.startsWith('TLS_DH')) return {};
  const prime = reader.vector(2);
  return prime === undefined ? {} : { fieldBits: bitsOf(prime) };
}

function bitsOf(number: Buffer): number {
  const first = number.findIndex((byte) => byte !== 0);
  if (first < 0) return 0;
  return (number.length - first) * 8 - (Math.clz32(number[first] ?? 0) - 24);
}
