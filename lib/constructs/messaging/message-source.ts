import { Stack, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type { IConstruct } from 'constructs';
import { invalidProperty } from '../invalid-property';
import { checkReason } from '../loosening';

/** A service of AWS that sends messages on behalf of resources, such as the notifications of a bucket. */
export interface MessageSource {
  /** The service principal, such as `s3.amazonaws.com`. */
  readonly service: string;
  /**
   * The ARNs of the resources on whose behalf it may send; `*` stands for any part of one but its account.
   *
   * @default - none: `withoutSourceReason` must say why the service cannot name its source
   */
  readonly sourceArns?: string[];
  /**
   * Why the service may send on behalf of anybody, as a sentence: some do not say for whom they send.
   *
   * The reason is written into the template.
   *
   * @default - the service may send for `sourceArns` only
   */
  readonly withoutSourceReason?: string;
}

/** What of a service's encryption context names the topic or queue, and those of this account and region. */
interface ContextOfKey {
  readonly contextKey: string;
  readonly service: string;
}

/** Services whose ARNs name no account, so that one would match the resource of anybody who took over its name. */
const ARNS_WITHOUT_ACCOUNT = ['s3.amazonaws.com'];

/** The conditions under which a service may send. */
export function sourceConditions(scope: IConstruct, source: MessageSource): iam.Conditions {
  const { service, sourceArns = [], withoutSourceReason: reason } = source;
  if (reason !== undefined) {
    checkReason(scope, 'withoutSourceReason', reason);
    if (sourceArns.length === 0) return {};
    throw invalidProperty(
      scope,
      "'sourceArns' and 'withoutSourceReason' must not both be given, leave one out",
    );
  }
  if (sourceArns.length === 0 || sourceArns.includes('*')) {
    throw invalidProperty(
      scope,
      `'sourceArns' must name the resources for which ${service} may send, or 'withoutSourceReason' say why it cannot`,
    );
  }
  const ofAnybody = sourceArns.find((arn) => !namesAccount(arn));
  if (ofAnybody !== undefined) {
    throw invalidProperty(
      scope,
      `'sourceArns' must name the account of each, got ${JSON.stringify(ofAnybody.slice(0, 120))}, or ${service} would send for anybody, put 'stack.account' there`,
    );
  }
  const byArn = { ArnLike: { 'aws:SourceArn': sourceArns.length === 1 ? sourceArns[0] : sourceArns } };
  if (!ARNS_WITHOUT_ACCOUNT.includes(service)) return byArn;
  return { ...byArn, StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } };
}

/** Whether an ARN leaves its account open. Some name none, such as those of buckets: those are of one resource. */
function namesAccount(arn: string): boolean {
  const [prefix = '', , , , account, ...resource] = arn.split(':');
  if (Token.isUnresolved(prefix)) return true;
  if (account === undefined || resource.length === 0) return false;
  return !/[*?]/.test(account);
}

/**
 * Lets a service use a key for what it sends to topics or queues of this account and region.
 *
 * The context is the limit, and not the source: services differ in what they say to KMS, and a key whose policy named
 * a resource that needs the key in turn could not be deployed.
 */
export function admitToKey(scope: IConstruct, key: kms.IKey, service: string, context: ContextOfKey): void {
  const stack = Stack.of(scope);
  key.addToResourcePolicy(
    new iam.PolicyStatement({
      principals: [new iam.ServicePrincipal(service)],
      actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
      resources: ['*'],
      conditions: {
        ArnLike: { [context.contextKey]: stack.formatArn({ service: context.service, resource: '*' }) },
      },
    }),
  );
}

/** Refuses a service as grantee: a grant has no condition on whose behalf the service acts. */
export function checkGrantee(scope: IConstruct, grantee: iam.IGrantable, instead: string): void {
  const { principalJson } = grantee.grantPrincipal.policyFragment;
  if (!Object.hasOwn(principalJson, 'Service')) return;
  throw invalidProperty(
    scope,
    `'grantee' must not be a service, which would act on behalf of anybody, use '${instead}'`,
  );
}
