import { type RegionReading, readRegion } from '../../../lib/live/certificates';
import { arnOf, served } from '../../_fixtures/acm/certificates';
import { withAcm } from '../../_fixtures/acm/environment';
import type { Asked, Fault } from '../../_fixtures/acm/server';

const REGION = 'eu-west-1';
const THREE = { [REGION]: [served('a'), served('b'), served('c')] };
const QUICK = { perSecond: Number.POSITIVE_INFINITY };

function faulty(fault: (asked: Asked) => Fault | undefined) {
  return { certificates: THREE, fault };
}

const onList = (fault: Fault) =>
  faulty(({ operation }) => (operation === 'ListCertificates' ? fault : undefined));
const onB = (fault: Fault) => faulty(({ body }) => (body.CertificateArn === arnOf('b') ? fault : undefined));

describe('a region', () => {
  test('is read whole: what it holds, by ARN, in the words of templates', async () => {
    const { state, certificates, problems } = await withAcm({ certificates: THREE }, () =>
      readRegion(REGION, QUICK),
    );
    expect([state, problems]).toEqual(['complete', []]);
    expect(certificates.map(({ arn }) => arn)).toEqual(['a', 'b', 'c'].map((name) => arnOf(name)));
    expect(certificates[0]).toEqual({
      region: REGION,
      arn: arnOf('a'),
      domainName: 'a.example.com',
      names: ['a.example.com'],
      status: 'ISSUED',
      type: 'AMAZON_ISSUED',
      issuer: 'Amazon',
      serial: '0a:1b',
      keyAlgorithm: 'EC_prime256v1',
      signatureAlgorithm: 'SHA256WITHECDSA',
      createdAt: '2026-08-15T00:00:00Z',
      notBefore: '2026-08-15T00:00:00Z',
      notAfter: '2027-03-01T00:00:00Z',
      validation: 'DNS',
      renewalEligibility: 'ELIGIBLE',
      inUse: true,
      inUseBy: ['arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/a/50dc6c495c0c9188'],
      exportable: false,
      exported: false,
      transparencyLogging: true,
      complete: true,
    });
  });

  test('is listed for every kind of key, of which ACM leaves out most unless asked', async () => {
    const keys = [
      'RSA_1024',
      'RSA_2048',
      'RSA_3072',
      'RSA_4096',
      'EC_prime256v1',
      'EC_secp384r1',
      'EC_secp521r1',
    ];
    const certificates = { [REGION]: keys.map((KeyAlgorithm) => served(KeyAlgorithm, { KeyAlgorithm })) };
    const reading = await withAcm({ certificates }, () => readRegion(REGION, QUICK));
    expect(reading.certificates.map(({ keyAlgorithm }) => keyAlgorithm).sort()).toEqual(keys.sort());
  });

  // The output of describe-certificate in the AWS CLI Command Reference, but for the names that wait for mail.
  test('is read as AWS documents its answers', async () => {
    const arn = 'arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012';
    const validation = { ValidationDomain: 'www.example.com', ValidationEmails: ['admin@example.com'] };
    const documented = {
      CertificateArn: arn,
      CreatedAt: 1446835267.0,
      DomainName: 'www.example.com',
      DomainValidationOptions: [{ DomainName: 'www.example.com', ...validation }],
      InUseBy: [],
      IssuedAt: 1446835815.0,
      Issuer: 'Amazon',
      KeyAlgorithm: 'RSA-2048',
      NotAfter: 1478433600.0,
      NotBefore: 1446768000.0,
      Serial: '0f:ac:b0:a3:8d:ea:65:52:2d:7d:01:3a:39:36:db:d6',
      SignatureAlgorithm: 'SHA256WITHRSA',
      Status: 'ISSUED',
      Subject: 'CN=www.example.com',
      SubjectAlternativeNames: ['www.example.com', 'www.example.net'],
    };
    const { certificates } = await withAcm({ certificates: { 'us-east-1': [documented] } }, () =>
      readRegion('us-east-1', QUICK),
    );
    expect(certificates).toEqual([
      {
        region: 'us-east-1',
        arn,
        domainName: 'www.example.com',
        names: ['www.example.com', 'www.example.net'],
        status: 'ISSUED',
        type: 'UNKNOWN',
        issuer: 'Amazon',
        serial: '0f:ac:b0:a3:8d:ea:65:52:2d:7d:01:3a:39:36:db:d6',
        keyAlgorithm: 'RSA_2048',
        signatureAlgorithm: 'SHA256WITHRSA',
        createdAt: '2015-11-06T18:41:07Z',
        notBefore: '2015-11-06T00:00:00Z',
        notAfter: '2016-11-06T12:00:00Z',
        inUse: false,
        inUseBy: [],
        exportable: false,
        exported: false,
        complete: true,
      },
    ]);
  });

  test('has keys that ACM writes with a dash', async () => {
    const certificates = { [REGION]: [served('a', { KeyAlgorithm: 'RSA-2048' })] };
    const reading = await withAcm({ certificates }, () => readRegion(REGION, QUICK));
    expect(reading.certificates[0]?.keyAlgorithm).toBe('RSA_2048');
  });

  test('is read page by page', async () => {
    const certificates = { [REGION]: Array.from({ length: 25 }, (_, i) => served(`c${i}`)) };
    await withAcm({ certificates, pageSize: 10 }, async ({ asked }) => {
      const reading = await readRegion(REGION, QUICK);
      expect([reading.state, reading.certificates.length]).toEqual(['complete', 25]);
      expect(asked.filter(({ operation }) => operation === 'ListCertificates').length).toBe(3);
    });
  });

  test('keeps no address to which a validation was mailed', async () => {
    const reading = await withAcm({ certificates: THREE }, () => readRegion(REGION, QUICK));
    expect(JSON.stringify(reading)).not.toContain('hostmaster');
  });

  test('loses a certificate that was deleted since it was listed, which is no failure', async () => {
    const reading = await withAcm(onB({ error: 'ResourceNotFoundException' }), () =>
      readRegion(REGION, QUICK),
    );
    expect([reading.state, reading.certificates.length]).toEqual(['complete', 2]);
  });

  test('is asked a few times at once, and at the pace that is given', async () => {
    const certificates = { [REGION]: Array.from({ length: 30 }, (_, i) => served(`c${i}`)) };
    await withAcm({ certificates, delay: 2 }, async (server) => {
      const started = performance.now();
      await readRegion(REGION, { perSecond: 20 });
      // 20 at once and 10 more at 20 a second.
      expect(performance.now() - started).toBeGreaterThan(450);
      expect(server.mostAtOnce).toBeLessThanOrEqual(4);
    });
  });
});

