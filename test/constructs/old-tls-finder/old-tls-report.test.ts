import { type App, Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as events from 'aws-cdk-lib/aws-events';
import { AlarmTopic } from '../../../lib/constructs/messaging';
import { OldTlsFinder, type OldTlsReportOptions } from '../../../lib/constructs/old-tls-finder';
import { synthesised } from '../../checks/synthesised';
import { allPacks } from '../judged';
import { FLAGS, resourcesOf } from '../support';
import { deployed, emptyStack, finderIn, sampleSources } from './finder';
import { type GlueTable, LogLake, type Row } from './log-lake';
import { type Definition, run, type Task } from './state-machine';

function reported(options?: OldTlsReportOptions): Stack {
  const stack = emptyStack();
  finderIn(stack).finder.reportTo(new AlarmTopic(stack, 'Alarms'), options);
  return stack;
}

const stack = reported();
const [machine] = deployed(stack, 'AWS::StepFunctions::StateMachine');
const definition = machine?.Definition as Definition;
const ID = '11111111-2222-3333-4444-555555555555';

/** As Athena writes a result: a line of names, and one for each row, every value between quotes. */
function csvOf(names: readonly string[], rows: readonly Row[]): string {
  const line = (values: readonly unknown[]) =>
    `${values.map((value) => `"${String(value ?? '')}"`).join(',')}\n`;
  return [line(names), ...rows.map((row) => line(names.map((name) => row[name])))].join('');
}

/** The services that the state machine calls, with a result of so many bytes. */
function services(bytes: number) {
  const calls: Record<string, Record<string, unknown>> = {};
  const task: Task = (resource, input) => {
    calls[resource] = input;
    switch (resource) {
      case 'arn:aws:states:::athena:startQueryExecution.sync':
        return { QueryExecution: { QueryExecutionId: ID, Query: input.QueryString } };
      case 'arn:aws:states:::aws-sdk:s3:headObject':
        return { ContentLength: bytes, ContentType: 'application/octet-stream' };
      case 'arn:aws:states:::sns:publish':
        return { MessageId: '1' };
      default:
        throw new Error(`unknown integration ${resource}`);
    }
  };
  return { calls, task };
}

describe('a report', () => {
  let lake: LogLake;
  beforeAll(async () => {
    lake = await LogLake.of(
      deployed(stack, 'AWS::Glue::Table').map(({ TableInput }) => TableInput as GlueTable),
    );
  });
  afterAll(() => lake.close());
  const query = String(
    deployed(stack, 'AWS::Athena::NamedQuery').find(({ Name }) => Name === 'below-tls-1-2')?.QueryString,
  );
  const result = async (text: string) => {
    const rows = await lake.query(text);
    // An empty result still has its columns.
    const names = Object.keys((await lake.query(query))[0] ?? {});
    return csvOf(names, rows);
  };

  test('tells the topic where old clients are listed, and none of their names', async () => {
    const { calls, task } = services((await result(query)).length);
    expect(run(definition, task)).toEqual(['Search', 'Measure', 'AnyClients', 'Tell']);
    expect(calls['arn:aws:states:::sns:publish']).toEqual({
      TopicArn: expect.stringMatching(/^<Alarms/),
      Subject: 'Clients below TLS 1.2',
      Message: expect.stringMatching(
        /^In the last 7 days clients connected below TLS 1\.2, or in clear\. They are listed in s3:\/\/<FinderResults\w+>\/results\/11111111-2222-3333-4444-555555555555\.csv\. Runbook: docs\/runbooks\/old-tls-clients\.md$/,
      ),
    });
  });

  test('tells nobody anything where there are none', async () => {
    const { calls, task } = services((await result(query.replace('LIMIT 10000', 'LIMIT 0'))).length);
    expect(run(definition, task)).toEqual(['Search', 'Measure', 'AnyClients', 'NoClients']);
    expect(Object.keys(calls)).not.toContain('arn:aws:states:::sns:publish');
  });

  test('is about one client, too', async () => {
    const { task } = services((await result(query.replace('LIMIT 10000', 'LIMIT 1'))).length);
    expect(run(definition, task)).toContain('Tell');
  });

  test('searches with the saved query, in the workgroup, and looks at its own result', () => {
    const { calls, task } = services(0);
    run(definition, task);
    expect(calls['arn:aws:states:::athena:startQueryExecution.sync']).toEqual({
      QueryString: query,
      WorkGroup: expect.stringMatching(/^<FinderResultsWorkGroup/),
      QueryExecutionContext: { Database: expect.stringMatching(/^stack_finder_/) },
    });
    expect(calls['arn:aws:states:::aws-sdk:s3:headObject']).toEqual({
      Bucket: expect.stringMatching(/^<FinderResults/),
      Key: `results/${ID}.csv`,
      ExpectedBucketOwner: '111122223333',
    });
  });
});

test('a search that fails is not caught, so that the alarm sees it', () => {
  for (const state of Object.values(definition.States)) expect(state).not.toHaveProperty('Catch');
  expect(definition.TimeoutSeconds).toBe(3600);
  Template.fromStack(stack).hasResourceProperties('AWS::CloudWatch::Alarm', {
    Threshold: 1,
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    TreatMissingData: 'notBreaching',
    AlarmActions: [{ Ref: Object.keys(resourcesOf(stack, 'AWS::SNS::Topic'))[0] }],
  });
  const [alarm] = deployed(stack, 'AWS::CloudWatch::Alarm');
  expect(JSON.stringify(alarm)).toMatch(/ExecutionsFailed.*ExecutionsTimedOut.*ExecutionsAborted/);
  expect(alarm?.AlarmDescription).toMatch(/Runbook: docs\/runbooks\/old-tls-clients\.md$/);
});

test('the state machine logs every step, without what passes through it, and traces', () => {
  expect(machine).toMatchObject({
    StateMachineType: 'STANDARD',
    TracingConfiguration: { Enabled: true },
    LoggingConfiguration: { Level: 'ALL', IncludeExecutionData: false },
  });
  const [log] = deployed(stack, 'AWS::Logs::LogGroup');
  expect(log).toMatchObject({ KmsKeyId: expect.stringContaining('ResultsKey'), RetentionInDays: 400 });
});

test('only Step Functions on behalf of this account may take the role that searches', () => {
  const [trust] = deployed(stack, 'AWS::IAM::Role')
    .map(
      ({ AssumeRolePolicyDocument }) =>
        AssumeRolePolicyDocument as { Statement: { Principal: unknown; Condition: unknown }[] },
    )
    .filter((document) => JSON.stringify(document).includes('states.amazonaws.com'));
  expect(trust?.Statement).toEqual([
    expect.objectContaining({
      Principal: { Service: 'states.amazonaws.com' },
      Condition: {
        StringEquals: { 'aws:SourceAccount': '111122223333' },
        ArnLike: { 'aws:SourceArn': 'arn:aws:states:eu-west-1:111122223333:stateMachine:*' },
      },
    }),
  ]);
});

test('it searches on Monday mornings, or when it is told to', () => {
  const scheduleOf = (of: Stack) =>
    deployed(of, 'AWS::Events::Rule').map(({ ScheduleExpression }) => ScheduleExpression);
  expect(scheduleOf(stack)).toEqual(['cron(0 6 ? * MON *)']);
  expect(scheduleOf(reported({ schedule: events.Schedule.rate(Duration.days(1)) }))).toEqual(['rate(1 day)']);
});

test('a week that is not looked at as a whole is refused', () => {
  const other = emptyStack();
  const { finder } = finderIn(other, { ...sampleSources(other), lookBack: Duration.days(3) });
  const topic = new AlarmTopic(other, 'Alarms');
  expect(() => finder.reportTo(topic)).toThrow(
    "Stack/Finder: 'lookBack' must be at least 7 days for a report each week, got 3, raise it or give a schedule",
  );
  expect(() => finder.reportTo(topic, { schedule: events.Schedule.rate(Duration.days(1)) })).not.toThrow();
});

test('of all packs only one rule cannot be met: logs and traces of Step Functions need permissions on everything', () => {
  const { findings } = synthesised(
    (app: App) => {
      const own = new Stack(app, 'Stack', { env: { region: 'eu-west-1' } });
      new OldTlsFinder(own, 'Finder', sampleSources(own)).reportTo(new AlarmTopic(own, 'Alarms'));
    },
    allPacks,
    { context: FLAGS },
  );
  // Only the account knows what its results hold, and whether copies of logs are worth a backup.
  const ours = findings.filter(
    ({ rule, constructPath }) =>
      constructPath.startsWith('Stack/Finder/') && !/DataStoreIsClassified|StoreIsInBackupPlan/.test(rule),
  );
  expect(
    new Set(
      ours.map(
        ({ severity, rule, constructPath }) => `${severity} ${rule.replace(/\[.*/, '')} ${constructPath}`,
      ),
    ),
  ).toEqual(new Set(['error AwsSolutions-IAM5 Stack/Finder/Report/Role/DefaultPolicy/Resource']));
});
