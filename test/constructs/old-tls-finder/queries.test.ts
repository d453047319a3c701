import { init, validate } from '@polyglot-sql/sdk';
import { deployed, emptyStack, finderIn, sampleSources } from './finder';
import { type GlueTable, LogLake, type Row, translated } from './log-lake';

/**
 * The texts of the template, translated from Athena's SQL to DuckDB's (`@polyglot-sql/sdk`), over the tables of the
 * template, which are filled from `test/_fixtures/logs` as Athena would read them. On 2026-11-22: the days looked at
 * begin on the 15th.
 */
const { stack } = finderIn(emptyStack());
const texts = new Map(
  deployed(stack, 'AWS::Athena::NamedQuery').map(({ Name, QueryString }) => [
    String(Name),
    String(QueryString),
  ]),
);
const tables = deployed(stack, 'AWS::Glue::Table').map(({ TableInput }) => TableInput as GlueTable);
const textOf = (name: string) => texts.get(name) ?? `no query ${name}`;

let lake: LogLake;
beforeAll(async () => {
  await init();
  lake = await LogLake.of(tables);
});
afterAll(() => lake.close());

/** The columns of rows, as one line each; nothing is written as nothing. */
async function linesOf(name: string, ...columns: readonly string[]): Promise<readonly string[]> {
  return (await lake.query(textOf(name))).map((row) =>
    columns.map((column) => shown(row, column)).join(' | '),
  );
}

function shown(row: Row, column: string): string {
  if (!(column in row)) throw new Error(`no column ${column} in ${Object.keys(row).join(', ')}`);
  return String(row[column] ?? '');
}

test('the queries are these', () => {
  expect([...texts.keys()]).toEqual([
    'below-tls-1-2',
    'without-post-quantum',
    'tls-summary',
    'tls-by-user-agent',
    'tls-1-3-readiness',
    'refused-handshakes',
  ]);
});

test.each([...texts])('%s is SQL of Athena, and reads the days that it looks at only', (_, text) => {
  expect(validate(text, 'athena')).toMatchObject({ valid: true, errors: [] });
  const names = tables.map(({ Name }) => Name).join('|');
  const reads = text.match(new RegExp(`FROM (${names})\\b`, 'g')) ?? [];
  const bounds = text.match(/WHERE "day" >= date_format\(current_date - interval '7' day, '%Y\/%m\/%d'\)/g);
  expect(reads.length).toBeGreaterThan(1);
  expect(bounds).toHaveLength(reads.length);
});

test('the validator tells what is no SQL of Athena', () => {
  expect(validate(`${textOf('tls-summary')} WHERE GROUP`, 'athena').valid).toBe(false);
});

test('the clock is the one thing that the tests put into the texts', () => {
  expect(translated('SELECT current_date AS today')).toBe("SELECT DATE '2026-11-22' AS today");
});

