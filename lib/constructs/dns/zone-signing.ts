import { CfnOutput, Duration, RemovalPolicy, Stack, Token } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as actions from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as route53 from 'aws-cdk-lib/aws-route53';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { TransmissionError } from '../../core/errors';
import { AlarmTopic } from '../messaging';
import { checkSameRegion } from '../region';

/** Where Route 53 takes the keys of DNSSEC from, and where it publishes the measures of zones. */
const REGION = 'us-east-1';
/** How often Route 53 publishes the measures of DNSSEC. */
const PERIOD = Duration.hours(4);

/** Properties of a `ZoneSigning`. */
export interface ZoneSigningProps {
  /** The public zone to sign. */
  readonly zone: route53.IHostedZone;
  /**
   * The name of the key-signing key: 3 to 128 letters, digits and underscores, unique in the zone.
   *
   * It cannot be changed in place: the new one would stand for the same key in KMS, which Route 53 refuses.
   *
   * @default 'KeySigningKey1'
   */
  readonly keySigningKeyName?: string;
  /**
   * The topic in us-east-1 that is told when signing fails. CloudWatch must be allowed to publish there; an
   * `AlarmTopic` allows it.
   *
   * @default - a new encrypted `AlarmTopic`, to which somebody should subscribe
   */
  readonly alarmTopic?: sns.ITopic;
}

/**
 * Signs a public zone (DNSSEC), so that resolvers notice forged answers: other addresses, other mail servers, another
 * CAA record.
 *
 * It stands in us-east-1, where Route 53 takes the key from and publishes its measures; the zone is global. The key,
 * the key-signing key and the signing itself outlive the stack: without them, resolvers that validate reject the whole
 * zone as long as its parent holds the DS record.
 *
 * **By hand, in this order.** (1) Before the first deployment: lower the longest TTL of the zone to an hour, and the
 * TTL and the last field of its SOA record to five minutes. (2) Deploy, then wait for that longest TTL. (3) Run the
 * command in the output `DelegationSigner` and enter the DS record that it prints at the registrar, or in the parent
 * zone for a subdomain; until then signatures protect nobody. (4) To leave: remove the DS record first and wait for
 * its TTL, then end the signing. CloudFormation knows the value of the DS record no more than the CDK does.
 *
 * Route 53 rotates the zone-signing key; the key-signing key is yours to rotate, with a second one beside it (a zone
 * holds two). At rest it adds one KMS key, billed from the day of its making, and two alarms.
 *
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-configuring-dnssec-enable-signing.html
 */
export class ZoneSigning extends Construct {
  /** The key in KMS that the key-signing key stands for: ECC_NIST_P256, for signatures only, not rotated. */
  readonly key: kms.Key;
  /** The key-signing key. */
  readonly keySigningKey: route53.CfnKeySigningKey;
  /** The topic that is told when signing fails. */
  readonly alarmTopic: sns.ITopic;
  /** Signing failed inside Route 53. */
  readonly internalFailureAlarm: cloudwatch.Alarm;
  /** Route 53 has lost access to the key: the zone goes dark when the last signatures expire, within days. */
  readonly keyNeedsActionAlarm: cloudwatch.Alarm;
  /** Prints the DS record that must be entered at the registrar by hand. */
  readonly delegationSignerOutput: CfnOutput;

  private readonly zone: route53.IHostedZone;

  constructor(scope: Construct, id: string, props: ZoneSigningProps) {
    super(scope, id);
    const { zone, keySigningKeyName = 'KeySigningKey1' } = props;
    this.zone = zone;
    this.checkRegion();
    if (props.alarmTopic !== undefined) {
      checkSameRegion(this, {
        property: 'alarmTopic',
        resource: props.alarmTopic,
        arn: props.alarmTopic.topicArn,
        of: 'the alarms',
        remedy: 'which reach topics of their own region only, name one there, or leave it out for a new one',
      });
    }
    this.checkZone();
    this.checkName(keySigningKeyName);

    this.key = this.createKey();
    this.keySigningKey = this.sign(keySigningKeyName);
    this.alarmTopic = props.alarmTopic ?? new AlarmTopic(this, 'AlarmTopic').topic;
    this.internalFailureAlarm = this.addAlarm(
      'InternalFailure',
      this.metricInternalFailure(),
      'DNSSEC signing of a zone has failed inside Route 53: resolvers that validate will reject it. Look at the zone in the console of Route 53. Runbook: docs/runbooks/dnssec-signing-failed.md',
    );
    this.keyNeedsActionAlarm = this.addAlarm(
      'KeyNeedsAction',
      this.metricKeySigningKeysNeedingAction(),
      'Route 53 cannot use the KMS key that signs a zone: the zone goes dark when the last signatures expire, within days. Enable the key and restore its policy. Runbook: docs/runbooks/dnssec-key-needs-action.md',
    );
    // They stay when a deployment is rolled back, and stand in the way of the next one: nothing comes after them.
    this.keySigningKey.node.addDependency(this.internalFailureAlarm, this.keyNeedsActionAlarm);
    this.delegationSignerOutput = this.printDelegationSigner();
  }

