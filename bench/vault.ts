// benchmark
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { pooledRandomBytes } from '../lib/constructs/token-vault/runtime/core/random';
import { ROUTES, type Route, type RouteName } from '../lib/constructs/token-vault/runtime/http/routes';
import { apiEvent, bodyOf, context, memoryApi } from '../test/_fixtures/vault/memory-api';
import { type Figure, median, print } from './figures';

/**
 * What a function of the vault costs: from an event to its answer, with tables, KMS and audit in memory that answer at once,
 * so that all time is ours; and what it costs before its first call. Every call has a token, a subject or a value that no
 * other has, as most have.
 */
const WARM_UP = 300;
const CALLS = 3000;
const BATCHES = 150;
const BATCH = 100;
const RUNS = 5;
const FUNCTIONS = resolve('dist/lambda');

type Part = () => Promise<readonly Figure[]>;

const api = memoryApi({ randomBytes: pooledRandomBytes() });
const through = context('api');

/** One call; an answer that is not 200 has measured something else. */
async function answered(name: RouteName, body: string) {
  const route: Route = ROUTES[name];
  const response = await api.handlers[route.handler](apiEvent(route, body), through);
  if (response.statusCode !== 200) throw new Error(`${name} answered ${response.statusCode}`);
  return response;
}

/** Milliseconds of each of many calls, in ascending order. */
async function timed(
  count: number,
  name: RouteName,
  body: (run: number) => string,
): Promise<readonly number[]> {
  const bodies = Array.from({ length: WARM_UP + count }, (_, run) => body(run));
  const times: number[] = [];
  for (const [run, text] of bodies.entries()) {
    const started = performance.now();
    await answered(name, text);
    if (run >= WARM_UP) times.push(performance.now() - started);
    // They are kept for tests, and would grow for ever.
    api.lines.length = 0;
    api.events.length = 0;
  }
  return times.sort((a, b) => a - b);
}

function figuresOf(what: string, times: readonly number[], items: number): readonly Figure[] {
  const at = (share: number) => times[Math.floor(times.length * share)] ?? Number.NaN;
  const mean = times.reduce((sum, time) => sum + time, 0) / times.length;
  return [
    { name: `${what}, half of all calls within`, value: at(0.5), unit: 'ms' },
    { name: `${what}, 99 of 100 calls within`, value: at(0.99), unit: 'ms' },
    { name: `${what}, on one core`, value: (items * 1000) / mean, unit: '1/s' },
  ];
}

let next = 0;
const unique = () => {
  next += 1;
  return `subject-${next}`;
};
/** As long as a card number, and none: `text` would be shorter to check. */
const CARD = { type: 'card-number', value: '4111111111111111' };
const items = (count: number, of: () => object) =>
  JSON.stringify({ items: Array.from({ length: count }, of) });

async function tokensOf(count: number): Promise<readonly string[]> {
  const made = await answered(
    'create',
    items(count, () => ({ ...CARD, subject: unique() })),
  );
  return (bodyOf(made).results ?? []).map(({ token = '' }) => token);
}

const creating: Part = async () => [
  ...figuresOf(
    'create, a new subject',
    await timed(CALLS, 'create', () => items(1, () => ({ ...CARD, subject: unique() }))),
    1,
  ),
  ...figuresOf(
    'create, a known subject',
    await timed(CALLS, 'create', () => items(1, () => ({ ...CARD, subject: 'ann' }))),
    1,
  ),
  ...figuresOf(
    'create, a value that has a token',
    await timed(CALLS, 'deduplicate', () => items(1, () => ({ ...CARD, dedupe: 'tenant' }))),
    1,
  ),
  ...figuresOf(
    `create ${BATCH}, new subjects`,
    await timed(BATCHES, 'create', () => items(BATCH, () => ({ ...CARD, subject: unique() }))),
    BATCH,
  ),
];

const revealing: Part = async () => {
  const known = (await Promise.all(Array.from({ length: 20 }, () => tokensOf(BATCH)))).flat();
  const of = (count: number) => (run: number) => {
    const from = (run * count) % known.length;
    return JSON.stringify({ tokens: known.slice(from, from + count), purpose: 'refund' });
  };
  return [
    ...figuresOf('reveal', await timed(CALLS, 'revealFull', of(1)), 1),
    ...figuresOf('reveal, masked', await timed(CALLS, 'revealMasked', of(1)), 1),
    ...figuresOf(`reveal ${BATCH}`, await timed(BATCHES, 'revealFull', of(BATCH)), BATCH),
  ];
};

/** What is bundled, and how long it takes until a function could be called. */
const loading: Part = async () => {
  const names = existsSync(FUNCTIONS)
    ? readdirSync(FUNCTIONS).filter((name) => name.startsWith('vault-'))
    : [];
  if (names.length === 0) throw new Error(`${FUNCTIONS} has no function of a vault, run npm run build`);
  const files = names.map((name) => resolve(FUNCTIONS, name, 'index.js'));
  const sizes = files.map((file) => readFileSync(file).length / 1024);
  const packed = files.map((file) => gzipSync(readFileSync(file)).length / 1024);
  const created = resolve(FUNCTIONS, 'vault-create', 'index.js');
  const program = `const s = performance.now(); require(${JSON.stringify(created)}); console.log(performance.now() - s)`;
  const loads = Array.from({ length: RUNS }, () =>
    Number(spawnSync(process.execPath, ['--no-warnings', '-e', program], { encoding: 'utf8' }).stdout),
  );
  return [
    { name: 'the largest function, bundled', value: Math.max(...sizes), unit: 'KB' },
    { name: 'the largest function, bundled and packed', value: Math.max(...packed), unit: 'KB' },
    { name: 'vault-create, loaded', value: median(loads), unit: 'ms' },
  ];
};

const PARTS: readonly Part[] = [creating, revealing, loading];

async function main(): Promise<void> {
  const figures: Figure[] = [];
  for (const part of PARTS) figures.push(...(await part()));
  print(figures, process.argv.includes('--json'));
}

void main();