test('below-tls-1-2 names who, from where, to what and how often, in all logs', async () => {
  const columns = [
    'connections',
    'source',
    'tls_version',
    'principal',
    'client',
    'server',
    'first_day',
    'last_day',
  ];
  expect(await linesOf('below-tls-1-2', ...columns)).toEqual([
    '2 | alb_connections | TLSv1.0 |  | 203.0.113.5 | app.shop.0123456789abcdef | 2026/11/20 | 2026/11/20',
    '1 | alb_connections | TLSv1.1 |  | 2001:db8::11 | app.shop.0123456789abcdef | 2026/11/20 | 2026/11/20',
    '1 | alb_requests | TLSv1.0 |  | 203.0.113.5 | www.example.com | 2026/11/20 | 2026/11/20',
    '1 | alb_requests | TLSv1.1 |  | 203.0.113.66 | www.example.com | 2026/11/20 | 2026/11/20',
    // 203.0.113.50 was redirected.
    '1 | alb_requests | none |  | 203.0.113.51 | app/shop/0123456789abcdef | 2026/11/20 | 2026/11/20',
    '1 | cloudfront_requests | SSLv3 |  | 203.0.113.40 | www.example.com | 2026/11/21 | 2026/11/21',
    '1 | cloudfront_requests | TLSv1.0 |  | 2001:db8::3 | www.example.com | 2026/11/21 | 2026/11/21',
    // A name that is not known counts as old until somebody has looked at it.
    '1 | cloudfront_requests | TLSv1.4 |  | 203.0.113.44 | www.example.com | 2026/11/21 | 2026/11/21',
    '1 | cloudfront_requests | none |  | 203.0.113.42 | www.example.com | 2026/11/21 | 2026/11/21',
    '1 | cloudtrail | TLSv1.0 | arn:aws:iam::111122223333:user/legacy-export | 198.51.100.5 | iam.amazonaws.com | 2026/11/21 | 2026/11/21',
    '1 | cloudtrail | TLSv1.0 | arn:aws:iam::111122223333:user/legacy-export | 198.51.100.5 | orders-of-example.s3.eu-west-1.amazonaws.com | 2026/11/20 | 2026/11/20',
    '1 | cloudtrail | TLSv1.1 | arn:aws:iam::444455556666:user/etl | 198.51.100.80 | lake-of-example.s3.eu-west-1.amazonaws.com | 2026/11/16 | 2026/11/16',
    '1 | nlb_connections | TLSv1.0 |  | 72.21.218.156 | net/partners/c6e77e28c25b2234 | 2026/11/19 | 2026/11/19',
    '1 | nlb_connections | TLSv1.1 |  | 72.21.218.156 | pay.example.com | 2026/11/19 | 2026/11/19',
    // What it wrote into its user agent and referrer, a newer version among it, changed nothing.
    '1 | s3_requests | TLSv1.0 | arn:aws:iam::111122223333:user/legacy-export | 203.0.113.71 | orders-of-example.s3.eu-west-1.amazonaws.com | 2026/11/20 | 2026/11/20',
    '1 | s3_requests | TLSv1.1 | arn:aws:iam::111122223333:user/legacy-export | 198.51.100.5 | orders-of-example.s3.eu-west-1.amazonaws.com | 2026/11/20 | 2026/11/20',
    '1 | s3_requests | none |  | 203.0.113.70 | orders-of-example.s3.eu-west-1.amazonaws.com | 2026/11/20 | 2026/11/20',
  ]);
  // The user `forgotten` (1 November), 203.0.113.200 (the 14th), another region and another distribution: not looked at.
});

test('without-post-quantum names whoever agreed on keys without ML-KEM, and nobody of whom that is not known', async () => {
  const columns = ['connections', 'source', 'tls_version', 'key_exchange', 'principal', 'client'];
  expect(await linesOf('without-post-quantum', ...columns)).toEqual([
    '2 | alb_connections | TLSv1.0 | secp256r1 |  | 203.0.113.5',
    '2 | cloudtrail | TLSv1.2 | x25519 | arn:aws:iam::111122223333:role/billing-batch | 192.0.2.20',
    '1 | alb_connections | TLSv1.1 |  |  | 2001:db8::11',
    '1 | alb_connections | TLSv1.2 | secp256r1 | CN=amazondomains.com,O=endEntity,L=Seattle,ST=Washington,C=US | 203.0.113.4',
    '1 | alb_connections | TLSv1.2 | secp256r1 | CN=say \\"hi\\",O=Zoë \u0085\u2028 日本 | 203.0.113.9',
    '1 | alb_connections | TLSv1.2 | secp256r1 | CN=stranger.example,O=Nobody | 203.0.113.6',
    '1 | alb_connections | TLSv1.2 | secp384r1 | CN=x" - - Success TID_0 X25519MLKEM768 | 203.0.113.8',
    '1 | alb_connections | TLSv1.3 | x25519 |  | 203.0.113.3',
    '1 | cloudtrail | TLSv1.0 |  | arn:aws:iam::111122223333:user/legacy-export | 198.51.100.5',
    '1 | cloudtrail | TLSv1.0 |  | arn:aws:iam::111122223333:user/legacy-export | 198.51.100.5',
    '1 | cloudtrail | TLSv1.1 |  | arn:aws:iam::444455556666:user/etl | 198.51.100.80',
    "1 | cloudtrail | TLSv1.3 | x25519 | arn:aws:iam::111122223333:user/Zoë O'Brien | 2001:db8::7",
    '1 | nlb_connections | TLSv1.0 | secp256r1 |  | 72.21.218.156',
    '1 | nlb_connections | TLSv1.1 | secp256r1 |  | 72.21.218.156',
    '1 | nlb_connections | TLSv1.2 |  |  | 72.21.218.154',
    '1 | nlb_connections | TLSv1.3 | x25519 |  | 2001:db8::42',
  ]);
});

