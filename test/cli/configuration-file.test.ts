import { readFileSync } from 'node:fs';
import path from 'node:path';
import Ajv from 'ajv/dist/2020';
import { parse } from 'yaml';
import { fileSchema } from '../../lib/cli/configuration-schema';
import schema from '../../schemas/check-configuration.schema.json';
import { listener, run, workFolder, write } from './support';

const NOW = ['--now', '2026-11-22'];
const validate = new Ajv({ strict: false, validateFormats: false }).compile(schema);

beforeAll(() => {
  write('shop/t.json', { Parameters: { Stage: { Type: 'String' } }, Resources: { Web: listener('HTTP') } });
});

/** What a check gives in a folder of its own that holds these files. */
let count = 0;
function inFolder(files: Readonly<Record<string, unknown>>, ...argv: readonly string[]) {
  count += 1;
  const name = `folder-${count}`;
  write(`${name}/t.json`, { Resources: { Web: listener('HTTP') } });
  for (const [file, content] of Object.entries(files)) write(`${name}/${file}`, content);
  return run(['check', ...argv, ...NOW], { cwd: path.join(workFolder(), name) });
}

const packsOf = ({ out }: { out: string }) =>
  JSON.parse(out).targets[0].packs.map(({ name }: { name: string }) => name);

describe('a configuration', () => {
  const YAML = 'packs: [gdpr]\nfailOn: fatal # nothing is\ntargets:\n  - t.json\n';

  test.each([
    ['secure-transmission.config.json', { packs: ['gdpr'], failOn: 'fatal', targets: ['t.json'] }],
    ['secure-transmission.config.yaml', YAML],
    ['secure-transmission.config.yml', YAML],
  ])('named %s is found by itself, which every report says', (file, content) => {
    const json = inFolder({ [file]: content }, '--format', 'json');
    expect([json.code, json.err, packsOf(json)]).toEqual([0, '', ['GdprChecks']]);
    expect(JSON.parse(json.out).configuration).toBe(file);
    const text = inFolder({ [file]: content }).out;
    expect(text).toContain(`settings    those of ${file}\n`);
  });

  test('that is named goes before the one that is found, and lies where it likes', () => {
    const files = {
      'secure-transmission.config.json': { packs: ['gdpr'] },
      'ci/other.yaml': 'packs: [pci-dss-401]\ntargets: [../t.json]\n',
    };
    const result = inFolder(files, '--config', 'ci/other.yaml', '--format', 'json');
    expect(packsOf(result)).toEqual(['PciDss401Checks']);
    expect(JSON.parse(result.out)).toMatchObject({
      configuration: 'ci/other.yaml',
      targets: [{ target: 't.json' }],
    });
  });

  test('comes after the command line', () => {
    const files = { 'c.yaml': 'packs: [gdpr]\nfailOn: fatal\ntargets: [gone.json]\nwaivers: gone.yaml\n' };
    write('waivers.yaml', 'version: 1\nwaivers: []\n');
    const given = ['t.json', '--config', 'c.yaml', '--format', 'json', '--waivers', '../waivers.yaml'];
    const result = inFolder(files, ...given, '--pack', 'transmission', '--fail-on', 'error');
    expect([result.code, result.err, packsOf(result)]).toEqual([1, '', ['TransmissionChecks']]);
    const profile = inFolder(files, ...given, '--profile', 'pci');
    expect(packsOf(profile)).toEqual(['PciDss401Checks', 'TransmissionChecks']);
  });

  test('gives values of parameters, of which the command line may change some', () => {
    const files = {
      't.json': {
        Parameters: { Stage: { Type: 'String' }, Protocol: { Type: 'String' } },
        Resources: { Web: listener('HTTP') },
      },
      'c.yaml': 'templateParameters: [Stage=a, Protocol=HTTP, Gone=x]\n',
    };
    expect(inFolder(files, 't.json', '--config', 'c.yaml')).toMatchObject({
      code: 2,
      err: 'error: --parameters: names Gone, which is a parameter of no template given, correct the name\n',
    });
    files['c.yaml'] = 'templateParameters: [Stage=a, Protocol=HTTP]\n';
    expect(inFolder(files, 't.json', '--config', 'c.yaml', '--parameters', 'Stage=b').err).toBe('');
  });

  test('is for posture and statement, too', () => {
    write('posture/t.json', { Resources: { Web: listener('HTTP') } });
    write('posture/secure-transmission.config.yaml', 'waivers: gone.yaml\n');
    const { code, err } = run(['posture', 't.json'], { cwd: path.join(workFolder(), 'posture') });
    expect([code, err]).toEqual([
      2,
      'error: gone.yaml: cannot be read (ENOENT), give a file of waivers that exists\n',
    ]);
  });
});

