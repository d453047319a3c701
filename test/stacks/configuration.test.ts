import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Ajv from 'ajv';
import { isTransmissionError } from '../../lib/core/errors';
import { TlsProfile } from '../../lib/core/tls';
import {
  baselineConfigurationSchema,
  parseConfiguration,
  readConfiguration,
  resolveConfiguration,
} from '../../lib/stacks';
import { schemaProblems } from '../../lib/stacks/schema-problems';
import publishedSchema from '../../schemas/baseline-configuration.schema.json';
import shipped from '../../secure-transmission.baseline.json';

const FILE = 'baseline.json';
const CERTIFICATE = 'arn:aws:acm:eu-west-1:111122223333:certificate/a1';
const TOPIC = 'arn:aws:sns:eu-west-1:111122223333:alarms';

const minimal = {
  domainName: 'pay.example.com',
  zones: [{ zoneName: 'example.com', hostedZoneId: 'Z0123456789' }],
  region: 'eu-west-1',
};

const { domainName: _domainName, ...withoutDomain } = minimal;
const { region: _region, ...withoutRegion } = minimal;

/** What is wrong with a value, without the file's name. */
function mistakes(value: unknown): string[] {
  try {
    resolveConfiguration(value, FILE);
  } catch (thrown) {
    if (!isTransmissionError(thrown)) throw thrown;
    expect(thrown.kind).toBe('configuration');
    const lines = thrown.message.split('\n');
    expect(lines.filter((line) => !line.startsWith(`${FILE}: `))).toEqual([]);
    return lines.map((line) => line.slice(FILE.length + 2));
  }
  return [];
}

