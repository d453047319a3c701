import { readFileSync } from 'node:fs';
import { App, Stack } from 'aws-cdk-lib';
import { AccessLogs } from '../../../lib/constructs/distribution/access-logs';
import { LogBucket, LogKind } from '../../../lib/constructs/log-store';
import { FLAGS } from '../support';
import { deployed, emptyStack, finderIn, sampleSources } from './finder';
import {
  byExpression,
  daysUntilToday,
  filesBelow,
  type GlueTable,
  LogLake,
  partitionsOf,
  type Row,
} from './log-lake';

const { stack } = finderIn(emptyStack());
const tables = tablesOf(stack);
const byName = new Map(tables.map((table) => [table.Name, table]));
const withExpressions = tables.flatMap((table) => {
  const expression = table.StorageDescriptor.SerdeInfo.Parameters['input.regex'];
  return expression === undefined ? [] : [{ table, expression }];
});

function tablesOf(of: typeof stack): readonly GlueTable[] {
  return deployed(of, 'AWS::Glue::Table').map(({ TableInput }) => TableInput as GlueTable);
}

function tableOf(name: string): GlueTable {
  const table = byName.get(name);
  if (table === undefined) throw new Error(`no table ${name}`);
  return table;
}

const columnsOf = ({ StorageDescriptor }: GlueTable) => StorageDescriptor.Columns.map(({ Name }) => Name);

function linesOf(table: GlueTable): readonly string[] {
  return partitionsOf(table, daysUntilToday(60))
    .flatMap(({ location }) => filesBelow(location))
    .flatMap((file) => readFileSync(file, 'utf8').split('\n'))
    .filter((line) => line !== '');
}

function read(name: string, line: string): Row {
  const table = tableOf(name);
  const expression = table.StorageDescriptor.SerdeInfo.Parameters['input.regex'] ?? '';
  return byExpression(expression, columnsOf(table), line);
}

test('a finder over every log has a table for each', () => {
  expect(tables.map(({ Name }) => Name)).toEqual([
    'cloudtrail',
    'alb_connections',
    'alb_requests',
    'nlb_connections',
    'cloudfront_requests',
    's3_requests',
  ]);
});

describe('a table', () => {
  test.each(tables)('$Name is what the API of Glue and Athena take', (table) => {
    expect(table.TableType).toBe('EXTERNAL_TABLE');
    expect(table.Parameters).toMatchObject({ EXTERNAL: 'TRUE', 'projection.enabled': 'true' });
    const names = [...columnsOf(table), ...table.PartitionKeys.map(({ Name }) => Name)];
    // A column and a partition of one name would hide each other.
    expect(new Set(names).size).toBe(names.length);
    expect(names).toEqual(names.map((name) => name.toLowerCase()));
    expect(table.PartitionKeys.at(-1)).toEqual({ Name: 'day', Type: 'string' });
  });

  test('reads JSON as the pages of Athena say', () => {
    const formats = tables.map(({ Name, StorageDescriptor: { InputFormat, SerdeInfo } }) => [
      Name,
      InputFormat,
      SerdeInfo.SerializationLibrary,
    ]);
    expect(formats).toContainEqual([
      'cloudtrail',
      'com.amazon.emr.cloudtrail.CloudTrailInputFormat',
      'org.apache.hive.hcatalog.data.JsonSerDe',
    ]);
    expect(formats).toContainEqual([
      'cloudfront_requests',
      'org.apache.hadoop.mapred.TextInputFormat',
      'org.openx.data.jsonserde.JsonSerDe',
    ]);
  });
});

/**
 * The serializer is Java's `java.util.regex`; here run JavaScript's expressions, and RE2's in DuckDB. What the three
 * have in common, and mean alike, is little: that is all that may be used.
 */
