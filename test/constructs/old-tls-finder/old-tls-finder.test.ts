import { App, CfnParameter, Duration, Size, Stack, Token } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { RegionInfo } from 'aws-cdk-lib/region-info';
import { API_ACCESS_LOG_FIELDS } from '../../../lib/constructs/api/access-log';
import { AuditTrail } from '../../../lib/constructs/audit-trail';
import { LogBucket, LogKind } from '../../../lib/constructs/log-store';
import { OldTlsFinder, type OldTlsFinderProps } from '../../../lib/constructs/old-tls-finder';
import { synthesised } from '../../checks/synthesised';
import { allPacks } from '../judged';
import { FLAGS, resourcesOf } from '../support';
import { deployed, emptyStack, finderIn, sampleSources } from './finder';
import type { GlueTable } from './log-lake';

const bucketIn = (stack: Stack, name = 'edge-logs-of-example') => s3.Bucket.fromBucketName(stack, name, name);
const oneLog = (stack: Stack): OldTlsFinderProps => ({ albConnections: { bucket: bucketIn(stack) } });

interface PolicyDocument {
  readonly Statement: readonly { readonly Action: string | string[]; readonly Resource: unknown }[];
}

describe('results', () => {
  const { stack } = finderIn(emptyStack());
  const [workGroup] = deployed(stack, 'AWS::Athena::WorkGroup');

  test('are encrypted with a key of the account, whatever a client asks for', () => {
    expect(workGroup).toMatchObject({
      State: 'ENABLED',
      WorkGroupConfiguration: {
        EnforceWorkGroupConfiguration: true,
        RequesterPaysEnabled: false,
        EngineVersion: { SelectedEngineVersion: 'Athena engine version 3' },
        ResultConfiguration: {
          ExpectedBucketOwner: '111122223333',
          EncryptionConfiguration: {
            EncryptionOption: 'SSE_KMS',
            KmsKey: expect.stringContaining('ResultsKey'),
          },
          OutputLocation: expect.stringMatching(/^s3:\/\/<FinderResults\w+>\/results\/$/),
        },
      },
    });
  });

  test('lie in a private bucket that takes TLS 1.2 or newer, and forgets them after two weeks', () => {
    Template.fromStack(stack).hasResource('AWS::S3::Bucket', {
      DeletionPolicy: 'Retain',
      Properties: {
        BucketEncryption: {
          ServerSideEncryptionConfiguration: Match.arrayWith([
            Match.objectLike({
              ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: Match.anyValue() },
            }),
          ]),
        },
        LifecycleConfiguration: {
          Rules: [
            {
              Id: 'Results',
              Status: 'Enabled',
              ExpirationInDays: 14,
              NoncurrentVersionExpiration: { NoncurrentDays: 1 },
              AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
            },
          ],
        },
        LoggingConfiguration: {
          LogFilePrefix: 'Stack/Finder/Results/',
          TargetObjectKeyFormat: { PartitionedPrefix: { PartitionDateSource: 'EventTime' } },
        },
      },
    });
    expect(JSON.stringify(resourcesOf(stack, 'AWS::S3::BucketPolicy'))).toContain('"s3:TlsVersion":1.2');
  });

  test('may be kept for as long, encrypted with a key, logged in a bucket and named as somebody wants', () => {
    const other = emptyStack();
    const { finder } = finderIn(other, {
      ...oneLog(other),
      resultRetention: Duration.days(30),
      lookBack: Duration.days(28),
      bytesScannedCutoff: Size.gibibytes(1),
      encryptionKey: kms.Key.fromKeyArn(other, 'Key', 'arn:aws:kms:eu-west-1:111122223333:key/1'),
      serverAccessLogBucket: new LogBucket(other, 'Access', { kind: LogKind.S3_SERVER_ACCESS }).bucket,
      databaseName: 'old_tls',
      workGroupName: 'old-tls',
    });
    const template = Template.fromStack(other);
    template.resourceCountIs('AWS::KMS::Key', 0);
    template.resourceCountIs('AWS::S3::Bucket', 2);
    template.hasResourceProperties('AWS::Athena::WorkGroup', {
      Name: 'old-tls',
      WorkGroupConfiguration: { BytesScannedCutoffPerQuery: 1_073_741_824 },
    });
    template.hasResourceProperties('AWS::Glue::Database', { DatabaseInput: { Name: 'old_tls' } });
    template.hasResourceProperties('AWS::S3::Bucket', {
      LifecycleConfiguration: { Rules: [Match.objectLike({ ExpirationInDays: 30 })] },
    });
    for (const { QueryString } of deployed(other, 'AWS::Athena::NamedQuery')) {
      expect(QueryString).toContain("interval '28' day");
    }
    expect([...finder.queries.keys()]).toContain('tls-1-3-readiness');
  });

  test('cost no more than half a dollar a query by default: 100 GiB', () => {
    expect(workGroup).toMatchObject({
      WorkGroupConfiguration: { BytesScannedCutoffPerQuery: 107_374_182_400 },
    });
  });
});

