import { Names } from 'aws-cdk-lib';
import * as logs from 'aws-cdk-lib/aws-logs';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { admitDelivery, checkLogTarget, LogKind } from '../log-store';
import { recordLoosening } from '../loosening';

/** CloudWatch Logs takes no longer name of a delivery source or destination. */
const MAX_NAME = 60;

/**
 * What is logged of each request, the TLS version and cipher suite of its connection among it.
 *
 * Neither cookies, which are credentials, nor query strings and referrers, which may hold them.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logs-reference.html
 */
export const ACCESS_LOG_FIELDS: readonly string[] = [
  'DistributionId',
  'date',
  'time',
  'c-ip',
  'c-port',
  'c-country',
  'ssl-protocol',
  'ssl-cipher',
  'cs-protocol',
  'cs-protocol-version',
  'cs-method',
  'x-host-header',
  'cs-uri-stem',
  'cs(User-Agent)',
  'cs-bytes',
  'sc-status',
  'sc-bytes',
  'sc-content-type',
  'time-taken',
  'time-to-first-byte',
  'cache-behavior-path-pattern',
  'x-edge-location',
  'x-edge-request-id',
  'x-edge-result-type',
  'x-edge-response-result-type',
  'x-edge-detailed-result-type',
];

/** The fields that hold query strings: that of the request, and those of pages that led to it. */
const QUERY_FIELDS = ['cs-uri-query', 'cs(Referer)'];

/** Properties of `AccessLogs`. */
export interface AccessLogsProps {
  readonly distributionArn: string;
  readonly bucket: s3.IBucket;
  /** Why query strings are logged; absent where they are not. */
  readonly queryStringsReason: string | undefined;
}

/**
 * Standard logging (v2) of a distribution: JSON in a bucket, below `AWSLogs/<account>/CloudFront/`.
 *
 * The bucket needs no access control list, unlike with the older logging, and may be encrypted with keys of Amazon
 * S3 or with KMS (CloudWatch Logs User Guide, "AWS-logs-infrastructure-V2-S3").
 */
export class AccessLogs extends Construct {
  constructor(
    scope: Construct,
    id: string,
    { distributionArn, bucket, queryStringsReason }: AccessLogsProps,
  ) {
    super(scope, id);
    const kind = LogKind.CLOUDFRONT_STANDARD;
    checkLogTarget(scope, { property: 'logBucket', bucket, kinds: [kind] });
    admitDelivery(this, bucket, { kind });

    const source = new logs.CfnDeliverySource(this, 'Source', {
      name: this.uniqueName('source'),
      logType: 'ACCESS_LOGS',
      resourceArn: distributionArn,
    });
    const destination = new logs.CfnDeliveryDestination(this, 'Destination', {
      name: this.uniqueName('bucket'),
      deliveryDestinationType: 'S3',
      destinationResourceArn: bucket.bucketArn,
      outputFormat: 'json',
    });
    const withQueries = queryStringsReason !== undefined;
    const delivery = new logs.CfnDelivery(this, 'Resource', {
      deliverySourceName: source.ref,
      deliveryDestinationArn: destination.attrArn,
      recordFields: [...ACCESS_LOG_FIELDS, ...(withQueries ? QUERY_FIELDS : [])],
      s3SuffixPath: '{DistributionId}/{yyyy}/{MM}/{dd}/{HH}',
      s3EnableHiveCompatiblePath: false,
    });
    if (bucket.policy !== undefined) delivery.node.addDependency(bucket.policy);
    if (withQueries) recordLoosening(delivery, 'queryStringsInLogs', queryStringsReason);
  }

  private uniqueName(end: string): string {
    const own = Names.uniqueResourceName(this, { maxLength: MAX_NAME - end.length - 1, separator: '-' });
    return `${own}-${end}`;
  }
}
