import { Arn, ArnFormat, Duration, type IResource, Resource } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { invalidProperty } from '../invalid-property';
import { BELOW_TLS12, CHANGES, namespaceOf } from './trail-metrics';

/** A record of who called which API of AWS, from where and over which version of TLS. */
export interface IAuditTrail extends IResource {
  /**
   * The ARN of the trail.
   *
   * @attribute
   */
  readonly trailArn: string;
  /** The bucket that keeps the record. */
  readonly bucket: s3.IBucket;
  /** The key that encrypts it; absent where it is not known. */
  readonly encryptionKey?: kms.IKey;
  /** The log group that has it at hand for searches and alarms; absent where it is not known. */
  readonly logGroup?: logs.ILogGroup;

  /**
   * Lets an auditor read the record, decrypt it, and prove that nothing was changed or is missing
   * (`aws cloudtrail validate-logs`). It allows no change.
   */
  grantRead(grantee: iam.IGrantable): iam.Grant;
  /** A metric that is counted in the record: `TrailChanges` or `CallsBelowTls12`. */
  metric(metricName: string, options?: cloudwatch.MetricOptions): cloudwatch.Metric;
  /** Calls that change a trail or switch it off (PCI DSS 10.2.1.6). */
  metricTrailChanges(options?: cloudwatch.MetricOptions): cloudwatch.Metric;
  /** Calls over TLS 1.0 or 1.1: clients that must be found before they fail. */
  metricCallsBelowTls12(options?: cloudwatch.MetricOptions): cloudwatch.Metric;
  /** Entries that arrive in the log group: none for an hour means that the trail has fallen silent (PCI DSS 10.7.2). */
  metricIncomingEvents(options?: cloudwatch.MetricOptions): cloudwatch.Metric;
}

/** What identifies a trail that exists already. */
export interface AuditTrailAttributes {
  /** The ARN of the trail. */
  readonly trailArn: string;
  /** The bucket that keeps the record. */
  readonly bucket: s3.IBucket;
  /**
   * The key that encrypts the record.
   *
   * @default - `grantRead` does not let anybody decrypt
   */
  readonly encryptionKey?: kms.IKey;
  /**
   * The log group that receives the record.
   *
   * @default - `grantRead` leaves it out, and `metricIncomingEvents` cannot be used
   */
  readonly logGroup?: logs.ILogGroup;
}

/** What trails have in common, whoever made them. */
export abstract class AuditTrailBase extends Resource implements IAuditTrail {
  abstract readonly trailArn: string;
  abstract readonly bucket: s3.IBucket;
  abstract readonly encryptionKey?: kms.IKey;
  abstract readonly logGroup?: logs.ILogGroup;

  grantRead(grantee: iam.IGrantable): iam.Grant {
    const { bucket, encryptionKey, logGroup } = this;
    const grant = iam.Grant.addToPrincipal({
      grantee,
      actions: ['cloudtrail:GetTrail', 'cloudtrail:GetTrailStatus', 'cloudtrail:GetEventSelectors'],
      resourceArns: [this.trailArn],
    });
    // Neither of them can be limited to a trail.
    const validation = iam.Grant.addToPrincipal({
      grantee,
      actions: ['cloudtrail:DescribeTrails', 'cloudtrail:ListPublicKeys'],
      resourceArns: ['*'],
    });
    const others = [bucket.grantRead(grantee), logGroup?.grantRead(grantee)];
    // A bucket that knows its key grants that itself.
    if (encryptionKey !== undefined && bucket.encryptionKey === undefined)
      others.push(encryptionKey.grantDecrypt(grantee));
    return [validation, ...others].reduce<iam.Grant>(
      (whole, part) => (part === undefined ? whole : whole.combine(part)),
      grant,
    );
  }

  metric(metricName: string, options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return new cloudwatch.Metric({
      namespace: namespaceOf(nameIn(this.trailArn)),
      metricName,
      statistic: cloudwatch.Stats.SUM,
      ...options,
    }).attachTo(this);
  }

  metricTrailChanges(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric(CHANGES.metricName, options);
  }

  metricCallsBelowTls12(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric(BELOW_TLS12.metricName, options);
  }

  metricIncomingEvents(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    if (this.logGroup === undefined) {
      throw invalidProperty(
        this,
        "'logGroup' must be among the attributes of an imported trail to measure what arrives there",
      );
    }
    return new cloudwatch.Metric({
      namespace: 'AWS/Logs',
      metricName: 'IncomingLogEvents',
      dimensionsMap: { LogGroupName: this.logGroup.logGroupName },
      statistic: cloudwatch.Stats.SUM,
      period: Duration.hours(1),
      ...options,
    }).attachTo(this);
  }
}

/** A trail that exists already. */
export class ImportedAuditTrail extends AuditTrailBase {
  readonly trailArn: string;
  readonly bucket: s3.IBucket;
  readonly encryptionKey?: kms.IKey;
  readonly logGroup?: logs.ILogGroup;

  constructor(scope: Construct, id: string, attributes: AuditTrailAttributes) {
    super(scope, id, { environmentFromArn: attributes.trailArn });
    this.trailArn = attributes.trailArn;
    this.bucket = attributes.bucket;
    this.encryptionKey = attributes.encryptionKey;
    this.logGroup = attributes.logGroup;
  }
}

function nameIn(trailArn: string): string {
  return Arn.split(trailArn, ArnFormat.SLASH_RESOURCE_NAME).resourceName ?? trailArn;
}
