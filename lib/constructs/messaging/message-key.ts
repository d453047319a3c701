import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';

/** A key for messages that wait: rotated every year, and kept, since messages may outlive their stack. */
export function createMessageKey(scope: Construct, what: string): kms.Key {
  return new kms.Key(scope, 'Key', {
    description: `Encrypts messages that wait in a ${what}`,
    enableKeyRotation: true,
    rotationPeriod: Duration.days(365),
    removalPolicy: RemovalPolicy.RETAIN,
  });
}
