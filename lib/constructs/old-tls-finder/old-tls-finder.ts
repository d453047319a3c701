import { Duration, Names, Size, Stack, Token } from 'aws-cdk-lib';
import * as athena from 'aws-cdk-lib/aws-athena';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as events from 'aws-cdk-lib/aws-events';
import * as glue from 'aws-cdk-lib/aws-glue';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { invalidProperty } from '../invalid-property';
import type { IEncryptedTopic } from '../messaging';
import { isWholeNumber } from '../whole-number';
import { saveApiQueries } from './api-queries';
import { defineLogTable } from './log-table';
import type { OldTlsFinderProps, OldTlsReportOptions } from './old-tls-finder-props';
import { OldTlsReport } from './old-tls-report';
import { finderQueries, REPORTED } from './queries';
import { QueryResults } from './query-results';
import { type GivenSource, sourcesOf } from './sources';

const MOST_DAYS = 90;
/** `BytesScannedCutoffPerQuery` in the API reference of Athena. */
const LEAST_CUTOFF = 10_000_000;
const DATABASE_NAME = /^[a-z][a-z0-9_]{0,127}$/;
/** `WorkGroup.Name` in the API reference of Athena. */
const WORK_GROUP_NAME = /^[a-zA-Z0-9._-]{1,128}$/;
const MOST_NAME_MADE = 100;

/** By UTC. */
const MONDAY_MORNING = events.Schedule.cron({ weekDay: 'MON', hour: '6', minute: '0' });

/** What whoever queries does with the workgroup; none of it changes anything in it. */
const QUERYING = [
  'athena:BatchGetNamedQuery',
  'athena:BatchGetQueryExecution',
  'athena:GetNamedQuery',
  'athena:GetQueryExecution',
  'athena:GetQueryResults',
  'athena:GetQueryResultsStream',
  'athena:GetQueryRuntimeStatistics',
  'athena:GetWorkGroup',
  'athena:ListNamedQueries',
  'athena:ListQueryExecutions',
  'athena:StartQueryExecution',
  'athena:StopQueryExecution',
];
const READING_TABLES = [
  'glue:GetDatabase',
  'glue:GetPartition',
  'glue:GetPartitions',
  'glue:GetTable',
  'glue:GetTables',
];

/**
 * Finds the clients that still negotiate old versions of TLS, or no post-quantum key agreement, before a raised floor
 * shuts them out: by principal, address and count, from the logs that are there anyway.
 *
 * Tables of the Glue Data Catalog over the logs, which stay where they are, and queries of Athena that are saved in a
 * workgroup of their own. A query reads the folders of the days it looks at and nothing else, stops at a limit, and
 * leaves its result encrypted in a bucket that forgets soon. What of it costs is the data that a query reads.
 *
 * The tables hold no data; whether the catalogue that describes them is encrypted is a setting of the account and
 * region (`AWS::Glue::DataCatalogEncryptionSettings`), of which there is one: it is not changed here.
 */
export class OldTlsFinder extends Construct {
  /** Holds the tables of the logs. */
  readonly database: glue.CfnDatabase;
  /** In which the queries run, and nothing else: it bounds what they read. */
  readonly workGroup: athena.CfnWorkGroup;
  /** Receives what queries find. */
  readonly resultBucket: s3.Bucket;
  /** Encrypts it. */
  readonly encryptionKey: kms.IKey;
  /** The saved queries, by their names, such as `below-tls-1-2`. */
  readonly queries: ReadonlyMap<string, athena.CfnNamedQuery>;
  private readonly databaseName: string;
  private readonly days: number;
  private readonly workGroupName: string;
  private readonly sources: readonly GivenSource[];
  private readonly results: QueryResults;