test('queries are saved in the workgroup, over the database', () => {
  const { stack } = finderIn(emptyStack());
  for (const query of Object.values(resourcesOf(stack, 'AWS::Athena::NamedQuery'))) {
    expect(query.Properties).toMatchObject({
      Database: { Ref: expect.stringContaining('FinderDatabase') },
      WorkGroup: { Ref: expect.stringContaining('FinderResultsWorkGroup') },
    });
  }
});

test('a trail is searched in every region of AWS that the CDK knows, unless some are named', () => {
  const stack = emptyStack();
  finderIn(stack, { cloudTrail: { trail: new AuditTrail(stack, 'Trail') } });
  const [table] = deployed(stack, 'AWS::Glue::Table').map(({ TableInput }) => TableInput as GlueTable);
  const regions = table?.Parameters['projection.region.values']?.split(',') ?? [];
  const known = RegionInfo.regions.filter(({ partition }) => partition === 'aws').map(({ name }) => name);
  expect(regions).toEqual([...known].sort());
  expect(regions).toContain('us-east-1');
  expect(regions.length).toBeGreaterThan(25);
});

test('a bucket for logs is a place of logs as it is', () => {
  const stack = emptyStack();
  finderIn(stack, { nlbConnections: new LogBucket(stack, 'Logs', { kind: LogKind.NLB_ACCESS }) });
  expect(deployed(stack, 'AWS::Glue::Table')).toHaveLength(1);
});

describe('access logs of APIs', () => {
  const { stack } = finderIn(emptyStack());
  const queries = deployed(stack, 'AWS::Logs::QueryDefinition');

  test('have queries of Logs Insights, since they are not in Amazon S3', () => {
    expect(queries.map(({ Name, LogGroupNames }) => [Name, LogGroupNames])).toEqual([
      [expect.stringMatching(/\/APIs: below TLS 1\.2$/), ['/apis/orders']],
      [expect.stringMatching(/\/APIs: share of TLS 1\.3$/), ['/apis/orders']],
    ]);
  });

  test('are asked for fields that the APIs of this package log, and nothing else', () => {
    const words =
      'filter ispresent and not in stats count as by sort asc desc limit latest count_distinct TLSv';
    const made = 'requests lastRequest clients';
    for (const { QueryString } of queries) {
      const names = String(QueryString).match(/[A-Za-z_]+/g) ?? [];
      const fields = names.filter((name) => !`${words} ${made}`.split(' ').includes(name));
      expect(fields).toContain('tlsVersion');
      expect(fields.filter((field) => !(field in API_ACCESS_LOG_FIELDS))).toEqual([]);
    }
  });

  test('have none where none are given', () => {
    const other = emptyStack();
    finderIn(other, oneLog(other));
    expect(deployed(other, 'AWS::Logs::QueryDefinition')).toEqual([]);
  });
});

