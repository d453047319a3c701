import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { Manifest } from '@aws-cdk/cloud-assembly-schema';
import { version } from 'aws-cdk/package.json';
import { CDK_CLI, environmentOf } from '../../../lib/cli/app/environment';
import { workFolder, write } from '../support';

const APP = { folder: '/app', file: 'cdk.json', app: 'x', output: 'cdk.out', context: { stage: 'test' } };

function environment(env: Record<string, string> = {}, context: Record<string, unknown> = APP.context) {
  const folder = workFolder();
  const places = { folder, outdir: `${folder}/cdk.out`, mark: `${folder}/mark`, register: `${folder}/r.js` };
  return environmentOf({ ...APP, context }, places, env);
}

test('an app is told the versions of the CDK CLI that this project pins', () => {
  expect(CDK_CLI).toEqual({ assembly: Manifest.version(), cli: version });
});

test('an app gets its context and what the CDK CLI adds; no asset is bundled', () => {
  expect(JSON.parse(environment().CDK_CONTEXT_JSON ?? '')).toEqual({
    stage: 'test',
    'aws:cdk:enable-path-metadata': true,
    'aws:cdk:enable-asset-metadata': true,
    'aws:cdk:version-reporting': true,
    '@aws-cdk/core:failSynthOnValidationErrors': false,
    'aws:cdk:bundling-stacks': [],
  });
});

test('a large context goes through a file, as CDK reads it', () => {
  const large = { words: 'x'.repeat(200_000) };
  const { CDK_CONTEXT_JSON, CONTEXT_OVERFLOW_LOCATION_ENV = '' } = environment({}, large);
  expect(CDK_CONTEXT_JSON).toBe('{}');
  expect(JSON.parse(readFileSync(CONTEXT_OVERFLOW_LOCATION_ENV, 'utf8'))).toMatchObject(large);
});

test.each([
  [{}, undefined],
  [{ AWS_DEFAULT_REGION: 'eu-west-1' }, 'eu-west-1'],
  [{ AWS_DEFAULT_REGION: 'eu-west-1', AWS_REGION: 'eu-west-2' }, 'eu-west-2'],
  [{ AWS_REGION: 'eu-west-2', CDK_DEFAULT_REGION: 'eu-west-3' }, 'eu-west-3'],
])('the default region of %j is %s, without a look at profiles of the machine', (env, region) => {
  expect(environment(env).CDK_DEFAULT_REGION).toBe(region);
});

test('what is preloaded follows what NODE_OPTIONS holds, wherever it lies', () => {
  write('r.js', 'console.log(process.env.NODE_OPTIONS)');
  const { NODE_OPTIONS = '' } = environment({ NODE_OPTIONS: '--no-warnings' });
  expect(NODE_OPTIONS).toBe(`--no-warnings --require "${workFolder()}/r.js"`);
  // The folder has a space in its name, which Node.js must not split at.
  const out = execFileSync(process.execPath, ['-e', '0'], { env: { NODE_OPTIONS } }).toString();
  expect(out.trim()).toBe(NODE_OPTIONS);
});