test('tls-summary counts every line once, those that nobody could read too', async () => {
  const columns = [
    'source',
    'tls_version',
    'connections',
    'clients',
    'percent_of_source',
    'post_quantum',
    'key_exchange_not_logged',
  ];
  const lines = await linesOf('tls-summary', ...columns);
  expect(lines).toEqual([
    'alb_connections | TLSv1.0 | 2 | 1 | 15.38 | 0 | 0',
    'alb_connections | TLSv1.1 | 1 | 1 | 7.69 | 0 | 0',
    'alb_connections | TLSv1.2 | 4 | 4 | 30.77 | 0 | 0',
    'alb_connections | TLSv1.3 | 4 | 3 | 30.77 | 3 | 0',
    'alb_connections | not negotiated | 1 | 1 | 7.69 | 0 | 0',
    'alb_connections | unreadable | 1 | 0 | 7.69 | 0 | 0',
    'alb_requests | TLSv1.0 | 1 | 1 | 12.5 | 0 | 0',
    'alb_requests | TLSv1.1 | 1 | 1 | 12.5 | 0 | 0',
    'alb_requests | TLSv1.2 | 2 | 2 | 25 | 0 | 0',
    'alb_requests | TLSv1.3 | 2 | 2 | 25 | 0 | 2',
    'alb_requests | none | 1 | 1 | 12.5 | 0 | 0',
    'alb_requests | redirected | 1 | 1 | 12.5 | 0 | 0',
    'cloudfront_requests | SSLv3 | 1 | 1 | 10 | 0 | 0',
    'cloudfront_requests | TLSv1.0 | 1 | 1 | 10 | 0 | 0',
    'cloudfront_requests | TLSv1.2 | 2 | 2 | 20 | 0 | 0',
    'cloudfront_requests | TLSv1.3 | 3 | 2 | 30 | 0 | 3',
    'cloudfront_requests | TLSv1.4 | 1 | 1 | 10 | 0 | 0',
    'cloudfront_requests | none | 1 | 1 | 10 | 0 | 0',
    'cloudfront_requests | unreadable | 1 | 0 | 10 | 0 | 0',
    // The call of a service in the name of somebody has no connection.
    'cloudtrail | TLSv1.0 | 2 | 1 | 22.22 | 0 | 0',
    'cloudtrail | TLSv1.1 | 1 | 1 | 11.11 | 0 | 0',
    'cloudtrail | TLSv1.2 | 2 | 1 | 22.22 | 0 | 0',
    'cloudtrail | TLSv1.3 | 4 | 3 | 44.44 | 1 | 2',
    'nlb_connections | TLSv1.0 | 1 | 1 | 12.5 | 0 | 0',
    'nlb_connections | TLSv1.1 | 1 | 1 | 12.5 | 0 | 0',
    'nlb_connections | TLSv1.2 | 1 | 1 | 12.5 | 0 | 0',
    'nlb_connections | TLSv1.3 | 2 | 2 | 25 | 1 | 0',
    'nlb_connections | not negotiated | 2 | 2 | 25 | 0 | 0',
    'nlb_connections | unreadable | 1 | 0 | 12.5 | 0 | 0',
    // What Amazon S3 deleted by itself is none.
    's3_requests | TLSv1.0 | 1 | 1 | 12.5 | 0 | 0',
    's3_requests | TLSv1.1 | 1 | 1 | 12.5 | 0 | 0',
    's3_requests | TLSv1.2 | 2 | 1 | 25 | 0 | 0',
    's3_requests | TLSv1.3 | 2 | 1 | 25 | 0 | 2',
    's3_requests | none | 1 | 1 | 12.5 | 0 | 0',
    's3_requests | unreadable | 1 | 0 | 12.5 | 0 | 0',
  ]);
});

test('tls-by-user-agent puts the software that needs a newer version first', async () => {
  const columns = ['older', 'tls_1_2', 'tls_1_3', 'clients', 'source', 'user_agent'];
  const lines = await linesOf('tls-by-user-agent', ...columns);
  expect(lines.slice(0, 5)).toEqual([
    '2 | 0 | 0 | 1 | cloudtrail | [Boto/2.38.0 "Python"/2.7.3]',
    '1 | 0 | 0 | 1 | alb_requests | Java/1.6.0_45',
    '1 | 0 | 0 | 1 | alb_requests | sensor/1',
    '1 | 0 | 0 | 1 | alb_requests | x\\" AAA TLSv1.3 - \\"-\\" \\"d\\" \\"-\\" 0 2026-11-20T09:59:05Z ',
    '1 | 0 | 0 | 1 | cloudfront_requests | Wget/1.12',
  ]);
  expect(lines).toContain('0 | 0 | 1 | 2 | alb_requests | Mozilla/5.0 (X11; Linux x86_64)');
  expect(lines).toContain(
    '0 | 1 | 0 | 1 | cloudfront_requests | "; DROP TABLE cloudfront_requests; --\u2028日本',
  );
  expect(lines).toContain('0 | 1 | 0 | 1 | s3_requests | Zoë \u2028 日本');
  expect(lines).toContain('1 | 0 | 0 | 1 | s3_requests | curl/7.19');
  expect(lines).toHaveLength(26);
});

