import * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';

/** A query of CloudWatch Logs Insights. */
interface ApiQuery {
  readonly id: string;
  readonly title: string;
  readonly text: string;
}

/** What Logs Insights gives at most. */
const MOST_ROWS = 10_000;

/** Over the fields that `PrivateApi` and `PartnerApi` log, as JSON, of each request (`API_ACCESS_LOG_FIELDS`). */
const API_QUERIES: readonly ApiQuery[] = [
  {
    id: 'ApisBelowTls12',
    title: 'below TLS 1.2',
    text: [
      'filter ispresent(tlsVersion) and tlsVersion not in ["TLSv1.2", "TLSv1.3", "-"]',
      '| stats count(*) as requests, latest(requestTime) as lastRequest by domainName, tlsVersion, cipherSuite, sourceIp, userArn',
      '| sort requests desc',
      `| limit ${MOST_ROWS}`,
    ].join('\n'),
  },
  {
    id: 'ApisTls13Readiness',
    title: 'share of TLS 1.3',
    text: [
      'filter ispresent(tlsVersion) and tlsVersion != "-"',
      '| stats count(*) as requests, count_distinct(sourceIp) as clients by domainName, tlsVersion',
      '| sort domainName asc, tlsVersion asc',
      `| limit ${MOST_ROWS}`,
    ].join('\n'),
  },
];

/**
 * Saves the queries over access logs of APIs, which API Gateway writes to CloudWatch Logs and not to Amazon S3. The time
 * they look at is chosen where they are run.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax.html
 */
export function saveApiQueries(scope: Construct, name: string, logGroups: readonly logs.ILogGroup[]): void {
  for (const { id, title, text } of API_QUERIES) {
    new logs.CfnQueryDefinition(scope, id, {
      name: `${name}/APIs: ${title}`,
      queryString: text,
      logGroupNames: logGroups.map(({ logGroupName }) => logGroupName),
    });
  }
}