describe('resolveConfiguration', () => {
  test('fills in what the schema says are defaults', () => {
    expect(resolveConfiguration(minimal, FILE)).toEqual({
      ...minimal,
      name: 'SecureTransmission',
      account: undefined,
      subjectAlternativeNames: [],
      tlsProfile: TlsProfile.TLS_1_2_OR_NEWER,
      certificate: { rsaTwin: false, domainNameQuota: 10 },
      alarms: {},
      loadBalancer: { internetFacing: false, allowedPeers: [], httpRedirect: false },
      network: {
        cidr: '10.0.0.0/16',
        availabilityZoneCount: 2,
        natGateways: 0,
        interfaceEndpoints: [],
        gatewayEndpoints: [],
      },
      retentionDays: 400,
      owner: 'platform team',
      audit: { enabled: true, lock: 'governance', buckets: [], refusedAtEndpoints: [], insights: false },
      monitoring: {
        enabled: true,
        probe: true,
        oldTlsFinder: true,
        findings: true,
        pciDssStandard: false,
        apiLogging: false,
      },
      distribution: undefined,
      tlsPolicies: [],
    });
  });

  test('has no distribution unless it is asked for, and then one that leads to all names', () => {
    expect(resolveConfiguration({ ...minimal, distribution: {} }, FILE).distribution).toEqual({
      allowedCountries: [],
      strictTransportSecurity: 'TWO_YEARS',
      writes: true,
      aliasRecords: true,
    });
  });

  test('finds the documents beside the file, wherever the app runs', () => {
    const given = { ...minimal, distribution: { documents: 'trust' } };
    expect(resolveConfiguration(given, '/platform/baseline.json').distribution?.documents).toBe(
      '/platform/trust',
    );
  });

  test.each(['loadBalancer', 'network', 'certificate', 'audit'] as const)(
    'has the defaults of the schema for %s',
    (section) => {
      const properties = baselineConfigurationSchema.properties[section]?.properties ?? {};
      const defaults = Object.entries(properties).flatMap(([key, { default: value }]) =>
        value === undefined ? [] : [[key, value]],
      );
      expect(resolveConfiguration(minimal, FILE)[section]).toEqual(Object.fromEntries(defaults));
    },
  );

  test('takes everything that can be said', () => {
    const everything = {
      ...minimal,
      $schema: './schemas/baseline-configuration.schema.json',
      name: 'Platform',
      subjectAlternativeNames: ['*.pay.example.com'],
      account: '111122223333',
      tlsProfile: 'TLS_1_3_ONLY',
      certificate: { certificateArn: CERTIFICATE, rsaCertificateArn: CERTIFICATE },
      retentionDays: 3653,
      alarms: { topicArn: TOPIC, edgeTopicArn: TOPIC.replace('eu-west-1', 'us-east-1') },
      loadBalancer: { internetFacing: false, allowedPeers: ['192.0.2.0/24', '0.0.0.0/0'] },
      network: {
        cidr: '10.8.0.0/20',
        availabilityZoneCount: 3,
        natGateways: 3,
        organizationId: 'o-a1b2c3d4e5',
        interfaceEndpoints: ['kms', 'ecr.dkr'],
        gatewayEndpoints: ['s3', 'dynamodb'],
        encryptionControl: 'enforce',
        encryptionExclusions: {
          internetGateway: 'CloudFront asks for the gateway, and ends TLS itself.',
          natGateway: 'Containers fetch images over TLS through it.',
        },
      },
      audit: { enabled: true, lock: 'compliance' },
      distribution: {
        certificateArn: CERTIFICATE.replace('eu-west-1', 'us-east-1'),
        allowedCountries: ['DE'],
        strictTransportSecurity: 'ONE_WEEK',
        writes: false,
        aliasRecords: false,
        originFacingPrefixListId: 'pl-4fa04526',
        documents: 'trust',
      },
      tlsPolicies: [
        {
          service: 'elbv2',
          name: 'ELBSecurityPolicy-TLS13-1-3-2031-01',
          oldest: 'TLSv1.3',
          newest: 'TLSv1.3',
          forwardSecret: true,
          cbc: false,
          source: 'https://docs.aws.amazon.com/',
          reviewed: '2026-11-22',
        },
      ],
    };
    expect(mistakes(everything)).toEqual([]);
    const configuration = resolveConfiguration(everything, FILE);
    expect(configuration.tlsProfile).toBe(TlsProfile.TLS_1_3_ONLY);
    expect(configuration.tlsPolicies).toMatchObject([{ origin: 'configuration' }]);
  });

  test('tells a topic at the edge of signed zones, without a distribution too', () => {
    const alarms = { edgeTopicArn: TOPIC.replace('eu-west-1', 'us-east-1') };
    const zones = minimal.zones.map((zone) => ({ ...zone, dnssec: true }));
    expect(mistakes({ ...minimal, zones, alarms })).toEqual([]);
  });

  test('subscribes an address to the new topic at the edge where that at home exists', () => {
    const alarms = { topicArn: TOPIC, email: 'security@example.com' };
    expect(mistakes({ ...minimal, distribution: {}, alarms })).toEqual([]);
    const edgeTopicArn = TOPIC.replace('eu-west-1', 'us-east-1');
    expect(mistakes({ ...minimal, distribution: {}, alarms: { ...alarms, edgeTopicArn } })).toEqual([
      "'alarms.email' subscribes to the topics that are made, and none is, remove it, or remove 'alarms.topicArn'",
    ]);
  });

  test('asks for no quota where all certificates exist already', () => {
    const names = { subjectAlternativeNames: Array.from({ length: 10 }, (_, i) => `n${i}.example.com`) };
    const certificate = { certificateArn: CERTIFICATE };
    expect(mistakes({ ...minimal, ...names, certificate })).toEqual([]);
    const certificateArn = CERTIFICATE.replace('eu-west-1', 'us-east-1');
    expect(mistakes({ ...minimal, ...names, certificate, distribution: { certificateArn } })).toEqual([]);
    expect(mistakes({ ...minimal, ...names, certificate, distribution: {} })).toEqual([
      expect.stringContaining("'subjectAlternativeNames' must have at most 9 entries"),
    ]);
  });

  test('takes the configuration that is shipped', () => {
    expect(mistakes(shipped)).toEqual([]);
  });

  test.each<[string, unknown, string[]]>([
    [
      'a missing domain',
      withoutDomain,
      [
        '\'domainName\' is missing, add a fully qualified domain name of at most 64 characters, in lower case, such as "pay.example.com"',
      ],
    ],
    [
      'a missing region',
      withoutRegion,
      [
        '\'region\' is missing, add the name of an AWS region that the installed aws-cdk-lib knows, such as "eu-west-1"',
      ],
    ],
    [
      'an unknown region',
      { ...minimal, region: 'eu-wset-1' },
      [
        '\'region\' must be the name of an AWS region that the installed aws-cdk-lib knows, such as "eu-west-1", got "eu-wset-1", did you mean \'eu-west-1\'?',
      ],
    ],
    [
      'a region that is no word',
      { ...minimal, region: 7 },
      [
        '\'region\' must be the name of an AWS region that the installed aws-cdk-lib knows, such as "eu-west-1", got 7',
      ],
    ],
    [
      'a certificate of another region',
      { ...minimal, certificate: { certificateArn: CERTIFICATE.replace('eu-west-1', 'us-east-1') } },
      [
        "'certificate.certificateArn' must be in 'region' (eu-west-1), got a certificate in \"us-east-1\", name one there, or leave it out to have a new certificate",
      ],
    ],
    [
      'a topic of another region',
      { ...minimal, alarms: { topicArn: TOPIC.replace('eu-west-1', 'us-east-1') } },
      [
        "'alarms.topicArn' must be in 'region' (eu-west-1), got a topic in \"us-east-1\", name one there, or leave it out to have a new topic",
      ],
    ],
    [
      'a certificate of another account',
      { ...minimal, account: '444455556666', certificate: { certificateArn: CERTIFICATE } },
      [
        "'certificate.certificateArn' must be in 'account' (444455556666), got \"111122223333\", name one there, or leave it out to have a new certificate",
      ],
    ],
    [
      'an edge topic outside of the region of the edge',
      { ...minimal, distribution: {}, alarms: { edgeTopicArn: TOPIC } },
      [
        '\'alarms.edgeTopicArn\' must be in the region of the edge (us-east-1), got a topic in "eu-west-1", name one there, or leave it out to have a new topic',
      ],
    ],
    [
      'an edge topic without an edge',
      { ...minimal, alarms: { edgeTopicArn: TOPIC.replace('eu-west-1', 'us-east-1') } },
      [
        "'alarms.edgeTopicArn' is told about what stands in us-east-1, add 'distribution' or sign a zone by 'dnssec', or remove it",
      ],
    ],
    [
      'a certificate of the distribution that CloudFront cannot take',
      { ...minimal, distribution: { certificateArn: CERTIFICATE } },
      [
        '\'distribution.certificateArn\' must be in the region of CloudFront (us-east-1), got a certificate in "eu-west-1", name one there, or leave it out to have a new certificate',
      ],
    ],
    [
      'a way around the distribution',
      { ...minimal, distribution: {}, loadBalancer: { internetFacing: true, httpRedirect: true } },
      [
        "'loadBalancer.httpRedirect' must be false with 'distribution', which redirects itself and never asks port 80, remove it",
        "'loadBalancer.internetFacing' must be false with 'distribution', through which everyone comes, remove one of the two",
      ],
    ],
    [
      'more peers than a security group holds beside CloudFront',
      {
        ...minimal,
        distribution: {},
        loadBalancer: { allowedPeers: [1, 2, 3, 4, 5, 6].map((i) => `192.0.2.${i}/32`) },
      },
      [
        "'loadBalancer.allowedPeers' must have at most 5 entries with 'distribution', since a security group has 60 rules and the addresses of CloudFront take 55, got 6, widen or remove some",
      ],
    ],
    [
      'more peers on two ports than a security group holds',
      {
        ...minimal,
        loadBalancer: {
          httpRedirect: true,
          allowedPeers: Array.from({ length: 31 }, (_, i) => `192.0.2.${i}/32`),
        },
      },
      [
        "'loadBalancer.allowedPeers' must have at most 30 entries with 'loadBalancer.httpRedirect', since each needs two of the 60 rules of a security group, got 31, widen or remove some",
      ],
    ],
    [
      'a region whose prefix list we do not know',
      { ...minimal, region: 'cn-north-1', distribution: {} },
      [
        "'distribution.originFacingPrefixListId' is missing, which we do not know for cn-north-1, read it with: aws ec2 describe-managed-prefix-lists --region cn-north-1 --filters Name=prefix-list-name,Values=com.amazonaws.global.cloudfront.origin-facing",
        "'distribution' is for the partition aws, got 'region' cn-north-1 of aws-cn, which CloudFront does not serve from us-east-1, remove it",
      ],
    ],
    [
      'a TLS profile that CloudFront does not have',
      { ...minimal, distribution: {}, tlsProfile: 'TLS_1_3_ONLY_FIPS' },
      [
        "'tlsProfile' must be one of TLS_1_2_OR_NEWER, TLS_1_3_ONLY with 'distribution', for which CloudFront has TLS policies, got \"TLS_1_3_ONLY_FIPS\", change it, or remove 'distribution'",
      ],
    ],
    [
      'more names than a certificate has',
      { ...minimal, subjectAlternativeNames: Array.from({ length: 10 }, (_, i) => `n${i}.example.com`) },
      [
        "'subjectAlternativeNames' must have at most 9 entries, since a certificate of ACM has 10 names unless the quota of the account was raised, got 10, remove some, or have it raised and say so in 'certificate.domainNameQuota'",
      ],
    ],
    [
      'encryption that is enforced with a way out and no reason',
      { ...minimal, network: { encryptionControl: 'enforce', natGateways: 1 } },
      ['internetGateway', 'natGateway'].map(
        (gateway) =>
          `'network.encryptionExclusions.${gateway}' is missing, which this network has, add a sentence that says why its traffic is excluded, or set 'network.encryptionControl' to "monitor"`,
      ),
    ],
    [
      'exclusions from what is not enforced',
      {
        ...minimal,
        network: {
          encryptionControl: 'monitor',
          encryptionExclusions: { lambda: 'Functions speak TLS themselves.' },
        },
      },
      [
        "'network.encryptionExclusions' is for 'network.encryptionControl' \"enforce\" only, remove it, or enforce encryption",
      ],
    ],
    [
      'a zone that is given twice',
      {
        ...minimal,
        zones: [...minimal.zones, ...minimal.zones.map((zone) => ({ ...zone, hostedZoneId: 'Z99999' }))],
      },
      ['\'zones[1].zoneName\' repeats "example.com", remove it'],
    ],
    [
      'what a zone says, written from a region that the partition does not have',
      {
        ...minimal,
        region: 'cn-north-1',
        zones: [{ zoneName: 'example.com', hostedZoneId: 'Z0123456789', caa: {}, dnssec: true }],
      },
      ['caa', 'dnssec'].map(
        (property) =>
          `'zones[0].${property}' is for the partition aws, got 'region' cn-north-1 of aws-cn, which has no us-east-1, remove it`,
      ),
    ],
    [
      'a lock on the record of no trail',
      { ...minimal, audit: { enabled: false, lock: 'compliance' } },
      ["'audit.lock' is for the record of a trail, remove it, or set 'audit.enabled' to true"],
    ],
    [
      'a zone under two names',
      { ...minimal, zones: [...minimal.zones, { ...minimal.zones[0], zoneName: 'example.org' }] },
      ['\'zones[1].hostedZoneId\' repeats "Z0123456789", remove it'],
    ],
    [
      'logs that are kept too short',
      { ...minimal, retentionDays: 90 },
      ["'retentionDays' must be a whole number from 365, as PCI DSS 10.5.1 asks for, to 3653, got 90"],
    ],
    [
      'a flag that is a word',
      { ...minimal, loadBalancer: { httpRedirect: 'yes' } },
      ['\'loadBalancer.httpRedirect\' must be true or false, got "yes"'],
    ],
    [
      'an account that is a number',
      { ...minimal, account: 111122223333 },
      [
        '\'account\' must be the id of an AWS account, twelve digits in quotes, such as "111122223333", got 111122223333',
      ],
    ],
    [
      'a mistyped property',
      { ...minimal, loadBalancer: { httpRedirct: true } },
      ['"loadBalancer.httpRedirct" is not a property, did you mean \'httpRedirect\'?'],
    ],
    [
      'an unknown TLS profile',
      { ...minimal, tlsProfile: 'TLS_1_3_0NLY' },
      [
        "'tlsProfile' must be one of TLS_1_2_OR_NEWER, TLS_1_3_ONLY, TLS_1_2_OR_NEWER_FIPS, TLS_1_3_ONLY_FIPS, got \"TLS_1_3_0NLY\", did you mean 'TLS_1_3_ONLY'?",
      ],
    ],
    [
      'a name outside the zones',
      { ...minimal, subjectAlternativeNames: ['pay.example.org'] },
      [
        "'subjectAlternativeNames[0]' lies in none of the zones (example.com), got \"pay.example.org\", add its zone to 'zones'",
      ],
    ],
    [
      'a name that is given twice',
      { ...minimal, subjectAlternativeNames: ['pay.example.com'] },
      ['\'subjectAlternativeNames[0]\' repeats "pay.example.com", remove it'],
    ],
    [
      'a name that only looks right',
      { ...minimal, domainName: '192.0.2.1' },
      ['\'domainName\' must be a fully qualified domain name, not an IP address, got "192.0.2.1"'],
    ],
    [
      'no zones',
      { ...minimal, zones: [] },
      [
        '\'zones\' is empty, add at least one entry: it must be a list of hosted zones of Route 53, in which all the domain names lie, such as [{"zoneName":"example.com","hostedZoneId":"Z0123456789ABCDEFGHIJ"}]',
      ],
    ],
    [
      'a twin without its certificate',
      { ...minimal, certificate: { rsaCertificateArn: CERTIFICATE } },
      [
        "'certificate.rsaCertificateArn' is the twin of a certificate that exists, add 'certificate.certificateArn', or remove it",
      ],
    ],
    [
      'a new twin for a certificate that exists',
      { ...minimal, certificate: { certificateArn: CERTIFICATE, rsaTwin: true } },
      [
        "'certificate.rsaTwin' is for new certificates, remove it, or name the twin in 'certificate.rsaCertificateArn'",
      ],
    ],
    [
      'a subscription to a topic that exists',
      { ...minimal, alarms: { topicArn: TOPIC, email: 'security@example.com' } },
      [
        "'alarms.email' subscribes to the topics that are made, and none is, remove it, or remove 'alarms.topicArn'",
      ],
    ],
    [
      'address ranges out of bounds',
      {
        ...minimal,
        network: { cidr: '10.0.0.256/16' },
        loadBalancer: { allowedPeers: ['192.0.2.0/33', '0.0.0.0/00', '10.0.0.0/08'] },
      },
      [
        '\'network.cidr\' must be an address range in CIDR notation, such as "10.0.0.0/16", got "10.0.0.256/16"',
        '\'loadBalancer.allowedPeers[0]\' must be an address range in CIDR notation, such as "10.0.0.0/16", got "192.0.2.0/33"',
        '\'loadBalancer.allowedPeers[1]\' must be an address range in CIDR notation, such as "10.0.0.0/16", got "0.0.0.0/00"',
        '\'loadBalancer.allowedPeers[2]\' must be an address range in CIDR notation, such as "10.0.0.0/16", got "10.0.0.0/08"',
      ],
    ],
    [
      'address ranges of IPv6, which the load balancer does not speak',
      { ...minimal, loadBalancer: { allowedPeers: ['2001:db8::/32', '::/0'] } },
      ['2001:db8::/32', '::/0'].map(
        (range, index) =>
          `'loadBalancer.allowedPeers[${index}]' must be an address range of IPv4 in CIDR notation, such as "203.0.113.0/24", got "${range}"`,
      ),
    ],
    [
      'a wildcard by which CloudFront would have to ask the load balancer',
      { ...minimal, domainName: '*.example.com', distribution: {} },
      [
        "'domainName' must be one host with 'distribution', which asks the load balancer by that name, got \"*.example.com\", move the wildcard to 'subjectAlternativeNames'",
      ],
    ],
    [
      'an address in which another language hides',
      { ...minimal, alarms: { email: '${Token[AWS.AccountId.0]}@example.com' } },
      [
        '\'alarms.email\' must be an e-mail address, such as "security@example.com", got "${Token[AWS.AccountId.0]}@example.com"',
      ],
    ],
    [
      'address ranges that begin inside themselves, which AWS would widen without a word',
      {
        ...minimal,
        network: { cidr: '10.0.0.5/16' },
        loadBalancer: {
          allowedPeers: ['10.1.2.3/8', '192.0.2.129/25', '192.0.2.128/25', '0.0.0.0/0'],
        },
      },
      [
        '\'network.cidr\' must begin with the first address of its range, got "10.0.0.5/16", write "10.0.0.0/16" or correct its length',
        '\'loadBalancer.allowedPeers[0]\' must begin with the first address of its range, got "10.1.2.3/8", write "10.0.0.0/8" or correct its length',
        '\'loadBalancer.allowedPeers[1]\' must begin with the first address of its range, got "192.0.2.129/25", write "192.0.2.128/25" or correct its length',
      ],
    ],
    [
      'a certificate of another partition',
      { ...minimal, certificate: { certificateArn: CERTIFICATE.replace('aws', 'aws-cn') } },
      [
        '\'certificate.certificateArn\' must be in the partition of eu-west-1 (aws), got "aws-cn", correct the ARN, or leave it out to have a new certificate',
      ],
    ],
    [
      'two mistakes in one section',
      { ...minimal, network: { availabilityZones: 2, cidr: '10.0.0.256/16' } },
      [
        '"network.availabilityZones" is not a property, use one of cidr, availabilityZoneCount, natGateways, organizationId, interfaceEndpoints, gatewayEndpoints, encryptionControl, encryptionExclusions',
        '\'network.cidr\' must be an address range in CIDR notation, such as "10.0.0.0/16", got "10.0.0.256/16"',
      ],
    ],
    [
      'more NAT gateways than zones',
      { ...minimal, network: { natGateways: 3 } },
      ["'network.natGateways' must be at most 'network.availabilityZoneCount' (2), got 3, lower it"],
    ],
    [
      'several mistakes, one of which does not hide another',
      {
        ...withoutDomain,
        region: 'mars-1',
        subjectAlternativeNames: ['pay.example.org'],
        certificate: { rsaTwin: 1 },
        alarms: { topicArn: TOPIC, email: 'security@example.com' },
      },
      [
        '\'domainName\' is missing, add a fully qualified domain name of at most 64 characters, in lower case, such as "pay.example.com"',
        '\'region\' must be the name of an AWS region that the installed aws-cdk-lib knows, such as "eu-west-1", got "mars-1"',
        "'certificate.rsaTwin' must be true or false, got 1",
        "'subjectAlternativeNames[0]' lies in none of the zones (example.com), got \"pay.example.org\", add its zone to 'zones'",
        "'alarms.email' subscribes to the topics that are made, and none is, remove it, or remove 'alarms.topicArn'",
      ],
    ],
    [
      'no object at all',
      'pay.example.com',
      ['the configuration must be an object with domainName, zones and region, got "pay.example.com"'],
    ],
  ])('refuses %s', (_, value, expected) => {
    expect(mistakes(value)).toEqual(expected);
  });

  test('refuses a TLS policy that the catalogue contradicts, and says where', () => {
    const weak = {
      service: 'elbv2',
      name: 'ELBSecurityPolicy-2016-08',
      oldest: 'TLSv1.2',
      newest: 'TLSv1.2',
      forwardSecret: true,
      cbc: false,
      source: 'https://docs.aws.amazon.com/',
      reviewed: '2026-11-22',
    };
    const [mistake] = mistakes({ ...minimal, tlsPolicies: [weak] });
    expect(mistake).toMatch(
      /^tlsPolicies\[0\]\.oldest: contradicts the catalogue on ELBSecurityPolicy-2016-08/,
    );
  });
});

