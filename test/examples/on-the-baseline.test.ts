import path from 'node:path';
import { App } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { onTheBaseline } from '../../examples/on-the-baseline';
import { Baseline, resolveConfiguration } from '../../lib';
import shipped from '../../secure-transmission.baseline.json';
import { findingsOf } from '../constructs/judged';

test('a stack on the baseline reaches targets over TLS through what the platform made, and no rule objects', () => {
  const platform = new App();
  Baseline.build(platform, resolveConfiguration(shipped, 'baseline.json'));
  const file = path.join(platform.synth().directory, 'baseline.json');
  const stack = onTheBaseline(new App({ context: { 'secure-transmission:baseline': file } }));
  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::ElasticLoadBalancingV2::TargetGroup', {
    Protocol: 'HTTPS',
    Port: 8443,
    HealthCheckProtocol: 'HTTPS',
  });
  for (const type of ['AWS::EC2::SecurityGroupIngress', 'AWS::EC2::SecurityGroupEgress']) {
    template.hasResourceProperties(type, {
      FromPort: 8443,
      [type.endsWith('Ingress') ? 'SourceSecurityGroupId' : 'GroupId']: {
        Ref: Match.stringLikeRegexp('securitygroupid'),
      },
    });
  }
  expect(findingsOf(stack)).toEqual([]);
});
