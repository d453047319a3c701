import type { Cursor, Resource } from '../../template';
import { LOG_WRITERS, type LogWriter } from './log-writer';

/** A log that a resource says it writes, and the place that names the bucket. */
export interface LogSetting {
  /** The kinds that it may be: several where the template hides which. */
  readonly writers: readonly LogWriter[];
  /** The name, ARN or domain name of the bucket. */
  readonly bucket: Cursor;
  /** Set where it is known without being named. */
  readonly to?: Resource;
}

/** Resources of one type that write logs. */
interface LogSource {
  readonly type: string;
  readonly settings: (view: Cursor) => readonly LogSetting[];
}

/** Where templates say that something writes logs to a bucket. */
export const LOG_SOURCES: readonly LogSource[] = [
  { type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', settings: loadBalancer },
  {
    type: 'AWS::ElasticLoadBalancing::LoadBalancer',
    settings: (view) => {
      const policy = view.at('AccessLoggingPolicy');
      return isOff(policy.at('Enabled')) ? [] : named(LOG_WRITERS.classicAccess, policy.at('S3BucketName'));
    },
  },
  { type: 'AWS::S3::Bucket', settings: bucket },
  {
    type: 'AWS::CloudFront::Distribution',
    settings: (view) =>
      named(LOG_WRITERS.distributionLegacy, view.at('DistributionConfig', 'Logging', 'Bucket')),
  },
  {
    type: 'AWS::Logs::DeliveryDestination',
    settings: (view) => named(LOG_WRITERS.delivered, view.at('DestinationResourceArn')),
  },
  {
    type: 'AWS::EC2::FlowLog',
    settings: (view) => named(LOG_WRITERS.flow, view.at('LogDestination')),
  },
  {
    type: 'AWS::WAFv2::LoggingConfiguration',
    settings: (view) =>
      view
        .at('LogDestinationConfigs')
        .items()
        .flatMap((item) => named(LOG_WRITERS.webAcl, item)),
  },
  {
    type: 'AWS::Route53Resolver::ResolverQueryLoggingConfig',
    settings: (view) => named(LOG_WRITERS.resolverQuery, view.at('DestinationArn')),
  },
  {
    type: 'AWS::NetworkFirewall::LoggingConfiguration',
    settings: (view) =>
      view
        .at('LoggingConfiguration', 'LogDestinationConfigs')
        .items()
        .flatMap((item) => named(LOG_WRITERS.networkFirewall, item.at('LogDestination', 'bucketName'))),
  },
  {
    type: 'AWS::VpcLattice::AccessLogSubscription',
    settings: (view) => named(LOG_WRITERS.latticeAccess, view.at('DestinationArn')),
  },
  {
    type: 'AWS::CloudTrail::Trail',
    settings: (view) => named(LOG_WRITERS.trail, view.at('S3BucketName')),
  },
  {
    type: 'AWS::Config::DeliveryChannel',
    settings: (view) => named(LOG_WRITERS.configuration, view.at('S3BucketName')),
  },
];

function named(writer: LogWriter, bucket: Cursor): readonly LogSetting[] {
  return bucket.isPresent ? [{ writers: [writer], bucket }] : [];
}

/** What stands before `.s3.bucket` and `.s3.enabled`, and what it logs. */
const APPLICATION_LOGS: Readonly<Record<string, LogWriter>> = {
  access_logs: LOG_WRITERS.applicationAccess,
  connection_logs: LOG_WRITERS.applicationConnection,
  health_check_logs: LOG_WRITERS.applicationHealthCheck,
};

/** An attribute that is given twice counts twice: the API refuses it, and no order is documented. */
function loadBalancer(view: Cursor): readonly LogSetting[] {
  const attributes = view.at('LoadBalancerAttributes').items();
  const type = view.at('Type').string();
  return Object.entries(APPLICATION_LOGS).flatMap(([log, application]) => {
    const switches = attributes.filter((item) => isText(item.at('Key'), `${log}.s3.enabled`));
    // Without the switch nothing is logged.
    if (switches.every((item) => isOff(item.at('Value')))) return [];
    const network = log === 'access_logs' ? [LOG_WRITERS.networkAccess] : [];
    const writers =
      type.state === 'unresolved'
        ? [application, ...network]
        : type.state === 'given' && type.value === 'network'
          ? network
          : [application];
    return attributes
      .filter((item) => isText(item.at('Key'), `${log}.s3.bucket`))
      .map((item) => ({ writers, bucket: item.at('Value') }));
  });
}

/** Without a destination, a bucket logs to itself. */
function bucket(view: Cursor): readonly LogSetting[] {
  const logging = view.at('LoggingConfiguration');
  if (!logging.isPresent) return [];
  const destination = logging.at('DestinationBucketName');
  return destination.isPresent
    ? named(LOG_WRITERS.serverAccess, destination)
    : [{ writers: [LOG_WRITERS.serverAccess], bucket: logging, to: view.resource }];
}

function isText(place: Cursor, wanted: string): boolean {
  const reading = place.string();
  return reading.state === 'given' && reading.value === wanted;
}

function isOff(place: Cursor): boolean {
  const reading = place.boolean();
  return reading.state === 'given' && !reading.value;
}
