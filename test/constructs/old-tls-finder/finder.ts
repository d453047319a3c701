import { App, Aws, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { AuditTrail } from '../../../lib/constructs/audit-trail';
import { OldTlsFinder, type OldTlsFinderProps } from '../../../lib/constructs/old-tls-finder';
import { FLAGS } from '../support';

export const ACCOUNT = '111122223333';
export const REGION = 'eu-west-1';

/** The logs of `test/_fixtures/logs`. */
export function sampleSources(stack: Stack): OldTlsFinderProps {
  const bucket = (name: string) => s3.Bucket.fromBucketName(stack, name, name);
  const edge = bucket('edge-logs-of-example');
  return {
    cloudTrail: {
      trail: AuditTrail.fromAuditTrailAttributes(stack, 'Trail', {
        trailArn: `arn:aws:cloudtrail:${REGION}:${ACCOUNT}:trail/example`,
        bucket: bucket('trail-of-example'),
      }),
      accounts: [Aws.ACCOUNT_ID, '444455556666'],
      regions: [REGION, 'us-east-1'],
    },
    albConnections: { bucket: edge },
    albRequests: { bucket: edge },
    nlbConnections: { bucket: bucket('partner-logs-of-example') },
    cloudFront: { bucket: bucket('cdn-logs-of-example'), distributionIds: ['EDFDVBD6EXAMPLE'] },
    s3Requests: {
      bucket: bucket('server-access-of-example'),
      prefix: 'orders',
      sourceBuckets: ['orders-of-example'],
    },
    apiLogGroups: [logs.LogGroup.fromLogGroupName(stack, 'Api', '/apis/orders')],
  };
}

/** A finder in a stack that knows neither its account nor its region. */
export function finderIn(
  stack: Stack,
  props: OldTlsFinderProps = sampleSources(stack),
): { readonly stack: Stack; readonly finder: OldTlsFinder } {
  return { stack, finder: new OldTlsFinder(stack, 'Finder', props) };
}

/** An empty stack, under the flags of the baseline. */
export function emptyStack(): Stack {
  return new Stack(new App({ context: FLAGS }), 'Stack');
}

/** The resources of one type as CloudFormation would make them: references resolved, in the account of the samples. */
export function deployed(stack: Stack, type: string): readonly Record<string, unknown>[] {
  return Object.values(Template.fromStack(stack).findResources(type)).map(
    ({ Properties }) => resolved(Properties) as Record<string, unknown>,
  );
}

const PSEUDO: Readonly<Record<string, string>> = {
  'AWS::AccountId': ACCOUNT,
  'AWS::Region': REGION,
  'AWS::Partition': 'aws',
};

function resolved(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(resolved);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [first] = entries;
  if (entries.length === 1 && first !== undefined) {
    const [name, argument] = first;
    if (name === 'Ref') return PSEUDO[String(argument)] ?? `<${String(argument)}>`;
    if (name === 'Fn::GetAtt') return `<${(argument as string[]).join('.')}>`;
    if (name === 'Fn::Join') {
      const [separator, parts] = argument as [string, unknown[]];
      return parts.map((part) => String(resolved(part))).join(separator);
    }
  }
  return Object.fromEntries(entries.map(([name, part]) => [name, resolved(part)]));
}
