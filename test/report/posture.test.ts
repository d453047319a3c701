import type { Fact, Hop, HopKind, Observed, Party, PlaintextDenial, Store } from '../../lib/judge/hops';
import { App, type Resource } from '../../lib/judge/template';
import { COLOURED, packsText, renderPosture } from '../../lib/report';
import { findingOf, judgementOf } from './support';

const app = new App([
  {
    name: 'Shop',
    json: {
      Resources: Object.fromEntries(
        ['Balancer', 'Https', 'Http', 'Targets', 'Cdn', 'Bucket', 'Logs', 'Database'].map((id) => [
          id,
          { Type: 'Custom::Any', Metadata: { 'aws:cdk:path': `Shop/${id}/Resource` } },
        ]),
      ),
    },
  },
]);

function at(logicalId: string): Resource {
  const resource = app.templates[0]?.resources.get(logicalId);
  if (resource === undefined) throw new Error(logicalId);
  return resource;
}

function seen<T>(value: T | undefined, unknown?: string): Observed<T> {
  return { value, unknown, given: true, resource: at('Https'), path: 'Properties', got: String(value) };
}

const INTERNET: Party = { what: 'internet', name: 'clients' };
const party = (id: string): Party => ({ what: 'resource', name: `Shop/${id}`, resource: at(id) });

function hop(kind: HopKind, id: string, parts: Partial<Hop> = {}): Hop {
  return {
    fact: 'hop',
    kind,
    resource: at(id),
    label: undefined,
    from: INTERNET,
    to: party(id),
    protocol: seen('tls' as const),
    policyService: undefined,
    tlsPolicy: seen<string>(undefined),
    floor: seen<'TLSv1.2'>(undefined),
    serverAuthenticated: seen(true),
    clientAuthentication: seen('none' as const),
    certificate: seen<'acm'>(undefined),
    endsHere: true,
    region: undefined,
    when: undefined,
    ...parts,
  };
}

const YEARS = { maxAgeSeconds: 63_072_000, includeSubdomains: true, preload: true };

const HTTPS = hop('elbv2.listener', 'Https', {
  label: 'port 443',
  to: party('Balancer'),
  policyService: 'elbv2',
  tlsPolicy: seen('ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09'),
  certificate: seen('acm' as const),
  hsts: seen(YEARS),
});

const HTTP = hop('elbv2.listener', 'Http', {
  label: 'port 80',
  to: party('Balancer'),
  protocol: seen('redirect-to-tls' as const),
});

const TARGETS = hop('elbv2.target', 'Targets', {
  from: party('Balancer'),
  to: { what: 'vpc', name: 'targets' },
  policyService: 'elbv2-backend',
  tlsPolicy: seen('ELBSecurityPolicy-TLS13-1-0-2021-06'),
  serverAuthenticated: seen(false),
});

const HEALTH = hop('elbv2.health-check', 'Targets', { from: party('Balancer') });

const BUCKET: PlaintextDenial = {
  fact: 'plaintext-denial',
  resource: at('Bucket'),
  kind: 's3.bucket',
  plaintextEndpoint: true,
  denial: seen('denied' as const),
  counterexample: undefined,
  minimumTls: seen<'TLSv1.2'>(undefined),
  region: undefined,
  when: undefined,
};

function store(id: string, encryption: NonNullable<Store['encryption']['value']>): Store {
  return {
    fact: 'store',
    resource: at(id),
    kind: 's3',
    encryption: seen(encryption),
    key: undefined,
    retentionDays: seen<number>(undefined),
    region: undefined,
    when: undefined,
  };
}

function linesOf(facts: readonly Fact[], options = {}) {
  return renderPosture([judgementOf([], { facts })], options).split('\n');
}

