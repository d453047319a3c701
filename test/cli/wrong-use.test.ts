import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { listener, run, workFolder, write } from './support';

beforeAll(() => {
  write('good.json', { Parameters: { Stage: { Type: 'String' } }, Resources: { Web: listener('HTTPS') } });
  write('config.json', {});
  write('not-json.json', '{ // no\n}');
  write('list.json', []);
  write('unknown-key.json', { tlsPolicys: [] });
  write('bad-policy.json', { tlsPolicies: [{ service: 'elbv2' }] });
  write('empty.yaml', '');
  write('app.ts', 'new App();');
  write('broken.yaml', 'Resources:\n  A: [\n');
  write('no-resources.json', { Parameters: {} });
  write('broken.out/manifest.json', '{');
  write('empty.out/manifest.json', { version: '55.0.0', artifacts: {} });
  write('escaping.out/manifest.json', {
    artifacts: { S: { type: 'aws:cloudformation:stack', properties: { templateFile: '../good.json' } } },
  });
  write('lost.out/manifest.json', {
    artifacts: { S: { type: 'aws:cloudformation:stack', properties: { templateFile: 'gone.json' } } },
  });
  write('without-manifest.out/cdk.out', '{"version":"55.0.0"}');
  write('no-templates/README.md', 'nothing');
  write('twins/shop.json', { Resources: { Web: listener('HTTPS') } });
  write('twins/shop.yaml', 'Resources: { Web: { Type: "AWS::SQS::Queue" } }');
  mkdirSync(path.join(workFolder(), 'a-folder'));
});

const SEE = 'see secure-transmission check --help';

