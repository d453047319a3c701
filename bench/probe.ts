// benchmark
import { spawn } from 'node:child_process';
import { probeHosts } from '../lib/live/prober';
import { issue, rsa } from '../test/_fixtures/tls-servers/chains';
import { hasProgram } from '../test/_fixtures/tls-servers/programs';
import { openssl, stopServers } from '../test/_fixtures/tls-servers/servers';
import { type Figure, median, print } from './figures';

/** One host on this machine that accepts all there is, so that every question is asked: TLS 1.0 to 1.3, weak suites. */
const EVERYTHING = ['-cipher', 'ALL:COMPLEMENTOFALL:@SECLEVEL=0'];
const OURS = 'dist/bin/secure-transmission.js';
const RUNS = 5;
/** It takes half a minute. */
const RUNS_OF_TESTSSL = 2;

interface Call {
  readonly name: string;
  readonly runs: number;
  readonly program: string;
  readonly args: readonly string[];
}

/** The same questions: versions, classes of weak suites, certificate, staple, headers. Some of its answers go further. */
const TESTSSL = [
  '--quiet',
  '--color',
  '0',
  '--warnings',
  'off',
  '--protocols',
  '--std',
  '--server-defaults',
  '--headers',
];

function callsAt(port: number): readonly Call[] {
  const host = `localhost:${port}`;
  return [
    { name: 'testssl, 1 host', runs: RUNS_OF_TESTSSL, program: 'testssl', args: [...TESTSSL, host] },
    { name: 'sslscan, 1 host', runs: RUNS, program: 'sslscan', args: [host] },
    {
      name: 'secure-transmission probe, 1 host',
      runs: RUNS,
      program: process.execPath,
      args: [OURS, 'probe', host, '--allow-private'],
    },
  ];
}

/** Runs a program to its end; what it finds decides its code. */
function timed({ program, args }: Call): Promise<number> {
  return new Promise((done, failed) => {
    const started = performance.now();
    const child = spawn(program, args, { stdio: 'ignore' });
    child.on('error', failed);
    child.on('close', () => done(performance.now() - started));
  });
}

/** As a function in Lambda that is warm: no process begins. */
async function inProcess(port: number): Promise<Figure> {
  const times: number[] = [];
  for (let i = 0; i < RUNS; i++) {
    const started = performance.now();
    await probeHosts([{ host: 'localhost', port }], { now: new Date(), reach: 'any', address: '127.0.0.1' });
    times.push(performance.now() - started);
  }
  return { name: 'probe, 1 host, in a process that runs', value: median(times), unit: 'ms' };
}

async function main(): Promise<void> {
  try {
    const { port } = await openssl(await issue({ key: rsa(2048) }), ...EVERYTHING);
    const figures: Figure[] = [];
    for (const call of callsAt(port)) {
      if (call.program !== process.execPath && !hasProgram(call.program, '--version')) continue;
      const times: number[] = [];
      for (let i = 0; i < call.runs; i++) times.push(await timed(call));
      figures.push({ name: call.name, value: median(times), unit: 'ms' });
    }
    const ours = figures.pop();
    if (ours === undefined) return;
    print(
      [
        ...figures,
        ...figures.map((theirs) => ({ ...ours, rival: theirs.name, ratio: ours.value / theirs.value })),
        await inProcess(port),
      ],
      process.argv.includes('--json'),
    );
  } finally {
    stopServers();
  }
}

void main();
