import { ArnFormat, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { countedAlarm } from '../counted-alarm';
import { admitLogGroups } from '../log-store';
import type { IEncryptedTopic } from '../messaging';
import { BELOW_TLS_12_COLUMNS } from './queries';
import { type QueryResults, RESULTS } from './query-results';

const RUNBOOK = 'docs/runbooks/old-tls-clients.md';
/** Athena stops a query after 30 minutes by default; twice that is no search any more. */
const LONGEST_SECONDS = 3600;

/**
 * What a result without rows has: its first line, the names of its columns between quotes.
 *
 * @see https://docs.aws.amazon.com/athena/latest/ug/querying-finding-output-files.html
 */
const EMPTY_BYTES = `${BELOW_TLS_12_COLUMNS.map((column) => `"${column}"`).join(',')}\n`.length;

/** Properties of `OldTlsReport`. */
export interface OldTlsReportProps {
  readonly results: QueryResults;
  readonly databaseName: string;
  /** The text of the query. */
  readonly query: string;
  readonly days: number;
  readonly topic: IEncryptedTopic;
  readonly schedule: events.Schedule;
  readonly grantQuery: (grantee: iam.IGrantable) => iam.Grant;
}

/**
 * Runs the query on a schedule, leaves its result in the bucket of results, and tells a topic where it is when there are
 * old clients in it.
 *
 * Whether there are is told by the size of the result: no address and no name gets into the history of the state
 * machine, its log, or a message.
 */
export class OldTlsReport extends Construct {
  /** Searches, and tells the topic. */
  readonly stateMachine: sfn.CfnStateMachine;
  /** Goes off when a search failed or took too long. */
  readonly alarm: cloudwatch.Alarm;

  constructor(scope: Construct, id: string, props: OldTlsReportProps) {
    super(scope, id);
    const { topic, results } = props;
    const log = new logs.LogGroup(this, 'Log', {
      encryptionKey: results.encryptionKey,
      retention: logs.RetentionDays.THIRTEEN_MONTHS,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    admitLogGroups(this, results.encryptionKey);
    const role = this.createRole();
    props.grantQuery(role);
    topic.grantPublish(role);
    this.stateMachine = new sfn.CfnStateMachine(this, 'Resource', {
      roleArn: role.roleArn,
      stateMachineType: 'STANDARD',
      definition: this.definition(props),
      tracingConfiguration: { enabled: true },
      loggingConfiguration: {
        level: 'ALL',
        includeExecutionData: false,
        destinations: [{ cloudWatchLogsLogGroup: { logGroupArn: log.logGroupArn } }],
      },
    });
    // Step Functions tries the role out when it is told of it.
    this.stateMachine.node.addDependency(role);
    this.startOn(props.schedule);
    this.alarm = this.tellFailures(topic);
  }

  private definition({ results, databaseName, query, days, topic }: OldTlsReportProps) {
    const { bucketName } = results.bucket;
    return {
      Comment: `Searches logs for clients below TLS 1.2, and says where they are listed. Runbook: ${RUNBOOK}`,
      TimeoutSeconds: LONGEST_SECONDS,
      StartAt: 'Search',
      States: {
        Search: {
          Type: 'Task',
          Resource: this.integration('athena:startQueryExecution.sync'),
          Parameters: {
            QueryString: query,
            WorkGroup: results.workGroup.ref,
            QueryExecutionContext: { Database: databaseName },
          },
          ResultSelector: { 'id.$': '$.QueryExecution.QueryExecutionId' },
          ResultPath: '$.search',
          Retry: [
            {
              ErrorEquals: ['Athena.TooManyRequestsException', 'Athena.InternalServerException'],
              IntervalSeconds: 60,
              BackoffRate: 2,
              MaxAttempts: 3,
            },
          ],
          Next: 'Measure',
        },
        Measure: {
          Type: 'Task',
          Resource: this.integration('aws-sdk:s3:headObject'),
          Parameters: {
            Bucket: bucketName,
            'Key.$': `States.Format('${RESULTS}{}.csv', $.search.id)`,
            ExpectedBucketOwner: Stack.of(this).account,
          },
          ResultSelector: { 'bytes.$': '$.ContentLength' },
          ResultPath: '$.result',
          Next: 'AnyClients',
        },
        AnyClients: {
          Type: 'Choice',
          Choices: [{ Variable: '$.result.bytes', NumericGreaterThan: EMPTY_BYTES, Next: 'Tell' }],
          Default: 'NoClients',
        },
        Tell: {
          Type: 'Task',
          Resource: this.integration('sns:publish'),
          Parameters: {
            TopicArn: topic.topicArn,
            Subject: 'Clients below TLS 1.2',
            'Message.$': `States.Format('In the last ${days} days clients connected below TLS 1.2, or in clear. They are listed in s3://{}/${RESULTS}{}.csv. Runbook: ${RUNBOOK}', '${bucketName}', $.search.id)`,
          },
          End: true,
        },
        NoClients: { Type: 'Succeed' },
      },
    };
  }

  private integration(resource: string): string {
    return Stack.of(this).formatArn({
      service: 'states',
      region: '',
      account: '',
      resource,
      arnFormat: ArnFormat.NO_RESOURCE_NAME,
    });
  }

  private createRole(): iam.Role {
    const stack = Stack.of(this);
    const stateMachines = stack.formatArn({
      service: 'states',
      resource: 'stateMachine:*',
      arnFormat: ArnFormat.NO_RESOURCE_NAME,
    });
    const role = new iam.Role(this, 'Role', {
      description: 'Searches logs for clients of old TLS',
      assumedBy: new iam.ServicePrincipal('states.amazonaws.com', {
        conditions: {
          StringEquals: { 'aws:SourceAccount': stack.account },
          ArnLike: { 'aws:SourceArn': stateMachines },
        },
      }),
    });
    // None of them can be limited to a log group, or a trace.
    // https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html
    // https://docs.aws.amazon.com/step-functions/latest/dg/xray-iam.html
    role.addToPolicy(
      new iam.PolicyStatement({
        actions: [
          'logs:CreateLogDelivery',
          'logs:DeleteLogDelivery',
          'logs:DescribeLogGroups',
          'logs:DescribeResourcePolicies',
          'logs:GetLogDelivery',
          'logs:ListLogDeliveries',
          'logs:PutResourcePolicy',
          'logs:UpdateLogDelivery',
          'xray:GetSamplingRules',
          'xray:GetSamplingTargets',
          'xray:PutTelemetryRecords',
          'xray:PutTraceSegments',
        ],
        resources: ['*'],
      }),
    );
    return role;
  }

  private startOn(schedule: events.Schedule): void {
    const role = new iam.Role(this, 'StartRole', {
      description: 'Starts the search for clients of old TLS',
      assumedBy: new iam.ServicePrincipal('events.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    });
    const arn = this.stateMachine.attrArn;
    role.addToPolicy(new iam.PolicyStatement({ actions: ['states:StartExecution'], resources: [arn] }));
    new events.Rule(this, 'Schedule', {
      description: 'Starts the search for clients of old TLS',
      schedule,
      targets: [{ bind: () => ({ arn, role }) }],
    });
  }

  private tellFailures({ topic }: IEncryptedTopic): cloudwatch.Alarm {
    const metric = (metricName: string) =>
      new cloudwatch.Metric({
        namespace: 'AWS/States',
        metricName,
        dimensionsMap: { StateMachineArn: this.stateMachine.attrArn },
        statistic: cloudwatch.Stats.SUM,
        period: Duration.hours(1),
      });
    return countedAlarm(this, 'Alarm', topic, {
      alarmDescription: `The search for clients of old TLS failed: nobody knows whether there are any. Runbook: ${RUNBOOK}`,
      metric: new cloudwatch.MathExpression({
        label: 'Searches that failed',
        expression: 'FILL(failed, 0) + FILL(timedOut, 0) + FILL(aborted, 0)',
        usingMetrics: {
          failed: metric('ExecutionsFailed'),
          timedOut: metric('ExecutionsTimedOut'),
          aborted: metric('ExecutionsAborted'),
        },
        period: Duration.hours(1),
      }),
      threshold: 1,
    });
  }
}