test.each([
  [
    '',
    'secure-transmission: needs a command, use one of check, diff, posture, preflight, statement, certificates, probe, payment-page, trail, digest, explain, rules, see secure-transmission --help',
  ],
  [
    'chekc',
    'chekc: is not a command, did you mean check, use one of check, diff, posture, preflight, statement, certificates, probe, payment-page, trail, digest, explain, rules, see secure-transmission --help',
  ],
  [
    '--format',
    '--format: is not an option of secure-transmission, those of a command stand behind it, use one of check, diff, posture, preflight, statement, certificates, probe, payment-page, trail, digest, explain, rules, see secure-transmission --help',
  ],
  [
    'check',
    'check: needs a target, since there is no cdk.json here, write secure-transmission check cdk.out, or run it where a CDK app is',
  ],
  [
    'check --fail-on error',
    'check: needs a target, since there is no cdk.json here, write secure-transmission check cdk.out, or run it where a CDK app is',
  ],
  ['rules all', 'rules: takes nothing, got "all" as well, write secure-transmission rules'],
  [
    'posture a b',
    'posture: takes only <target>, got "b" as well, write secure-transmission posture <target>',
  ],
  ['check a --formt json', `--formt: is not an option of check, did you mean --format, ${SEE}`],
  ['check a -x', `-x: is not an option of check, ${SEE}`],
  ['rules --fail-on error', '--fail-on: is not an option of rules, see secure-transmission rules --help'],
  ['check a --format', '--format: needs a value, write --format=FORMAT'],
  ['check a --format --quiet', '--format: needs a value, write --format=FORMAT'],
  ['check a --output=', '--output: needs a value, write --output=FILE'],
  [
    'check a --format jsn',
    '--format: is "jsn", it must be one of text, json, sarif, github, summary, markdown, junit, gitlab, did you mean json',
  ],
  ['check a --fail-on none', '--fail-on: is "none", it must be one of fatal, error, warning, info'],
  ['check a --pack pci', '--pack: is "pci", it must be one of transmission, pci-dss-401, gdpr'],
  ['check a --fail-on info --fail-on error', '--fail-on: is given twice, it is allowed once, remove one'],
  ['check a --quiet=yes', '--quiet: takes no value, remove what follows the equals sign'],
  [
    'check a --format json --format sarif',
    '--format: json and sarif would both go to standard output, give one of them another --output',
  ],
  [
    'check a --format json --output x --format sarif --output x',
    '--format: json and sarif would both go to x, give one of them another --output',
  ],
  [
    'check a --format json --output x --format sarif --output ./x',
    '--format: json and sarif would both go to ./x, give one of them another --output',
  ],
  [
    'check a --output x --output y',
    '--output: gives text a second file, one is allowed, repeat --format before it',
  ],
  [
    'explain NoSuchRule',
    'NoSuchRule: is not a rule of TransmissionChecks, PciDss401Checks, GdprChecks, see secure-transmission rules',
  ],
  [
    'explain ResourceCanBeJugded',
    'ResourceCanBeJugded: is not a rule of TransmissionChecks, PciDss401Checks, GdprChecks, did you mean ResourceCanBeJudged, see secure-transmission rules',
  ],
  ['check gone.json', 'gone.json: does not exist, give a cdk.out folder or a template'],
  [
    'check a --format json --output -',
    '--output: is "-", it must be a file, leave it out for standard output',
  ],
  [
    'check app.ts',
    'app.ts: is a program and no template, give the folder of the cdk.json that runs it, or its cdk.out',
  ],
  ['check empty.yaml --waivers /dev/zero', '../../dev/zero: is a device, give a file of waivers that exists'],
  ['check empty.yaml', 'empty.yaml: is empty, give a CloudFormation template'],
  ['check no-resources.json', 'no-resources.json: has no Resources, give a CloudFormation template'],
  [
    'check broken.out',
    'broken.out/manifest.json: is not a readable manifest, synthesise the app again (cdk synth)',
  ],
  [
    'check empty.out',
    'empty.out: holds no stack, so that there is nothing to judge, synthesise the app again (cdk synth)',
  ],
  ['check escaping.out', 'escaping.out: names "../good.json", which lies outside of it'],
  ['check lost.out', 'lost.out/gone.json: does not exist, give a template or a cdk.out folder'],
  [
    'check without-manifest.out',
    'without-manifest.out: has no manifest.json, give the folder that cdk synth writes (cdk.out) or a template file',
  ],
  [
    'check no-templates',
    'no-templates: holds neither a manifest.json nor a template, give the folder that cdk synth writes (cdk.out) or templates',
  ],
  [
    'check twins',
    'twins/shop.yaml: would be named as shop.json is, names in a folder must differ, rename one',
  ],
  [
    'check good.json --parameters Stage',
    '--parameters: is "Stage", it must be NAME=VALUE or Stack.NAME=VALUE',
  ],
  [
    'check good.json --parameters Stage=a --parameters Stage=b',
    '--parameters: gives Stage twice, one value is allowed, remove one',
  ],
  [
    'check good.json --parameters Stag=a',
    '--parameters: names Stag, which is a parameter of no template given, did you mean Stage, correct the name',
  ],
  [
    'check good.json --config gone.json',
    'gone.json: cannot be read (ENOENT), give a file of JSON or YAML that exists',
  ],
  [
    'check good.json --config a-folder',
    'a-folder: cannot be read (EISDIR), give a file of JSON or YAML that exists',
  ],
  [
    'check good.json --config not-json.json',
    'not-json.json: is not JSON, comments and trailing commas are not allowed, correct it',
  ],
  ['check good.json --config list.json', 'list.json: is not an object, write {"profile": "both"}'],
  [
    'check good.json --config unknown-key.json',
    'unknown-key.json:2:2: "tlsPolicys" is not a setting, did you mean \'tlsPolicies\'?, use only targets, packs, failOn, waivers, known, baseline, templateParameters, context, timeLimit, profile, legacyClients, parameters, switchedOff, rulesAsOf, tlsPolicies',
  ],
  [
    'check good.json --output gone/report.txt',
    '--output gone/report.txt: cannot be written (ENOENT), give a file in a folder that exists',
  ],
])('%s: one line, exit code 2', (line, message) => {
  const { code, out, err } = run(line.split(' ').filter((word) => word !== ''));
  expect({ code, out, err }).toEqual({ code: 2, out: '', err: `error: ${message}\n` });
});

test.each([
  ['check broken.yaml', /^error: broken\.yaml:\d+:\d+: is not valid YAML, .*, correct it there\n$/],
  [
    'check good.json --config bad-policy.json',
    /^error: bad-policy\.json:\d+:\d+: tlsPolicies\[0\]: lacks name, add .*\n$/,
  ],
])('%s: one line that says where', (line, message) => {
  const { code, err } = run(line.split(' '));
  expect({ code, err }).toEqual({ code: 2, err: expect.stringMatching(message) });
});

test('an error cannot be painted by what it quotes', () => {
  const { err } = run(['\u001b[2Jcheck\n']);
  expect(err.slice(0, -1)).not.toMatch(/\p{Cc}/u);
});

test('a stack trace is for those who ask', () => {
  const { err } = run(['chekc'], { env: { SECURE_TRANSMISSION_DEBUG: '1' } });
  expect(err).toMatch(/^error: chekc: .*\nTransmissionError: .*\n {4}at /);
});