describe('grantQuery', () => {
  const stack = emptyStack();
  const { finder } = finderIn(stack, {
    cloudTrail: { trail: new AuditTrail(stack, 'Trail', { auditors: [] }), regions: ['eu-west-1'] },
    albConnections: { bucket: bucketIn(stack) },
    s3Requests: {
      bucket: bucketIn(stack, 'server-access-of-example'),
      encryptionKey: kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:111122223333:key/2'),
      sourceBuckets: ['orders-of-example'],
    },
  });
  const role = new iam.Role(stack, 'Analyst', { assumedBy: new iam.AccountRootPrincipal() });
  finder.grantQuery(role);
  const statements = deployed(stack, 'AWS::IAM::Policy')
    .filter(({ Roles }) => JSON.stringify(Roles).includes('Analyst'))
    .flatMap(({ PolicyDocument }) => (PolicyDocument as PolicyDocument).Statement);
  const allowed = (action: string) =>
    statements
      .filter(({ Action }) => [Action].flat().includes(action))
      .flatMap(({ Resource }) => [Resource].flat());

  test('lets somebody run queries in this workgroup and no other', () => {
    expect(allowed('athena:StartQueryExecution')).toEqual([
      expect.stringMatching(/^arn:aws:athena:eu-west-1:111122223333:workgroup\/Stack-Finder-\w+$/),
    ]);
  });

  test('lets them read the tables of this database, and change none', () => {
    expect(allowed('glue:GetTable')).toEqual([
      'arn:aws:glue:eu-west-1:111122223333:catalog',
      expect.stringMatching(/:database\/stack_finder_\w+$/),
      expect.stringMatching(/:table\/stack_finder_\w+\/alb_connections$/),
      expect.stringMatching(/:table\/stack_finder_\w+\/cloudtrail$/),
      expect.stringMatching(/:table\/stack_finder_\w+\/s3_requests$/),
    ]);
    const actions = statements.flatMap(({ Action }) => [Action].flat());
    expect(actions.filter((action) => /Delete|Update|Create|Batch(?!Get)/.test(action))).toEqual([]);
  });

  test('lets them write and read results, and decrypt them', () => {
    expect(allowed('s3:PutObject')).toEqual([
      expect.stringMatching(/^<FinderResults\w+\.Arn>\/results\/\*$/),
    ]);
    expect(allowed('kms:GenerateDataKey')).toEqual([expect.stringMatching(/^<FinderResultsKey\w+\.Arn>$/)]);
  });

  test('lets them read the logs below their prefix, and decrypt them where the key is known', () => {
    expect(allowed('s3:GetObject*')).toEqual(
      expect.arrayContaining([
        'arn:aws:s3:::edge-logs-of-example/connections/*',
        'arn:aws:s3:::server-access-of-example/*',
      ]),
    );
    expect(allowed('kms:Decrypt')).toContain('arn:aws:kms:eu-west-1:111122223333:key/2');
  });

  test('makes them an auditor of a trail that names its auditors', () => {
    expect(JSON.stringify(resourcesOf(stack, 'AWS::KMS::Key'))).toMatch(/"AuditorsAloneDecrypt"/);
    const [key] = Object.values(resourcesOf(stack, 'AWS::KMS::Key')).filter((resource) =>
      JSON.stringify(resource).includes('AuditorsAloneDecrypt'),
    );
    expect(JSON.stringify(key)).toMatch(
      /"ArnNotLike":\{"aws:PrincipalArn":\[?\{"Fn::GetAtt":\["Analyst\w+","Arn"\]/,
    );
  });
});

test('the bytes that queries read can be watched', () => {
  const { stack, finder } = finderIn(emptyStack());
  expect(stack.resolve(finder.metricProcessedBytes({ period: Duration.days(1) }))).toMatchObject({
    namespace: 'AWS/Athena',
    metricName: 'ProcessedBytes',
    statistic: 'Sum',
    dimensions: {
      QueryState: 'SUCCEEDED',
      QueryType: 'DML',
      WorkGroup: expect.stringMatching(/^Stack-Finder-/),
    },
  });
});

describe('what no pack has to say about it', () => {
  const findings = (props: (stack: Stack) => OldTlsFinderProps, env?: { readonly region: string }) =>
    synthesised(
      (app) => {
        const stack = new Stack(app, 'Stack', { env });
        new OldTlsFinder(stack, 'Finder', props(stack));
      },
      allPacks,
      { context: FLAGS },
    ).findings;

  // Only the account knows what its results hold, and whether copies of logs are worth a backup.
  const OF_THE_ACCOUNT = ['PciDss401Checks-DataStoreIsClassified', 'PciDss401Checks-StoreIsInBackupPlan'];

  test.each([
    ['over all logs', sampleSources, { region: 'eu-west-1' }],
    ['over one, in any region', oneLog, undefined],
  ] as const)('%s: only what the account alone can answer', (_, props, env) => {
    const rules = findings(props, env).map(({ severity, rule }) => `${severity} ${rule}`);
    expect(rules.filter((rule) => rule.startsWith('error'))).toEqual([]);
    expect(rules.filter((rule) => !OF_THE_ACCOUNT.some((one) => rule.endsWith(one)))).toEqual([]);
  });
});

describe('what leads nowhere is refused:', () => {
  test.each<[string, (stack: Stack) => OldTlsFinderProps, string]>([
    [
      'no log',
      () => ({}),
      "at least one log in Amazon S3 must be given to be searched, got none, name 'cloudTrail' or 'albConnections'",
    ],
    [
      'a bucket for logs of another kind',
      (stack) => ({ nlbConnections: new LogBucket(stack, 'Logs', { kind: LogKind.ALB_ACCESS }) }),
      "'nlbConnections' must hold access logs of network load balancers, got a LogBucket for access logs of application load balancers, name the one that they are written to",
    ],
    [
      'a prefix with a slash at its end',
      (stack) => ({ albRequests: { bucket: bucketIn(stack), prefix: 'logs/' } }),
      `'albRequests.prefix' must be folder names of letters, digits and !-_.*'() without a slash at either end, got "logs/", leave it out for "access"`,
    ],
    [
      'a prefix that Athena would fill in',
      (stack) => ({ albConnections: { bucket: bucketIn(stack), prefix: '${day}' } }),
      '\'albConnections.prefix\' must be folder names of letters, digits and !-_.*\'() without a slash at either end, got "${day}", leave it out for "connections"',
    ],
    [
      'an account that is none',
      (stack) => ({ albConnections: { bucket: bucketIn(stack), accounts: ['1111,2222'] } }),
      '\'albConnections.accounts\' must be accounts of 12 digits, got "1111,2222", correct it',
    ],
    [
      'no region',
      (stack) => ({ albConnections: { bucket: bucketIn(stack), regions: [] } }),
      "'albConnections.regions' must name 1 to 100, since each is a folder more to look into for every day, got 0, name some",
    ],
    [
      'a region that is none',
      (stack) => ({ albConnections: { bucket: bucketIn(stack), regions: ['Ireland'] } }),
      `'albConnections.regions' must be regions such as "eu-west-1", got "Ireland", correct it`,
    ],
    [
      'an account twice',
      (stack) => ({
        albConnections: { bucket: bucketIn(stack), accounts: ['111122223333', '111122223333'] },
      }),
      `'albConnections.accounts' must name each once, got "111122223333" twice, or its logs are counted twice`,
    ],
    [
      'accounts that nobody knows at synthesis',
      (stack) => ({
        albConnections: {
          bucket: bucketIn(stack),
          accounts: new CfnParameter(stack, 'Accounts', { type: 'CommaDelimitedList' }).valueAsList,
        },
      }),
      "'albConnections.accounts' must be a literal list, since the table counts them up, got an unresolved value, read it from configuration",
    ],
    [
      'no distribution',
      (stack) => ({ cloudFront: { bucket: bucketIn(stack), distributionIds: [] } }),
      "'cloudFront.distributionIds' must name 1 to 100, since each is a folder more to look into for every day, got 0, name some",
    ],
    [
      'a distribution that is none',
      (stack) => ({ cloudFront: { bucket: bucketIn(stack), distributionIds: ['d111.cloudfront.net'] } }),
      `'cloudFront.distributionIds' must be ids such as "EDFDVBD6EXAMPLE", got "d111.cloudfront.net", correct it`,
    ],
    [
      'a source bucket that is none',
      (stack) => ({ s3Requests: { bucket: bucketIn(stack), sourceBuckets: ['Orders'] } }),
      '\'s3Requests.sourceBuckets\' must be names of buckets, got "Orders", correct it',
    ],
    [
      'an organisation that is none',
      (stack) => ({ cloudTrail: { trail: new AuditTrail(stack, 'Trail'), organizationId: 'example' } }),
      `'cloudTrail.organizationId' must be an id such as "o-exampleorgid", got "example", leave it out for the trail of one account`,
    ],
    [
      'half a day',
      (stack) => ({ ...oneLog(stack), lookBack: Duration.hours(12) }),
      "'lookBack' must last 1 to 90 whole days, got 12 hours, name such a number",
    ],
    [
      'results for ever',
      (stack) => ({ ...oneLog(stack), resultRetention: Duration.days(400) }),
      "'resultRetention' must last 1 to 90 whole days, got 400 days, name such a number",
    ],
    [
      'days that nobody knows at synthesis',
      (stack) => ({ ...oneLog(stack), lookBack: Duration.days(Token.asNumber({ Ref: 'Days' })) }),
      "'lookBack' must last 1 to 90 whole days, got an unresolved value, name such a number",
    ],
    [
      'less than Athena charges for',
      (stack) => ({ ...oneLog(stack), bytesScannedCutoff: Size.mebibytes(9) }),
      "'bytesScannedCutoff' must be at least 10000000 bytes, which Athena charges for any query, got 9437184, raise it",
    ],
    [
      'a name of a database with a dash',
      (stack) => ({ ...oneLog(stack), databaseName: 'old-tls' }),
      `'databaseName' must be a lower-case letter, then up to 127 lower-case letters, digits and '_', got "old-tls", leave it out to have one made`,
    ],
    [
      'a name of a workgroup with a space',
      (stack) => ({ ...oneLog(stack), workGroupName: 'old tls' }),
      `'workGroupName' must be 1 to 128 letters, digits, '.', '_' and '-', got "old tls", leave it out to have one made`,
    ],
    [
      'a name that nobody knows at synthesis',
      (stack) => ({ ...oneLog(stack), workGroupName: new CfnParameter(stack, 'Name').valueAsString }),
      "'workGroupName' must be 1 to 128 letters, digits, '.', '_' and '-', got an unresolved value, leave it out to have one made",
    ],
    [
      'a bucket for access logs that is for others',
      (stack) => ({
        ...oneLog(stack),
        serverAccessLogBucket: new LogBucket(stack, 'Logs', { kind: LogKind.VPC_FLOW }).bucket,
      }),
      "'serverAccessLogBucket' must be for server access logs of Amazon S3, got a LogBucket for flow logs of networks, make one of kind S3_SERVER_ACCESS",
    ],
    [
      'a key of AWS',
      (stack) => ({
        ...oneLog(stack),
        encryptionKey: kms.Alias.fromAliasName(stack, 'Alias', 'alias/aws/s3'),
      }),
      "'encryptionKey' must be a key of the account, whose policy says who may use it, got alias/aws/s3, name another or leave it out",
    ],
  ])('%s', (_, props, message) => {
    const stack = new Stack(new App(), 'Stack');
    const given = props(stack);
    expect(() => new OldTlsFinder(stack, 'Finder', given)).toThrow(message);
  });
});

test('prefix, accounts and ids may be known at deployment only', () => {
  const stack = emptyStack();
  const value = (id: string) => new CfnParameter(stack, id).valueAsString;
  finderIn(stack, {
    cloudFront: {
      bucket: bucketIn(stack),
      prefix: value('Prefix'),
      accounts: [value('Account')],
      distributionIds: [value('Distribution'), 'EDFDVBD6EXAMPLE'],
    },
  });
  const [table] = deployed(stack, 'AWS::Glue::Table').map(({ TableInput }) => TableInput as GlueTable);
  expect(table?.Parameters).toMatchObject({
    'projection.account.values': '<Account>',
    'projection.distribution.values': '<Distribution>,EDFDVBD6EXAMPLE',
    'storage.location.template':
      's3://edge-logs-of-example/<Prefix>/AWSLogs/${account}/CloudFront/${distribution}/${day}',
  });
});
