import type { Stack } from 'aws-cdk-lib';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as route53 from 'aws-cdk-lib/aws-route53';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { type IManagedCertificate, ManagedCertificate } from '../../../lib';

export const REGION = 'eu-west-1';
export const EDGE_REGION = 'us-east-1';
const ACCOUNT = '111122223333';

/** One realistic stack around one public construct. */
export interface ConstructSample {
  /** The class, as `lib/index.ts` exports it. */
  readonly construct: string;
  /** What is asked for beyond what must be given; absent in the smallest sample, of which there is exactly one. */
  readonly options?: string;
  /**
   * @default - eu-west-1
   */
  readonly region?: string;
  /**
   * Defines the construct in the stack, and all that it only stands beside (a network, a zone, a certificate) in
   * `around`: that costs nothing and needs no permission in the pages that are made of samples.
   */
  readonly build: (stack: Stack, around: Construct) => unknown;
}

/** A network that exists already. */
export function existingVpc(around: Construct): ec2.IVpc {
  return ec2.Vpc.fromVpcAttributes(around, 'Vpc', {
    vpcId: 'vpc-0123456789abcdef0',
    availabilityZones: [`${REGION}a`, `${REGION}b`],
    privateSubnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
    privateSubnetRouteTableIds: ['rtb-0123456789abcdef0', 'rtb-0123456789abcdef1'],
    publicSubnetIds: ['subnet-0123456789abcdef2', 'subnet-0123456789abcdef3'],
    publicSubnetRouteTableIds: ['rtb-0123456789abcdef2', 'rtb-0123456789abcdef3'],
  });
}

/** A certificate that exists already. */
export function existingCertificate(around: Construct, region = REGION, id = '1'): IManagedCertificate {
  return ManagedCertificate.fromManagedCertificateAttributes(around, `Certificate${id}`, {
    certificateArn: certificateArn(region, id),
  });
}

/** The same, as the CDK knows it. */
export function existingAcmCertificate(around: Construct): acm.ICertificate {
  return acm.Certificate.fromCertificateArn(around, 'AcmCertificate', certificateArn(REGION, '1'));
}

function certificateArn(region: string, id: string): string {
  return `arn:aws:acm:${region}:${ACCOUNT}:certificate/11111111-2222-3333-4444-${id.padStart(12, '0')}`;
}

/** A zone that exists already. */
export function existingZone(around: Construct): route53.IHostedZone {
  return route53.HostedZone.fromHostedZoneAttributes(around, 'Zone', {
    zoneName: 'example.com',
    hostedZoneId: 'Z0123456789ABCDEFGHIJ',
  });
}

/** A topic that exists already. */
export function existingTopic(around: Construct, region = REGION): sns.ITopic {
  return sns.Topic.fromTopicArn(around, 'Topic', `arn:aws:sns:${region}:${ACCOUNT}:alarms`);
}

/** A key that exists already. */
export function existingKey(around: Construct, region = REGION): kms.IKey {
  const arn = `arn:aws:kms:${region}:${ACCOUNT}:key/11111111-2222-3333-4444-555555555555`;
  return kms.Key.fromKeyArn(around, 'Key', arn);
}

/** A bucket that exists already. */
export function existingBucket(around: Construct, name: string): s3.IBucket {
  return s3.Bucket.fromBucketName(around, `Bucket-${name}`, name);
}