  /**
   * @throws TransmissionError where no log is given, one is of another kind, or a name, number or list is not what AWS
   * takes
   */
  constructor(scope: Construct, id: string, props: OldTlsFinderProps) {
    super(scope, id);
    const { lookBack = Duration.days(7), resultRetention = Duration.days(14), apiLogGroups = [] } = props;
    const days = this.daysOf('lookBack', lookBack);
    this.days = days;
    this.daysOf('resultRetention', resultRetention);
    const cutoff = props.bytesScannedCutoff ?? Size.gibibytes(100);
    this.checkCutoff(cutoff);
    this.databaseName = props.databaseName ?? this.databaseNameMade();
    this.workGroupName = props.workGroupName ?? this.workGroupNameMade();
    this.checkName('databaseName', this.databaseName, DATABASE_NAME);
    this.checkName('workGroupName', this.workGroupName, WORK_GROUP_NAME);
    this.sources = sourcesOf(this, props);
    if (this.sources.length === 0) {
      throw invalidProperty(
        this,
        "at least one log in Amazon S3 must be given to be searched, got none, name 'cloudTrail' or 'albConnections'",
      );
    }

    this.results = new QueryResults(this, 'Results', {
      workGroupName: this.workGroupName,
      description: 'Who connects over which version of TLS',
      retention: resultRetention,
      cutoff,
      encryptionKey: props.encryptionKey,
      serverAccessLogBucket: props.serverAccessLogBucket,
    });
    this.workGroup = this.results.workGroup;
    this.resultBucket = this.results.bucket;
    this.encryptionKey = this.results.encryptionKey;

    const catalogId = Stack.of(this).account;
    this.database = new glue.CfnDatabase(this, 'Database', {
      catalogId,
      databaseInput: { name: this.databaseName, description: 'Logs that name the version of TLS' },
    });
    for (const { id: table, source } of this.sources) {
      defineLogTable(this, table, { database: this.database, catalogId }, source.table);
    }
    this.queries = this.saveQueries(days);
    if (apiLogGroups.length > 0) saveApiQueries(this, this.workGroupName, apiLogGroups);
  }

  /**
   * Lets somebody run queries in the workgroup, over the tables and the logs below them, and read what they find.
   *
   * It lets them read the logs themselves too: Athena reads in their name. Where Lake Formation governs the catalogue,
   * it must let them in as well.
   */
  grantQuery(grantee: iam.IGrantable): iam.Grant {
    const stack = Stack.of(this);
    const named = (service: string, resource: string, resourceName?: string) =>
      stack.formatArn({ service, resource, resourceName });
    const workGroup = iam.Grant.addToPrincipal({
      grantee,
      actions: QUERYING,
      resourceArns: [named('athena', 'workgroup', this.workGroupName)],
    });
    const catalog = iam.Grant.addToPrincipal({
      grantee,
      actions: ['athena:GetDataCatalog'],
      resourceArns: [named('athena', 'datacatalog', 'AwsDataCatalog')],
    });
    const tables = iam.Grant.addToPrincipal({
      grantee,
      actions: READING_TABLES,
      resourceArns: [
        named('glue', 'catalog'),
        named('glue', 'database', this.databaseName),
        ...this.sources.map(({ source }) => named('glue', 'table', `${this.databaseName}/${source.name}`)),
      ],
    });
    const logs = this.sources.map(({ grantRead }) => grantRead(grantee));
    return [catalog, tables, this.results.grantUse(grantee), ...logs].reduce(
      (whole, part) => whole.combine(part),
      workGroup,
    );
  }