test('a posture is read in ten seconds', () => {
  const facts = [
    HTTP,
    HTTPS,
    TARGETS,
    HEALTH,
    BUCKET,
    { ...BUCKET, resource: at('Logs'), denial: seen('weakened' as const) },
    hop('s3.bucket', 'Bucket'),
    hop('rds.database', 'Database', {
      from: { what: 'vpc', name: 'clients in the VPC' },
      protocol: seen('tls-or-plaintext' as const),
    }),
    store('Bucket', 'customer-key'),
    store('Logs', 'service-key'),
    store('Database', 'none'),
  ];
  const judgement = judgementOf([findingOf(), findingOf({ level: 'info' })], {
    facts,
    resources: {
      total: 12,
      judged: 8,
      irrelevant: 2,
      notJudged: [{ type: 'Custom::Thing', count: 2, why: 'custom resource' }],
    },
    notJudged: [{ template: 'Shop', why: 'a macro' }],
  });
  expect(renderPosture([judgement], { report: 'cdk.out/validation-report.json', waivers: 1 })).toBe(
    `endpoint          data is        floor    keys       cert  HSTS  TLS policy
from the internet to Shop
  Https port 443  authenticated  TLSv1.2  PQ hybrid  ACM   2 y   TLS13-1-2-Res-PQ-2025-09
    -> Targets    encrypted      TLSv1.0  classical              TLS13-1-0-2021-06
  Http port 80    redirected
from the network to Shop
  Database        TLS OR CLEAR

authenticated: encrypted, and the other side proves who it is; encrypted: nobody verifies the certificate

AWS endpoints  1 of 2 refuse plaintext; not Shop/Logs
stores         3: 1 not encrypted, 1 encrypted with the service's key, 1 with a key of yours
findings       1 error, 1 info
waivers        1
judged         8 of 12 resources by 1 rule; 2 are of no concern here
not judged     Custom::Thing 2; Shop: a macro
report         cdk.out/validation-report.json
`,
  );
});

test.each([
  ['in clear', { protocol: seen('plaintext' as const) }, 'IN CLEAR'],
  ['to whoever asks', { protocol: seen('tls-or-plaintext' as const) }, 'TLS OR CLEAR'],
  ['nobody knows how', { protocol: seen<'tls'>(undefined, 'a parameter') }, 'NOT KNOWN'],
  ['as the receiver decides', { protocol: seen<'tls'>(undefined) }, 'up to others'],
  ['in SSH', { protocol: seen('ssh' as const) }, 'in SSH'],
  ['passed on', { protocol: seen('pass-through' as const) }, 'passed on'],
  ['refused', { protocol: seen('refuses-plaintext' as const) }, 'refused'],
  ['with mutual TLS', { clientAuthentication: seen('mutual-tls' as const) }, 'mutual TLS'],
  ['encrypted to whoever answers', { serverAuthenticated: seen(false) }, 'encrypted'],
  ['under a floor of its own', { floor: seen('TLSv1.3' as const) }, 'authenticated  TLSv1.3'],
  ['under a hidden floor', { floor: seen<'TLSv1.3'>(undefined, 'a parameter') }, 'authenticated  unknown'],
  [
    'under an unknown policy',
    { policyService: 'elbv2' as const, tlsPolicy: seen('ELBSecurityPolicy-New') },
    'authenticated  unknown  unknown  New',
  ],
  [
    'under a hidden policy',
    { policyService: 'elbv2' as const, tlsPolicy: seen<string>(undefined, 'a parameter') },
    'authenticated  unknown  unknown  unknown',
  ],
  [
    'with a certificate of IAM',
    { certificate: seen('iam-server-certificate' as const) },
    'authenticated  IAM',
  ],
  [
    'with a hidden certificate',
    { certificate: seen<'acm'>(undefined, 'a parameter') },
    'authenticated  unknown',
  ],
  ['without HSTS', { hsts: seen('none' as const) }, 'authenticated  none'],
  ['with short HSTS', { hsts: seen({ ...YEARS, maxAgeSeconds: 300 }) }, 'authenticated  300 s'],
  ['with half a year', { hsts: seen({ ...YEARS, maxAgeSeconds: 15_768_000 }) }, 'authenticated  182 d'],
] as const)('data travels %s', (_, parts, words) => {
  const [, , line = ''] = linesOf([hop('cloudfront.viewer', 'Cdn', parts)]);
  expect(line).toMatch(/^ {2}Cdn/);
  expect(line.replace(/^ {2}Cdn +/, '')).toBe(words);
});

test('a TLS policy that the configuration adds is known', () => {
  const added = {
    service: 'elbv2' as const,
    name: 'ELBSecurityPolicy-New',
    oldest: 'TLSv1.3' as const,
    postQuantum: true,
  };
  const facts = [hop('elbv2.listener', 'Https', { policyService: 'elbv2', tlsPolicy: seen(added.name) })];
  expect(linesOf(facts, { tlsPolicies: [added] })[2]).toContain('TLSv1.3  PQ hybrid  New');
});

