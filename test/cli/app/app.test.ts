import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Ajv from 'ajv/dist/2020';
import { buildSync } from 'esbuild';
import schema from '../../../schemas/check-report.schema.json';
import { run, workFolder, write } from '../support';

const ROOT = path.resolve(__dirname, '../../..');
const APPS = path.join(ROOT, 'test/_fixtures/cdk-apps');
const ENV = { ...process.env, NO_COLOR: '1' };

interface Found {
  readonly rule: string;
  readonly logicalId: string;
  readonly source?: { readonly file: string; readonly line: number; readonly column?: number };
  readonly template?: { readonly file: string };
}

/** The apps of the fixtures, below the working folder, with the packages of this project. */
beforeAll(() => {
  cpSync(APPS, workFolder(), { recursive: true });
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(workFolder(), 'node_modules'));
});

function check(target: string, more: { cwd?: string; options?: readonly string[] } = {}) {
  const { cwd = workFolder(), options = [] } = more;
  const argv = ['check', ...(target === '' ? [] : [target]), '--format', 'json', ...options];
  const { code, out, err } = run(argv, { cwd, env: ENV });
  expect(out === '' ? err : '').toBe('');
  const report = JSON.parse(out);
  const [{ findings, lines, target: name }] = report.targets as [
    { findings: readonly Found[]; lines?: object; target: string },
  ];
  return { code, err, report, findings, lines, name };
}

describe('a CDK app that never heard of us', () => {
  test('is judged with its own lines: the override before the one that made the resource', () => {
    const { code, findings, lines, report } = check('plain');
    expect(code).toBe(1);
    const floor = findings.find(({ rule }) => rule === 'ListenerRequiresTls12');
    expect(floor?.source).toEqual({ file: 'plain/app.js', line: 25, column: 32 });
    const targets = findings.find(({ logicalId }) => logicalId.startsWith('Targets'));
    expect(targets === undefined || targets.source?.line === 23).toBe(true);
    // What lies in cdk.out, if anything, is of another synthesis.
    expect(findings.filter(({ source, template }) => source !== undefined && template !== undefined)).toEqual(
      [],
    );
    expect(lines).toEqual({ kind: 'code' });
    const validate = new Ajv({ strict: false, validateFormats: false }).compile(schema);
    expect([validate(report), validate.errors]).toEqual([true, null]);
  });

  test('leaves nothing, neither beside it nor where it was written', () => {
    write('tells/cdk.json', {
      build: 'node -e 0',
      app: `node -e "fs.writeFileSync('outdir', process.env.CDK_OUTDIR)" && node ../modules/app.mjs`,
    });
    check('tells');
    const outdir = readFileSync(path.join(workFolder(), 'tells/outdir'), 'utf8');
    expect(path.basename(path.dirname(outdir))).toMatch(/^secure-transmission-/);
    expect(existsSync(path.dirname(outdir))).toBe(false);
    expect(readdirSync(path.join(workFolder(), 'tells')).sort()).toEqual(['cdk.json', 'outdir']);
  });

  test('is not stopped by rules that it registers itself', () => {
    const { err } = check('plain');
    expect(err).not.toContain('Validation failed');
  });

  test('prints to standard error, each line with who says it', () => {
    const { err } = check('plain');
    const [first, second, ...others] = err.split('\n');
    expect(first).toBe('app: stage production, owner web-team');
    expect(second).toMatch(/^app: .*:error file=app\.js::an app that prints$/);
    expect(others).toEqual(['']);
    expect(run(['check', 'plain', '--quiet'], { env: ENV }).err).toBe('');
  });

  test('gets the context of the command line before that of its files', () => {
    expect(check('plain', { options: ['--context', 'stage=test'] }).err).toContain('app: stage test, owner');
  });

  test('is the one of the working folder where nothing is named', () => {
    const { findings, name } = check('', { cwd: path.join(workFolder(), 'plain') });
    expect(name).toBe('.');
    expect(findings.find(({ rule }) => rule === 'ListenerRequiresTls12')?.source?.file).toBe('app.js');
  });

  test('is named by its cdk.json as well, and gives the same bytes every time', () => {
    const once = run(['check', 'plain/cdk.json', '--format', 'json'], { env: ENV });
    const again = run(['check', 'plain/cdk.json', '--format', 'json'], { env: ENV });
    expect(once.out).toBe(again.out);
    expect(once.out).not.toContain(tmpdir());
    expect(JSON.parse(once.out).targets[0].target).toBe('plain/cdk.json');
  });

  test('finds what cdk.out holds, whichever of them is checked', () => {
    const env = { ...ENV, NODE_OPTIONS: '' };
    write('same/cdk.json', { app: 'node ../plain/app.js' });
    write('same/written/cdk.json', { app: '../../plain.out' });
    const script = `process.env.CDK_OUTDIR = 'plain.out'; require('./plain/app.js');`;
    spawnSync(process.execPath, ['-e', script], { cwd: workFolder(), env });
    const facts = ({ findings }: { findings: readonly Found[] }) =>
      findings.map(({ rule, logicalId }) => [rule, logicalId]);
    const synthesised = check('plain.out');
    expect(facts(check('same'))).toEqual(facts(synthesised));
    // `app` may be a folder that was written before: nothing is run, which is said.
    const written = check('same/written');
    expect(facts(written)).toEqual(facts(synthesised));
    expect(written.err).toBe(
      'same/written/cdk.json: app is the folder ../../plain.out, which a synthesis wrote before: it is judged as it is, and nothing was run\n',
    );
  });
});

