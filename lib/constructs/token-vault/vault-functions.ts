import { Duration, Stack } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { BundledFunction } from '../bundled-function';
import { PRIVILEGES, VAULT_FUNCTIONS, type VaultFunction } from './privileges';
import type { VaultCodeSigning } from './token-vault-props';

/** How many of each run at a time. */
export const CONCURRENCY: Readonly<Record<VaultFunction, number>> = {
  create: 50,
  'reveal-masked': 25,
  'reveal-full': 25,
  'look-up': 10,
  erase: 5,
  keys: 5,
  rotate: 1,
  replay: 1,
};

/** What goes over all rows of a table. */
const LONG: readonly VaultFunction[] = ['rotate', 'replay'];
/** API Gateway waits 29 seconds. */
const SHORT_TIMEOUT = Duration.seconds(25);
const LONG_TIMEOUT = Duration.minutes(15);

/** The names of their constructs. */
const ID: Readonly<Record<VaultFunction, string>> = {
  create: 'Create',
  'reveal-masked': 'RevealMasked',
  'reveal-full': 'RevealFull',
  'look-up': 'LookUp',
  erase: 'Erase',
  rotate: 'Rotate',
  keys: 'Keys',
  replay: 'Replay',
};

/** What of account data and of persons CloudWatch Logs finds in any language; none of it should ever be there. */
const HIDDEN = ['CreditCardNumber', 'CreditCardSecurityCode', 'EmailAddress', 'Name', 'Address', 'IpAddress'];

/** What functions are made with. */
export interface VaultFunctionsProps {
  readonly vaultName: string;
  readonly encryptionKey: kms.IKey;
  readonly vpc: ec2.IVpc;
  readonly vpcSubnets: ec2.SubnetSelection;
  readonly securityGroup: ec2.ISecurityGroup;
  readonly concurrency: Readonly<Partial<Record<VaultFunction, number>>>;
  readonly codeSigning: VaultCodeSigning | undefined;
}

/** The functions of a vault: one for each privilege, each with a role of its own. */
export class VaultFunctions extends Construct {
  readonly #functions: ReadonlyMap<VaultFunction, BundledFunction>;
  readonly #aliases = new Map<string, lambda.Alias>();

  constructor(scope: Construct, id: string, props: VaultFunctionsProps) {
    super(scope, id);
    this.#functions = new Map(VAULT_FUNCTIONS.map((name) => [name, this.make(name, props)]));
    if (props.codeSigning !== undefined) this.sign(props.codeSigning);
  }

  get roles(): Readonly<Record<VaultFunction, iam.Role>> {
    const roles = VAULT_FUNCTIONS.map((name) => [name, this.of(name).role]);
    return Object.fromEntries(roles) as Record<VaultFunction, iam.Role>;
  }

  get functions(): readonly lambda.Function[] {
    return VAULT_FUNCTIONS.map((name) => this.of(name).fn);
  }

  fn(name: VaultFunction): lambda.Function {
    return this.of(name).fn;
  }

  logGroup(name: VaultFunction): logs.LogGroup {
    return this.of(name).logGroup;
  }

  /** An alias of what is deployed: its name says who calls. */
  alias(name: VaultFunction, aliasName: string): lambda.Alias {
    const id = `${ID[name]}-${aliasName}`;
    const known = this.#aliases.get(id);
    if (known !== undefined) return known;
    const alias = new lambda.Alias(this, id, { aliasName, version: this.fn(name).currentVersion });
    this.#aliases.set(id, alias);
    return alias;
  }

  private of(name: VaultFunction): BundledFunction {
    return this.#functions.get(name) as BundledFunction;
  }

  private make(name: VaultFunction, props: VaultFunctionsProps): BundledFunction {
    const { vaultName, encryptionKey, vpc, vpcSubnets, securityGroup, concurrency } = props;
    const bundled = new BundledFunction(this, ID[name], {
      handler: `vault-${name}`,
      description: `${PRIVILEGES[name].about}: a function of a token vault`,
      encryptionKey,
      environment: { VAULT: vaultName },
      timeout: LONG.includes(name) ? LONG_TIMEOUT : SHORT_TIMEOUT,
      // A full processor comes with 1,769 MB: what takes most of the time is TLS to DynamoDB.
      memorySize: LONG.includes(name) ? 512 : 1024,
      reservedConcurrentExecutions: concurrency[name] ?? CONCURRENCY[name],
      vpc,
      vpcSubnets,
      securityGroups: [securityGroup],
    });
    maskAccountData(bundled.logGroup);
    return bundled;
  }

  /** By L1: the code is an asset to CDK, which cannot sign it. */
  private sign({ signingProfiles, bucket, objectKeys }: VaultCodeSigning): void {
    const config = new lambda.CodeSigningConfig(this, 'CodeSigning', {
      description: 'Functions of a token vault run signed code only',
      signingProfiles: [...signingProfiles],
      untrustedArtifactOnDeployment: lambda.UntrustedArtifactOnDeployment.ENFORCE,
    });
    for (const name of VAULT_FUNCTIONS) {
      const resource = this.fn(name).node.defaultChild as lambda.CfnFunction;
      resource.codeSigningConfigArn = config.codeSigningConfigArn;
      resource.code = { s3Bucket: bucket.bucketName, s3Key: objectKeys[name] };
    }
  }
}

/**
 * Hides card numbers and security codes that should never have got into a log, and counts them (`LogEventsWithFindings`). By L1: the L2 takes it
 * when it is made.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/mask-sensitive-log-data.html
 */
function maskAccountData(logGroup: logs.LogGroup): void {
  const resource = logGroup.node.defaultChild as logs.CfnLogGroup;
  const identifiers = HIDDEN.map((resourceName) =>
    Stack.of(logGroup).formatArn({
      service: 'dataprotection',
      region: '',
      account: 'aws',
      resource: 'data-identifier',
      resourceName,
    }),
  );
  resource.dataProtectionPolicy = {
    Name: 'account-data',
    Description: 'Hides account data and counts it',
    Version: '2021-06-01',
    Statement: [
      { Sid: 'Count', DataIdentifier: identifiers, Operation: { Audit: { FindingsDestination: {} } } },
      { Sid: 'Hide', DataIdentifier: identifiers, Operation: { Deidentify: { MaskConfig: {} } } },
    ],
  };
}
