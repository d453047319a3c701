import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A certificate as ACM describes it, in the words of its API. */
export interface ServedCertificate {
  readonly CertificateArn: string;
  readonly DomainName?: string;
  readonly KeyAlgorithm?: string;
  readonly [field: string]: unknown;
}

/** One request that arrived. */
export interface Asked {
  readonly region: string;
  readonly operation: string;
  readonly body: Readonly<Record<string, unknown>>;
  /** Which one of its operation in its region, from 1. */
  readonly count: number;
}

/** What goes wrong with a request. */
export type Fault =
  /** An error as ACM sends it. */
  | { readonly error: string; readonly status?: number; readonly message?: string }
  /** No answer ever. */
  | { readonly hang: true }
  /** The connection ends in the middle of the body. */
  | { readonly drop: true }
  /** Another answer than the true one. */
  | { readonly answer: unknown }
  /** A body that is not what its content type says. */
  | { readonly text: string };

/** What a server holds, region by region, and what goes wrong with it. */
export interface AcmWorld {
  readonly certificates: Readonly<Record<string, readonly ServedCertificate[]>>;
  readonly fault?: (asked: Asked) => Fault | undefined;
  /** How many certificates a page has at most, whatever a client asks for. */
  readonly pageSize?: number;
  /** How long an answer takes, in milliseconds. */
  readonly delay?: number;
  /** How many requests a second an operation may have in a region; more are throttled, as AWS does it. */
  readonly quota?: number;
}

/** A server that answers as ACM does. */
export interface AcmServer {
  readonly url: string;
  readonly asked: readonly Asked[];
  /** How many requests were under way at most at a time. */
  readonly mostAtOnce: number;
  close(): Promise<void>;
}

/** Without `Includes.keyTypes`, ACM lists these and nothing else (API reference, data type Filters). */
const LISTED_BY_DEFAULT = ['RSA_1024', 'RSA_2048'];

/**
 * The JSON 1.1 protocol of ACM (smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html) on loopback: the operation stands
 * in `X-Amz-Target`, the region in the signature, times are seconds since 1970.
 */
export async function serveAcm(world: AcmWorld): Promise<AcmServer> {
  const asked: Asked[] = [];
  const counts = new Map<string, number>();
  const buckets = new Map<string, { tokens: number; at: number }>();
  let underWay = 0;
  let mostAtOnce = 0;
  const server = createServer((request, response) => {
    underWay += 1;
    mostAtOnce = Math.max(mostAtOnce, underWay);
    response.on('close', () => {
      underWay -= 1;
    });
    void answer(request, response).catch((error: unknown) => {
      response.destroy(error instanceof Error ? error : undefined);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    if (world.delay !== undefined) await new Promise((resolve) => setTimeout(resolve, world.delay));
    const region = /Credential=[^/]+\/\d{8}\/([a-z0-9-]+)\/acm\/aws4_request/.exec(
      request.headers.authorization ?? '',
    )?.[1];
    const operation = /^CertificateManager\.(\w+)$/.exec(String(request.headers['x-amz-target']))?.[1];
    if (
      region === undefined ||
      operation === undefined ||
      request.method !== 'POST' ||
      request.headers['content-type'] !== 'application/x-amz-json-1.1'
    ) {
      return send(response, 400, { __type: 'SerializationException' });
    }
    const key = `${region} ${operation}`;
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    const one: Asked = { region, operation, body: JSON.parse(Buffer.concat(chunks).toString('utf8')), count };
    asked.push(one);
    const fault = world.fault?.(one) ?? (isOverQuota(key) ? { error: 'ThrottlingException' } : undefined);
    if (fault !== undefined) return fail(response, fault);
    const held = world.certificates[region] ?? [];
    if (operation === 'ListCertificates') return send(response, 200, list(held, one.body, world.pageSize));
    const found = held.find(({ CertificateArn }) => CertificateArn === one.body.CertificateArn);
    if (operation !== 'DescribeCertificate')
      return send(response, 400, { __type: 'UnknownOperationException' });
    if (found === undefined) return send(response, 400, { __type: 'ResourceNotFoundException' });
    return send(response, 200, { Certificate: found });
  }

  function isOverQuota(key: string): boolean {
    if (world.quota === undefined) return false;
    const now = Date.now();
    const bucket = buckets.get(key) ?? { tokens: world.quota, at: now };
    const tokens = Math.min(world.quota, bucket.tokens + ((now - bucket.at) / 1000) * world.quota);
    buckets.set(key, { tokens: tokens >= 1 ? tokens - 1 : tokens, at: now });
    return tokens < 1;
  }

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    get mostAtOnce() {
      return mostAtOnce;
    },
    close: () => closed(server),
  };
}

function list(held: readonly ServedCertificate[], body: Asked['body'], pageSize = 1000): object {
  const { keyTypes } = (body.Includes ?? {}) as { readonly keyTypes?: readonly string[] };
  const listed = held.filter(
    ({ KeyAlgorithm = 'RSA_2048', DomainName }) =>
      (keyTypes ?? LISTED_BY_DEFAULT).includes(KeyAlgorithm.replace('-', '_')) &&
      (keyTypes !== undefined || DomainName !== undefined),
  );
  const from = body.NextToken === undefined ? 0 : Number(body.NextToken);
  const to = from + Math.min(pageSize, Number(body.MaxItems ?? 1000));
  return {
    CertificateSummaryList: listed.slice(from, to).map(summary),
    ...(to < listed.length ? { NextToken: String(to) } : {}),
  };
}

/** What ListCertificates tells of a certificate. */
function summary(certificate: ServedCertificate): object {
  const { CertificateArn, DomainName, Status, Type, KeyAlgorithm, NotBefore, NotAfter, CreatedAt } =
    certificate;
  const inUse = Array.isArray(certificate.InUseBy) && certificate.InUseBy.length > 0;
  return {
    CertificateArn,
    DomainName,
    SubjectAlternativeNameSummaries: certificate.SubjectAlternativeNames,
    Status,
    Type,
    KeyAlgorithm,
    NotBefore,
    NotAfter,
    CreatedAt,
    InUse: inUse,
    Exported: certificate.Exported ?? false,
    RenewalEligibility: certificate.RenewalEligibility,
  };
}

function fail(response: ServerResponse, fault: Fault): void {
  if ('hang' in fault) return;
  if ('answer' in fault) {
    send(response, 200, fault.answer);
    return;
  }
  if ('text' in fault) {
    response.writeHead(200, { 'Content-Type': 'application/x-amz-json-1.1' }).end(fault.text);
    return;
  }
  if ('drop' in fault) {
    response.writeHead(200, { 'Content-Type': 'application/x-amz-json-1.1', 'Content-Length': '1000' });
    response.write('{"CertificateSummaryList":[');
    setTimeout(() => response.destroy(), 5);
    return;
  }
  const { error, status = 400, message = 'Rate exceeded' } = fault;
  send(response, status, { __type: error, message });
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/x-amz-json-1.1' }).end(JSON.stringify(body));
}

function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => {
    server.close(() => resolve());
  });
}