describe('the regular expression of', () => {
  let lake: LogLake;
  beforeAll(async () => {
    lake = await LogLake.of([]);
  });
  afterAll(() => lake.close());

  /** Of a group only `?` is allowed: Java matches a repeated group by recursion, and a long line ends its stack. */
  const COMMON =
    /\\\[|\\\]|\[\^?(?:\\n|\\\\|\\\]|[^\\\][&^])+\](?:[*+?](?![+?]))?|\(\?:|\(|\)\??(?![*+{])|\||[\w ":,.=-]/gy;
  const isCommon = (expression: string) =>
    expression.replace(COMMON, '') === '' && !/(?<!\\)\.(?![^[]*\])/.test(expression);

  test.each(withExpressions)(
    '$table.Name uses nothing that Java, JavaScript and RE2 read differently',
    ({ expression }) => {
      expect(expression.replace(COMMON, '')).toBe('');
      expect(isCommon(expression)).toBe(true);
    },
  );

  test.each([
    'a.*',
    '(a)*',
    '(?i)a',
    '[^ ]*+',
    '[^ ]*?',
    '\\d',
    '[a&&b]',
    '[a[b]]',
    '(?<n>a)',
    '(?=a)',
    'a{2}',
    '^a$',
    '\\1',
  ])('that check refuses %s', (expression) => {
    expect(isCommon(expression)).toBe(false);
  });

  test.each(withExpressions)('$table.Name has one group for each column', ({ table, expression }) => {
    const groups = (new RegExp(`${expression}|`, 'u').exec('')?.length ?? 0) - 1;
    expect(groups).toBe(columnsOf(table).length);
  });

  test.each(withExpressions)(
    '$table.Name reads every line of the samples alike in RE2',
    async ({ table, expression }) => {
      const names = columnsOf(table);
      const literal = (text: string) => `'${text.replaceAll("'", "''")}'`;
      const lines = linesOf(table);
      expect(lines.length).toBeGreaterThan(5);
      for (const line of lines) {
        const [row] = await lake.duck(
          `SELECT regexp_full_match(${literal(line)}, ${literal(expression)}) AS matches,
             regexp_extract(${literal(line)}, ${literal(`^(?:${expression})$`)}, [${names.map(literal).join(', ')}]) AS groups`,
        );
        const mine = byExpression(expression, names, line);
        const isRead = Object.values(mine).some((value) => value !== null);
        // A group that took no part is '' in RE2, and null in Java and JavaScript.
        const told = Object.fromEntries(Object.entries(mine).map(([name, value]) => [name, value ?? '']));
        expect([line, row?.matches]).toEqual([line, isRead]);
        expect(row?.groups).toEqual(isRead ? told : expect.anything());
      }
    },
  );

  test.each(withExpressions)('$table.Name gives up on hostile lines in time', ({ table, expression }) => {
    const [sample = ''] = linesOf(table);
    // What clients write ends where the sample's second quoted text begins, and never comes to the end of a line.
    const untilClient =
      sample.slice(0, sample.lastIndexOf('" "') + 3) || sample.slice(0, sample.indexOf('"') + 1);
    // As long as the headers of a request that a load balancer takes.
    const long = (text: string) => text.repeat(Math.ceil(16_384 / text.length));
    const hostile = [
      long('" '),
      long(' '),
      ...['" "', '" - - ', '" - x Success" ', '" a TLSv1.2 b "c" "d" "', '" - h SigV4 x" "'].flatMap(
        (text) => [
          `${untilClient}${long(text)}`,
          sample.replace('"', `"${long(text)}`),
          `${sample} ${long(text)}`,
        ],
      ),
    ];
    for (const line of hostile) {
      const before = performance.now();
      byExpression(expression, columnsOf(table), line);
      expect(performance.now() - before).toBeLessThan(500);
    }
  });
});

/** Lines as the pages of AWS show them, their addresses and names among them. */
describe('the lines of the documentation of AWS', () => {
  test('of a connection to an application load balancer', () => {
    const line =
      '2023-10-04T17:05:15.514108Z 203.0.113.1 36280 443 TLSv1.2 ECDHE-RSA-AES128-GCM-SHA256 4.036 "CN=amazondomains.com,O=endEntity,L=Seattle,ST=Washington,C=US" NotBefore=2023-09-21T22:43:21Z;NotAfter=2026-06-17T22:43:21Z FEF257372D5C14D4 Success TID_3180a73013c8ca4bac2f731159d4b0fe';
    expect(read('alb_connections', line)).toEqual({
      time: '2023-10-04T17:05:15.514108Z',
      client_ip: '203.0.113.1',
      client_port: '36280',
      listener_port: '443',
      tls_protocol: 'TLSv1.2',
      tls_cipher: 'ECDHE-RSA-AES128-GCM-SHA256',
      tls_handshake_latency: '4.036',
      leaf_client_cert_subject: 'CN=amazondomains.com,O=endEntity,L=Seattle,ST=Washington,C=US',
      leaf_client_cert_validity: 'NotBefore=2023-09-21T22:43:21Z;NotAfter=2026-06-17T22:43:21Z',
      leaf_client_cert_serial_number: 'FEF257372D5C14D4',
      tls_verify_status: 'Success',
      conn_trace_id: 'TID_3180a73013c8ca4bac2f731159d4b0fe',
      tls_keyexchange: null,
    });
  });

  test('name the version at position 5 of it, and the key exchange at position 13', () => {
    expect([columnsOf(tableOf('alb_connections')).indexOf('tls_protocol') + 1]).toEqual([5]);
    expect([columnsOf(tableOf('alb_connections')).indexOf('tls_keyexchange') + 1]).toEqual([13]);
  });

  test('of a request to an application load balancer', () => {
    const line =
      'https 2018-07-02T22:23:00.186641Z app/my-loadbalancer/50dc6c495c0c9188 192.168.131.39:2817 10.0.0.1:80 0.086 0.048 0.037 200 200 0 57 "GET https://www.example.com:443/ HTTP/1.1" "curl/7.46.0" ECDHE-RSA-AES128-GCM-SHA256 TLSv1.2 arn:aws:elasticloadbalancing:us-east-2:123456789012:targetgroup/my-targets/73e2d6bc24d8a067 "Root=1-58337281-1d84f3d73c47ec4e58577259" "www.example.com" "arn:aws:acm:us-east-2:123456789012:certificate/12345678-1234-1234-1234-123456789012" 1 2018-07-02T22:22:48.364000Z "authenticate,forward" "-" "-" "10.0.0.1:80" "200" "-" "-" TID_1234abcd5678ef90 "m.example.com" "-" "TransformSuccess"';
    expect(read('alb_requests', line)).toEqual({
      type: 'https',
      time: '2018-07-02T22:23:00.186641Z',
      elb: 'app/my-loadbalancer/50dc6c495c0c9188',
      client_ip: '192.168.131.39',
      client_port: '2817',
      elb_status_code: '200',
      user_agent: 'curl/7.46.0',
      ssl_cipher: 'ECDHE-RSA-AES128-GCM-SHA256',
      ssl_protocol: 'TLSv1.2',
      domain_name: 'www.example.com',
    });
  });

  test('of a request in clear to it', () => {
    const line =
      'http 2018-07-02T22:23:00.186641Z app/my-loadbalancer/50dc6c495c0c9188 192.168.131.39:2817 10.0.0.1:80 0.000 0.001 0.000 200 200 34 366 "GET http://www.example.com:80/ HTTP/1.1" "curl/7.46.0" - - arn:aws:elasticloadbalancing:us-east-2:123456789012:targetgroup/my-targets/73e2d6bc24d8a067 "Root=1-58337262-36d228ad5d99923122bbe354" "-" "-" 0 2018-07-02T22:22:48.364000Z "forward" "-" "-" "10.0.0.1:80" "200" "-" "-" TID_1234abcd5678ef90 "-" "-" "-"';
    expect(read('alb_requests', line)).toMatchObject({
      user_agent: 'curl/7.46.0',
      ssl_protocol: '-',
      domain_name: '-',
    });
  });

  test('of a connection to a network load balancer', () => {
    const line =
      'tls 2.0 2018-12-20T02:59:40 net/my-network-loadbalancer/c6e77e28c25b2234 g3d4b5e8bb8464cd 72.21.218.154:51341 172.100.100.185:443 5 2 98 246 - arn:aws:acm:us-east-2:671290407336:certificate/2a108f19-aded-46b0-8493-c63eb1ef4a99 - ECDHE-RSA-AES128-SHA tlsv12 - my-network-loadbalancer-c6e77e28c25b2234.elb.us-east-2.amazonaws.com - - - 2018-12-20T02:59:30';
    expect(read('nlb_connections', line)).toMatchObject({
      type: 'tls',
      client_ip: '72.21.218.154',
      target_port: '443',
      tls_cipher_suite: 'ECDHE-RSA-AES128-SHA',
      tls_protocol_version: 'tlsv12',
      tls_named_group: '-',
      domain_name: 'my-network-loadbalancer-c6e77e28c25b2234.elb.us-east-2.amazonaws.com',
      tls_connection_creation_time: '2018-12-20T02:59:30',
    });
  });

  test('of a request to a bucket', () => {
    const line =
      '79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be amzn-s3-demo-bucket1 [06/Feb/2019:00:00:38 +0000] 192.0.2.3 79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be 3E57427F3EXAMPLE REST.GET.VERSIONING - "GET /amzn-s3-demo-bucket1?versioning HTTP/1.1" 200 - 113 - 7 - "-" "S3Console/0.4" - s9lzHYrFp76ZVxRcpX9+5cjAnEH2ROuNkd2BHfIa6UkFVdtjf5mKR3/eTPFvsiP/XV/VLi31234= SigV4 ECDHE-RSA-AES128-GCM-SHA256 AuthHeader amzn-s3-demo-bucket1.s3.us-west-1.amazonaws.com TLSV1.2 arn:aws:s3:us-west-1:123456789012:accesspoint/example-AP Yes';
    expect(read('s3_requests', line)).toEqual({
      bucket_name: 'amzn-s3-demo-bucket1',
      time: '06/Feb/2019:00:00:38 +0000',
      remote_ip: '192.0.2.3',
      requester: '79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be',
      operation: 'REST.GET.VERSIONING',
      http_status: '200',
      user_agent: ' "S3Console/0.4"',
      signature_version: 'SigV4',
      cipher_suite: 'ECDHE-RSA-AES128-GCM-SHA256',
      host_header: 'amzn-s3-demo-bucket1.s3.us-west-1.amazonaws.com',
      tls_version: 'TLSV1.2',
    });
  });
});

/** What a client writes stands in front of what AWS writes behind it, and cannot stand for it. */
describe('a client cannot hide by what it calls itself', () => {
  const [, , , , , hostile = ''] = linesOf(tableOf('s3_requests'));

  test('in a referrer and a user agent with quotes, versions and signatures', () => {
    expect(hostile).toContain('TLSv1.3 g"');
    expect(read('s3_requests', hostile)).toMatchObject({
      signature_version: 'SigV4',
      cipher_suite: 'ECDHE-RSA-AES128-SHA',
      host_header: 'orders-of-example.s3.eu-west-1.amazonaws.com',
      tls_version: 'TLSv1',
    });
  });

  test.each(['"', '""', '" "', '\\"', ' ', '" - - SigV4 a b c TLSv1.3', '-', '" -'])(
    'in a request to a bucket, by the user agent %j',
    (agent) => {
      const line = linesOf(tableOf('s3_requests'))[1]?.replace('[Boto/2.38.0 Python/2.7.3]', agent) ?? '';
      expect(read('s3_requests', line)).toMatchObject({ tls_version: 'TLSv1.1', remote_ip: '198.51.100.5' });
    },
  );

  test.each(['\\"', ' ', '\\" A TLSv1.3 - \\"-\\" \\"d\\" \\"-\\" 0 x', '-', ''])(
    'in a request to a load balancer, by the user agent %j, whose quotes are written with a backslash',
    (agent) => {
      const line = linesOf(tableOf('alb_requests'))[2]?.replace('Java/1.6.0_45', agent) ?? '';
      expect(read('alb_requests', line)).toMatchObject({ ssl_protocol: 'TLSv1', client_ip: '203.0.113.5' });
    },
  );

  test.each(['"', 'a" - - Success', '" "', ' '])(
    'in a connection to a load balancer, by the subject %j',
    (subject) => {
      const line = linesOf(tableOf('alb_connections')).find((one) => one.includes('CN=amazondomains')) ?? '';
      expect(read('alb_connections', line.replace('CN=amazondomains.com', subject))).toMatchObject({
        tls_protocol: 'TLSv1.2',
        tls_verify_status: 'Success',
        tls_keyexchange: 'secp256r1',
      });
    },
  );
});

/** The keys of objects as the pages of AWS give them, with the values of the samples. */
describe('the partition of a day is the folder that AWS writes to, for', () => {
  const at = (name: string, values: Readonly<Record<string, string>>, of = tables) => {
    const table = of.find(({ Name }) => Name === name);
    if (table === undefined) throw new Error(`no table ${name}`);
    const found = partitionsOf(table, ['2026-11-05']).filter((partition) =>
      Object.entries(values).every(([level, value]) => partition.values[level] === value),
    );
    expect(found).toHaveLength(1);
    return found[0]?.location;
  };

  test.each([
    [
      'cloudtrail',
      { account: '444455556666', region: 'us-east-1' },
      // bucket/prefix/AWSLogs/AccountID/CloudTrail/region/YYYY/MM/DD/file
      's3://trail-of-example/AWSLogs/444455556666/CloudTrail/us-east-1/2026/11/05/',
    ],
    [
      'alb_connections',
      {},
      // bucket[/prefix]/AWSLogs/aws-account-id/elasticloadbalancing/region/yyyy/mm/dd/conn_log.…
      's3://edge-logs-of-example/connections/AWSLogs/111122223333/elasticloadbalancing/eu-west-1/2026/11/05/',
    ],
    [
      'alb_requests',
      {},
      's3://edge-logs-of-example/access/AWSLogs/111122223333/elasticloadbalancing/eu-west-1/2026/11/05/',
    ],
    [
      'nlb_connections',
      {},
      's3://partner-logs-of-example/access/AWSLogs/111122223333/elasticloadbalancing/eu-west-1/2026/11/05/',
    ],
    [
      'cloudfront_requests',
      {},
      // AWSLogs/<account>/CloudFront/ and `s3SuffixPath` of the delivery, without its hours
      's3://cdn-logs-of-example/AWSLogs/111122223333/CloudFront/EDFDVBD6EXAMPLE/2026/11/05/',
    ],
    [
      's3_requests',
      {},
      // [DestinationPrefix][SourceAccountId]/[SourceRegion]/[SourceBucket]/[YYYY]/[MM]/[DD]/…
      's3://server-access-of-example/orders/111122223333/eu-west-1/orders-of-example/2026/11/05/',
    ],
  ])('%s', (name, values, location) => {
    expect(at(name, values)).toBe(location);
  });

  test('a distribution of this package, by what its delivery is told', () => {
    const other = new Stack(new App({ context: FLAGS }), 'Edge', { env: { region: 'us-east-1' } });
    new AccessLogs(other, 'Logs', {
      distributionArn: 'arn:aws:cloudfront::111122223333:distribution/EDFDVBD6EXAMPLE',
      bucket: new LogBucket(other, 'Bucket', { kind: LogKind.CLOUDFRONT_STANDARD }).bucket,
      queryStringsReason: undefined,
    });
    const [delivery] = deployed(other, 'AWS::Logs::Delivery');
    const values = { DistributionId: 'EDFDVBD6EXAMPLE', yyyy: '2026', MM: '11', dd: '05', HH: '22' };
    const suffix = Object.entries(values).reduce(
      (text, [name, value]) => text.replace(`{${name}}`, value),
      String(delivery?.S3SuffixPath),
    );
    const day = at('cloudfront_requests', {})?.replace(/^.*\/CloudFront\//, '') ?? 'nowhere';
    expect(suffix).toBe(`${day}22`);
    const [destination] = deployed(other, 'AWS::Logs::DeliveryDestination');
    expect(destination?.OutputFormat).toBe('json');
    const fields = ((delivery?.RecordFields ?? []) as string[]).map((field) => field.toLowerCase());
    expect(columnsOf(tableOf('cloudfront_requests')).filter((column) => !fields.includes(column))).toEqual(
      [],
    );
  });

  test('the trail of an organisation', () => {
    const other = emptyStack();
    const { cloudTrail } = sampleSources(other);
    if (cloudTrail === undefined) throw new Error('no trail');
    finderIn(other, {
      cloudTrail: { ...cloudTrail, organizationId: 'o-exampleorgid', prefix: 'trails/all' },
    });
    expect(at('cloudtrail', { account: '111122223333', region: 'eu-west-1' }, tablesOf(other))).toBe(
      's3://trail-of-example/trails/all/AWSLogs/o-exampleorgid/111122223333/CloudTrail/eu-west-1/2026/11/05/',
    );
  });

  test('no day that is older than fourteen months, and none that has not come', () => {
    const days = ['2025-09-21', '2025-09-22', '2026-11-22', '2026-11-23'];
    expect(partitionsOf(tableOf('alb_connections'), days).map(({ values }) => values.day)).toEqual([
      '2025/09/22',
      '2026/11/22',
    ]);
  });
});