test('code of functions is not bundled: neither Docker nor minutes are needed', () => {
  write('bundled/code/index.js', 'exports.handler = () => {};');
  write(
    'bundled/app.js',
    `const { App, Stack, DockerImage, aws_lambda: lambda } = require('aws-cdk-lib');
const bundling = { image: DockerImage.fromRegistry('there-is-no-such-image'), command: ['false'] };
const code = lambda.Code.fromAsset(__dirname + '/code', { bundling });
new lambda.Function(new Stack(new App(), 'Code'), 'Function', {
  code, handler: 'index.handler', runtime: lambda.Runtime.NODEJS_22_X,
});`,
  );
  write('bundled/cdk.json', { app: 'node app.js' });
  const { report, findings } = check('bundled', { options: ['--pack', 'gdpr'] });
  expect(report.targets[0].resources.total).toBe(2);
  // Not even what the staging would have said of where it ran.
  expect(JSON.stringify(findings)).not.toContain(workFolder());
});

describe('other commands', () => {
  test('posture takes an app as well', () => {
    const { code, out } = run(['posture', 'plain'], { env: ENV });
    expect([code, out.includes('secure-transmission check plain')]).toEqual([0, true]);
  });

  test('preflight does not: what is deployed is an assembly', () => {
    const { code, err } = run(['preflight', 'plain'], { env: ENV });
    expect(code).toBe(2);
    expect(err).toMatch(/^error: plain: /);
  });
});