test.each([
  [
    'settings of a trail without a trail',
    { audit: { enabled: false, buckets: ['customer-documents'], insights: true } },
    [
      "'audit.buckets' is for the record of a trail, remove it, or set 'audit.enabled' to true",
      "'audit.insights' is for the record of a trail, remove it, or set 'audit.enabled' to true",
    ],
  ],
  [
    'auditors of another partition',
    { audit: { auditors: ['arn:aws-cn:iam::111122223333:role/auditor'] } },
    ['\'audit.auditors[0]\' must be in the partition of eu-west-1 (aws), got "aws-cn", correct the ARN'],
  ],
  [
    'settings of a monitoring that is off',
    { monitoring: { enabled: false, probe: true } },
    ["'monitoring.probe' is for the monitoring, remove it, or set 'monitoring.enabled' to true"],
  ],
])('refuses %s', (_, changes, expected) => {
  expect(mistakes({ ...minimal, ...changes })).toEqual(expected);
});

test('the file of payment pages is told relative to that of the configuration', () => {
  const given = { ...minimal, monitoring: { paymentPages: 'pages.json' } };
  expect(resolveConfiguration(given, '/etc/platform/baseline.json').monitoring.paymentPages).toBe(
    path.resolve('/etc/platform/pages.json'),
  );
});

