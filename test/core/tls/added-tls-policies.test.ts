import Ajv from 'ajv';
import { TransmissionError } from '../../../lib/core/errors';
import { lookUpTlsPolicy, parseAddedTlsPolicies, tlsPolicySchema } from '../../../lib/core/tls';

const GOOD = {
  service: 'elbv2',
  name: 'ELBSecurityPolicy-TLS13-1-3-Example-2027-01',
  oldest: 'TLSv1.3',
  newest: 'TLSv1.3',
  forwardSecret: true,
  cbc: false,
  source: 'https://docs.aws.amazon.com/elasticloadbalancing/',
  reviewed: '2027-01-15',
};

const FROM_CATALOGUE = {
  ...GOOD,
  name: 'ELBSecurityPolicy-2016-08',
  oldest: 'TLSv1.0',
  newest: 'TLSv1.2',
  forwardSecret: false,
  cbc: true,
};

const matchesSchema = new Ajv({ allErrors: true, strictTuples: false }).compile({
  type: 'array',
  items: tlsPolicySchema,
});

const without = (key: keyof typeof GOOD) =>
  Object.fromEntries(Object.entries(GOOD).filter(([name]) => name !== key));

function complaint(value: unknown): string {
  try {
    parseAddedTlsPolicies(value);
  } catch (thrown) {
    if (thrown instanceof TransmissionError && thrown.code === 'InvalidTlsPolicy') return thrown.message;
    throw thrown;
  }
  return 'accepted';
}

describe('a good entry', () => {
  test('becomes a policy that says it comes from the configuration', () => {
    expect(parseAddedTlsPolicies([GOOD])).toEqual([
      {
        ...GOOD,
        side: 'viewer',
        postQuantum: false,
        fips: false,
        cnsa: false,
        securityHub: undefined,
        securityHubControl: 'ELB.17',
        partitions: [],
        isServiceDefault: false,
        origin: 'configuration',
      },
    ]);
  });

  test('is found by the look-up', () => {
    const added = parseAddedTlsPolicies([GOOD]);
    expect(lookUpTlsPolicy('elbv2', GOOD.name).known).toBe(false);
    expect(lookUpTlsPolicy('elbv2', GOOD.name, added)).toMatchObject({
      known: true,
      policy: { oldest: 'TLSv1.3' },
    });
  });

  test('may state everything that the schema knows', () => {
    const full = {
      ...GOOD,
      service: 'apigateway',
      endpoint: 'edge',
      postQuantum: true,
      fips: true,
      cnsa: true,
      securityHub: true,
      partitions: ['aws', 'aws-us-gov', 'aws-eusc'],
    };
    expect(matchesSchema([full])).toBe(true);
    expect(Object.keys(full).sort()).toEqual(Object.keys(tlsPolicySchema.properties).sort());
    expect(parseAddedTlsPolicies([full])).toMatchObject([full]);
  });

  test('for an SFTP connector has SSH for its versions', () => {
    const connector = { ...GOOD, service: 'transfer-connector', oldest: 'SSH-2.0', newest: 'SSH-2.0' };
    expect(parseAddedTlsPolicies([connector])).toMatchObject([{ oldest: 'SSH-2.0', side: 'origin' }]);
  });

  test('is left out where the catalogue says the same', () => {
    expect(parseAddedTlsPolicies([FROM_CATALOGUE, GOOD]).map((policy) => policy.name)).toEqual([GOOD.name]);
  });

  test('need not be there', () => {
    expect(parseAddedTlsPolicies(undefined)).toEqual([]);
    expect(parseAddedTlsPolicies([])).toEqual([]);
  });
});

