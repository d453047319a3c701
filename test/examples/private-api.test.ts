import { readFileSync } from 'node:fs';
import path from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { IpTarget } from 'aws-cdk-lib/aws-elasticloadbalancingv2-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { PrivateHostedZone } from 'aws-cdk-lib/aws-route53';
import { privateApi, type Surroundings } from '../../examples/private-api';
import { addLedger } from '../../examples/private-ledger';
import { PrivateApi, TlsNetworkLoadBalancer } from '../../lib';
import { findingsOf } from '../constructs/judged';
import { certificateIn, FLAGS } from '../constructs/support';

const functionIn = (stack: Stack, name: string) =>
  lambda.Function.fromFunctionAttributes(stack, name, {
    functionArn: `arn:aws:lambda:eu-west-1:111122223333:function:${name}`,
    role: new iam.Role(stack, `${name}Role`, { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') }),
    sameEnvironment: true,
  });

const surroundings = (stack: Stack): Surroundings => {
  const vpc = new ec2.Vpc(stack, 'Vpc', { natGateways: 0, flowLogs: { All: {} } });
  return {
    vpc,
    certificate: certificateIn(stack),
    hostedZone: new PrivateHostedZone(stack, 'Zone', { vpc, zoneName: 'example.com' }),
    orders: functionIn(stack, 'orders'),
    shop: functionIn(stack, 'shop'),
  };
};

/** Nothing at all, but of the network and load balancer that stand beside it: their names are in the findings. */
const ofApi = (findings: readonly string[]) =>
  findings.filter((finding) => !/ (Vpc|Balancer|Zone)\w+ /.test(finding));

test('a private API behind its own domain takes ten lines, and no rule objects', () => {
  const stack = privateApi(new App({ context: FLAGS }), surroundings);
  const template = Template.fromStack(stack);
  template.resourceCountIs('AWS::ApiGateway::DomainNameV2', 1);
  template.resourceCountIs('AWS::ApiGateway::DomainNameAccessAssociation', 1);
  expect(ofApi(findingsOf(stack))).toEqual([]);
  const source = readFileSync(path.join(__dirname, '../../examples/private-api.ts'), 'utf8');
  const [, region = ''] = source.split(/\/\/ #(?:end)?region api\n/);
  expect(region.trim().split('\n').length).toBeLessThanOrEqual(10);
});

test('a load balancer behind it is reached over TLS, and no rule objects', () => {
  const stack = new Stack(new App({ context: FLAGS }), 'Ledger', { env: { region: 'eu-west-1' } });
  const { vpc } = surroundings(stack);
  const api = new PrivateApi(stack, 'Api', { vpc });
  const ledger = new TlsNetworkLoadBalancer(stack, 'Balancer', {
    vpc,
    vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
  });
  ledger.addTlsListener('Listener', {
    certificate: certificateIn(stack, 'ledger'),
    targets: [new IpTarget('10.0.1.2')],
  });
  addLedger(stack, vpc, api, ledger);
  expect(ofApi(findingsOf(stack))).toEqual([]);
});
