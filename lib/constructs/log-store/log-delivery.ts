import { ArnFormat, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { IConstruct } from 'constructs';
import { LogKind } from './log-kind';

/** Which logs of one kind are let in. */
export interface LogDeliveryProps {
  /** The kind of log. */
  readonly kind: LogKind;
  /**
   * What precedes the path that the service writes to, without a slash at either end.
   *
   * @default - nothing
   */
  readonly prefix?: string;
  /**
   * The ARNs on whose behalf the service may write, such as that of one trail; `*` stands for anything.
   *
   * @default - those of this account, by the resource or the account that the service says it writes for
   */
  readonly sourceArns?: string[];
}

/**
 * Lets the service write logs of one kind to a bucket, for the account of the scope, and use the key of the bucket.
 *
 * An imported bucket or key keeps its own policy. What was admitted before is not written twice: CloudFormation sees
 * each statement once, however many load balancers share a bucket.
 */
export function admitDelivery(scope: IConstruct, bucket: s3.IBucket, props: LogDeliveryProps): void {
  admitToBucket(scope, bucket, props);
  if (bucket.encryptionKey !== undefined) admitToKey(scope, bucket.encryptionKey, props);
}

function admitToBucket(scope: IConstruct, bucket: s3.IBucket, props: LogDeliveryProps): void {
  const { kind } = props;
  const principals = [new iam.ServicePrincipal(kind.servicePrincipal)];
  const source = sourceConditions(scope, props);
  bucket.addToResourcePolicy(
    new iam.PolicyStatement({
      principals,
      actions: ['s3:PutObject'],
      resources: objectsOf(scope, props).map((path) => bucket.arnForObjects(path)),
      conditions: kind.setsAcl
        ? merged(source, { StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control' } })
        : source,
    }),
  );
  if (kind.bucketActions.length === 0) return;
  bucket.addToResourcePolicy(
    new iam.PolicyStatement({
      principals,
      actions: [...kind.bucketActions],
      resources: [bucket.bucketArn],
      conditions: source,
    }),
  );
}

function admitToKey(scope: IConstruct, key: kms.IKey, props: LogDeliveryProps): void {
  const source = sourceConditions(scope, props);
  const allow = (actions: readonly string[], conditions: Conditions) =>
    key.addToResourcePolicy(
      new iam.PolicyStatement({
        principals: [new iam.ServicePrincipal(props.kind.servicePrincipal)],
        actions: [...actions],
        resources: ['*'],
        conditions,
      }),
    );
  if (props.kind !== LogKind.CLOUDTRAIL) {
    allow(props.kind.keyActions, source);
    return;
  }
  const trails = props.sourceArns ?? [sourcePattern(scope, props.kind)];
  const context = { ArnLike: { 'kms:EncryptionContext:aws:cloudtrail:arn': trails } };
  allow(['kms:GenerateDataKey*', 'kms:Decrypt'], merged(source, context));
  // A call that describes the key has no encryption context.
  allow(['kms:DescribeKey'], source);
}

type Conditions = Record<string, Record<string, unknown>>;

/** On whose behalf the service must say that it writes; empty where it does not say. */
function sourceConditions(scope: IConstruct, { kind, sourceArns }: LogDeliveryProps): Conditions {
  const { account } = kind.source;
  const byAccount: Conditions = account
    ? { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } }
    : {};
  const arns = sourceArns ?? (kind.source.arn === undefined ? [] : [sourcePattern(scope, kind)]);
  if (arns.length === 0) return byAccount;
  const byArn = { ArnLike: { 'aws:SourceArn': arns.length === 1 ? arns[0] : arns } };
  return merged(byAccount, byArn);
}

function sourcePattern(scope: IConstruct, kind: LogKind): string {
  const { service = kind.servicePrincipal, region, resource = '*' } = kind.source.arn ?? {};
  return Stack.of(scope).formatArn({ service, region, resource, arnFormat: ArnFormat.NO_RESOURCE_NAME });
}

function objectsOf(scope: IConstruct, { kind, prefix }: LogDeliveryProps): string[] {
  const { account } = Stack.of(scope);
  return kind.keyPaths.map((path) =>
    [prefix ?? '', path.replace('{account}', account), '*'].filter((part) => part !== '').join('/'),
  );
}

function merged(one: Conditions, other: Conditions): Conditions {
  const operators = new Set([...Object.keys(one), ...Object.keys(other)]);
  return Object.fromEntries(
    [...operators].map((operator) => [operator, { ...one[operator], ...other[operator] }]),
  );
}