test('worlds and behaviours that do not differ are one line, those that do are two', () => {
  const viewer = hop('cloudfront.viewer', 'Cdn');
  const twice = [viewer, { ...viewer, when: 'Stage is test' }];
  expect(linesOf(twice).filter((line) => line.includes('Cdn'))).toHaveLength(1);
  const differing = [...twice, { ...viewer, protocol: seen('plaintext' as const), when: 'Stage is dev' }];
  expect(linesOf(differing).filter((line) => line.includes('Cdn'))).toHaveLength(2);
});

test('the weakest stands first, and what is behind an endpoint counts', () => {
  const clear = { ...TARGETS, protocol: seen('plaintext' as const) };
  const names = (lines: readonly string[]) => lines.flatMap((line) => /^ {2}(\w+)/.exec(line)?.[1] ?? []);
  expect(names(linesOf([hop('cloudfront.viewer', 'Cdn'), HTTPS, clear]))).toEqual(['Https', 'Cdn']);
});

test('hops in a ring end', () => {
  const there = hop('elbv2.target', 'Targets', { from: party('Balancer'), to: party('Cdn') });
  const back = hop('cloudfront.origin', 'Cdn', { from: party('Cdn'), to: party('Balancer') });
  expect(linesOf([there, back]).slice(1, 4)).toEqual([
    'from resources of Shop',
    expect.stringMatching(/^ {2}Targets/),
    expect.stringMatching(/^ {4}-> Balancer/),
  ]);
});

describe('an origin of a distribution', () => {
  const elsewhere = new App([
    {
      name: 'Entry',
      json: {
        Resources: Object.fromEntries(
          ['Balancer', 'Balancer/Group', 'Bucket'].map((id) => [
            id.replace('/', ''),
            { Type: 'Custom::Any', Metadata: { 'aws:cdk:path': `Entry/${id}/Resource` } },
          ]),
        ),
      },
    },
  ]);
  const other = (id: string): Resource => {
    const resource = elsewhere.templates[0]?.resources.get(id.replace('/', ''));
    if (resource === undefined) throw new RangeError(id);
    return resource;
  };
  const otherParty = (id: string): Party => ({ what: 'resource', name: `Entry/${id}`, resource: other(id) });
  const origin = (kind: HopKind, to: Party) =>
    hop(kind, 'Cdn', { label: 'OriginId', from: party('Cdn'), to });
  const viewer = hop('cloudfront.viewer', 'Cdn', { label: '/orders/*' });

  test('is named by the load balancer that it leads to, with the groups behind that', () => {
    const targets = hop('elbv2.target', 'Targets', {
      resource: other('Balancer/Group'),
      from: otherParty('Balancer'),
      to: { what: 'vpc', name: 'targets' },
    });
    expect(
      linesOf([viewer, origin('cloudfront.vpc-origin', otherParty('Balancer')), targets]).slice(1, 5),
    ).toEqual([
      'from the internet to Shop',
      expect.stringMatching(/^ {2}Cdn \/orders\/\* /),
      expect.stringMatching(/^ {4}-> Entry\/Balancer /),
      expect.stringMatching(/^ {6}-> Group /),
    ]);
  });

  test.each<[HopKind, Party, string]>([
    ['cloudfront.s3-origin', otherParty('Bucket'), 'Entry/Bucket'],
    ['cloudfront.s3-origin', { what: 'aws', name: 'b.s3.amazonaws.com' }, 'b.s3.amazonaws.com'],
    ['cloudfront.vpc-origin', { what: 'external', name: 'shop.example.com' }, 'shop.example.com'],
    ['cloudfront.origin', { what: 'external', name: 'api.example.com' }, 'api.example.com'],
  ])('is named by where it leads, never by the distribution: %s', (kind, to, expected) => {
    expect(linesOf([viewer, origin(kind, to)])[3]).toMatch(new RegExp(`^ {4}-> ${expected} +authenticated$`));
  });

  test('whose viewers are not at hand is named by both ends', () => {
    expect(linesOf([origin('cloudfront.vpc-origin', otherParty('Balancer'))])[2]).toMatch(
      /^ {2}Cdn to Entry\/Balancer +authenticated$/,
    );
  });
});

test('of many endpoints the weakest are shown, and how many more there are', () => {
  const many = Array.from({ length: 40 }, (_, i) => hop('lambda.url', 'Cdn', { label: `function ${i}` }));
  expect(linesOf(many)).toContain('  and 10 more, none of them weaker');
});

test('an app without traffic has no table', () => {
  expect(linesOf([])[0]).toBe('findings       none');
});

