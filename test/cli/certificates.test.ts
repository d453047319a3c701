import { readFileSync } from 'node:fs';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import Ajv2020 from 'ajv/dist/2020';
import { arnOf, NOW, served } from '../_fixtures/acm/certificates';
import { withAcm } from '../_fixtures/acm/environment';
import type { AcmWorld, ServedCertificate } from '../_fixtures/acm/server';
import { type Result, run, runLive, workFolder, write } from './support';

const schema = JSON.parse(
  readFileSync(path.resolve(__dirname, '../../schemas/certificate-audit.schema.json'), 'utf8'),
);
const validate = new Ajv2020({ allErrors: true }).compile(schema);

/** Runs `certificates audit` against a world; a certificate is in eu-west-1 unless the world says otherwise. */
function audit(
  world: AcmWorld | readonly ServedCertificate[],
  line = '--region eu-west-1',
  variables: Readonly<Record<string, string | undefined>> = {},
): Promise<Result> {
  const served = Array.isArray(world) ? { certificates: { 'eu-west-1': world } } : (world as AcmWorld);
  const now = NOW.toISOString();
  return withAcm(
    served,
    () => runLive(['certificates', 'audit', ...line.split(' ').filter(Boolean), '--now', now]),
    variables,
  );
}

const FINE = served('fine');
const LATE = served('late', { left: 20 });
const IMPORTED = served('bought', { Type: 'IMPORTED', RenewalEligibility: 'INELIGIBLE', left: 60 });
const DENIED: AcmWorld = {
  certificates: { 'eu-west-1': [FINE, LATE], 'us-east-1': [served('edge', { region: 'us-east-1' })] },
  fault: ({ region }) => (region === 'us-east-1' ? { error: 'AccessDeniedException' } : undefined),
};

describe('the exit code', () => {
  test.each<[string, AcmWorld | readonly ServedCertificate[], string, number]>([
    ['all is well', [FINE], '', 0],
    ['an error', [FINE, LATE], '', 1],
    ['a warning, which does not fail', [IMPORTED], '', 0],
    ['a warning, which fails', [IMPORTED], '--fail-on warning', 1],
    [
      'a remark, which fails',
      [served('w', { SubjectAlternativeNames: ['*.example.com'] })],
      '--fail-on info',
      1,
    ],
    ['no certificate', [], '', 0],
    ['a region that cannot be read', DENIED, '--region us-east-1', 3],
    [
      'a certificate that cannot be read',
      {
        certificates: { 'eu-west-1': [FINE] },
        fault: ({ operation }) =>
          operation === 'DescribeCertificate' ? { error: 'AccessDeniedException' } : undefined,
      },
      '',
      3,
    ],
  ])('%s', async (_, world, line, code) => {
    const { code: given, err } = await audit(world, `--region eu-west-1 ${line}`);
    expect([given, err]).toEqual([code, '']);
  });
});

describe('wrong use', () => {
  test.each<[string, string]>([
    ['certificates', 'certificates: needs audit, write secure-transmission certificates audit'],
    [
      'certificates adit',
      'adit: is not something that certificates does, did you mean audit, write secure-transmission certificates audit',
    ],
    [
      'certificates audit',
      'certificates: needs --region, since AWS_REGION is not set, write --region eu-west-1, once for each region',
    ],
    [
      'certificates audit --region Dublin',
      '--region: is "Dublin", it must be a region such as eu-west-1, correct it',
    ],
    [
      'certificates audit --region eu-west-1.evil.example',
      '--region: is "eu-west-1.evil.example", it must be a region such as eu-west-1, correct it',
    ],
    [
      'certificates audit --region eu-west-1 --time-limit soon',
      '--time-limit: is "soon", it must be whole seconds from 1 to 86400, write such as 60',
    ],
    [
      'certificates audit --region eu-west-1 --format csv --output gone/all.csv',
      '--output gone/all.csv: cannot be written (ENOENT), give a file in a folder that exists',
    ],
    [
      'certificates audit --region eu-west-1 --now soon',
      '--now: is "soon", it must be a day or a date and time of RFC 3339, write such as 2026-12-31',
    ],
    [
      'certificates audit --region eu-west-1 --format xml',
      '--format: is "xml", it must be one of table, json, csv',
    ],
    [
      'certificates audit --region eu-west-1 --format json --format csv',
      '--format: json and csv would both go to standard output, give one of them another --output',
    ],
    [
      'certificates audit --region eu-west-1 --assembly gone',
      'gone: does not exist, give a cdk.out folder or a template',
    ],
  ])('%s', async (line, message) => {
    const { code, out, err } = await runLive(line.split(' '));
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(`error: ${message}`);
  });
});