describe('a bad field', () => {
  const cases: [string, unknown, string][] = [
    ['no list', {}, 'tlsPolicies: must be a list of TLS policies, got an object'],
    ['no object', ['ELBSecurityPolicy-2016-08'], 'tlsPolicies[0]: must be an object with service, name'],
    ['null', [null], 'tlsPolicies[0]: must be an object'],
    [
      'a misspelt field',
      [{ ...GOOD, forwardSecrecy: true }],
      'has no field "forwardSecrecy", use only service,',
    ],
    ['no service', [without('service')], 'tlsPolicies[0]: lacks service, add one of elbv2,'],
    [
      'a service without names',
      [{ ...GOOD, service: 'vpc-lattice' }],
      'tlsPolicies[0].service: must be one of elbv2',
    ],
    ['no name', [without('name')], 'lacks name'],
    [
      'a name with a space',
      [{ ...GOOD, name: 'TLS 1.3' }],
      'tlsPolicies[0].name: must be the name as CloudFormation',
    ],
    ['a name with a line break', [{ ...GOOD, name: 'TLS\n::error::' }], 'got "TLS\\n::error::"'],
    [
      'a version of another spelling',
      [{ ...GOOD, oldest: 'TLS1.3' }],
      'tlsPolicies[0].oldest: must be one of SSLv3',
    ],
    ['no newest', [without('newest')], 'lacks newest'],
    ['a string for a flag', [{ ...GOOD, cbc: 'false' }], 'tlsPolicies[0].cbc: must be true or false'],
    ['no forwardSecret', [without('forwardSecret')], 'lacks forwardSecret'],
    ['null for a flag', [{ ...GOOD, fips: null }], 'tlsPolicies[0].fips: must be true or false'],
    [
      'an unknown endpoint',
      [{ ...GOOD, endpoint: 'private' }],
      'tlsPolicies[0].endpoint: must be regional or edge',
    ],
    [
      'a partition that is none',
      [{ ...GOOD, partitions: ['eu'] }],
      'tlsPolicies[0].partitions: must be a list of AWS',
    ],
    [
      'a partition twice',
      [{ ...GOOD, partitions: ['aws', 'aws'] }],
      'tlsPolicies[0].partitions: must be a list',
    ],
    ['no source', [without('source')], 'tlsPolicies[0]: lacks source, add where its properties were read'],
    [
      'an empty source',
      [{ ...GOOD, source: '' }],
      'tlsPolicies[0].source: must be where its properties were read',
    ],
    ['no date', [without('reviewed')], 'tlsPolicies[0]: lacks reviewed, add the day on which they were read'],
    [
      'a date of another form',
      [{ ...GOOD, reviewed: '15.1.2027' }],
      'tlsPolicies[0].reviewed: must be the day',
    ],
  ];

  test.each(cases)('%s: refused, with the place and what is allowed', (_title, value, message) => {
    expect(complaint(value)).toContain(message);
  });

  test.each(cases)('%s: refused by the JSON schema too', (_title, value) => {
    expect(matchesSchema(value)).toBe(false);
  });
});

describe('fields that do not fit together', () => {
  test.each<[string, object, string]>([
    ['oldest newer than newest', { newest: 'TLSv1.2' }, '.oldest: must not be newer than newest'],
    ['TLS 1.3 without forward secrecy', { forwardSecret: false }, '.forwardSecret: must be true'],
    ['TLS 1.3 with CBC', { cbc: true }, '.cbc: must be false'],
    [
      'post-quantum in TLS 1.2',
      { oldest: 'TLSv1.2', newest: 'TLSv1.2', postQuantum: true },
      '.postQuantum: must be',
    ],
    [
      'an endpoint for a load balancer',
      { endpoint: 'edge' },
      '.endpoint: is for the service apigateway only',
    ],
    ['Security Hub without a control', { service: 'iot', securityHub: true }, '.securityHub: must be absent'],
    ['TLS for an SFTP connector', { service: 'transfer-connector' }, '.oldest: and newest must be SSH-2.0'],
    ['SSH for a load balancer', { oldest: 'SSH-2.0' }, '.oldest: and newest must be versions of TLS'],
    ['a day that no calendar has', { reviewed: '2027-02-30' }, '.reviewed: must be a day of the calendar'],
  ])('%s: refused', (_title, fields, message) => {
    expect(complaint([{ ...GOOD, ...fields }])).toContain(`tlsPolicies[0]${message}`);
  });

  test('the same name twice: refused', () => {
    expect(complaint([GOOD, GOOD])).toContain(
      'tlsPolicies[1]: adds ELBSecurityPolicy-TLS13-1-3-Example-2027-01',
    );
  });

  test.each<[string, object]>([
    ['oldest', { oldest: 'TLSv1.2' }],
    ['forwardSecret', { forwardSecret: true }],
    ['securityHub', { securityHub: true }],
  ])('a weak policy talked up in %s: refused, quoting the catalogue', (field, fields) => {
    const message = complaint([{ ...FROM_CATALOGUE, ...fields }]);
    expect(message).toContain(
      `tlsPolicies[0].${field}: contradicts the catalogue on ELBSecurityPolicy-2016-08`,
    );
    expect(message).toContain('AWS docs');
  });

  test('more entries than anybody can have reviewed: refused', () => {
    expect(complaint(new Array(201).fill(GOOD))).toContain('must hold at most 200 TLS policies, got 201');
  });

  test('a huge value is quoted in part only', () => {
    expect(complaint([{ ...GOOD, name: 'x'.repeat(10_000) }]).length).toBeLessThan(300);
  });

  test('the place is the one that the caller names', () => {
    expect(() => parseAddedTlsPolicies([{}], 'transmission.json: tlsPolicies')).toThrow(
      /^transmission\.json: tlsPolicies\[0\]: lacks service/,
    );
  });
});
