import * as glue from 'aws-cdk-lib/aws-glue';
import type { Construct } from 'constructs';
import type { ResolvedLocation } from './log-location';

/**
 * How far back a search can reach: as long as a `LogBucket` keeps logs by default (400 days), and some.
 *
 * @see https://docs.aws.amazon.com/athena/latest/ug/partition-projection-supported-types.html ("Date type")
 */
const DAYS_SEARCHED = 'NOW-14MONTHS,NOW';
/** As every service here writes the day in its keys: `2026/11/22`. */
const DAY_FORMAT = 'yyyy/MM/dd';

/** How Athena reads the lines of a log: a serializer of Hive, with its settings, and the format of the files. */
export interface LineFormat {
  readonly serializationLibrary: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly inputFormat: string;
}

/** One folder level by which a search is narrowed, beside the day. */
export interface PartitionLevel {
  /** The column, in which a query can name a value. */
  readonly name: string;
  readonly values: readonly string[];
}

/** A table over logs of one kind. */
export interface LogTableFacts {
  /** The name of the table, as queries call it. */
  readonly name: string;
  readonly description: string;
  readonly columns: Readonly<Record<string, string>>;
  readonly format: LineFormat;
  readonly location: ResolvedLocation;
  /** The folder below bucket and prefix; `${level}` stands for a partition level, as Athena writes it. */
  readonly folder: string;
  readonly levels: readonly PartitionLevel[];
}

/** Text files, compressed or not. */
export const TEXT_INPUT = 'org.apache.hadoop.mapred.TextInputFormat';
/** Nothing is ever written by these tables; Glue wants one all the same. */
const TEXT_OUTPUT = 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat';

/**
 * Lines that a regular expression takes apart.
 *
 * Each column is one group, no more, no less ("Number of matching groups doesn't match the number of columns" fails
 * every query). A line that does not match as a whole becomes a row of nulls: queries count it as unreadable.
 *
 * @see https://docs.aws.amazon.com/athena/latest/ug/regex-serde.html
 */
export function linesBy(expression: string): LineFormat {
  return {
    serializationLibrary: 'org.apache.hadoop.hive.serde2.RegexSerDe',
    parameters: { 'serialization.format': '1', 'input.regex': expression },
    inputFormat: TEXT_INPUT,
  };
}

/**
 * Defines the table. Its partitions are computed from these properties when a query is planned (partition projection):
 * nobody has to add them, and a query reads nothing but the folders of the days that it names.
 *
 * @see https://docs.aws.amazon.com/athena/latest/ug/partition-projection-setting-up.html
 */
export function defineLogTable(
  scope: Construct,
  id: string,
  { database, catalogId }: { readonly database: glue.CfnDatabase; readonly catalogId: string },
  facts: LogTableFacts,
): glue.CfnTable {
  const { location, levels, format } = facts;
  const root = `s3://${location.bucket.bucketName}/${location.prefix}`;
  const names = [...levels.map(({ name }) => name), 'day'];
  return new glue.CfnTable(scope, id, {
    catalogId,
    databaseName: database.ref,
    tableInput: {
      name: facts.name,
      description: facts.description,
      tableType: 'EXTERNAL_TABLE',
      partitionKeys: names.map((name) => ({ name, type: 'string' })),
      parameters: {
        EXTERNAL: 'TRUE',
        'projection.enabled': 'true',
        ...Object.assign({}, ...levels.map(enumeration)),
        'projection.day.type': 'date',
        'projection.day.format': DAY_FORMAT,
        'projection.day.range': DAYS_SEARCHED,
        'projection.day.interval': '1',
        'projection.day.interval.unit': 'DAYS',
        'storage.location.template': `${root}${facts.folder}/\${day}`,
      },
      storageDescriptor: {
        columns: Object.entries(facts.columns).map(([name, type]) => ({ name, type })),
        location: root,
        inputFormat: format.inputFormat,
        outputFormat: TEXT_OUTPUT,
        serdeInfo: {
          serializationLibrary: format.serializationLibrary,
          parameters: { ...format.parameters },
        },
      },
    },
  });
}

function enumeration({ name, values }: PartitionLevel): Record<string, string> {
  return {
    [`projection.${name}.type`]: 'enum',
    [`projection.${name}.values`]: values.join(','),
  };
}