describe('a fault that passes', () => {
  const ONCE: readonly [string, Fault][] = [
    ['throttled once', { error: 'ThrottlingException' }],
    ['a failure of the service', { error: 'InternalFailure', status: 500 }],
    ['unavailable', { error: 'ServiceUnavailable', status: 503 }],
    ['no answer', { hang: true }],
    ['a connection that ends in the middle', { drop: true }],
  ];
  const regionOf = (name: string) => `eu-fault-${ONCE.findIndex(([fault]) => fault === name) + 1}`;
  const SLOW = 'eu-slow-1';
  const readings = new Map<string, RegionReading>();
  let asked: readonly Asked[] = [];

  // One region each and all at once: most of this is the SDK, which waits for a second or more before it tries again.
  beforeAll(async () => {
    const certificates = {
      ...Object.fromEntries(ONCE.map(([name]) => [regionOf(name), THREE[REGION]])),
      [SLOW]: Array.from({ length: 24 }, (_, i) => served(`c${i}`)),
    };
    const fault = ({ region, operation, count }: Asked) =>
      count === 1 && operation === 'ListCertificates'
        ? ONCE.find(([name]) => regionOf(name) === region)?.[1]
        : undefined;
    await withAcm({ certificates, fault, quota: 10 }, async (server) => {
      const read = async (region: string) =>
        readings.set(region, await readRegion(region, { ...QUICK, requestTimeout: 300 }));
      await Promise.all(Object.keys(certificates).map(read));
      asked = [...server.asked];
    });
  });

  test.each(ONCE)('%s: nothing is lost', (name) => {
    const { state, certificates, problems } = readings.get(regionOf(name)) ?? {};
    expect([state, certificates?.length, problems]).toEqual(['complete', 3, []]);
    expect(asked.filter(({ region }) => region === regionOf(name)).length).toBeGreaterThan(4);
  });

  test('a quota that is lower than the pace slows it down, and nothing is lost', () => {
    const { state, certificates } = readings.get(SLOW) ?? {};
    expect([state, certificates?.length]).toEqual(['complete', 24]);
    expect(asked.filter(({ region }) => region === SLOW).length).toBeGreaterThan(25);
  });
});