describe('what is wrong in one', () => {
  test('is told line by line, at its place', () => {
    const yaml = `# settings
packs:
  - gdpr
  - pci
failsOn: error
parameters:
  keyRotationDays: 1
timeLimit: 0
`;
    const { code, out, err } = inFolder({ 'c.yaml': yaml }, 't.json', '--config', 'c.yaml');
    expect([code, out]).toEqual([2, '']);
    const lines = err.trimEnd().split('\n');
    expect(lines.map((line) => line.replace(/^(error: c\.yaml:\d+:\d+: \S+).*/, '$1')).sort()).toEqual([
      `error: c.yaml:4:5: 'packs[1]'`,
      'error: c.yaml:5:1: "failsOn"',
      `error: c.yaml:7:3: 'parameters.keyRotationDays'`,
      `error: c.yaml:8:1: 'timeLimit'`,
    ]);
    expect(err).toContain(
      `"failsOn" is not a setting, did you mean 'failOn'?, use only targets, packs, failOn`,
    );
  });

  test.each([
    ['c.yaml', 'a: [', /^error: c\.yaml:\d+:\d+: is not valid YAML, .*, correct it there\n$/],
    ['c.yaml', '', /^error: c\.yaml: is empty, give a configuration\n$/],
    ['c.yaml', '- a\n', /^error: c\.yaml: is not an object, write \{"profile": "both"\}\n$/],
    ['c.yaml', `a: ${'['.repeat(200)}${']'.repeat(200)}`, /^error: c\.yaml: nests deeper than 100 levels, /],
    [
      'c.json',
      '{ "packs": ["gdpr"], }',
      /^error: c\.json: is not JSON, comments and trailing commas are not allowed, correct it\n$/,
    ],
    [
      'c.json',
      '{\n "profile": "bth"\n}',
      /^error: c\.json:2:2: 'profile' must be one of .*, did you mean 'both'\?\n$/,
    ],
  ])('%s of %j', (file, text, message) => {
    const { code, out, err } = inFolder({ [file]: text }, 't.json', '--config', file);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(message);
  });

  test('is that two of them lie there', () => {
    const files = { 'secure-transmission.config.json': {}, 'secure-transmission.config.yml': '{}' };
    expect(inFolder(files, 't.json').err).toBe(
      'error: secure-transmission.config.json: lies beside secure-transmission.config.yml, one of them is allowed, remove one or name it with --config\n',
    );
  });
});

describe('the published schema', () => {
  test('says what the reader says', () => {
    const good = parse(`
targets: [cdk.out, "templates/**/*.yaml"]
packs: [transmission, gdpr]
profile: both
failOn: warning
waivers: waivers.yaml
known: known.json
baseline: baseline.json
templateParameters: [Stage=production, Shop.Stage=test]
context: [stage=production]
timeLimit: 900
`);
    expect([validate(good), validate.errors]).toEqual([true, null]);
    for (const bad of [
      { failOn: 'grave' },
      { packs: [] },
      { packs: ['gdpr', 'gdpr'] },
      { timeLimit: 0 },
      { x: 1 },
    ]) {
      expect([bad, validate(bad)]).toEqual([bad, false]);
      expect(inFolder({ 'c.json': bad }, 't.json', '--config', 'c.json').code).toBe(2);
    }
  });

  test('takes what the documentation shows', () => {
    const page = readFileSync(path.join(__dirname, '../../docs/cli.md'), 'utf8');
    const [, shown = ''] = /```yaml\n(# yaml-language-server.*?)```/s.exec(page) ?? [];
    expect([validate(parse(shown)), validate.errors]).toEqual([true, null]);
    const found = inFolder(
      { 'c.yaml': shown, 'waivers.yaml': 'version: 1\nwaivers: []\n' },
      '--config',
      'c.yaml',
    );
    // The settings are taken: what is missing is what they name.
    expect(found.err).toMatch(/^error: templates\/\*\*\/\*\.yaml: matches no file /);
  });

  test('is the one that the reader works by', () => {
    const text = readFileSync(path.join(__dirname, '../../schemas/check-configuration.schema.json'), 'utf8');
    expect(Object.keys(JSON.parse(text).properties)).toEqual(Object.keys(fileSchema.properties));
  });
});

test('a key that stands twice is refused, as JSON too: a reader may have seen the first', () => {
  const json = '{"failOn": "error",\n "failOn": "fatal"}';
  const { code, err } = inFolder({ 'secure-transmission.config.json': json }, 't.json');
  expect([code, err]).toEqual([
    2,
    'error: secure-transmission.config.json: key "failOn" stands twice, in line 2 again, remove one\n',
  ]);
});
