import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { init, transpile } from '@polyglot-sql/sdk';

/** The logs, by bucket and key as AWS would name them; uncompressed, so that a reviewer can read them. */
export const LOGS = path.resolve(__dirname, '../../_fixtures/logs');
/** The day on which the tests run. */
export const TODAY = '2026-11-22';

/** A table of the Glue Data Catalog, as the template defines it. */
export interface GlueTable {
  readonly Name: string;
  readonly TableType: string;
  readonly PartitionKeys: readonly { readonly Name: string; readonly Type: string }[];
  readonly Parameters: Readonly<Record<string, string>>;
  readonly StorageDescriptor: {
    readonly Columns: readonly { readonly Name: string; readonly Type: string }[];
    readonly Location: string;
    readonly InputFormat: string;
    readonly OutputFormat: string;
    readonly SerdeInfo: {
      readonly SerializationLibrary: string;
      readonly Parameters: Readonly<Record<string, string>>;
    };
  };
}

export type Row = Readonly<Record<string, unknown>>;

/** One partition that Athena would compute, and where it would look for it. */
export interface Partition {
  readonly values: Readonly<Record<string, string>>;
  readonly location: string;
}

/**
 * The partitions that the properties of a table project, by the rules of Athena: enumerations, and dates by day.
 *
 * @see https://docs.aws.amazon.com/athena/latest/ug/partition-projection-supported-types.html
 */
export function partitionsOf(table: GlueTable, days: readonly string[]): readonly Partition[] {
  const { Parameters: parameters, PartitionKeys } = table;
  if (parameters['projection.enabled'] !== 'true') throw new Error(`${table.Name} has no projection`);
  const combined = PartitionKeys.reduce<readonly Record<string, string>[]>(
    (before, { Name: name }) =>
      before.flatMap((values) =>
        valuesOf(parameters, name, days).map((value) => ({ ...values, [name]: value })),
      ),
    [{}],
  );
  const template = parameters['storage.location.template'] ?? '';
  return combined.map((values) => ({
    values,
    // Athena adds the slash where a location has none.
    location: `${template.replace(/\$\{(\w+)\}/g, (_, name: string) => values[name] ?? `<${name}>`)}/`,
  }));
}

function valuesOf(parameters: GlueTable['Parameters'], name: string, days: readonly string[]): string[] {
  const of = (property: string) => parameters[`projection.${name}.${property}`];
  if (of('type') === 'enum') return (of('values') ?? '').split(',');
  expect([of('type'), of('format'), of('interval'), of('interval.unit')]).toEqual([
    'date',
    'yyyy/MM/dd',
    '1',
    'DAYS',
  ]);
  const [first = '', last = ''] = (of('range') ?? '').split(',').map(monthsFromNow);
  return days.map((day) => day.replaceAll('-', '/')).filter((day) => day >= first && day <= last);
}

/** `NOW`, or months before it. */
function monthsFromNow(text: string): string {
  const [, months = '0'] = /^NOW(?:-(\d+)MONTHS)?$/.exec(text) ?? [text, Number.NaN];
  const date = new Date(`${TODAY}T00:00:00Z`);
  date.setUTCMonth(date.getUTCMonth() - Number(months));
  return date.toISOString().slice(0, 10).replaceAll('-', '/');
}

/** The days before today, and today. */
export function daysUntilToday(count: number): readonly string[] {
  const today = Date.parse(`${TODAY}T00:00:00Z`);
  return Array.from({ length: count + 1 }, (_, before) =>
    new Date(today - (count - before) * 86_400_000).toISOString().slice(0, 10),
  );
}

/** The files below a location, however deep, by their location. */
export function filesBelow(location: string): readonly string[] {
  const folder = path.join(LOGS, location.replace('s3://', ''));
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => path.join(folder, name))
    .filter((file) => statSync(file).isFile())
    .sort();
}

/** The rows of a table, as its serializer reads them, with the columns that Athena adds. */
export function rowsOf(table: GlueTable, days = daysUntilToday(60)): readonly Row[] {
  return partitionsOf(table, days).flatMap(({ values, location }) =>
    filesBelow(location).flatMap((file) =>
      deserialized(table, readFileSync(file, 'utf8')).map((row) => ({
        ...row,
        ...values,
        $path: `s3://${path.relative(LOGS, file)}`,
      })),
    ),
  );
}

