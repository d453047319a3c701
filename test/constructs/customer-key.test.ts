import type { Stack } from 'aws-cdk-lib';
import * as acmpca from 'aws-cdk-lib/aws-acmpca';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as kms from 'aws-cdk-lib/aws-kms';
import { AuditTrail } from '../../lib/constructs/audit-trail';
import { TlsContainerService } from '../../lib/constructs/container-service';
import { customerKey } from '../../lib/constructs/customer-key';
import { EncryptedTable } from '../../lib/constructs/data-store';
import { LogBucket, LogKind } from '../../lib/constructs/log-store';
import { AlarmTopic, EncryptedQueue, EncryptedTopic } from '../../lib/constructs/messaging';
import { TargetCertificate } from '../../lib/constructs/target-certificate';
import { rendered, stackIn, vpcIn } from './support';

const AUTHORITY =
  'arn:aws:acm-pca:eu-west-1:111122223333:certificate-authority/11111111-2222-3333-4444-555555555555';

function serviceIn(stack: Stack, certificate: TargetCertificate, encryptionKey?: kms.IKey) {
  const vpc = vpcIn(stack);
  return new TlsContainerService(stack, 'It', {
    cluster: new ecs.Cluster(stack, 'Cluster', { vpc, defaultCloudMapNamespace: { name: 'shop.internal' } }),
    image: ecs.ContainerImage.fromRegistry('registry.example.com/shop:1'),
    awsEndpoints: [ec2.Peer.ipv4('10.0.0.0/16')],
    serviceConnect: certificate.inProxy ? { dnsName: 'shop' } : undefined,
    certificate,
    encryptionKey,
  });
}

const MAKERS: Record<string, (stack: Stack, encryptionKey: kms.IKey) => unknown> = {
  LogBucket: (stack, encryptionKey) => new LogBucket(stack, 'It', { kind: LogKind.VPC_FLOW, encryptionKey }),
  AuditTrail: (stack, encryptionKey) => new AuditTrail(stack, 'It', { encryptionKey }),
  EncryptedTopic: (stack, encryptionKey) => new EncryptedTopic(stack, 'It', { encryptionKey }),
  EncryptedQueue: (stack, encryptionKey) => new EncryptedQueue(stack, 'It', { encryptionKey }),
  AlarmTopic: (stack, encryptionKey) => new AlarmTopic(stack, 'It', { encryptionKey }),
  EncryptedTable: (stack, encryptionKey) =>
    new EncryptedTable(stack, 'It', {
      partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
      encryptionKey,
    }),
  TlsContainerService: (stack, encryptionKey) =>
    serviceIn(stack, TargetCertificate.inProcess(), encryptionKey),
  'TargetCertificate.serviceConnect': (stack, encryptionKey) => {
    const certificateAuthority = acmpca.CertificateAuthority.fromCertificateAuthorityArn(
      stack,
      'Authority',
      AUTHORITY,
    );
    return serviceIn(stack, TargetCertificate.serviceConnect({ certificateAuthority, encryptionKey }));
  },
};

describe.each(Object.entries(MAKERS))('%s', (_, make) => {
  test('refuses a key that AWS manages, which services cannot use and nobody can share', () => {
    const stack = stackIn('eu-west-1');
    const key = kms.Alias.fromAliasName(stack, 'Alias', 'alias/aws/s3');
    expect(() => make(stack, key)).toThrow(
      /^Stack\/It\S*: 'encryptionKey' must be a key of the account, whose policy says who may use it, got alias\/aws\/s3, name another or leave it out$/,
    );
  });

  test('takes a key of the account', () => {
    const stack = stackIn('eu-west-1');
    const arn = 'arn:aws:kms:eu-west-1:111122223333:key/11111111-2222-3333-4444-555555555555';
    expect(() => make(stack, kms.Key.fromKeyArn(stack, 'Own', arn))).not.toThrow();
  });
});

test('a key is made where none is given: rotated every year, and kept', () => {
  const stack = stackIn();
  customerKey(stack, 'what matters', undefined);
  rendered(stack).hasResource('AWS::KMS::Key', {
    DeletionPolicy: 'Retain',
    UpdateReplacePolicy: 'Retain',
    Properties: { Description: 'Encrypts what matters', EnableKeyRotation: true, RotationPeriodInDays: 365 },
  });
});
