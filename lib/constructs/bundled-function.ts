import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { lambdaCode } from './lambda-code';
import { admitLogGroups } from './log-store';

/** Properties of a `BundledFunction`. */
export interface BundledFunctionProps {
  /** The name of the handler's file, `<name>.handler.ts`, which the build bundles. */
  readonly handler: string;
  /**
   * Texts that stand beside its code, by the names of their files.
   *
   * @default - none
   */
  readonly files?: Readonly<Record<string, string>>;
  /** What it does, as the console shows it. */
  readonly description: string;
  /** Encrypts its environment and its log; a key of the account. One that this app makes lets CloudWatch Logs in. */
  readonly encryptionKey: kms.IKey;
  /** @default - none */
  readonly environment?: Readonly<Record<string, string>>;
  /** @default Duration.minutes(1) */
  readonly timeout?: Duration;
  /**
   * Memory in MB; the share of a processor grows with it.
   *
   * @default 256
   */
  readonly memorySize?: number;
  /**
   * At most so many run at a time, and so many are always free to run.
   *
   * @default - as many as the account allows
   */
  readonly reservedConcurrentExecutions?: number;
  /** @default RetentionDays.THIRTEEN_MONTHS */
  readonly logRetention?: logs.RetentionDays;
  /**
   * The network in which it runs: its private subnets.
   *
   * @default - none: it reaches the internet and nothing else
   */
  readonly vpc?: ec2.IVpc;
  /** @default - those of the network that have a way out, else all private ones */
  readonly vpcSubnets?: ec2.SubnetSelection;
  /** @default - a new one that lets nobody in */
  readonly securityGroups?: ec2.ISecurityGroup[];
}

/**
 * What Lambda does with the role of a function before it runs in a network; without it the deployment fails. These actions
 * know no resource that could be named before there is one.
 *
 * The code of the function may do none of it: its calls, and not those of Lambda, carry the ARN of the function.
 *
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSLambdaVPCAccessExecutionRole.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/permissions-source-function-arn.html
 */
function interfacesOfNetwork(): iam.PolicyStatement {
  return new iam.PolicyStatement({
    actions: [
      'ec2:AssignPrivateIpAddresses',
      'ec2:CreateNetworkInterface',
      'ec2:DeleteNetworkInterface',
      'ec2:DescribeNetworkInterfaces',
      'ec2:DescribeSubnets',
      'ec2:UnassignPrivateIpAddresses',
    ],
    resources: ['*'],
    conditions: { Null: { 'lambda:SourceFunctionArn': 'true' } },
  });
}

/**
 * A Lambda function whose code comes with this package: on the newest Node, with a role whose holder may write its own
 * log and nothing else, and with its environment and its log encrypted.
 *
 * In a network its role also lets Lambda, and not the code, attach it there: where cdk-nag is registered, acknowledge
 * `AwsSolutions-IAM5` on that role.
 */
export class BundledFunction extends Construct {
  /** The function. */
  readonly fn: lambda.Function;
  /** What it writes; kept when the stack goes. */
  readonly logGroup: logs.LogGroup;
  /** Its own role, which may write its log and no more. */
  readonly role: iam.Role;

  constructor(scope: Construct, id: string, props: BundledFunctionProps) {
    super(scope, id);
    const { encryptionKey, vpc, environment } = props;
    this.logGroup = new logs.LogGroup(this, 'Log', {
      encryptionKey,
      retention: props.logRetention ?? logs.RetentionDays.THIRTEEN_MONTHS,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    admitLogGroups(this, encryptionKey);
    // Not the managed policy, which lets a function write every log of the account.
    this.role = new iam.Role(this, 'Role', {
      description: props.description,
      assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
    });
    this.logGroup.grantWrite(this.role);
    if (vpc !== undefined) this.role.addToPolicy(interfacesOfNetwork());
    this.fn = new lambda.Function(this, 'Function', {
      description: props.description,
      runtime: lambda.Runtime.NODEJS_24_X,
      architecture: lambda.Architecture.ARM_64,
      handler: 'index.handler',
      code: lambdaCode(props.handler, props.files),
      role: this.role,
      logGroup: this.logGroup,
      loggingFormat: lambda.LoggingFormat.JSON,
      timeout: props.timeout ?? Duration.minutes(1),
      memorySize: props.memorySize ?? 256,
      reservedConcurrentExecutions: props.reservedConcurrentExecutions,
      environment: environment && { ...environment },
      environmentEncryption: environment && encryptionKey,
      vpc,
      vpcSubnets: props.vpcSubnets,
      securityGroups: props.securityGroups,
    });
  }
}
