import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Io } from '../../lib/cli/io';
import { main } from '../../lib/cli/main';

/** What a run of the command line gave. */
export interface Result {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

let folder = '';

/** The folder that the commands of this test file run in. */
export function workFolder(): string {
  return folder;
}

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'command line '));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Writes a file below the folder; what is no text becomes JSON. */
export function write(name: string, content: unknown): string {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content, undefined, 1));
  return name;
}

/** Runs a command that asks nobody in the folder. */
export function run(argv: readonly string[], io: Partial<Io> = {}): Result {
  const { printed, recording } = record(io);
  const code = main(argv, recording);
  if (typeof code !== 'number') throw new TypeError(`'${argv[0]}' answers later: use runLive`);
  return { code, ...printed };
}

/** Runs a command that asks the network in the folder. */
export async function runLive(argv: readonly string[], io: Partial<Io> = {}): Promise<Result> {
  const { printed, recording } = record(io);
  const code = await main(argv, recording);
  return { code, ...printed };
}

function record(io: Partial<Io>): { printed: { out: string; err: string }; recording: Io } {
  const printed = { out: '', err: '' };
  const recording: Io = {
    out: (text) => {
      printed.out += text;
    },
    err: (text) => {
      printed.err += text;
    },
    cwd: folder,
    env: {},
    isTty: false,
    ...io,
  };
  return { printed, recording };
}

/** A listener, in clear or not. */
export function listener(protocol: 'HTTP' | 'HTTPS', more: object = {}): object {
  const actions = [{ Type: 'forward', TargetGroupArn: 'any' }];
  const properties = { LoadBalancerArn: 'any', Port: 80, Protocol: protocol, DefaultActions: actions };
  return { Type: 'AWS::ElasticLoadBalancingV2::Listener', ...more, Properties: properties };
}
