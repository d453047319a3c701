import type { AuditedCertificate } from '../../../lib/live/certificates';
import { compareHosts, type ServedEndpoint } from '../../../lib/live/certificates';
import { arnOf } from '../../_fixtures/acm/certificates';

function certificate(name: string, more: Partial<AuditedCertificate> = {}): AuditedCertificate {
  return {
    region: 'eu-west-1',
    arn: arnOf(name),
    domainName: `${name}.example.com`,
    names: [`${name}.example.com`],
    status: 'ISSUED',
    type: 'AMAZON_ISSUED',
    inUse: true,
    inUseBy: [],
    exportable: false,
    exported: false,
    complete: true,
    ...more,
  };
}

function endpoint(hosts: readonly string[], more: Partial<ServedEndpoint> = {}): ServedEndpoint {
  return { place: 'Shop/Web', hosts, certificateArns: [], certificateNames: [], ...more };
}

const messages = (...args: Parameters<typeof compareHosts>) =>
  compareHosts(...args).findings.map(({ message }) => message);

test('a host that a certificate of its endpoint names is covered', () => {
  const by = { certificateArns: [arnOf('a')] };
  expect(compareHosts([certificate('a')], [endpoint(['a.example.com'], by)])).toEqual({
    findings: [],
    notFound: [],
  });
});

test('each host needs one of the certificates of its endpoint, and only of its own', () => {
  const all = [certificate('a'), certificate('b'), certificate('c')];
  const by = { certificateArns: [arnOf('a'), arnOf('b')] };
  expect(messages(all, [endpoint(['a.example.com', 'b.example.com', 'c.example.com'], by)])).toEqual([
    'does not cover c.example.com, which Shop/Web serves',
  ]);
});

test.each<[string, AuditedCertificate, Partial<ServedEndpoint>, boolean]>([
  ['its ARN', certificate('a'), { certificateArns: [arnOf('a')] }, true],
  [
    'the name that it is requested for',
    certificate('a'),
    { certificateNames: ['a.example.com'], region: 'eu-west-1' },
    true,
  ],
  [
    'that name in another region',
    certificate('a'),
    { certificateNames: ['a.example.com'], region: 'us-east-1' },
    false,
  ],
  [
    'that name, where it was never issued',
    certificate('a', { status: 'FAILED' }),
    { certificateNames: ['a.example.com'] },
    false,
  ],
  [
    'the name of the load balancer that uses it',
    certificate('a', {
      inUseBy: ['arn:aws:elasticloadbalancing:eu-west-1:1:loadbalancer/app/web/50dc6c495c0c9188'],
    }),
    { loadBalancerName: 'web' },
    true,
  ],
  [
    'that of one of the first generation',
    certificate('a', { inUseBy: ['arn:aws:elasticloadbalancing:eu-west-1:1:loadbalancer/web'] }),
    { loadBalancerName: 'web' },
    true,
  ],
  [
    'the name of another load balancer',
    certificate('a', {
      inUseBy: ['arn:aws:elasticloadbalancing:eu-west-1:1:loadbalancer/app/webs/50dc6c495c0c9188'],
    }),
    { loadBalancerName: 'web' },
    false,
  ],
])('a certificate is joined by %s', (_, one, by, isJoined) => {
  const { findings, notFound } = compareHosts([one], [endpoint(['other.example.com'], by)]);
  expect([findings.length, notFound.length]).toEqual(isJoined ? [1, 0] : [0, 1]);
});

test('an endpoint whose certificate is not among them is told, never taken for fine', () => {
  expect(compareHosts([], [endpoint(['a.example.com']), endpoint([])])).toEqual({
    findings: [],
    notFound: [{ place: 'Shop/Web', hosts: ['a.example.com'] }],
  });
});