describe('parseConfiguration', () => {
  test.each([
    ['a missing comma', '{\n  "name": "A"\n  "region": "eu-west-1"\n}', 3],
    ['a spare comma', '{\n  "region": "eu-west-1",\n}', 3],
    ['a missing bracket', '{\n  "zones": [\n', 2],
    ['a comment', '// platform\n{}', 1],
  ])('names the line of %s', (_, text, line) => {
    expect(() => parseConfiguration(text, FILE)).toThrow(
      `${FILE}:${line}: is not valid JSON here, look for a missing or spare comma, quote or bracket (JSON has no comments)`,
    );
  });

  test.each(['', ' \n', '\uFEFF'])('says that there is nothing in %j', (text) => {
    expect(() => parseConfiguration(text, FILE)).toThrow(
      `${FILE}: is empty, write an object with domainName, zones and region`,
    );
  });

  test('takes a byte order mark', () => {
    expect(parseConfiguration(`\uFEFF${JSON.stringify(minimal)}`, FILE).region).toBe('eu-west-1');
  });

  test('does not parse what is too large to be one', () => {
    expect(() => parseConfiguration('['.repeat(1_000_001), FILE)).toThrow(
      `${FILE}: is larger than 1000000 bytes, which no configuration is, check the path`,
    );
  });

  test('survives deep nesting', () => {
    expect(() => parseConfiguration(`{"zones":${'['.repeat(100_000)}`, FILE)).toThrow(
      `${FILE}:1: is not valid JSON`,
    );
  });
});

