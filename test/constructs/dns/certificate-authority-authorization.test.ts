import { Duration, Fn, type Stack } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import {
  CertificateAuthority,
  CertificateAuthorityAuthorization,
  type CertificateAuthorityAuthorizationProps,
} from '../../../lib/constructs/dns';
import { findingsOf, nagErrorsOf } from '../judged';
import { rendered, stackIn, zoneIn } from '../support';

const RECORD = 'AWS::Route53::RecordSet';

function define(stack: Stack, props: Partial<CertificateAuthorityAuthorizationProps> = {}) {
  return new CertificateAuthorityAuthorization(stack, 'Caa', { zone: zoneIn(stack), ...props });
}

function recordsFor(props: Partial<CertificateAuthorityAuthorizationProps>): readonly string[] {
  const stack = stackIn('eu-west-1');
  define(stack, props);
  const [record] = Object.values(rendered(stack).findResources(RECORD));
  return record?.Properties.ResourceRecords;
}

describe('CertificateAuthorityAuthorization', () => {
  test('lets Amazon issue for plain names, nobody for wildcards, at the apex of the zone, for an hour', () => {
    const stack = stackIn('eu-west-1');
    define(stack);
    rendered(stack).hasResourceProperties(RECORD, {
      Name: 'example.com.',
      Type: 'CAA',
      TTL: '3600',
      HostedZoneId: 'ZEXAMPLECOM',
      ResourceRecords: ['0 issue "amazon.com"', '0 issuewild ";"'],
      Comment: Match.absent(),
    });
  });

  test('stands at another name, for another time', () => {
    const stack = stackIn('eu-west-1');
    define(stack, { recordName: 'pay', ttl: Duration.minutes(5) });
    rendered(stack).hasResourceProperties(RECORD, { Name: 'pay.example.com.', TTL: '300' });
  });

  test('names several authorities in the order given, and where they report', () => {
    const records = recordsFor({
      issuers: [CertificateAuthority.AMAZON, CertificateAuthority.of('letsencrypt.org')],
      wildcardIssuers: [CertificateAuthority.AMAZON],
      violationReports: ['mailto:security@example.com', 'https://example.com/caa'],
    });
    expect(records).toEqual([
      '0 issue "amazon.com"',
      '0 issue "letsencrypt.org"',
      '0 issuewild "amazon.com"',
      '0 iodef "mailto:security@example.com"',
      '0 iodef "https://example.com/caa"',
    ]);
  });

  test('can forbid all certificates', () => {
    expect(recordsFor({ issuers: [] })).toEqual(['0 issue ";"', '0 issuewild ";"']);
  });

  test('binds an authority to an account and to ways of validation', () => {
    const accountUri = 'https://acme-v02.api.letsencrypt.org/acme/acct/1';
    const issuers = [
      CertificateAuthority.of('letsencrypt.org', { accountUri, validationMethods: ['dns-01', 'ca-tbr-7'] }),
    ];
    expect(recordsFor({ issuers })).toEqual([
      `0 issue "letsencrypt.org; accounturi=${accountUri}; validationmethods=dns-01,ca-tbr-7"`,
      '0 issuewild ";"',
    ]);
  });

  test('binds Amazon where a page documents that it honours the binding, which the record then names', () => {
    const stack = stackIn('eu-west-1');
    const documentedAt = 'https://docs.aws.amazon.com/acm/latest/userguide/setup-caa.html';
    const bound = CertificateAuthority.of('amazon.com', { validationMethods: ['ca-tbr-7'], documentedAt });
    define(stack, { issuers: [bound], wildcardIssuers: [bound] });
    rendered(stack).hasResourceProperties(RECORD, {
      ResourceRecords: [
        '0 issue "amazon.com; validationmethods=ca-tbr-7"',
        '0 issuewild "amazon.com; validationmethods=ca-tbr-7"',
      ],
      Comment: documentedAt,
    });
  });

  test('takes unresolved values at their word', () => {
    const name = Fn.importValue('Authority');
    const issuers = [
      CertificateAuthority.of(name, { accountUri: name, validationMethods: [name], documentedAt: name }),
    ];
    expect(() => define(stackIn('eu-west-1'), { issuers, violationReports: [name] })).not.toThrow();
  });

  test('has no finding by our pack and no error by cdk-nag', () => {
    const stack = stackIn('eu-west-1');
    const record = define(stack);
    expect(findingsOf(stack)).toEqual([]);
    expect(nagErrorsOf(record)).toEqual([]);
  });
});

