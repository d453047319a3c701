import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { S3Client } from '@aws-sdk/client-s3';

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

interface Version {
  readonly id: string;
  /** Undefined for a delete marker. */
  readonly body: Buffer | undefined;
}

/** A bucket with versions, as S3 serves one: what is written or deleted puts a version on top, and removes none. */
export interface LocalBucket {
  readonly client: S3Client;
  readonly name: string;
  readonly account: string;
  /** Versions of each key, the newest first. */
  readonly versions: ReadonlyMap<string, readonly Version[]>;
  /** Headers of each write, in lower case. */
  readonly writes: readonly Readonly<Record<string, unknown>>[];
  /** Writes over an object, or deletes it, as somebody could who has the right to. */
  overwrite(key: string, body: Buffer | undefined): void;
  /** How many of the next writes are done, and not answered. */
  lost: number;
  close(): Promise<void>;
}

/** @param pageSize how many versions one listing holds */
export async function localBucket(pageSize = 1000): Promise<LocalBucket> {
  const versions = new Map<string, Version[]>();
  const writes: Record<string, unknown>[] = [];
  const [name, account] = ['ledger', '111122223333'];
  let made = 0;
  const add = (key: string, body: Buffer | undefined) => {
    made += 1;
    versions.set(key, [{ id: `v${made}`, body }, ...(versions.get(key) ?? [])]);
  };
  const list = (url: URL) => {
    const prefix = url.searchParams.get('prefix') ?? '';
    const keyMarker = url.searchParams.get('key-marker') ?? '';
    const idMarker = url.searchParams.get('version-id-marker');
    const all = [...versions.keys()]
      .sort()
      .flatMap((key) => (versions.get(key) ?? []).map((one) => ({ key, ...one })));
    const from = all.findIndex(({ key, id }) => key === keyMarker && id === idMarker);
    const after = all.filter(({ key }, at) => (idMarker === null ? key > keyMarker : at > from));
    const found = after.filter(({ key }) => key.startsWith(prefix));
    const page = found.slice(0, pageSize);
    const last = page.at(-1);
    const isTruncated = found.length > page.length && last !== undefined;
    const items = page.map(({ key, id, body }) => {
      const tag = body === undefined ? 'DeleteMarker' : 'Version';
      return `<${tag}><Key>${key}</Key><VersionId>${id}</VersionId></${tag}>`;
    });
    const next = isTruncated
      ? `<NextKeyMarker>${last.key}</NextKeyMarker><NextVersionIdMarker>${last.id}</NextVersionIdMarker>`
      : '';
    return `<ListVersionsResult><IsTruncated>${isTruncated}</IsTruncated>${next}${items.join('')}</ListVersionsResult>`;
  };
  const bucket = { lost: 0 };
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const url = new URL(request.url ?? '/', 'http://localhost');
    const key = decodeURIComponent(url.pathname.slice(`/${name}/`.length));
    const fail = (status: number, code: string) =>
      response
        .writeHead(status, { 'content-type': 'application/xml' })
        .end(`<Error><Code>${code}</Code></Error>`);
    if (request.headers['x-amz-expected-bucket-owner'] !== account) return fail(403, 'AccessDenied');
    if (request.method === 'GET' && url.searchParams.has('versions'))
      return response.writeHead(200, { 'content-type': 'application/xml' }).end(list(url));
    if (request.method === 'GET') {
      const id = url.searchParams.get('versionId');
      const [newest] = versions.get(key) ?? [];
      const found = id === null ? newest : versions.get(key)?.find((one) => one.id === id);
      if (found?.body === undefined) return fail(404, 'NoSuchKey');
      return response.writeHead(200, { 'content-length': found.body.length }).end(found.body);
    }
    writes.push(request.headers);
    const body = Buffer.concat(chunks);
    const sum = createHash('sha256').update(body).digest('base64');
    if (request.headers['x-amz-checksum-sha256'] !== sum) return fail(400, 'BadDigest');
    const [newest] = versions.get(key) ?? [];
    if (request.headers['if-none-match'] === '*' && newest?.body !== undefined)
      return fail(412, 'PreconditionFailed');
    add(key, body);
    if (bucket.lost > 0) {
      bucket.lost -= 1;
      return response.destroy();
    }
    return response.writeHead(200).end();
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const client = new S3Client({
    region: 'eu-west-1',
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    forcePathStyle: true,
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'not a secret' },
    maxAttempts: 2,
  });
  return Object.assign(bucket, {
    client,
    name,
    account,
    versions,
    writes,
    overwrite: add,
    close: async () => {
      client.destroy();
      server.closeAllConnections();
      await new Promise<void>((done) => server.close(() => done()));
    },
  });
}
