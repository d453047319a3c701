import path from 'node:path';
import { baselineDocument } from '../core/handover/documents';
import { run, workFolder, write } from './support';

const ADDED = {
  service: 'elbv2',
  name: 'ELBSecurityPolicy-TLS13-1-3-2031-01',
  oldest: 'TLSv1.3',
  newest: 'TLSv1.3',
  forwardSecret: true,
  cbc: false,
  source: 'https://docs.aws.amazon.com/',
  reviewed: '2026-11-22',
};

/** A listener under a TLS policy that only the platform knows yet. */
const template = {
  Resources: {
    Listener: {
      Type: 'AWS::ElasticLoadBalancingV2::Listener',
      Properties: {
        LoadBalancerArn: 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/a/b',
        Port: 443,
        Protocol: 'HTTPS',
        SslPolicy: ADDED.name,
        Certificates: [{ CertificateArn: 'arn:aws:acm:eu-west-1:111122223333:certificate/a' }],
        DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404' } }],
      },
    },
  },
};

beforeAll(() => {
  write('shop.json', template);
  write('platform/baseline.json', { ...baselineDocument, tlsPolicies: [ADDED] });
  write('platform/later.json', { ...baselineDocument, version: 9 });
});

describe('--baseline', () => {
  test('lets the judge know the TLS policies that the platform has added', () => {
    const without = run(['check', 'shop.json']);
    expect([without.code, without.out]).toEqual([1, expect.stringContaining(ADDED.name)]);
    const { code, out } = run(['check', 'shop.json', '--baseline', 'platform/baseline.json']);
    expect([code, out]).toEqual([0, expect.stringContaining('passed: nothing at level error')]);
  });

  test('does not judge or count the stacks of the baseline', () => {
    const judged = (...more: readonly string[]) => {
      const { targets } = JSON.parse(run(['check', 'shop.json', '--format', 'json', ...more]).out);
      return targets[0].judgements?.[0]?.resources ?? targets[0].resources;
    };
    expect(judged('--baseline', 'platform/baseline.json')).toEqual(judged());
  });

  test('holds for the posture too', () => {
    const { code, out } = run(['posture', 'shop.json', '--baseline', 'platform/baseline.json']);
    expect([code, out]).toEqual([0, expect.stringContaining('TLSv1.3')]);
  });

  test('that a change alters is an exemption to look at: its stacks give values to what is unknown', () => {
    write('old/platform/baseline.json', baselineDocument);
    const { stacks, ...others } = baselineDocument;
    write('new/platform/baseline.json', { ...others, stacks: stacks.slice(1) });
    const compare = (base: string, head: string) => {
      const argv = ['diff', 'shop.json', 'shop.json', '--base-folder', `../${base}`, '--now', '2026-11-22'];
      const targets = argv.map((each) => (each === 'shop.json' ? '../shop.json' : each));
      const cwd = path.join(workFolder(), head);
      return run([...targets, '--baseline', 'platform/baseline.json'], { cwd });
    };
    const { code, out } = compare('old', 'new');
    expect([code, out]).toEqual([1, expect.stringContaining('! setting changed: baseline')]);
    expect(compare('old', 'old').code).toBe(0);
  });

  test.each([
    ['nowhere.json', 'error: nowhere.json: does not exist, take the file'],
    ['platform/later.json', 'error: platform/later.json: has the version 9, this package reads version 1'],
    ['shop.json', 'error: shop.json: must have the version 1'],
  ])('that names %s is refused', (file, message) => {
    const { code, out, err } = run(['check', 'shop.json', '--baseline', file]);
    expect([code, out, err]).toEqual([2, '', expect.stringContaining(message)]);
  });
});