  /**
   * Searches every week for clients below TLS 1.2, and tells a topic when there are some and where they are listed: in
   * the bucket of results, not in the message. An alarm tells it when a search failed.
   *
   * The search is charged as any other. Step Functions needs permissions on everything to write its log and traces:
   * where cdk-nag is registered, acknowledge `AwsSolutions-IAM5` on the role of the report.
   *
   * @throws TransmissionError where the finder looks back less than a week, which would leave days that nobody looks at
   */
  reportTo(topic: IEncryptedTopic, options: OldTlsReportOptions = {}): OldTlsReport {
    const { schedule = MONDAY_MORNING } = options;
    if (options.schedule === undefined && this.days < 7) {
      throw invalidProperty(
        this,
        `'lookBack' must be at least 7 days for a report each week, got ${this.days}, raise it or give a schedule`,
      );
    }
    return new OldTlsReport(this, 'Report', {
      results: this.results,
      databaseName: this.databaseName,
      query: this.queries.get(REPORTED)?.queryString ?? '',
      days: this.days,
      topic,
      schedule,
      grantQuery: (grantee) => this.grantQuery(grantee),
    });
  }

  /**
   * A metric of the workgroup, of queries that succeeded, such as `TotalExecutionTime`.
   *
   * @see https://docs.aws.amazon.com/athena/latest/ug/query-metrics-viewing.html
   */
  metric(metricName: string, options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return new cloudwatch.Metric({
      namespace: 'AWS/Athena',
      metricName,
      dimensionsMap: { QueryState: 'SUCCEEDED', QueryType: 'DML', WorkGroup: this.workGroupName },
      statistic: cloudwatch.Stats.SUM,
      ...options,
    }).attachTo(this);
  }

  /** How much queries have read, in bytes: what Athena charges for. */
  metricProcessedBytes(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('ProcessedBytes', options);
  }

  private saveQueries(days: number): ReadonlyMap<string, athena.CfnNamedQuery> {
    const queries = finderQueries(
      this.sources.map(({ source }) => source),
      days,
    );
    return new Map(
      queries.map(({ id, name, description, text }) => {
        const query = new athena.CfnNamedQuery(this, id, {
          database: this.database.ref,
          workGroup: this.workGroup.ref,
          name,
          description,
          queryString: text,
        });
        return [name, query] as const;
      }),
    );
  }

  private daysOf(property: 'lookBack' | 'resultRetention', duration: Duration): number {
    const days = duration.isUnresolved() ? undefined : duration.toDays({ integral: false });
    if (days !== undefined && isWholeNumber(days, 1, MOST_DAYS)) return days;
    const got = days === undefined ? 'an unresolved value' : duration.toHumanString();
    throw invalidProperty(
      this,
      `'${property}' must last 1 to ${MOST_DAYS} whole days, got ${got}, name such a number`,
    );
  }

  private checkCutoff(cutoff: Size): void {
    const bytes = cutoff.isUnresolved() ? undefined : cutoff.toBytes();
    if (bytes !== undefined && bytes >= LEAST_CUTOFF) return;
    throw invalidProperty(
      this,
      `'bytesScannedCutoff' must be at least ${LEAST_CUTOFF} bytes, which Athena charges for any query, got ${bytes ?? 'an unresolved value'}, raise it`,
    );
  }

  private checkName(property: string, name: string, form: RegExp): void {
    // A database is named in ARNs and a workgroup in metrics: both must be known.
    if (!Token.isUnresolved(name) && form.test(name)) return;
    const got = Token.isUnresolved(name) ? 'an unresolved value' : JSON.stringify(name.slice(0, 80));
    const allowed =
      form === DATABASE_NAME
        ? "a lower-case letter, then up to 127 lower-case letters, digits and '_'"
        : "1 to 128 letters, digits, '.', '_' and '-'";
    throw invalidProperty(
      this,
      `'${property}' must be ${allowed}, got ${got}, leave it out to have one made`,
    );
  }

  private databaseNameMade(): string {
    return Names.uniqueResourceName(this, {
      maxLength: MOST_NAME_MADE,
      separator: '_',
      allowedSpecialCharacters: '_',
    }).toLowerCase();
  }

  private workGroupNameMade(): string {
    return Names.uniqueResourceName(this, {
      maxLength: MOST_NAME_MADE,
      separator: '-',
      allowedSpecialCharacters: '-',
    });
  }
}