function deserialized(table: GlueTable, text: string): readonly Row[] {
  const { SerializationLibrary: library, Parameters } = table.StorageDescriptor.SerdeInfo;
  const columns = table.StorageDescriptor.Columns.map(({ Name }) => Name);
  const lines = text.split('\n').filter((line) => line !== '');
  switch (library) {
    case 'org.apache.hadoop.hive.serde2.RegexSerDe':
      return lines.map((line) => byExpression(Parameters['input.regex'] ?? '', columns, line));
    case 'org.openx.data.jsonserde.JsonSerDe':
      return lines.map((line) => picked(columns, parsed(line)));
    case 'org.apache.hive.hcatalog.data.JsonSerDe':
      // `CloudTrailInputFormat` makes a line of each record.
      return (JSON.parse(text) as { Records: unknown[] }).Records.map((record) =>
        picked(columns, lowerCased(record)),
      );
    default:
      throw new Error(`unknown serializer ${library}`);
  }
}

/** As `RegexSerDe` does: the whole line, or a row of nulls; a group that took no part is null. */
export function byExpression(expression: string, columns: readonly string[], line: string): Row {
  const groups = new RegExp(`^(?:${expression})$`, 'u').exec(line);
  return Object.fromEntries(columns.map((column, at) => [column, groups?.[at + 1] ?? null]));
}

/** `ignore.malformed.json`: a line that is no JSON is a row of nulls. */
function parsed(line: string): unknown {
  try {
    return lowerCased(JSON.parse(line));
  } catch {
    return {};
  }
}

function picked(columns: readonly string[], record: unknown): Row {
  const values = record as Row;
  return Object.fromEntries(columns.map((column) => [column, values[column] ?? null]));
}

/** Serializers of JSON do not tell capitals from small letters in names. */
function lowerCased(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(lowerCased);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [name.toLowerCase(), lowerCased(part)]),
  );
}

/** A database with the tables, filled from the logs, in which the deployed texts of queries run. */
export class LogLake {
  static async of(tables: readonly GlueTable[]): Promise<LogLake> {
    await init();
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    const folder = mkdtempSync(path.join(tmpdir(), 'lake-'));
    try {
      for (const table of tables) {
        const file = path.join(folder, `${table.Name}.ndjson`);
        writeFileSync(
          file,
          rowsOf(table)
            .map((row) => JSON.stringify(row))
            .join('\n'),
        );
        await connection.run(
          `CREATE TABLE ${table.Name} AS SELECT * FROM read_json('${file}', format = 'newline_delimited', columns = {${columnsOf(table)}})`,
        );
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
    return new LogLake(
      async (sql) => (await connection.runAndReadAll(sql)).getRowObjectsJson(),
      () => {
        connection.closeSync();
        instance.closeSync();
      },
    );
  }

  private constructor(
    private readonly run: (sql: string) => Promise<readonly Row[]>,
    /** Ends its threads, without which a test never ends. */
    readonly close: () => void,
  ) {}

  /** Runs SQL of Athena, as it is deployed, on the day of the tests. */
  async query(text: string): Promise<readonly Row[]> {
    return this.run(translated(text));
  }

  /** Runs SQL of DuckDB. */
  async duck(sql: string): Promise<readonly Row[]> {
    return this.run(sql);
  }
}

/** A query of Athena in the SQL of DuckDB, with the one thing that the wall clock decides made a constant. */
export function translated(text: string): string {
  const { sql, error } = transpile(text, 'athena' as never, 'duckdb' as never);
  if (sql?.length !== 1 || sql[0] === undefined) throw new Error(`not translated: ${String(error)}`);
  return sql[0].replaceAll('CURRENT_DATE', `DATE '${TODAY}'`);
}

function columnsOf({ StorageDescriptor, PartitionKeys }: GlueTable): string {
  return [...StorageDescriptor.Columns, ...PartitionKeys, { Name: '$path', Type: 'string' }]
    .map(({ Name, Type }) => `'${Name}': '${duckType(Type)}'`)
    .join(', ');
}

/** A type of Hive, as DuckDB writes it. */
function duckType(type: string): string {
  return type
    .replaceAll('struct<', 'STRUCT(')
    .replaceAll('>', ')')
    .replaceAll(/(\w+):/g, '"$1" ')
    .replaceAll(/\bstring\b/g, 'VARCHAR');
}
