import { CfnParameter, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { IpTarget } from 'aws-cdk-lib/aws-elasticloadbalancingv2-targets';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { ManagedCertificate } from '../../../lib/constructs/certificate';
import {
  HttpsTargetGroup,
  TlsLoadBalancer,
  type TlsLoadBalancerProps,
} from '../../../lib/constructs/load-balancer';
import { LogBucket, LogKind } from '../../../lib/constructs/log-store';
import { ClientCertificates, ClientTrustStore } from '../../../lib/constructs/mutual-tls';
import { certificateIn, stackIn, vpcIn, zoneIn } from '../support';

const REASON = 'The legacy ledger cannot speak TLS until it is replaced in March.';

function define(stack: Stack, props: Partial<TlsLoadBalancerProps> = {}): TlsLoadBalancer {
  return new TlsLoadBalancer(stack, 'Entry', {
    vpc: props.vpc ?? vpcIn(stack),
    certificate: props.certificate ?? certificateIn(stack),
    ...props,
  });
}

describe('TlsLoadBalancer refuses', () => {
  test('a certificate of another region', () => {
    const stack = stackIn('eu-west-1');
    expect(() => define(stack, { certificate: certificateIn(stack, 'far', 'us-east-1') })).toThrow(
      'Stack/Entry: \'certificate\' must be in the region of the load balancer (eu-west-1), got "arn:aws:acm:us-east-1:111122223333:certificate/far", request one there',
    );
  });

  test.each(['certificate', 'additionalCertificates'] as const)(
    'one of another region whose ARN is not known yet, as %s',
    (property) => {
      const stack = stackIn('eu-west-1');
      const far = new Stack(stack.node.root, 'Far', {
        env: { region: 'us-east-1' },
        crossRegionReferences: true,
      });
      const certificate = new ManagedCertificate(far, 'Certificate', {
        domainName: 'pay.example.com',
        hostedZones: [zoneIn(far)],
      });
      const props = property === 'certificate' ? { certificate } : { additionalCertificates: [certificate] };
      expect(() => define(stack, props)).toThrow(
        'Stack/Entry: \'certificate\' must be in the region of the load balancer (eu-west-1), got "us-east-1", request one there',
      );
    },
  );

  test('a twin of another region', () => {
    const stack = stackIn('eu-west-1');
    const arn = (region: string) => `arn:aws:acm:${region}:111122223333:certificate/a`;
    const certificate = ManagedCertificate.fromManagedCertificateAttributes(stack, 'Twins', {
      certificateArn: arn('eu-west-1'),
      rsaCertificateArn: arn('eu-central-1'),
    });
    expect(() => define(stack, { certificate })).toThrow(/got "arn:aws:acm:eu-central-1/);
  });

  test.each([
    ['with a key', (stack: Stack) => ({ encryptionKey: new kms.Key(stack, 'Key') })],
    ['with the key of Amazon S3 in KMS', () => ({ encryption: s3.BucketEncryption.KMS_MANAGED })],
    ['twice with KMS', () => ({ encryption: s3.BucketEncryption.DSSE_MANAGED })],
  ])('a bucket for logs that is encrypted %s', (_, propsIn) => {
    const stack = stackIn('eu-west-1');
    const logBucket = new s3.Bucket(stack, 'Logs', propsIn(stack));
    expect(() => define(stack, { logBucket })).toThrow(
      "Stack/Entry: 'logBucket' must be encrypted with SSE-S3, access logs of application load balancers are never written to a bucket that is encrypted with KMS, use a LogBucket of kind ALB_ACCESS",
    );
  });

  test('a bucket for logs in another region', () => {
    const stack = stackIn('eu-west-1');
    const far = new Stack(stack.node.root, 'Far', { env: { region: 'us-east-1' } });
    const logBucket = new s3.Bucket(far, 'Logs', { bucketName: 'far', removalPolicy: RemovalPolicy.RETAIN });
    expect(() => define(stack, { logBucket })).toThrow(
      'Stack/Entry: \'logBucket\' must be in the region of what it logs (eu-west-1), got "us-east-1", use a LogBucket of that region',
    );
  });

  test('a bucket for logs of another kind, or one that locks what is written', () => {
    const stack = stackIn('eu-west-1');
    const { bucket: logBucket } = new LogBucket(stack, 'Logs', { kind: LogKind.S3_SERVER_ACCESS });
    expect(() => define(stack, { logBucket })).toThrow(
      "Stack/Entry: 'logBucket' must be for access logs of application load balancers, got a LogBucket for server access logs of Amazon S3, make one of kind ALB_ACCESS",
    );
    const other = stackIn('eu-west-1');
    const objectLockDefaultRetention = s3.ObjectLockRetention.governance(Duration.days(1));
    const locked = new s3.Bucket(other, 'Logs', { objectLockDefaultRetention });
    expect(() => define(other, { logBucket: locked })).toThrow(
      "Stack/Entry: 'logBucket' must not lock what is written (Object Lock), access logs of application load balancers would never arrive, use a LogBucket of kind ALB_ACCESS",
    );
  });

  test.each([
    [
      'a parameter',
      (stack: Stack) => Duration.seconds(new CfnParameter(stack, 'Age', { type: 'Number' }).valueAsNumber),
    ],
    ['half a second', () => Duration.millis(500)],
  ])('to tell browsers to use TLS for %s', (_, maxAgeIn) => {
    const stack = stackIn('eu-west-1');
    expect(() => define(stack, { strictTransportSecurity: { maxAge: maxAgeIn(stack) } })).toThrow(
      "Stack/Entry: 'strictTransportSecurity.maxAge' must be whole seconds that are known when the app is synthesised, set it to a number",
    );
  });

  test('a second default route', () => {
    const loadBalancer = define(stackIn('eu-west-1'));
    loadBalancer.addTargets('Shop', { targets: [new IpTarget('10.0.1.1')] });
    expect(() => loadBalancer.addTargets('Pay', { targets: [new IpTarget('10.0.1.2')] })).toThrow(
      "Stack/Entry: the default route is taken, set 'priority' and 'conditions' for the second target group",
    );
  });

  test.each([{ priority: 1 }, { conditions: [elbv2.ListenerCondition.pathPatterns(['/'])] }])(
    'half a route',
    (half) => {
      const add = () =>
        define(stackIn('eu-west-1')).addTargets('Shop', { targets: [new IpTarget('10.0.1.1')], ...half });
      expect(add).toThrow(
        "Stack/Entry: 'priority' and 'conditions' must be set together, leave out both for the default route",
      );
    },
  );

  test.each([0, 50_001, 1.5])('the priority %d', (priority) => {
    const conditions = [elbv2.ListenerCondition.pathPatterns(['/'])];
    const targets = [new IpTarget('10.0.1.1')];
    expect(() => define(stackIn('eu-west-1')).addTargets('Shop', { targets, priority, conditions })).toThrow(
      `Stack/Entry: 'priority' must be a whole number from 1 to 50000, got ${priority}`,
    );
  });

  test('a trust store of another region', () => {
    const stack = stackIn('eu-west-1');
    const trustStoreArn = 'arn:aws:elasticloadbalancing:us-east-1:111122223333:truststore/partners/1';
    const trustStore = ClientTrustStore.fromClientTrustStoreAttributes(stack, 'Far', { trustStoreArn });
    expect(() => define(stack, { clientCertificates: ClientCertificates.verify(trustStore) })).toThrow(
      `Stack/Entry: 'clientCertificates' must be in the region of the load balancer (eu-west-1), got "${trustStoreArn}", define a trust store there`,
    );
  });

  test.each<[string, elbv2.ApplicationTargetGroupProps, string]>([
    ['HTTP', { port: 80 }, 'is reached over HTTP'],
    ['HTTPS with plaintext health checks', { port: 443 }, 'is health-checked over HTTP, the default'],
    [
      'HTTPS with health checks said to be HTTP',
      { port: 443, healthCheck: { protocol: elbv2.Protocol.HTTP } },
      'is health-checked over HTTP',
    ],
  ])('a target group of %s', (_, props, problem) => {
    const stack = stackIn('eu-west-1');
    const vpc = vpcIn(stack);
    const targetGroup = new elbv2.ApplicationTargetGroup(stack, 'Group', { vpc, ...props });
    expect(() => define(stack, { vpc }).addTargetGroup('Shop', { targetGroup })).toThrow(
      `Stack/Entry: target group 'Stack/Group' ${problem}, use an HttpsTargetGroup, or say why not in 'plaintextTargetsReason'`,
    );
  });

  test.each([
    ['', '""'],
    ['yes', '"yes"'],
    ['a'.repeat(30), `"${'a'.repeat(30)}"`],
    [true as unknown as string, 'true'],
  ])('plaintext for no reason: %j', (plaintextTargetsReason, got) => {
    const targets = [new IpTarget('10.0.1.2')];
    const add = () => define(stackIn('eu-west-1')).addTargets('Ledger', { targets, plaintextTargetsReason });
    expect(add).toThrow(
      `Stack/Entry: 'plaintextTargetsReason' must be a sentence of 20 to 500 characters that says why the default cannot be kept, got ${got}`,
    );
  });

  test('a reason for plaintext where there is none: targets over TLS', () => {
    const stack = stackIn('eu-west-1');
    const vpc = vpcIn(stack);
    const targetGroup = new HttpsTargetGroup(stack, 'Group', { vpc });
    const add = () =>
      define(stack, { vpc }).addTargetGroup('Shop', { targetGroup, plaintextTargetsReason: REASON });
    expect(add).toThrow(
      "Stack/Entry: 'plaintextTargetsReason' must be left out for target group 'Stack/Group', which is reached and health-checked over TLS",
    );
  });

  test('a reason for plaintext that would be lost, since the target group was imported', () => {
    const stack = stackIn('eu-west-1');
    const targetGroup = elbv2.ApplicationTargetGroup.fromTargetGroupAttributes(stack, 'Group', {
      targetGroupArn: 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/ledger/1',
    });
    const add = () => define(stack).addTargetGroup('Ledger', { targetGroup, plaintextTargetsReason: REASON });
    expect(add).toThrow(
      "Stack/Entry: 'plaintextTargetsReason' must be left out for target group 'Stack/Group', which was imported, say it where that group is defined",
    );
  });

  test('to take the default route of a load balancer that another stack defines', () => {
    const stack = stackIn('eu-west-1');
    const add = () =>
      importIn(stack, vpcIn(stack)).addTargets('Shop', { targets: [new IpTarget('10.0.1.1')] });
    expect(add).toThrow(
      "Stack/Imported: 'priority' and 'conditions' must be set, the default route belongs to the stack that defines the load balancer",
    );
  });

  test('to add targets to an imported load balancer whose network is not known', () => {
    const add = () =>
      importIn(stackIn('eu-west-1')).addTargets('Shop', { targets: [new IpTarget('10.0.1.1')] });
    expect(add).toThrow(
      "Stack/Imported: 'vpc' must be among the attributes of an imported load balancer to add targets",
    );
  });
});

function importIn(stack: Stack, vpc?: ec2.IVpc) {
  const arn = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333';
  return TlsLoadBalancer.fromTlsLoadBalancerAttributes(stack, 'Imported', {
    loadBalancerArn: `${arn}:loadbalancer/app/entry/1`,
    listenerArn: `${arn}:listener/app/entry/1/2`,
    securityGroupId: 'sg-1',
    vpc,
  });
}