test('tls-1-3-readiness tells which server may drop TLS 1.2, and how many clients stand against it', async () => {
  const columns = [
    'percent_tls_1_3',
    'clients_without_tls_1_3',
    'clients',
    'connections',
    'source',
    'server',
  ];
  expect(await linesOf('tls-1-3-readiness', ...columns)).toEqual([
    '0 | 1 | 1 | 1 | cloudfront_requests | shop.example.com',
    '0 | 1 | 1 | 1 | cloudtrail | iam.amazonaws.com',
    '0 | 1 | 1 | 1 | cloudtrail | lake-of-example.s3.eu-west-1.amazonaws.com',
    '0 | 1 | 1 | 1 | cloudtrail | orders-of-example.s3.eu-west-1.amazonaws.com',
    '0 | 1 | 1 | 1 | nlb_connections | net/partners/c6e77e28c25b2234',
    '33.33 | 4 | 6 | 6 | alb_requests | www.example.com',
    '33.33 | 1 | 2 | 3 | cloudtrail | kms.eu-west-1.amazonaws.com',
    '33.33 | 1 | 2 | 6 | s3_requests | orders-of-example.s3.eu-west-1.amazonaws.com',
    '36.36 | 6 | 9 | 11 | alb_connections | app.shop.0123456789abcdef',
    '42.86 | 4 | 6 | 7 | cloudfront_requests | www.example.com',
    '50 | 2 | 4 | 4 | nlb_connections | pay.example.com',
    '100 | 0 | 1 | 1 | cloudtrail | ec2.eu-west-1.amazonaws.com',
    '100 | 0 | 1 | 1 | cloudtrail | signin.aws.amazon.com',
    '100 | 0 | 1 | 1 | cloudtrail | sqs.eu-west-1.amazonaws.com',
  ]);
});

test('refused-handshakes names whom a load balancer has turned away, and why', async () => {
  expect(await linesOf('refused-handshakes', 'handshakes', 'source', 'server', 'client', 'reason')).toEqual([
    '1 | alb_connections | app.shop.0123456789abcdef | 203.0.113.6 | Failed:ClientCertUntrusted',
    '1 | alb_connections | app.shop.0123456789abcdef | 203.0.113.7 | Failed:UnmappedConnectionError',
    '1 | nlb_connections | net/partners/c6e77e28c25b2234 | 72.21.218.157 | Alert:70',
    '1 | nlb_connections | net/partners/c6e77e28c25b2234 | 72.21.218.158 | Failed',
  ]);
});

test.each([
  'below-tls-1-2',
  'without-post-quantum',
  'tls-by-user-agent',
  'tls-1-3-readiness',
  'refused-handshakes',
])('%s says how many rows there are, beyond those that it gives', async (name) => {
  const rows = await lake.query(textOf(name).replace('LIMIT 10000', 'LIMIT 2'));
  const all = await lake.query(textOf(name));
  expect(rows).toHaveLength(2);
  expect(new Set(rows.map((row) => row.rows_in_all))).toEqual(new Set([String(all.length)]));
  expect(all.length).toBeGreaterThan(2);
});

describe('what is not given', () => {
  const some = (pick: (all: ReturnType<typeof sampleSources>) => ReturnType<typeof sampleSources>) => {
    const other = emptyStack();
    finderIn(other, pick(sampleSources(other)));
    return deployed(other, 'AWS::Athena::NamedQuery');
  };

  test('is in no query, and queries that nothing can answer are not saved', () => {
    const queries = some(({ cloudFront }) => ({ cloudFront }));
    expect(queries.map(({ Name }) => Name)).toEqual([
      'below-tls-1-2',
      'tls-summary',
      'tls-by-user-agent',
      'tls-1-3-readiness',
    ]);
    for (const { QueryString } of queries) {
      expect(String(QueryString)).not.toMatch(/FROM (?!cloudfront_requests|connections|clients)\w/);
    }
  });

  test('leaves queries that run all the same', async () => {
    for (const { QueryString } of some(({ nlbConnections }) => ({ nlbConnections }))) {
      expect((await lake.query(String(QueryString))).length).toBeGreaterThan(0);
    }
  });
});
