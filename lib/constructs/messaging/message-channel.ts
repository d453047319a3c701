import { CfnResource, type IResource, Resource } from 'aws-cdk-lib';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type { Construct, IConstruct } from 'constructs';
import { recordLoosening } from '../loosening';
import { admitToKey, type MessageSource, sourceConditions } from './message-source';

/** What an `EncryptedTopic` and an `EncryptedQueue` have in common. */
export interface IMessageChannel extends IResource {
  /** The key that encrypts messages while they wait. */
  readonly encryptionKey: kms.IKey;

  /** Lets a service of AWS send messages on behalf of certain resources, and use the key for it. */
  allowService(source: MessageSource): void;
  /** A metric of the topic or queue. */
  metric(metricName: string, options?: cloudwatch.MetricOptions): cloudwatch.Metric;
}

/** Properties that an `EncryptedTopic` and an `EncryptedQueue` have in common. */
export interface MessageChannelProps {
  /**
   * The key that encrypts messages while they wait. The policy of an imported key is not extended for services.
   *
   * @default - a new key, rotated every year and retained
   */
  readonly encryptionKey?: kms.IKey;
  /**
   * Whether messages keep their order, and each is delivered once. A change replaces the topic or queue.
   *
   * @default false
   */
  readonly fifo?: boolean;
}

/** How a service of AWS calls its topics or queues. */
export interface ChannelService {
  /** In ARNs: `sns`, `sqs`. */
  readonly service: string;
  /** The action that sends a message. */
  readonly sendAction: string;
  /** The key of its encryption context whose value is the ARN of the topic or queue. */
  readonly contextKey: string;
  /** What the Metadata calls it when a service may send on behalf of anybody. */
  readonly withoutSource: string;
}

/** The topic or queue of the CDK. */
interface Channel extends IConstruct {
  addToResourcePolicy(statement: iam.PolicyStatement): iam.AddToResourcePolicyResult;
}

/** What topics and queues can do whether they are defined here or elsewhere. */
export abstract class MessageChannel extends Resource implements IMessageChannel {
  abstract readonly encryptionKey: kms.IKey;

  protected constructor(
    scope: Construct,
    id: string,
    private readonly channelService: ChannelService,
    importedArn?: string,
  ) {
    super(scope, id, { environmentFromArn: importedArn });
  }

  /** The topic or queue underneath, and its ARN. */
  protected abstract readonly channel: { readonly construct: Channel; readonly arn: string };

  allowService(source: MessageSource): void {
    const { service, withoutSourceReason: reason } = source;
    this.admit(service, sourceConditions(this, source));
    if (reason === undefined) return;
    this.record(this.channel.construct, `${this.channelService.withoutSource} ${service}`, reason);
  }

  abstract metric(metricName: string, options?: cloudwatch.MetricOptions): cloudwatch.Metric;

  /** Lets a service send under conditions, and use the key for it. */
  protected admit(service: string, conditions: iam.Conditions): void {
    const { construct, arn } = this.channel;
    construct.addToResourcePolicy(
      new iam.PolicyStatement({
        principals: [new iam.ServicePrincipal(service)],
        actions: [this.channelService.sendAction],
        resources: [arn],
        conditions,
      }),
    );
    admitToKey(this, this.encryptionKey, service, this.channelService);
  }

  /** Adds to a grant what of the key sending needs. */
  protected withKey(grant: iam.Grant, grantee: iam.IGrantable): iam.Grant {
    return grant.combine(this.encryptionKey.grant(grantee, 'kms:Decrypt', 'kms:GenerateDataKey*'));
  }

  /** Writes down what is looser than the default, where the template has a place for it. */
  protected record({ node }: IConstruct, what: string, reason: string): void {
    if (CfnResource.isCfnResource(node.defaultChild)) recordLoosening(node.defaultChild, what, reason);
  }
}
