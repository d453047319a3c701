import { Stack, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { IConstruct } from 'constructs';
import { invalidProperty } from '../invalid-property';

/** What AWS Organizations gives: `DescribeOrganization` in its API reference. */
const ORGANIZATION_ID = /^o-[a-z0-9]{10,32}$/;
const ACCOUNT_ID = /^\d{12}$/;

/** The organisation whose accounts a trail records, all of them. */
export interface TrailOrganization {
  /** Its id: `o-a1b2c3d4e5`. */
  readonly organizationId: string;
  /**
   * The id of its management account, which owns the trail even where a delegated administrator makes it: policies of
   * bucket and key name the trail by it.
   *
   * @default - the account of the stack
   */
  readonly managementAccountId?: string;
}

/** Refuses ids that AWS Organizations would not give. */
export function checkOrganization(scope: IConstruct, organization: TrailOrganization): void {
  const { organizationId, managementAccountId } = organization;
  if (!Token.isUnresolved(organizationId) && !ORGANIZATION_ID.test(organizationId)) {
    throw invalidProperty(
      scope,
      `'organization.organizationId' must be o- and 10 to 32 lower-case letters and digits, got ${JSON.stringify(organizationId.slice(0, 80))}, copy it from aws organizations describe-organization`,
    );
  }
  if (managementAccountId === undefined || Token.isUnresolved(managementAccountId)) return;
  if (ACCOUNT_ID.test(managementAccountId)) return;
  throw invalidProperty(
    scope,
    `'organization.managementAccountId' must be the twelve digits of an account, got ${JSON.stringify(managementAccountId.slice(0, 80))}, copy it from aws organizations describe-organization`,
  );
}

/**
 * Lets the trail of an organisation write below the paths of the organisation and of its management account, beside that
 * of the account of the stack, where it writes once an account has left the organisation.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html
 */
export function admitOrganization(
  scope: IConstruct,
  bucket: s3.IBucket,
  trailArn: string,
  { organizationId, managementAccountId }: TrailOrganization,
): void {
  const { account } = Stack.of(scope);
  const isElsewhere = managementAccountId !== undefined && managementAccountId !== account;
  const owners = [organizationId, ...(isElsewhere ? [managementAccountId] : [])];
  bucket.addToResourcePolicy(
    new iam.PolicyStatement({
      principals: [new iam.ServicePrincipal('cloudtrail.amazonaws.com')],
      actions: ['s3:PutObject'],
      resources: owners.map((owner) => bucket.arnForObjects(`AWSLogs/${owner}/*`)),
      conditions: {
        ArnLike: { 'aws:SourceArn': trailArn },
        StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control' },
      },
    }),
  );
}
