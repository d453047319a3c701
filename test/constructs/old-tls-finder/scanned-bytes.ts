import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { daysUntilToday, filesBelow, type GlueTable, partitionsOf } from './log-lake';

/** US dollars for a terabyte that a query reads, as `docs/old-tls-finder.md` says where it was read. */
export const USD_PER_TERABYTE = 5;
const ENTRIES = 5_000;

/** What a million entries a day make of the queries' costs. */
export interface ScannedBytes {
  readonly name: string;
  /** Compressed as AWS compresses: by gzip. */
  readonly bytesAnEntry: number;
  /** Read by a query over the last seven days and today. */
  readonly gigabytesAWeek: number;
  /** Read where nothing narrows a query, of a year of logs. */
  readonly gigabytesAYear: number;
}

/** Measures how large entries like those of the samples are, compressed; with addresses, times and ids of their own. */
export function scannedBytes(table: GlueTable): ScannedBytes {
  const random = numbers();
  const samples = entriesOf(table);
  const entries = Array.from({ length: ENTRIES }, (_, at) =>
    varied(samples[at % samples.length] ?? '', random),
  );
  const bytesAnEntry = gzipSync(entries.join('\n')).length / ENTRIES;
  const gigabytes = (days: number) => (bytesAnEntry * 1_000_000 * days) / 1e9;
  return { name: table.Name, bytesAnEntry, gigabytesAWeek: gigabytes(8), gigabytesAYear: gigabytes(365) };
}

/** The bytes of the samples that lie in the partitions of some days, and in all folders of their bucket. */
export function bytesOf(
  table: GlueTable,
  days: readonly string[],
): { readonly read: number; readonly all: number } {
  const size = (files: readonly string[]) =>
    files.reduce((sum, file) => sum + readFileSync(file).byteLength, 0);
  const read = partitionsOf(table, days).flatMap(({ location }) => filesBelow(location));
  return { read: size(read), all: size(filesBelow(table.StorageDescriptor.Location)) };
}

function entriesOf(table: GlueTable): readonly string[] {
  const texts = partitionsOf(table, daysUntilToday(60))
    .flatMap(({ location }) => filesBelow(location))
    .map((file) => readFileSync(file, 'utf8'));
  if (table.Name !== 'cloudtrail')
    return texts.flatMap((text) => text.split('\n')).filter((line) => line !== '');
  return texts.flatMap((text) =>
    (JSON.parse(text) as { Records: unknown[] }).Records.map((one) => JSON.stringify(one)),
  );
}

/** Whatever differs between two entries of a real log differs here too: addresses, ports, times, sizes and ids. */
function varied(entry: string, random: (below: number) => number): string {
  const digits = (text: string, base: number) => text.replace(/[0-9a-f]/g, () => random(base).toString(base));
  return entry
    .replace(/\b\d{1,3}(\.\d{1,3}){3}\b/g, () => `203.0.${random(8)}.${random(256)}`)
    .replace(/\d\d:\d\d:\d\d(\.\d+)?/g, (time) => `${digits(time, 10)}`)
    .replace(/(?<=[: ])\d{4,5}(?= )/g, (port) => digits(port, 10))
    .replace(/(?<=TID_|Root=1-|"eventID":"|"requestID":")[0-9a-f-]{8,}/g, (id) => digits(id, 16))
    .replace(/(?<=rEsXfz-)\d\d/g, () => `${random(1e9)}${random(1e9)}`)
    .replace(/3E57427F3EXAMPLE/g, () => `${random(1e8)}${random(1e8)}`)
    .replace(/s9lzHYrFp76ZVxRcpX9\+5cjAnEH2ROuNkd2BHfIa6UkFVdtjf5mKR3\/eTPFvsiP\/XV\/VLi31234=/g, () =>
      Buffer.from(Array.from({ length: 56 }, () => random(256))).toString('base64'),
    );
}

/** Numbers that are the same in every run (a linear congruential generator). */
function numbers(): (below: number) => number {
  let state = 1;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