test('no line is wider than 110', () => {
  const long = 'a-very-long-name/'.repeat(20);
  const facts = [
    hop('cloudfront.viewer', 'Cdn', { label: long, policyService: 'elbv2', tlsPolicy: seen(long) }),
    HTTPS,
    hop('cloudfront.viewer', 'Http', {
      label: '🔑'.repeat(100),
      certificate: seen('iam-server-certificate' as const),
    }),
  ];
  for (const line of linesOf(facts)) expect([...line].length).toBeLessThanOrEqual(110);
});

test('a template cannot paint or break the table', () => {
  const evil = '\u001b[2J\nHttps  authenticated\u202e';
  const facts = [
    hop('cloudfront.viewer', 'Cdn', { label: evil, policyService: 'elbv2', tlsPolicy: seen(evil) }),
  ];
  expect(linesOf(facts, { report: evil }).join('')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
});

test('colour marks what is weak', () => {
  const facts = [{ ...HTTPS, protocol: seen('plaintext' as const) }];
  expect(linesOf(facts, { style: COLOURED }).join('\n')).toContain('\u001b[31mIN CLEAR');
});

test('acknowledged findings are counted apart, as the caller tells', () => {
  const text = renderPosture([judgementOf([findingOf()])], { isSuppressed: () => true });
  expect(text).toContain('findings       none; 1 suppressed');
});

describe('a certificate beside the first one', () => {
  const twin = (logicalId: string, parts: Partial<Hop> = {}) =>
    hop('elbv2.listener', logicalId, {
      label: 'further certificate',
      to: party('Balancer'),
      certificate: seen('acm' as const),
      ...parts,
    });
  const rows = (facts: readonly Hop[]) => linesOf(facts).filter((line) => /^ {2}\S/.test(line));

  test('is a word in the line of its listener, and no endpoint', () => {
    const lines = rows([HTTPS, twin('Targets')]);
    expect(lines).toEqual([expect.stringContaining('PQ hybrid  ACM x2  2 y')]);
  });

  test('of another kind is named', () => {
    const server = twin('Targets', { certificate: seen('iam-server-certificate' as const) });
    expect(rows([HTTPS, server])[0]).toContain('ACM, IAM');
    const unknown = twin('Targets', { certificate: seen<'acm'>(undefined, 'a parameter') });
    expect(rows([HTTPS, unknown])[0]).toContain('ACM, unknown');
  });

  test('is counted once in all worlds', () => {
    const facts = [HTTPS, twin('Targets'), twin('Targets', { when: 'Stage is test' })];
    expect(rows(facts)[0]).toContain('ACM x2');
  });

  test('is nobody\u2019s where two listeners could be meant', () => {
    const second = { ...HTTPS, resource: at('Http'), label: 'port 8443' };
    expect(rows([HTTPS, second, twin('Targets')]).join()).not.toContain('x2');
    expect(rows([HTTPS, second, twin('Targets')])).toHaveLength(2);
  });

  test('stands by itself where its listener is not at hand', () => {
    expect(rows([twin('Targets')])).toEqual([expect.stringContaining('further certificate')]);
  });
});

test('what leaves the app is named by its sender, not by an address of somebody', () => {
  const mail = hop('sns.subscription', 'Targets', {
    label: 'email',
    from: party('Balancer'),
    to: { what: 'external', name: 'a mailbox' },
    protocol: seen<'tls'>(undefined),
  });
  expect(linesOf([mail]).slice(1, 3)).toEqual([
    'from resources of Shop',
    expect.stringMatching(/^ {2}Balancer to a mailbox +up to others$/),
  ]);
});

test('the findings of all packs take the place of those of one', () => {
  const violation = {
    ruleName: 'Rule',
    description: '',
    violatingConstructs: [{ constructPath: 'A' }, { constructPath: 'B' }],
  };
  const findings = packsText(['TransmissionChecks', 'AwsSolutions'], {
    pluginReports: [
      {
        pluginName: 'AwsSolutions',
        conclusion: 'failure',
        violations: [violation],
        suppressedViolations: [violation],
      },
      { pluginName: 'Other', conclusion: 'failure', metadata: { error: 'thrown' }, violations: [] },
    ],
  });
  expect(findings).toBe('TransmissionChecks none; AwsSolutions 2, 2 suppressed; Other failed');
  expect(linesOf([], { findings })[0]).toBe(`findings       ${findings}`);
});
