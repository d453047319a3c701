import { readFileSync } from 'node:fs';
import path from 'node:path';
import { deployed, emptyStack, finderIn } from './finder';
import { daysUntilToday, type GlueTable } from './log-lake';
import { bytesOf, scannedBytes, USD_PER_TERABYTE } from './scanned-bytes';

const { stack } = finderIn(emptyStack());
const tables = deployed(stack, 'AWS::Glue::Table').map(({ TableInput }) => TableInput as GlueTable);
const page = readFileSync(path.resolve(__dirname, '../../../docs/old-tls-finder.md'), 'utf8');

/** The page has two digits, and other releases of zlib may compress a little otherwise. */
const TOLERANCE = 0.15;
const isNear = (told: number, measured: number) =>
  Math.abs(told - measured) <= Math.max(measured * TOLERANCE, 0.0006);

test('the page says what a terabyte costs', () => {
  expect(page).toContain(`**${USD_PER_TERABYTE} USD for each terabyte that queries read**`);
});

test.each(tables)(
  'the page says how many bytes of $Name a query reads, and what they cost',
  (table) => {
    const row = new RegExp(
      `^\\| \`${table.Name}\` \\| ([\\d.]+) \\| ([\\d.]+) GB \\| ([\\d.]+) \\| ([\\d.]+) GB \\| ([\\d.]+) \\|$`,
      'm',
    ).exec(page);
    const { bytesAnEntry, gigabytesAWeek, gigabytesAYear } = scannedBytes(table);
    const usd = (gigabytes: number) => (gigabytes / 1000) * USD_PER_TERABYTE;
    const measured = [bytesAnEntry, gigabytesAWeek, usd(gigabytesAWeek), gigabytesAYear, usd(gigabytesAYear)];
    const told = row?.slice(1).map(Number) ?? [];
    expect(
      told.map((number, at) => isNear(number, measured[at] ?? 0) || `${number} is not ${measured[at]}`),
    ).toEqual(measured.map(() => true));
  },
  60_000,
);

test.each([
  ['cloudtrail', 'days that are over, and regions that are not named'],
  ['alb_connections', 'days that are over'],
  ['cloudfront_requests', 'distributions that are not named'],
])('of the samples a query on %s leaves unread: %s', (name) => {
  const table = tables.find(({ Name }) => Name === name);
  if (table === undefined) throw new Error(`no table ${name}`);
  const { read, all } = bytesOf(table, daysUntilToday(7));
  expect(read).toBeGreaterThan(0);
  expect(read).toBeLessThan(all);
});

test('a day is what a query on one day reads', () => {
  const [table] = tables;
  if (table === undefined) throw new Error('no table');
  const days = daysUntilToday(7);
  const each = days.map((day) => bytesOf(table, [day]).read);
  expect(each.filter((bytes) => bytes > 0)).toHaveLength(3);
  expect(each.reduce((sum, bytes) => sum + bytes)).toBe(bytesOf(table, days).read);
});