test('AWS_REGION stands in for --region', async () => {
  const { code, out } = await withAcm({ certificates: { 'eu-west-1': [FINE] } }, () =>
    runLive(['certificates', 'audit', '--now', NOW.toISOString()], { env: { AWS_REGION: 'eu-west-1' } }),
  );
  expect([code, out]).toEqual([0, expect.stringContaining('fine.example.com')]);
});

describe('the table', () => {
  test('has the inventory, what is wrong and how to mend it, and how much that is', async () => {
    const { out } = await audit([LATE, FINE, served('wild', { SubjectAlternativeNames: ['*.example.com'] })]);
    expect(
      out,
    ).toBe(`region     certificate       status  from  expires     days  left  key            used by
eu-west-1  fine.example.com  ISSUED  ACM   2027-03-01  99    50 %  EC_prime256v1  1
eu-west-1  late.example.com  ISSUED  ACM   2026-12-12  20    10 %  EC_prime256v1  1
eu-west-1  wild.example.com  ISSUED  ACM   2027-03-01  99    50 %  EC_prime256v1  1

error late.example.com in eu-west-1
    CertificateIsRenewedInTime: expires in 20 days, 10 % of its life
    fix: Where ACM renews it, see its validation records and renewal status. Else issue a new one: reimport it
         under the same ARN (aws acm import-certificate --certificate-arn), or request one that is validated
         by DNS.
    arn:aws:acm:eu-west-1:111122223333:certificate/late

info CertificateIsNotWildcard: 1 certificate: wild.example.com

3 certificates in 1 region: 1 error, 0 warnings, 1 info
`);
  });

  test('keeps what one region holds where another cannot be read, and says so', async () => {
    const { out, code } = await audit(DENIED, '--region eu-west-1 --region us-east-1');
    expect(code).toBe(3);
    expect(out).toContain('error late.example.com in eu-west-1');
    expect(out).toContain(`could not be read
    us-east-1: does not let these credentials call acm:ListCertificates, allow it, or leave the region out

2 certificates in 2 regions: 1 error, 0 warnings, 0 info; not all could be read
`);
  });

  test('says once what is to be done for several regions', async () => {
    const nobody: AcmWorld = { certificates: {}, fault: () => ({ error: 'ExpiredTokenException' }) };
    const { out } = await audit(nobody, '--region eu-west-1 --region us-east-1');
    expect(out).toContain(
      '    eu-west-1, us-east-1: says that the credentials have expired, sign in again\n',
    );
  });

  test('is coloured only when asked', async () => {
    expect((await audit([LATE])).out).not.toContain('\u001b');
    expect((await audit([LATE], '--region eu-west-1 --color')).out).toContain('\u001b[31merror');
  });
});

describe('what ACM says', () => {
  const HOSTILE = served('x', {
    DomainName: '\u001b[2J=HYPERLINK("https://evil.example")',
    SubjectAlternativeNames: ['+cmd|x', 'a;=1+1', 'b\u202ec\r\n::error::all is well'],
    Issuer: '@SUM(A1)\t"quoted", with a comma',
    Status: '##[error]',
    InUseBy: ['-2+3', '\uff1dcmd'],
  });

  test.each(['table', 'json', 'csv'])('is shown and not obeyed in the form of %s', async (format) => {
    const { out } = await audit([HOSTILE], `--region eu-west-1 --format ${format}`);
    const body = format === 'csv' ? out.replaceAll('\r\n', '\n') : out;
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not be there.
    expect(body).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]|(^|\s)::|##\[/m);
  });

  test('is no formula in a cell, at its beginning or after a separator', async () => {
    const { out } = await audit([HOSTILE], '--region eu-west-1 --format csv');
    const cells = rowsOf(out)[1] ?? [];
    expect(cells.length).toBe(24);
    for (const cell of cells) expect(cell).not.toMatch(/(^|[;,|]\s*)[=+@\uff1d]|^-\D/);
    expect(cells[3]).toContain("a;'=1+1");
  });
});