describe('readConfiguration', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'configuration-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test('reads a file', () => {
    const file = path.join(folder, FILE);
    writeFileSync(file, JSON.stringify(minimal));
    expect(readConfiguration(file).domainName).toBe('pay.example.com');
  });

  test('says what to do where there is none', () => {
    const file = path.join(folder, FILE);
    expect(() => readConfiguration(file)).toThrow(
      `${file}: does not exist, give the path of a configuration in SECURE_TRANSMISSION_CONFIG`,
    );
  });

  test('says what to do where it cannot be read', () => {
    expect(() => readConfiguration(folder)).toThrow(
      `${folder}: cannot be read (EISDIR), give the path of a configuration in SECURE_TRANSMISSION_CONFIG`,
    );
  });
});

describe('the published schema', () => {
  test('is the one that is checked', () => {
    expect(publishedSchema).toEqual(JSON.parse(JSON.stringify(baselineConfigurationSchema)));
  });

  const ajv = new Ajv({ allErrors: true, strict: true, strictRequired: false });
  const validate = ajv.compile(JSON.parse(JSON.stringify(baselineConfigurationSchema)));
  const name64 = `${'a'.repeat(52)}.example.com`;
  const policy = {
    service: 'elbv2',
    name: 'New-1',
    oldest: 'TLSv1.2',
    newest: 'TLSv1.3',
    forwardSecret: true,
    cbc: false,
    source: 'https://docs.aws.amazon.com/',
    reviewed: '2026-11-22',
  };

  /** Values at and beyond every bound; what each of them is, both must agree on. */
  const corpus: Record<string, readonly unknown[]> = {
    $schema: ['x', 1],
    name: ['A', 'a'.repeat(64), 'a'.repeat(65), '1a', 'a_b', '', null],
    domainName: [
      name64,
      `a${name64}`,
      '*.example.com',
      'EXAMPLE.com',
      'example',
      'a..b',
      '-a.b',
      'a.b-',
      'é.fr',
      1,
      null,
    ],
    subjectAlternativeNames: [
      [],
      ['a.b'],
      ['a.b', 'a.b'],
      ['A.b'],
      [1],
      'a.b',
      Array.from({ length: 100 }, (_, i) => `n${i}.b`),
    ],
    zones: [
      minimal.zones,
      [],
      [{}],
      [{ zoneName: 'a.b' }],
      [{ zoneName: '*.a.b', hostedZoneId: 'Z123' }],
      [{ zoneName: 'a.b.', hostedZoneId: 'Z123' }],
      [{ zoneName: 'a.b', hostedZoneId: 'z123' }],
      [{ zoneName: 'a.b', hostedZoneId: 'Z12' }],
      [{ zoneName: 'a.b', hostedZoneId: 'Z123', more: 1 }],
      [{ zoneName: 'a.b', hostedZoneId: 'Z123', caa: {}, dnssec: true }],
      [{ zoneName: 'a.b', hostedZoneId: 'Z123', caa: { violationReports: ['mailto:a@b.c'] } }],
      [{ zoneName: 'a.b', hostedZoneId: 'Z123', caa: { violationReports: ['http://b.c'] } }],
      [{ zoneName: 'a.b', hostedZoneId: 'Z123', caa: { violationReports: ['mailto:a"@b.c'] } }],
      [{ zoneName: 'a.b', hostedZoneId: 'Z123', caa: true }],
      [null],
      {},
    ],
    region: ['eu-west-1', 'us-gov-west-1', 'eu-west-9', '', 1, null],
    account: ['111122223333', '11112222333', '1111222233334', 111122223333, null],
    tlsProfile: ['TLS_1_2_OR_NEWER', 'TLS_1_1', 1],
    retentionDays: [365, 3653, 364, 3654, 400.5, '400'],
    owner: ['platform@example.com', 'Platform team', 'x', ' x ', 'a'.repeat(129), 'a=b', 7],
    audit: [
      {},
      { enabled: false },
      { lock: 'compliance' },
      { lock: 'none' },
      { enabled: 0 },
      true,
      { organization: { organizationId: 'o-a1b2c3d4e5' } },
      { organization: { organizationId: 'o-a1b2c3d4e5', managementAccountId: '111122223333' } },
      { organization: { organizationId: 'o-A' } },
      { organization: { managementAccountId: '111122223333' } },
      { organization: { organizationId: 'o-a1b2c3d4e5', managementAccountId: '1' } },
      { auditors: ['arn:aws:iam::111122223333:role/path/auditor'] },
      { auditors: ['arn:aws:iam::111122223333:root'] },
      { auditors: ['auditor'] },
      { buckets: ['customer-documents'] },
      { buckets: ['Customer'] },
      { buckets: ['customer-documents', 'customer-documents'] },
      { refusedAtEndpoints: ['kms.amazonaws.com'] },
      { refusedAtEndpoints: ['kms'] },
      { insights: true },
      { insights: 'yes' },
    ],
    monitoring: [
      {},
      { enabled: false },
      { enabled: 'no' },
      { probe: false },
      { certificateRegions: ['eu-west-1', 'us-gov-east-1'] },
      { certificateRegions: [] },
      { certificateRegions: ['Ireland'] },
      { paymentPages: 'payment-pages.json' },
      { paymentPages: '' },
      { pciDssStandard: true },
      { apiLogging: true },
      { dashboards: true },
    ],
    distribution: [
      {},
      { certificateArn: CERTIFICATE },
      { certificateArn: 'arn' },
      { allowedCountries: ['DE', 'FR'] },
      { allowedCountries: ['de'] },
      { allowedCountries: ['DE', 'DE'] },
      { strictTransportSecurity: 'FIVE_MINUTES' },
      { strictTransportSecurity: 'NEVER' },
      { aliasRecords: false },
      { writes: 'no' },
      { originFacingPrefixListId: 'pl-4fa04526' },
      { originFacingPrefixListId: 'sg-4fa04526' },
      { documents: 'trust' },
      { documents: '' },
      { more: 1 },
      false,
    ],
    certificate: [
      {},
      { rsaTwin: true },
      { rsaTwin: 'true' },
      { domainNameQuota: 50 },
      { domainNameQuota: 101 },
      { certificateArn: CERTIFICATE },
      { certificateArn: 'arn:aws:iam::111122223333:server-certificate/a' },
      { rsaCertificateArn: `${CERTIFICATE}/` },
      { more: 1 },
      [],
      null,
    ],
    alarms: [
      { email: 'a@b.c' },
      { email: 'a@b' },
      { email: 'a b@c.d' },
      { topicArn: TOPIC },
      { topicArn: 'arn' },
      { sms: '1' },
    ],
    loadBalancer: [
      {},
      { allowedPeers: ['0.0.0.0/0', '::/0'] },
      { allowedPeers: ['0.0.0.0'] },
      { allowedPeers: ['x0.0.0.0/0'] },
      { allowedPeers: ['::/0x'] },
      { allowedPeers: ['::/0', '::/0'] },
      { allowedPeers: Array.from({ length: 51 }, (_, i) => `10.0.0.${i}/32`) },
      { allowedPeers: '0.0.0.0/0' },
      { internetFacing: 1 },
      { httpRedirect: false },
    ],
    network: [
      { cidr: '10.0.0.0/16' },
      { cidr: '10.0.0.0/15' },
      { cidr: '10.0.0.0/24' },
      { cidr: '10.0.0.0/25' },
      { availabilityZoneCount: 1 },
      { availabilityZoneCount: 2 },
      { availabilityZoneCount: 3 },
      { availabilityZoneCount: 4 },
      { availabilityZoneCount: 2.5 },
      { availabilityZoneCount: '2' },
      { natGateways: -1 },
      { natGateways: 0 },
      { natGateways: 4 },
      { organizationId: 'o-a1b2c3d4e5' },
      { organizationId: 'r-a1b2' },
      { interfaceEndpoints: ['kms', 'ecr.dkr'] },
      { interfaceEndpoints: ['com.amazonaws.eu-west-1.'] },
      { gatewayEndpoints: ['s3', 'dynamodb'] },
      { gatewayEndpoints: ['kms'] },
      { encryptionControl: 'monitor' },
      { encryptionControl: 'off' },
      { encryptionExclusions: { lambda: 'Functions speak TLS themselves.' } },
      { encryptionExclusions: { lambda: true } },
      { encryptionExclusions: { lambda: 'short' } },
      { encryptionExclusions: { lambda: 'thishasnospaceanywhereinit' } },
      { encryptionExclusions: { everything: 'Functions speak TLS themselves.' } },
    ],
    tlsPolicies: [
      [],
      [policy],
      [{ ...policy, partitions: ['aws'] }],
      [{ ...policy, partitions: ['aws', 'aws'] }],
      [{ ...policy, partitions: ['AWS'] }],
      [{ ...policy, oldest: 'TLSv1.4' }],
      [{ ...policy, cbc: 0 }],
      [{ ...policy, source: 'AWS' }],
      [{ ...policy, reviewed: '22.11.2026' }],
      [{ ...policy, more: 1 }],
      [{ name: 'New-1' }],
      {},
    ],
    unknown: [1],
  };
  const values = Object.entries(corpus).flatMap(([key, given]) =>
    given.map((value) => ({ ...minimal, [key]: value })),
  );

  test.each(
    [minimal, shipped, withoutDomain, withoutRegion, {}, [], null, 'x', ...values].map((value) => [value]),
  )('agrees with the check on %j', (value) => {
    expect(schemaProblems(baselineConfigurationSchema, value).length === 0).toBe(validate(value));
  });

  test('covers every property by a value that fits and one that does not', () => {
    for (const key of Object.keys(baselineConfigurationSchema.properties)) {
      const verdicts = (corpus[key] ?? []).map((value) => validate({ ...minimal, [key]: value }));
      expect([key, verdicts.includes(true), verdicts.includes(false)]).toEqual([key, true, true]);
    }
  });
});