describe('a fault that stays', () => {
  const once = { ...QUICK, attempts: 1, requestTimeout: 200 };

  test.each<[string, Fault, string, string]>([
    [
      'access denied',
      { error: 'AccessDeniedException', message: 'User: arn:aws:iam::1:user/eve is not authorized' },
      'AccessDenied',
      'does not let these credentials call acm:ListCertificates, allow it, or leave the region out',
    ],
    [
      'expired credentials',
      { error: 'ExpiredTokenException' },
      'CredentialsExpired',
      'says that the credentials have expired, sign in again',
    ],
    [
      'a region that is switched off',
      { error: 'UnrecognizedClientException' },
      'CredentialsRefused',
      'refuses the credentials, use those of an account that has the region switched on, and check the clock',
    ],
    [
      'throttled for ever',
      { error: 'ThrottlingException' },
      'Throttled',
      'throttles ListCertificates more than all attempts together could wait, run it again later',
    ],
    [
      'a failure of the service',
      { error: 'InternalFailure', status: 500 },
      'ServiceError',
      'answers ListCertificates with 500 InternalFailure, run it again later',
    ],
    ['no answer', { hang: true }, 'TimedOut', 'did not answer ListCertificates in time, run it again later'],
    [
      'cut JSON',
      { text: '{"CertificateSummaryList":[{"Certif' },
      'Unreadable',
      'gives an answer to ListCertificates that cannot be read, run it again',
    ],
    [
      'a page of no JSON',
      { text: '<html>captive portal</html>' },
      'Unreadable',
      'gives an answer to ListCertificates that cannot be read, run it again',
    ],
  ])('%s: the region has failed, and says why in our words', async (_, fault, code, message) => {
    const reading = await withAcm(onList(fault), () => readRegion(REGION, once));
    expect(reading).toEqual({
      region: REGION,
      state: 'failed',
      certificates: [],
      problems: [{ operation: 'ListCertificates', code, message }],
    });
  });

  test('a later page: what came before is kept', async () => {
    const world = {
      ...faulty(({ operation, count }) =>
        operation === 'ListCertificates' && count === 2 ? { text: '{' } : undefined,
      ),
      pageSize: 2,
    };
    const reading = await withAcm(world, () => readRegion(REGION, once));
    expect([reading.state, reading.certificates.map(({ complete }) => complete)]).toEqual([
      'partial',
      [true, true],
    ]);
  });

  test('pages that lead in a circle end', async () => {
    const page = { CertificateSummaryList: [{ CertificateArn: arnOf('a'), DomainName: 'a.example.com' }] };
    const world = faulty(({ operation, count }) =>
      operation === 'ListCertificates' ? { answer: { ...page, NextToken: String(count % 3) } } : undefined,
    );
    const reading = await withAcm(world, () => readRegion(REGION, once));
    expect(reading.problems[0]?.message).toBe('gives a list of certificates that does not end, run it again');
    expect([reading.state, reading.certificates.length]).toEqual(['partial', 1]);
  });

  test.each<[string, Fault]>([
    ['fails', { error: 'InternalFailure', status: 500 }],
    [
      'has a time that is none',
      { answer: { Certificate: { CertificateArn: arnOf('b'), NotAfter: 'tomorrow' } } },
    ],
    ['is answered with nothing', { answer: {} }],
  ])('a certificate that %s: what the list tells of it is kept, and marked', async (_, fault) => {
    const reading = await withAcm(onB(fault), () => readRegion(REGION, once));
    expect([reading.state, reading.problems.length, reading.problems[0]?.certificates]).toEqual([
      'partial',
      1,
      1,
    ]);
    const [, b] = reading.certificates;
    expect(b).toMatchObject({
      arn: arnOf('b'),
      complete: false,
      notAfter: '2027-03-01T00:00:00Z',
      inUse: true,
    });
    expect(b).not.toHaveProperty('issuer');
  });

  test('leave to list, and not to describe: one request tells for all', async () => {
    const certificates = { [REGION]: Array.from({ length: 40 }, (_, i) => served(`c${i}`)) };
    const fault = ({ operation }: Asked): Fault | undefined =>
      operation === 'DescribeCertificate' ? { error: 'AccessDeniedException' } : undefined;
    await withAcm({ certificates, fault }, async ({ asked }) => {
      const { state, certificates: kept, problems } = await readRegion(REGION, QUICK);
      expect([state, kept.length, problems.map((one) => one.certificates)]).toEqual(['partial', 40, [40]]);
      expect(asked.length).toBeLessThanOrEqual(5);
    });
  });

  test('the time is up: what was read is kept, and nothing waits any longer', async () => {
    const certificates = { [REGION]: Array.from({ length: 200 }, (_, i) => served(`c${i}`)) };
    await withAcm({ certificates }, async () => {
      const started = performance.now();
      const signal = AbortSignal.timeout(500);
      const reading = await readRegion(REGION, { perSecond: 10, signal });
      // At that pace, the rest would have waited for 19 s.
      expect(performance.now() - started).toBeLessThan(15_000);
      expect([reading.state, reading.certificates.length]).toEqual(['partial', 200]);
      expect(reading.certificates.filter(({ complete }) => complete).length).toBeGreaterThan(0);
      expect(reading.problems[0]?.message).toBe('could not be read within the time limit, give more time');
    });
  });

  test('throttled for ever ends with the time, not with the attempts', async () => {
    const signal = AbortSignal.timeout(400);
    // So many attempts, each later than the one before, take longer than the time limit of this test.
    const reading = await withAcm(onList({ error: 'ThrottlingException' }), () =>
      readRegion(REGION, { signal, attempts: 100 }),
    );
    expect([reading.state, reading.problems[0]?.code]).toEqual(['failed', 'TimedOut']);
  });
});

describe('credentials', () => {
  test.each<[string, Readonly<Record<string, string | undefined>>, string | undefined]>([
    ['none', { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined }, undefined],
    ['a profile that does not exist', {}, 'gone'],
  ])('%s: said in our words, and nothing is asked', async (_, variables, profile) => {
    await withAcm(
      { certificates: THREE },
      async ({ asked }) => {
        const reading = await readRegion(REGION, profile === undefined ? {} : { profile });
        expect(reading.problems).toEqual([
          {
            operation: 'ListCertificates',
            code: 'NoCredentials',
            message:
              'has no credentials that could be used, name a profile that exists (--profile, AWS_PROFILE) or sign in (aws sso login); on an instance of EC2 set AWS_EC2_METADATA_DISABLED=false',
          },
        ]);
        expect(asked).toEqual([]);
      },
      variables,
    );
  });
});
