import { Stack } from 'aws-cdk-lib';
import * as sns from 'aws-cdk-lib/aws-sns';
import {
  CertificateMonitor,
  type CertificateMonitorProps,
  ManagedCertificate,
} from '../../../lib/constructs/certificate';
import { certificateIn, stackIn, zoneIn } from '../support';

const define = (stack: Stack, props: Partial<CertificateMonitorProps> = {}) =>
  new CertificateMonitor(stack, 'Monitor', {
    certificates: certificateIn(stack).certificates,
    topic: new sns.Topic(stack, 'Topic'),
    ...props,
  });

describe('CertificateMonitor refuses', () => {
  test('to watch nothing: its events would match nothing, or be refused by AWS', () => {
    expect(() => define(stackIn(), { certificates: [] })).toThrow(
      "Stack/Monitor: 'certificates' must hold at least one certificate",
    );
  });

  test('a certificate of another region, about which it would never hear', () => {
    const stack = stackIn('eu-west-1');
    const { certificates } = certificateIn(stack, 'far', 'us-east-1');
    expect(() => define(stack, { certificates })).toThrow(
      "Stack/Monitor: 'certificates' must be in the region of the monitor (eu-west-1), got one in us-east-1, define a monitor there",
    );
  });

  test('one of another region whose ARN is not known yet', () => {
    const stack = stackIn('eu-west-1');
    const far = new Stack(stack.node.root, 'Far', { env: { region: 'us-east-1' } });
    const { certificates } = new ManagedCertificate(far, 'Certificate', {
      domainName: 'pay.example.com',
      hostedZones: [zoneIn(far)],
    });
    expect(() => define(stack, { certificates })).toThrow(/got one in us-east-1/);
  });

  test('a topic of another region, to which no alarm can be sent', () => {
    const stack = stackIn('eu-west-1');
    const topic = sns.Topic.fromTopicArn(stack, 'Far', 'arn:aws:sns:us-east-1:111122223333:alarms');
    expect(() => define(stack, { topic })).toThrow(
      "Stack/Monitor: 'topic' must be in the region of the monitor (eu-west-1), got one in us-east-1, create one there",
    );
  });

  test('a moment that is none', () => {
    expect(() => define(stackIn(), { now: new Date('tomorrow') })).toThrow(
      "Stack/Monitor: 'now' must be a valid Date, leave it out for the moment of the synthesis",
    );
  });
});

test('takes certificates and topics whose region is not known', () => {
  const stack = stackIn();
  expect(() =>
    define(stack, { certificates: certificateIn(stack, 'far', 'us-east-1').certificates }),
  ).not.toThrow();
});
