import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { invalidProperty } from './invalid-property';

/** How AWS names the keys that it manages, whose policies nobody can change. */
const AWS_MANAGED = /alias\/aws\/[\w-]*/;

/**
 * The key that is given, or a new one: rotated every year, and kept, since what it encrypts outlives the stack and is
 * lost without it.
 */
export function customerKey(scope: Construct, what: string, given: kms.IKey | undefined): kms.IKey {
  if (given !== undefined) return checkCustomerKey(scope, given);
  return new kms.Key(scope, 'Key', {
    description: `Encrypts ${what}`,
    enableKeyRotation: true,
    rotationPeriod: Duration.days(365),
    removalPolicy: RemovalPolicy.RETAIN,
  });
}

/** Refuses the keys of AWS: services that deliver cannot use them, nor other accounts, and in this one everybody may. */
function checkCustomerKey(scope: Construct, key: kms.IKey): kms.IKey {
  const found = AWS_MANAGED.exec(`${key.keyArn} ${key.keyId}`);
  if (found === null) return key;
  throw invalidProperty(
    scope,
    `'encryptionKey' must be a key of the account, whose policy says who may use it, got ${found[0]}, name another or leave it out`,
  );
}
