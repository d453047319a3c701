import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import { MonitoringStack } from '../../examples/monitoring';
import { TlsLoadBalancer } from '../../lib';
import { TransmissionChecks } from '../../lib/checks';
import { existingAcmCertificate, existingKey, REGION } from '../_fixtures/construct-samples/construct-sample';
import { synthesised } from '../checks/synthesised';

const env = { region: REGION };

function build(app: App): MonitoringStack {
  const around = new Stack(app, 'Around', { env });
  return new MonitoringStack(app, 'Monitoring', {
    env,
    certificates: [existingAcmCertificate(around)],
    loadBalancer: TlsLoadBalancer.fromTlsLoadBalancerAttributes(around, 'Shop', {
      loadBalancerArn: `arn:aws:elasticloadbalancing:${REGION}:111122223333:loadbalancer/app/shop/1`,
      listenerArn: `arn:aws:elasticloadbalancing:${REGION}:111122223333:listener/app/shop/1/2`,
      securityGroupId: 'sg-0123456789abcdef0',
    }),
    api: apigatewayv2.HttpApi.fromHttpApiAttributes(around, 'Orders', { httpApiId: 'a1b2c3d4e5' }),
    keys: [existingKey(around)],
  });
}

test('the sample of the documentation watches what it says, on one topic', () => {
  const template = Template.fromStack(build(new App()));
  template.resourceCountIs('AWS::CloudWatch::Dashboard', 1);
  template.resourceCountIs('AWS::SNS::Topic', 1);
  const alarms = Object.values(template.findResources('AWS::CloudWatch::Alarm'));
  // One certificate, two kinds of handshakes, two of errors, the vault, four of payment pages.
  expect(alarms).toHaveLength(10);
});

test('our pack has no error to tell of it, and warns of mail, which may travel unencrypted', () => {
  const { findings } = synthesised(build, (app: App) => [new TransmissionChecks(app)]);
  const errors = findings.filter(({ severity }) => severity === 'error' || severity === 'fatal');
  expect(errors).toEqual([]);
  expect(findings.map(({ rule }) => rule)).toEqual(['TransmissionChecks-SubscriptionAvoidsMailAndSms']);
});
