import { Stack } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import { RegionInfo } from 'aws-cdk-lib/region-info';
import type { IConstruct } from 'constructs';
import { byCodeUnit } from '../../../core/order';
import { LogKind } from '../../log-store';
import {
  checkBuckets,
  checkDistributions,
  checkOrganization,
  type LocationDefaults,
  type LogLocation,
  type ResolvedLocation,
  resolveLocation,
} from '../log-location';
import type { OldTlsFinderProps } from '../old-tls-finder-props';
import { cloudFrontSource } from './cloudfront';
import { cloudTrailSource } from './cloudtrail';
import { albAccessSource, albConnectionSource, nlbSource } from './load-balancer';
import type { LogSource } from './log-source';
import { s3AccessSource } from './s3-access';

/** A log that is searched, and how somebody is let read it. */
export interface GivenSource {
  /** The end of the construct's id. */
  readonly id: string;
  readonly source: LogSource;
  readonly grantRead: (grantee: iam.IGrantable) => iam.Grant;
}

const ALB_KINDS = [LogKind.ALB_CONNECTION, LogKind.ALB_ACCESS] as const;

/** The logs that are given, in the order in which results name them. */
export function sourcesOf(scope: IConstruct, props: OldTlsFinderProps): readonly GivenSource[] {
  const { account, region } = Stack.of(scope);
  const defaults = { account, regions: [region], prefix: '' };
  const given: GivenSource[] = [];
  const add = (
    id: string,
    location: LogLocation | undefined,
    more: Pick<LocationDefaults, 'property' | 'kinds'> & { readonly prefix?: string },
    source: (resolved: ResolvedLocation) => LogSource,
  ) => {
    if (location === undefined) return;
    const resolved = resolveLocation(scope, location, { ...defaults, ...more });
    given.push({ id, source: source(resolved), grantRead: (grantee) => readLogs(resolved, grantee) });
  };

  const { cloudTrail, cloudFront, s3Requests } = props;
  if (cloudTrail !== undefined) {
    const { trail, organizationId } = cloudTrail;
    if (organizationId !== undefined) checkOrganization(scope, 'cloudTrail', organizationId);
    const resolved = resolveLocation(
      scope,
      { ...cloudTrail, bucket: trail.bucket, encryptionKey: trail.encryptionKey },
      { ...defaults, property: 'cloudTrail', kinds: [LogKind.CLOUDTRAIL], regions: recordedRegions() },
    );
    given.push({
      id: 'CloudTrail',
      source: cloudTrailSource(resolved, organizationId),
      grantRead: (grantee) => trail.grantRead(grantee),
    });
  }
  const connections = { property: 'albConnections', kinds: ALB_KINDS, prefix: 'connections' };
  add('AlbConnections', props.albConnections, connections, albConnectionSource);
  const requests = { property: 'albRequests', kinds: ALB_KINDS, prefix: 'access' };
  add('AlbRequests', props.albRequests, requests, albAccessSource);
  const network = { property: 'nlbConnections', kinds: [LogKind.NLB_ACCESS], prefix: 'access' } as const;
  add('NlbConnections', props.nlbConnections, network, nlbSource);
  add(
    'CloudFrontRequests',
    cloudFront,
    { property: 'cloudFront', kinds: [LogKind.CLOUDFRONT_STANDARD] },
    (resolved) => {
      const ids = cloudFront?.distributionIds ?? [];
      checkDistributions(scope, 'cloudFront', ids);
      return cloudFrontSource(resolved, ids);
    },
  );
  add('S3Requests', s3Requests, { property: 's3Requests', kinds: [LogKind.S3_SERVER_ACCESS] }, (resolved) => {
    const names = s3Requests?.sourceBuckets ?? [];
    checkBuckets(scope, 's3Requests', names);
    return s3AccessSource(resolved, names);
  });
  return given;
}

function readLogs({ bucket, encryptionKey, prefix }: ResolvedLocation, grantee: iam.IGrantable): iam.Grant {
  const grant = bucket.grantRead(grantee, `${prefix}*`);
  // A bucket that knows its key grants that itself.
  if (encryptionKey === undefined || bucket.encryptionKey !== undefined) return grant;
  return grant.combine(encryptionKey.grantDecrypt(grantee));
}

/** The regions that a trail of all regions records in, by the partition `aws`. */
function recordedRegions(): readonly string[] {
  return RegionInfo.regions
    .filter(({ partition }) => partition === 'aws')
    .map(({ name }) => name)
    .sort(byCodeUnit);
}
