import { AGREEMENTS, namelessPaths } from './forbidden';
import { sourcesBelow } from './sources';

const sources = sourcesBelow('lib', 'bin', 'examples', 'tools', 'bench', 'test');

function agreement(words: string) {
  const found = AGREEMENTS.find(({ name }) => name.includes(words));
  if (found === undefined) {
    throw new Error(`there is no agreement about '${words}'`);
  }
  return found;
}

function findingsIn(words: string, path: string, text: string): string[] {
  const { holdsIn, find } = agreement(words);
  return holdsIn(path) ? find({ path, text }).map((finding) => `${finding.line}: ${finding.message}`) : [];
}

describe('this project keeps the agreement', () => {
  test.each(AGREEMENTS.map((each) => [each.name, each] as const))('%s', (_name, { holdsIn, find }) => {
    // The samples below break every agreement on purpose, inside of strings.
    const judged = sources.filter(({ path }) => holdsIn(path) && !path.startsWith('test/house/forbidden'));
    const findings = judged.flatMap(find).map(({ path, line, message }) => `${path}:${line}: ${message}`);
    expect(findings).toEqual([]);
  });

  test('folders say what is in them', () => {
    expect(namelessPaths(sources.map(({ path }) => path))).toEqual([]);
  });
});

describe('the checker finds', () => {
  test.each([
    ['console', 'lib/judge/x.ts', `console.log('x');`],
    ['console', 'lib/judge/x.ts', `console['log']('x');`],
    ['console', 'lib/judge/x.ts', `const log = globalThis.console.log;`],
    ['console', 'bin/baseline.ts', `console.error('x');`],
    ['process.stdout', 'lib/report/x.ts', `process.stdout.write('x');`],
    ['process.stdout', 'bin/secure-transmission.ts', `process.stderr.write('x');`],
    ['process.stdout', 'lib/live/prober/probe.ts', `process.stdout.write('x');`],
    ['process.stdout', 'lib/report/x.ts', `globalThis.process.stdout.write('x');`],
    ['no bare Error', 'lib/judge/x.ts', `throw new Error('x');`],
    ['no bare Error', 'lib/judge/x.ts', `throw Error('x');`],
    ['no bare Error', 'lib/constructs/x.ts', `const e = new TypeError('x');`],
    ['no any', 'lib/judge/x.ts', `let x: any;`],
    ['no any', 'test/x.test.ts', `let x: Map<string, any[]>;`],
    ['no any', 'tools/generate/x.ts', `const x = y as any;`],
    ['arn:aws:', 'lib/constructs/x.ts', `const x = 'arn:aws:iam::aws:policy/X';`],
    ['arn:aws:', 'lib/constructs/x.ts', 'const x = `arn:aws:s3:::${bucket}`;'],
    ['arn:aws:', 'lib/constructs/x.ts', `// literal-arn:\nconst x = 'arn:aws:iam::aws:policy/X';`],
    ['biome is ignored', 'lib/judge/x.ts', `// biome-ignore lint/style/x\nx();`],
    ['biome is ignored', 'lib/judge/x.ts', `// biome-ignore lint/style/x: ok\nx();`],
    ['biome is ignored', 'test/x.ts', `/* biome-ignore-all lint/style/x */`],
    ['names do not age', 'lib/core/x.ts', `export const SECURE_POLICY = 1;`],
    ['names do not age', 'lib/core/x.ts', `export const a = 1, modernPolicy = 2;`],
    ['names do not age', 'lib/core/x.ts', `export class SecureBucket {}`],
    ['names do not age', 'lib/core/x.ts', `export interface X { readonly recommendedTls?: string }`],
    ['names do not age', 'lib/core/x.ts', `export class X { static readonly MODERN = 1 }`],
    ['names do not age', 'lib/core/x.ts', `export class X { secureIt() {} }`],
    ['names do not age', 'lib/core/x.ts', `export enum X { RECOMMENDED = 'x' }`],
    ['names do not age', 'lib/core/x.ts', `export function isSecure() {}`],
    ['names do not age', 'lib/core/x.ts', `export type SecureX = string;`],
    ['names do not age', 'lib/core/x.ts', `export { x as secureX } from './y';`],
    ['names do not age', 'lib/core/x.ts', `export * as modern from './y';`],
  ])('%s in %s: %s', (words, path, text) => {
    expect(findingsIn(words, path, text)).toHaveLength(1);
  });

  test.each([
    'lib/utils/x.ts',
    'lib/judge/helpers/x.ts',
    'test/common/x.ts',
    'lib/judge/utils.ts',
    'tools/shared/x.mjs',
  ])('the name %s', (path) => {
    expect(namelessPaths([path])).toEqual([path]);
  });
});

describe('the checker leaves alone', () => {
  test.each([
    ['console', 'lib/cli/main.ts', `console.log('x');`],
    ['console', 'tools/generate/x.ts', `console.log('x');`],
    ['console', 'lib/judge/x.ts', `// console.log('x')\nconst x = 'console.log';`],
    ['process.stdout', 'lib/cli/main.ts', `process.stdout.write('x');`],
    ['process.stdout', 'lib/judge/x.ts', `const x = process.env;`],
    [
      'process.stdout',
      'lib/constructs/monitoring/runtime/tls-probe.handler.ts',
      `process.stdout.write('x');`,
    ],
    ['no bare Error', 'lib/core/errors.ts', `export class X extends Error {}`],
    ['no bare Error', 'test/x.test.ts', `throw new Error('x');`],
    ['no bare Error', 'lib/judge/x.ts', `throw new TransmissionError('RuleFailed', 'x');`],
    ['no any', 'lib/judge/x.ts', `const any = 1; // any`],
    ['arn:aws:', 'lib/constructs/x.ts', `// arn:aws:s3:::bucket\nconst x = 'arn:' + partition;`],
    [
      'arn:aws:',
      'lib/judge/x.ts',
      `// literal-arn: AWS owns this one\nconst x = 'arn:aws:iam::aws:policy/X';`,
    ],
    ['arn:aws:', 'test/x.test.ts', `const x = 'arn:aws:iam::aws:policy/X';`],
    ['biome is ignored', 'lib/x.ts', `// biome-ignore lint/style/x: the interface is not ours to change`],
    ['names do not age', 'lib/core/x.ts', `const secure = 1; export const policy = secure;`],
    ['names do not age', 'lib/core/x.ts', `export const insecureFixture = 1;`],
    ['names do not age', 'lib/core/x.ts', `export interface SecureTransmissionMetadata {}`],
    ['names do not age', 'lib/core/x.ts', `export const bucketPolicyDemandsSecureTransport = 1;`],
    ['names do not age', 'test/x.ts', `export const SECURE = 1;`],
  ])('%s in %s: %s', (words, path, text) => {
    expect(findingsIn(words, path, text)).toEqual([]);
  });

  test('a name that says something', () => {
    expect(namelessPaths(['lib/judge/template/value.ts', 'lib/core/common-name.ts'])).toEqual([]);
  });
});