describe('the CSV', () => {
  test('is the inventory: a heading, and a row for each certificate', async () => {
    const { out } = await audit([LATE, FINE], '--region eu-west-1 --format csv');
    const [heading, fine, late, ...others] = rowsOf(out);
    expect(others).toEqual([]);
    expect(heading?.slice(0, 7)).toEqual([
      'region',
      'arn',
      'domain_name',
      'names',
      'type',
      'status',
      'issuer',
    ]);
    const of = (row: readonly string[] = []) =>
      Object.fromEntries((heading ?? []).map((key, i) => [key, row[i]]));
    expect(of(fine)).toMatchObject({
      region: 'eu-west-1',
      arn: arnOf('fine'),
      key_algorithm: 'EC_prime256v1',
      not_after: '2027-03-01T00:00:00Z',
      remaining_days: '99',
      remaining_lifetime_ratio: '0.5',
      in_use: 'true',
      findings: '',
    });
    expect(of(late)).toMatchObject({
      domain_name: 'late.example.com',
      findings: 'CertificateIsRenewedInTime',
    });
  });

  test('ends lines as RFC 4180 does, and has as many cells in each', async () => {
    const { out } = await audit([LATE, FINE, IMPORTED], '--region eu-west-1 --format csv');
    expect(out.split('\r\n').length).toBe(5);
    expect(out.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(new Set(rowsOf(out).map((row) => row.length)).size).toBe(1);
  });

  test('is read by another implementation as it was meant', async () => {
    const hostile = served('x', { Issuer: 'A "quoted", name\r\nof two lines', InUseBy: ['a', 'b,c'] });
    await audit([LATE, hostile], '--region eu-west-1 --format csv --output other.csv');
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    const file = path.join(workFolder(), 'other.csv').replaceAll("'", "''");
    const reader = await connection.runAndReadAll(
      `SELECT * FROM read_csv('${file}', header = true, all_varchar = true, delim = ',', quote = '"', escape = '"', strict_mode = true)`,
    );
    const rows = reader.getRowObjects();
    connection.closeSync();
    expect(rows.map(({ domain_name, issuer, in_use_by }) => [domain_name, issuer, in_use_by])).toEqual([
      ['late.example.com', 'Amazon', String(LATE.InUseBy)],
      ['x.example.com', 'A "quoted", name\\r\\nof two lines', 'a b,c'],
    ]);
  });

  test('has a row for a region that could not be read, so that it is not taken for whole', async () => {
    const { out } = await audit(DENIED, '--region eu-west-1 --region us-east-1 --format csv');
    const last = rowsOf(out).at(-1) ?? [];
    expect([last[0], last[5]]).toEqual(['us-east-1', 'NOT READ (failed)']);
  });
});

describe('the JSON', () => {
  test.each<[string, AcmWorld | readonly ServedCertificate[]]>([
    ['of nothing', []],
    [
      'of certificates',
      [
        LATE,
        FINE,
        IMPORTED,
        served('k', {
          RenewalSummary: {
            RenewalStatus: 'FAILED',
            RenewalStatusReason: 'CAA_ERROR',
            DomainValidationOptions: [],
            UpdatedAt: 1,
          },
        }),
      ],
    ],
    ['of a region that could not be read', DENIED],
  ])('%s fits its published schema', async (_, world) => {
    const { out, code } = await audit(world, '--region eu-west-1 --region us-east-1 --format json');
    const report = JSON.parse(out);
    validate(report);
    expect(validate.errors ?? []).toEqual([]);
    expect([report.$schema, report.exitCode]).toEqual([schema.$id, code]);
    expect(validate({ ...report, more: 1 })).toBe(false);
  });

  test('is the same each time, in whatever order ACM answers and regions are named', async () => {
    const certificates = {
      'eu-west-1': Array.from({ length: 12 }, (_, i) => served(`c${i}`, { left: i * 5 })),
      'us-east-1': [served('edge', { region: 'us-east-1' })],
    };
    const backwards = { ...certificates, 'eu-west-1': [...certificates['eu-west-1']].reverse() };
    const one = await audit({ certificates }, '--region us-east-1 --region eu-west-1 --format json');
    const other = await audit(
      { certificates: backwards, delay: 3 },
      '--region eu-west-1 --region us-east-1 --region eu-west-1 --format json',
    );
    expect(other).toEqual(one);
  });
});

test('several forms go to several places, and none is printed where a file cannot be written', async () => {
  const { out } = await audit(
    [FINE],
    '--region eu-west-1 --format csv --output inventory.csv --format table',
  );
  expect(out).toMatch(/^region +certificate/);
  expect(readFileSync(path.join(workFolder(), 'inventory.csv'), 'utf8')).toMatch(/^"region","arn"/);
  const failed = await audit([FINE], '--region eu-west-1 --format csv --output no/where.csv --format table');
  expect([failed.code, failed.out]).toEqual([2, '']);
});

test('no credential is printed, whatever goes wrong with them', async () => {
  const secret = 'wJalrXUtnFEMI';
  const faults = ['ExpiredTokenException', 'InvalidSignatureException', 'AccessDeniedException'];
  for (const error of faults) {
    const world: AcmWorld = { certificates: {}, fault: () => ({ error, message: `with key ${secret}` }) };
    const { code, out, err } = await audit(world);
    expect([code, err]).toEqual([3, '']);
    expect(out).not.toContain(secret);
    expect(out).not.toContain('AKIDEXAMPLE');
    expect(out).not.toMatch(/ at .*\.js/);
  }
});

test('without credentials it says so at once, and does not look for an instance of EC2', async () => {
  const started = performance.now();
  const { code, out } = await audit([FINE], '--region eu-west-1', {
    AWS_ACCESS_KEY_ID: undefined,
    AWS_SECRET_ACCESS_KEY: undefined,
    AWS_EC2_METADATA_DISABLED: undefined,
  });
  expect([code, out]).toEqual([3, expect.stringContaining('has no credentials that could be used')]);
  expect(performance.now() - started).toBeLessThan(1000);
});

test('the time limit ends it, with what was read', async () => {
  const certificates = { 'eu-west-1': Array.from({ length: 60 }, (_, i) => served(`c${i}`)) };
  const { code, out } = await audit({ certificates }, '--region eu-west-1 --time-limit 1');
  expect([code, out]).toEqual([3, expect.stringContaining('could not be read within the time limit')]);
  expect(out).toContain('60 certificates in 1 region');
});

test('help is there without the SDK', () => {
  expect(run(['certificates', '--help']).out).toContain('secure-transmission certificates: tell of every');
});

test('what serves a host is joined with its certificate', async () => {
  write('shop.json', {
    Resources: {
      Certificate: {
        Type: 'AWS::CertificateManager::Certificate',
        Properties: { DomainName: 'fine.example.com' },
      },
      Domain: {
        Type: 'AWS::ApiGateway::DomainNameV2',
        Properties: { DomainName: 'api.example.com', CertificateArn: { Ref: 'Certificate' } },
      },
    },
  });
  const { code, out } = await audit([FINE], '--region eu-west-1 --assembly shop.json');
  expect(code).toBe(1);
  expect(out).toContain(`error fine.example.com in eu-west-1
    CertificateCoversItsHosts: does not cover api.example.com, which shop/Domain serves
`);
});

/** The cells of a CSV as RFC 4180 describes it. */
function rowsOf(csv: string): string[][] {
  return csv
    .split('\r\n')
    .filter((line) => line !== '')
    .map((line) =>
      [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))/g)].map(([, quoted, bare = '']) =>
        quoted === undefined ? bare : quoted.replaceAll('""', '"'),
      ),
    );
}
