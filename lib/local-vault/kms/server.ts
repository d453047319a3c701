import { createHash, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FaultKind } from './faults';
import { KMS_ERRORS, KmsError } from './kms-error';
import type { LocalKms } from './local-kms';
import { throttled } from './quotas';

/** A plaintext of 4 KB in base64, and its context. */
const LONGEST_BODY = 64 * 1024;
const TARGET = 'TrentService.';
const LOOPBACK = '127.0.0.1';

/** A KMS that can be called. */
export interface ServedKms {
  /** `http://127.0.0.1:` and a port. */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Serves a KMS on loopback, and nowhere else, in the protocol of AWS (JSON 1.1).
 *
 * @param port 0 for any that is free
 */
export async function serveKms(kms: LocalKms, port = 0): Promise<ServedKms> {
  const server: Server = createServer((request, response) => {
    // Who went away needs no answer.
    answer(kms, request, response).catch(() => response.destroy());
  });
  await new Promise<void>((ready, failed) => {
    server.once('error', failed);
    server.listen(port, LOOPBACK, ready);
  });
  const { port: bound } = server.address() as AddressInfo;
  return {
    url: `http://${LOOPBACK}:${bound}`,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

async function answer(kms: LocalKms, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await bodyOf(request);
  const target = String(request.headers['x-amz-target'] ?? '');
  const operation = target.startsWith(TARGET) ? target.slice(TARGET.length) : '';
  const end = kms.log.begin(
    `${operation} ${body === undefined ? '' : createHash('sha256').update(body).digest('hex')}`,
  );
  response.once('close', end);
  const fault = kms.faults.next(operation);
  if (kms.faults.delay > 0) await new Promise((done) => setTimeout(done, kms.faults.delay).unref());
  if (fault !== undefined && isOfWire(fault)) return spoil(kms, operation, fault, response);
  try {
    if (body === undefined) throw new KmsError('RequestEntityTooLargeException');
    if (fault === 'throttle') throw noted(kms, operation, throttled());
    if (fault === 'internal') throw noted(kms, operation, new KmsError('KMSInternalException'));
    const { method = '', url = '/', headers } = request;
    const made = kms.answer(operation, { method, target: url, headers, body });
    // A cut answer is one that would have been whole: what was asked for was done.
    send(kms, response, 200, made, fault === 'cut');
  } catch (failure) {
    const { type, text } = failure instanceof KmsError ? failure : new KmsError('KMSInternalException');
    send(kms, response, KMS_ERRORS[type], { __type: type, ...(text === undefined ? {} : { message: text }) });
  }
}

function send(kms: LocalKms, response: ServerResponse, status: number, body: object, isCut = false): void {
  const text = Buffer.from(JSON.stringify(body));
  response.writeHead(status, {
    'content-type': 'application/x-amz-json-1.1',
    'content-length': text.length,
    // By which the SDK learns that its own clock is off.
    date: dateOf(kms),
    'cache-control': 'no-cache, no-store, must-revalidate, private',
    'x-amzn-requestid': randomUUID(),
  });
  if (!isCut) response.end(text);
  else response.write(text.subarray(0, text.length / 2), () => response.destroy());
}

function dateOf({ ring }: LocalKms): string {
  return new Date(ring.now()).toUTCString();
}

function isOfWire(fault: FaultKind): boolean {
  return fault === 'hang' || fault === 'reset' || fault === 'page';
}

function spoil(kms: LocalKms, operation: string, fault: FaultKind, response: ServerResponse): void {
  noted(kms, operation, fault);
  if (fault === 'reset') response.destroy();
  if (fault === 'page')
    response
      .writeHead(502, { 'content-type': 'text/html', date: dateOf(kms) })
      .end('<html><h1>502 Bad Gateway</h1></html>');
}

/** A request that never came to an operation counts as well. */
function noted<T extends KmsError | FaultKind>(kms: LocalKms, operation: string, fault: T): T {
  const error = typeof fault === 'string' ? fault : fault.type;
  kms.log.add({ operation, at: kms.ring.now(), error });
  return fault;
}

/** The body; undefined where it is too large, though it is read to its end so that the answer is seen. */
async function bodyOf(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length <= LONGEST_BODY) chunks.push(chunk);
  }
  return length > LONGEST_BODY ? undefined : Buffer.concat(chunks);
}
