import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { App, Stage } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { context } from '../../cdk.json';
import { HANDED_OVER, parseBaselineDocument } from '../../lib/core/handover';
import { Baseline, resolveConfiguration } from '../../lib/stacks';
import shipped from '../../secure-transmission.baseline.json';

const { distribution: _distribution, ...regional } = shipped;

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

function synthesised(configuration: object) {
  const app = new App({ context });
  const baseline = Baseline.build(app, resolveConfiguration(configuration, 'baseline.json'));
  const { directory } = app.synth();
  const text = readFileSync(path.join(directory, 'baseline.json'), 'utf8');
  return { baseline, directory, text, document: parseBaselineDocument(text, 'baseline.json') };
}

describe('a synthesis of the baseline', () => {
  test('hands over everything that can be handed over, where it has all of it', () => {
    const everything = {
      ...shipped,
      certificate: { rsaTwin: true },
      network: { natGateways: 1 },
    };
    expect(Object.keys(synthesised(everything).document.parameters).sort()).toEqual(
      Object.keys(HANDED_OVER).sort(),
    );
  });

  test('publishes each value in SSM under the name that the document tells, in the region of its side', () => {
    const { baseline, document } = synthesised(shipped);
    const published = baseline.stacks.flatMap((stack) =>
      Object.values(Template.fromStack(stack).findResources('AWS::SSM::Parameter')).map(({ Properties }) => ({
        name: Properties.Name,
        type: Properties.Type,
        region: stack.region,
      })),
    );
    const sides = { home: 'eu-west-1', edge: 'us-east-1' };
    const told = Object.entries(document.parameters).map(([key, name]) => {
      const { type, side } = HANDED_OVER[key as keyof typeof HANDED_OVER];
      return { name, type, region: sides[side] };
    });
    const byName = (one: { name: string }, other: { name: string }) => (one.name < other.name ? -1 : 1);
    expect(published.sort(byName)).toEqual(told.sort(byName));
  });

  test('publishes what the names say', () => {
    const { network, certificate, entry, edge, audit } = synthesised(shipped).baseline;
    const says = (
      stack: Parameters<typeof Template.fromStack>[0] | undefined,
      name: string,
      value: unknown,
    ) => {
      if (stack === undefined) throw new TypeError('no such stack');
      Template.fromStack(stack).hasResourceProperties('AWS::SSM::Parameter', {
        Name: `/secure-transmission/SecureTransmission/${name}`,
        Value: value,
      });
    };
    const ref = (start: string) => ({ Ref: Match.stringLikeRegexp(`^${start}`) });
    const arn = (start: string) => ({ 'Fn::GetAtt': [Match.stringLikeRegexp(`^${start}`), 'Arn'] });
    says(network, 'network/vpc-id', ref('NetworkVpc'));
    says(network, 'network/private-subnet-ids', {
      'Fn::Join': [',', [ref('NetworkVpcPrivateSubnet1'), ref('NetworkVpcPrivateSubnet2')]],
    });
    says(network, 'network/flow-log-bucket-arn', arn('FlowLogs'));
    says(certificate, 'certificate/arn', ref('Certificate'));
    says(entry, 'load-balancer/listener-arn', ref('LoadBalancerListener'));
    says(entry, 'load-balancer/security-group-id', {
      'Fn::GetAtt': [Match.stringLikeRegexp('^LoadBalancerSecurityGroup'), 'GroupId'],
    });
    says(edge, 'edge/distribution-id', ref('Distribution'));
    says(audit, 'audit/key-arn', arn('TrailKey'));
  });

  test('leaves out what the configuration does not have', () => {
    const { document } = synthesised({
      ...regional,
      audit: { enabled: false },
      alarms: { topicArn: 'arn:aws:sns:eu-west-1:111122223333:alarms' },
    });
    expect(
      Object.keys(document.parameters).filter((name) => /^(edge|audit)|rsa|key|public/.test(name)),
    ).toEqual(['network/flow-log-key-arn']);
    expect(document.edgeRegion).toBeUndefined();
  });

  test('tells what a rule must see: profile, added TLS policies, retention, names', () => {
    const { document } = synthesised({
      ...shipped,
      tlsProfile: 'TLS_1_3_ONLY',
      retentionDays: 730,
      account: '111122223333',
      subjectAlternativeNames: ['api.example.com'],
      tlsPolicies: [ADDED],
    });
    expect(document).toMatchObject({
      tlsProfile: 'TLS_1_3_ONLY',
      retentionDays: 730,
      account: '111122223333',
      domainNames: ['pay.example.com', 'api.example.com'],
      tlsPolicies: [ADDED],
      availabilityZoneCount: 2,
    });
    expect(document.stacks.map(({ account }) => account)).toEqual(document.stacks.map(() => '111122223333'));
  });

  test('tells the stacks as they were rendered, without the rules of the deployment and without metadata', () => {
    const { baseline, document } = synthesised(shipped);
    expect(document.stacks.map(({ name }) => name)).toEqual(baseline.stacks.map(({ node }) => node.path));
    for (const [index, stack] of baseline.stacks.entries()) {
      const Resources = document.stacks[index]?.template.Resources ?? {};
      const rendered: Record<string, object> = Template.fromStack(stack).toJSON().Resources;
      expect(Object.keys(Resources)).toEqual(Object.keys(rendered).filter((id) => id !== 'CDKMetadata'));
      expect(JSON.stringify(Resources)).not.toContain('aws:cdk:path');
    }
    expect(JSON.stringify(document.stacks).includes('Bootstrap')).toBe(false);
  });

  test('writes the same bytes twice', () => {
    expect(synthesised(shipped).text).toBe(synthesised(shipped).text);
  });

  test('writes it into the assembly of its Stage', () => {
    const app = new App({ context });
    Baseline.build(new Stage(app, 'Production'), resolveConfiguration(shipped, 'baseline.json'));
    const { directory } = app.synth();
    const inner = path.join(directory, 'assembly-Production');
    expect(readdirSync(inner)).toContain('baseline.json');
    const document = parseBaselineDocument(readFileSync(path.join(inner, 'baseline.json'), 'utf8'), 'f');
    expect(document.stacks.map(({ name }) => name)).toContain('Production/Entry');
  });
});