  /** A measure of the zone, such as `DNSSECKeySigningKeyAge`. Its alarms must stand in us-east-1. */
  metric(metricName: string, options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return new cloudwatch.Metric({
      namespace: 'AWS/Route53',
      metricName,
      dimensionsMap: { HostedZoneId: this.zone.hostedZoneId },
      ...options,
    });
  }

  /** 1 where something in the zone could not be signed, else 0. Published every four hours. */
  metricInternalFailure(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('DNSSECInternalFailure', { statistic: 'Sum', period: PERIOD, ...options });
  }

  /** How many key-signing keys cannot be used, because of their key in KMS. Published every four hours. */
  metricKeySigningKeysNeedingAction(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('DNSSECKeySigningKeysNeedingAction', { statistic: 'Sum', period: PERIOD, ...options });
  }

  /** The policy is Route 53's own, with its guard against confused deputies, which the CDK's KeySigningKey has in part. */
  private createKey(): kms.Key {
    const key = new kms.Key(this, 'Key', {
      description: 'Signs the keys of a DNS zone (DNSSEC)',
      keySpec: kms.KeySpec.ECC_NIST_P256,
      keyUsage: kms.KeyUsage.SIGN_VERIFY,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const principals = [new iam.ServicePrincipal('dnssec-route53.amazonaws.com')];
    key.addToResourcePolicy(
      new iam.PolicyStatement({
        sid: 'AllowRoute53ToSignThisZone',
        principals,
        actions: ['kms:DescribeKey', 'kms:GetPublicKey', 'kms:Sign'],
        resources: ['*'],
        conditions: {
          StringEquals: { 'aws:SourceAccount': Stack.of(this).account },
          ArnEquals: { 'aws:SourceArn': this.zone.hostedZoneArn },
        },
      }),
    );
    key.addToResourcePolicy(
      new iam.PolicyStatement({
        sid: 'AllowRoute53ToPassTheKeyOnInsideAws',
        principals,
        actions: ['kms:CreateGrant'],
        resources: ['*'],
        // Route 53 documents no source for this call: with a condition on it the statement might never allow.
        conditions: { Bool: { 'kms:GrantIsForAWSResource': true } },
      }),
    );
    return key;
  }

  private sign(name: string): route53.CfnKeySigningKey {
    const { hostedZoneId } = this.zone;
    const keySigningKey = new route53.CfnKeySigningKey(this, 'KeySigningKey', {
      hostedZoneId,
      name,
      keyManagementServiceArn: this.key.keyArn,
      status: 'ACTIVE',
    });
    keySigningKey.applyRemovalPolicy(RemovalPolicy.RETAIN);
    const signing = new route53.CfnDNSSEC(this, 'Signing', { hostedZoneId });
    signing.addResourceDependency(keySigningKey);
    signing.applyRemovalPolicy(RemovalPolicy.RETAIN);
    return keySigningKey;
  }

  private addAlarm(id: string, metric: cloudwatch.Metric, alarmDescription: string): cloudwatch.Alarm {
    const alarm = new cloudwatch.Alarm(this, id, {
      alarmDescription,
      metric,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      threshold: 1,
      evaluationPeriods: 1,
      // One value in four hours: between two of them the alarm keeps what it knows.
      treatMissingData: cloudwatch.TreatMissingData.IGNORE,
    });
    alarm.addAlarmAction(new actions.SnsAction(this.alarmTopic));
    return alarm;
  }

  private printDelegationSigner(): CfnOutput {
    return new CfnOutput(this, 'DelegationSigner', {
      description:
        'The command prints the DS record of the zone: enter it at the registrar (or in the parent zone) once the longest TTL of the zone has passed. Until then signatures protect nobody.',
      value: `aws route53 get-dnssec --hosted-zone-id ${this.zone.hostedZoneId} --query 'KeySigningKeys[].DSRecord' --output text`,
    });
  }

  private checkRegion(): void {
    const { region } = Stack.of(this);
    if (region === REGION) return;
    throw this.invalid(
      `the stack must be in ${REGION}, where Route 53 takes the keys of DNSSEC from and publishes its measures, got ${
        Token.isUnresolved(region) ? 'no region' : region
      }, put it into a stack of its own with that region in 'env', zones are global`,
    );
  }

  private checkZone(): void {
    const resource = this.zone.node.defaultChild;
    if (!route53.CfnHostedZone.isCfnHostedZone(resource)) return;
    const vpcs: unknown = Stack.of(resource).resolve(resource.vpcs);
    if (!Array.isArray(vpcs) || vpcs.length === 0) return;
    throw this.invalid("'zone' must be a public zone, Route 53 signs no private ones, pass the public zone");
  }

  private checkName(name: string): void {
    if (Token.isUnresolved(name) || /^\w{3,128}$/.test(name)) return;
    throw this.invalid(
      `'keySigningKeyName' must be 3 to 128 letters, digits and underscores, got ${JSON.stringify(name.slice(0, 140))}`,
    );
  }

  private invalid(message: string): TransmissionError {
    return new TransmissionError('InvalidProperty', message, this.node.path);
  }
}