describe('lines of code are known', () => {
  test('of modules, in an app outside of the working folder', () => {
    mkdirSync(path.join(workFolder(), 'elsewhere'));
    const { findings } = check('../modules', { cwd: path.join(workFolder(), 'elsewhere') });
    const [first] = findings.filter(({ logicalId }) => logicalId.startsWith('Bucket'));
    expect(first?.source).toEqual({ file: '../modules/app.mjs', line: 4 });
    expect(first?.template).toBeUndefined();
  });

  test.each([
    ['linked', 'typescript/app.ts', 11],
    ['inline', 'typescript/app.ts', 11],
    ['none', 'none/out/app.js', undefined],
  ] as const)('of what was compiled, with %s source maps', (maps, file, line) => {
    const folder = path.join(workFolder(), maps);
    buildSync({
      absWorkingDir: workFolder(),
      entryPoints: ['typescript/app.ts'],
      outfile: path.join(folder, 'out/app.js'),
      platform: 'node',
      format: 'cjs',
      // Lines of the output are not those of the source.
      banner: { js: '// generated\n'.repeat(40) },
      ...(maps === 'none' ? {} : { sourcemap: maps }),
    });
    writeFileSync(path.join(folder, 'cdk.json'), JSON.stringify({ app: 'out/app.js' }));
    const { findings } = check(maps);
    const [first] = findings.filter(({ logicalId }) => logicalId.startsWith('Bucket'));
    expect(first?.source?.file).toBe(file);
    if (line === undefined) expect(first?.source?.line).toBeGreaterThan(40);
    else expect(first?.source?.line).toBe(line);
  });

  test('through a package, also as pnpm lays it out: the line that called it', () => {
    const store = 'pnpm/node_modules/.pnpm/our-files@1.0.0/node_modules/our-files';
    write(
      `${store}/index.js`,
      `const { Stack, aws_s3: s3 } = require('aws-cdk-lib');
exports.Files = class extends Stack { constructor(app) { super(app, 'Files'); new s3.Bucket(this, 'Bucket'); } };`,
    );
    symlinkSync(
      '.pnpm/our-files@1.0.0/node_modules/our-files',
      path.join(workFolder(), 'pnpm/node_modules/our-files'),
    );
    write(
      'pnpm/app.js',
      `const { App } = require('aws-cdk-lib');\n\nnew (require('our-files').Files)(new App());\n`,
    );
    write('pnpm/cdk.json', { app: 'node app.js' });
    const { findings } = check('pnpm');
    const [first] = findings.filter(({ logicalId }) => logicalId.startsWith('Bucket'));
    expect(first?.source).toMatchObject({ file: 'pnpm/app.js', line: 3 });
  });

  test('of another language, where the runtime of jsii tells them', () => {
    // The kernel of jsii is a program of Node.js that stands in a package; what it hands on is (file, line, column, name).
    write(
      'jsii/node_modules/kernel/index.js',
      `const { App, Stack, aws_s3: s3 } = require('aws-cdk-lib');
globalThis[Symbol.for('jsii.context.hostStackTrace')] = [['kernel.py', 1, 0, 'send'], ['${workFolder()}/jsii/app.py', 12, 0, 'build']];
new s3.Bucket(new Stack(new App(), 'Files'), 'Bucket');`,
    );
    write('jsii/cdk.json', { app: 'node node_modules/kernel' });
    const { findings, lines } = check('jsii');
    const [first] = findings.filter(({ logicalId }) => logicalId.startsWith('Bucket'));
    expect([first?.source, lines]).toEqual([{ file: 'jsii/app.py', line: 12 }, { kind: 'code' }]);
  });

  test('not of an app in another language, which the report says', () => {
    const { code, findings, lines } = check('foreign');
    expect(code).toBe(1);
    expect(findings.some(({ rule }) => rule === 'ListenerIsEncrypted')).toBe(true);
    expect(findings.every(({ source }) => source === undefined)).toBe(true);
    expect(lines).toEqual({
      kind: 'template',
      why: 'the app is not written for Node.js, or its CDK is too old to call hooks; they are of what cdk synth writes',
    });
    const { out } = run(['check', 'foreign'], { env: ENV });
    expect(out.replace(/\s+/g, ' ')).toContain(
      'lines those of templates: the app is not written for Node.js, or its CDK is too old to call hooks; they are of what cdk synth writes',
    );
    expect(out).toContain('at:  foreign/cdk.out/Shop.template.json:5:');
  });
});

describe('other programs of Node.js that the command starts', () => {
  test('run as they would, with what NODE_OPTIONS held before', () => {
    write(
      'before.js',
      `globalThis[Symbol.for('@aws-cdk/core.App#initHook')] = () => console.log('their hook');`,
    );
    const before = path.join(workFolder(), 'before.js').replaceAll(' ', '\\ ');
    write('children/cdk.json', {
      build: 'node -p "process.env.CDK_OUTDIR === undefined"',
      app: 'node -e "console.log(process.argv.length)" && node ../modules/app.mjs',
    });
    const env = { ...ENV, NODE_OPTIONS: `--require "${before}"` };
    const { code, err } = run(['check', 'children', '--fail-on', 'fatal'], { env });
    expect([code, err]).toEqual([0, 'app: true\napp: 1\napp: their hook\n']);
  });
});