describe('CertificateAuthorityAuthorization refuses', () => {
  const { of } = CertificateAuthority;
  const NOT_FOR_AMAZON =
    "must be left out for amazon.com, AWS documents no binding for ACM and one that does not fit stops renewals, name the page in 'documentedAt' once it does";

  test.each<[string, CertificateAuthority, string]>([
    [
      'a name with a scheme',
      of('https://letsencrypt.org'),
      'the name of a certificate authority must be a fully qualified domain name without scheme, port and path, got "https://letsencrypt.org"',
    ],
    [
      'a name that would end the value and begin another',
      of('amazon.com"\n0 issue "evil.example'),
      'the name of a certificate authority must be a fully qualified domain name without scheme, port and path, got "amazon.com\\"\\n0 issue \\"evil.example"',
    ],
    [
      'an account that is no URI',
      of('letsencrypt.org', { accountUri: '1234' }),
      '\'accountUri\' must be a URI without semicolon, quote, backslash and space, got "1234", copy it from the account at the authority',
    ],
    [
      'an account that would add a parameter',
      of('letsencrypt.org', { accountUri: 'acct:1@a;validationmethods=http-01' }),
      '\'accountUri\' must be a URI without semicolon, quote, backslash and space, got "acct:1@a;validationmethods=http-01", copy it from the account at the authority',
    ],
    [
      'no way of validation',
      of('letsencrypt.org', { validationMethods: [] }),
      "'validationMethods' must name at least one method, since none would forbid all, leave it out to allow any",
    ],
    [
      'a way of validation in capitals',
      of('letsencrypt.org', { validationMethods: ['dns-01', 'DNS'] }),
      '\'validationMethods\' must hold labels of lower-case letters, digits and hyphens, got "DNS", such as dns-01 or ca-tbr-7',
    ],
    [
      'an account for Amazon',
      of('amazon.com', { accountUri: 'acct:111122223333@amazon.com' }),
      `'accountUri' ${NOT_FOR_AMAZON}`,
    ],
    [
      'ways of validation for Amazon',
      of('amazon.com', { validationMethods: ['dns-01'] }),
      `'validationMethods' ${NOT_FOR_AMAZON}`,
    ],
    [
      'a binding of Amazon that no page documents',
      of('amazon.com', { validationMethods: ['dns-01'], documentedAt: 'yes' }),
      '\'documentedAt\' must be the https URL of a page of the authority, got "yes"',
    ],
  ])('%s', (_, authority, problem) => {
    expect(() => define(stackIn(), { issuers: [authority] })).toThrow(`Stack/Caa: 'issuers[0]': ${problem}`);
    expect(() => define(stackIn(), { wildcardIssuers: [authority] })).toThrow(
      `Stack/Caa: 'wildcardIssuers[0]': ${problem}`,
    );
  });

  test('to name an authority twice', () => {
    const issuers = [CertificateAuthority.AMAZON, of('amazon.com')];
    expect(() => define(stackIn(), { issuers })).toThrow(
      'Stack/Caa: \'issuers[1]\' repeats "amazon.com", remove it',
    );
  });

  test.each(['security@example.com', 'http://example.com/caa', 'https://example.com/"; 0 issue "evil'])(
    'reports to %s',
    (report) => {
      expect(() => define(stackIn(), { violationReports: ['mailto:security@example.com', report] })).toThrow(
        `Stack/Caa: 'violationReports[1]' must be a mailto: or https: URL, got ${JSON.stringify(report)}, such as mailto:security@example.com`,
      );
    },
  );
});
