import type { ConstructTable } from '../../lib/judge/template';
import { viewOf } from '../../lib/report';
import { FOLDER, findingOf, LISTENER, resourcesOf, WAIVER } from './support';

function acknowledging(id: string): ConstructTable {
  return {
    pathOf: () => 'Shop/Listener/Resource',
    creationTrace: () => ['new Shop (/work/shop/lib/shop.ts:12:5)'],
    acknowledged: () => new Map([[id, 'behind a VPN']]),
  };
}

const QUALIFIED = 'TransmissionChecks::TransmissionChecks-ListenerIsEncrypted';

function acknowledged(id: string) {
  return resourcesOf({ Listener: LISTENER }, { constructs: acknowledging(id) })('Listener');
}

test('a finding becomes plain data', () => {
  const finding = findingOf({ resource: acknowledged('other'), detail: 'so it is', when: 'Stage is test' });
  expect(viewOf(finding, FOLDER)).toEqual({
    pack: 'TransmissionChecks',
    rule: 'ListenerIsEncrypted',
    level: 'error',
    verdict: 'violation',
    title: 'a listener speaks TLS',
    message: 'a listener speaks TLS: Protocol is HTTP (so it is), but must be HTTPS (when Stage is test)',
    risk: 'whoever is on the path reads what customers send',
    fix: "set 'Protocol' to HTTPS",
    references: { pciDss: ['4.2.1'], gdpr: ['32(1)(a)'], securityHub: ['ELB.1'], cwe: ['CWE-319'] },
    stack: 'Shop',
    logicalId: 'Listener',
    type: 'AWS::ElasticLoadBalancingV2::Listener',
    constructPath: 'Shop/Listener/Resource',
    property: 'Properties.Protocol',
    got: 'HTTP',
    want: 'HTTPS',
    detail: 'so it is',
    when: 'Stage is test',
    source: { file: 'lib/shop.ts', line: 12, column: 5 },
    fingerprint: expect.stringMatching(/^[0-9a-f]{32}$/),
  });
});

test('what is not known is left out', () => {
  const view = viewOf(findingOf({ verdict: 'unknown', got: undefined, want: undefined }), FOLDER);
  expect(Object.keys(view)).not.toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^(got|want|detail|when|source|template|suppressed|constructPath)$/),
    ]),
  );
});

describe('a finding is waived', () => {
  test('with reason, owner, ticket and end, also where no construct is known', () => {
    expect(viewOf(findingOf({ waiver: WAIVER }), FOLDER).suppressed).toEqual({
      reason: 'behind a VPN until it is gone',
      id: QUALIFIED,
      owner: 'team-web',
      ticket: 'SHOP-12',
      expires: '2027-01-31',
      waiver: '0123456789abcdef',
    });
  });

  test('never where nobody could judge it', () => {
    expect(viewOf(findingOf({ waiver: WAIVER, level: 'fatal' }), FOLDER).suppressed).toBeUndefined();
  });
});

describe('a finding is suppressed', () => {
  test('by the qualified id', () => {
    const { suppressed } = viewOf(findingOf({ resource: acknowledged(QUALIFIED) }), FOLDER);
    expect(suppressed).toEqual({ reason: 'behind a VPN', id: QUALIFIED });
  });

  test.each([
    'TransmissionChecks-ListenerIsEncrypted',
    'ListenerIsEncrypted',
    'Other::Other-ListenerIsEncrypted',
  ])('not by %s', (id) => {
    expect(viewOf(findingOf({ resource: acknowledged(id) }), FOLDER).suppressed).toBeUndefined();
  });

  test('never when it could not be judged', () => {
    const failed = findingOf({ resource: acknowledged(QUALIFIED), level: 'fatal', verdict: 'failed' });
    expect(viewOf(failed, FOLDER).suppressed).toBeUndefined();
  });
});

describe('a fingerprint', () => {
  const fingerprint = (...args: Parameters<typeof findingOf>) =>
    viewOf(findingOf(...args), FOLDER).fingerprint;
  const listenerAt = (logicalId: string, source = {}) =>
    resourcesOf({ [logicalId]: LISTENER }, source)(logicalId);

  test('is the same for ever', () => {
    expect(fingerprint()).toBe('57546b27e28070c37010f56c866b7a6d');
  });

  test('stays when the hash of a logical id, a value or a reason changes', () => {
    const of = (hash: string) => fingerprint({ resource: listenerAt(`Listener${hash}`) });
    expect(of('0A1B2C3D')).toBe(of('99999999'));
    expect(fingerprint({ got: 'TCP', want: 'TLS', detail: 'x', when: 'y' })).toBe(fingerprint());
  });

  test('tells rules, properties, resources and stacks apart', () => {
    const all = [
      fingerprint(),
      fingerprint({ ruleId: 'Other' }),
      fingerprint({ path: 'Properties.SslPolicy' }),
      fingerprint({ resource: listenerAt('Other') }),
      fingerprint({ resource: listenerAt('Listener', { name: 'Other' }) }),
    ];
    expect(new Set(all).size).toBe(all.length);
  });
});
