import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { lambdaCode, lambdaFolder } from '../../lib/constructs/lambda-code';

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lambda code '));
  for (const at of ['installed/dist/lambda/probe', 'sources/dist/lambda/probe', 'empty/dist/lambda/probe']) {
    mkdirSync(join(folder, at), { recursive: true });
    if (!at.startsWith('empty')) writeFileSync(join(folder, at, 'index.js'), '');
  }
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each([
  ['in the package', 'installed/dist/lib/constructs', 'installed/dist/lambda/probe'],
  ['in its sources', 'sources/lib/constructs', 'sources/dist/lambda/probe'],
])('the code of a function is found %s', (_, from, expected) => {
  expect(lambdaFolder('probe', join(folder, from))).toBe(join(folder, expected));
});

test.each([
  ['there is none', 'installed/dist/lib/constructs', 'other'],
  ['its folder holds no code', 'empty/dist/lib/constructs', 'probe'],
])('the error says what to do where %s', (_, from, name) => {
  expect(() => lambdaFolder(name, join(folder, from))).toThrow(
    `lacks the code of the function '${name}', install it again, in its sources run npm run build`,
  );
});

test('texts stand beside the code in the asset, and the code in the package stays as it is', () => {
  const app = new App();
  new lambda.Function(new Stack(app, 'Stack'), 'Function', {
    runtime: lambda.Runtime.NODEJS_24_X,
    handler: 'index.handler',
    code: lambdaCode('payment-page', { 'approved.json': '{"a":1}' }),
  });
  const { directory } = app.synth();
  const asset = readdirSync(directory).find((name) => name.startsWith('asset.')) ?? '';
  expect(readdirSync(join(directory, asset)).sort()).toEqual(['approved.json', 'index.js']);
  expect(readFileSync(join(directory, asset, 'approved.json'), 'utf8')).toBe('{"a":1}');
  expect(readdirSync(lambdaFolder('payment-page'))).toEqual(['index.js']);
});
