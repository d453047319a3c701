/**
 * The published package: what is in it, and whether it works in a project that has nothing of ours.
 *
 * In CI the project installs everything from the registry, as a user does. Elsewhere CDK and cdk-nag are
 * links to our own copies, which shows the same in seconds.
 */
import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import packageJson from '../../package.json';
import { filesBelow } from '../house/sources';

const ROOT = path.resolve(__dirname, '../..');
const FROM_REGISTRY = process.env.SECURE_TRANSMISSION_CI !== undefined;
const TSC = path.join(ROOT, 'node_modules/typescript/bin/tsc');

let folder = '';
let tarball = '';
let packed: readonly string[] = [];

function run(program: string, args: readonly string[], cwd = folder) {
  // As in a shell of a user: under NODE_ENV=test CDK keeps its assembly and its report in memory.
  const settings = { CDK_OUTDIR: 'cdk.out', CDK_VALIDATION: 'false', npm_config_loglevel: 'error' };
  // Under `npx -p node@24 -c 'npm test'` an npx within would take up the outer one's command.
  const outer = { npm_config_call: undefined, npm_config_package: undefined };
  const env = { ...process.env, ...outer, ...settings, NODE_ENV: undefined };
  const result = spawnSync(program, args, { cwd, env, encoding: 'utf8' });
  return { code: result.status, stdout: result.stdout, output: `${result.stdout}${result.stderr}` };
}

function succeed(program: string, args: readonly string[], cwd = folder): string {
  const result = run(program, args, cwd);
  if (result.code !== 0) {
    throw new Error(`'${program} ${args.join(' ')}' ended with exit code ${result.code}:\n${result.output}`);
  }
  return result.stdout;
}

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'package '));
  succeed(process.execPath, ['tools/build.mjs'], ROOT);
  // Without scripts, because the build above is up to date and others read dist/ at this moment.
  const [pack] = JSON.parse(
    succeed('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], ROOT),
  );
  packed = pack.files.map((file: { path: string }) => file.path);
  tarball = path.join(folder, pack.filename);
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the package', () => {
  test('holds the library, its types and data, the command line, schemas and the papers; nothing else', () => {
    const library = packed.filter((name) => /^dist\/lib\/.+(\.js|\.d\.ts|\.json)$/.test(name));
    const functions = filesBelow('lib', '.handler.ts')
      .map((name) => `dist/lambda/${path.basename(name, '.handler.ts')}/index.js`)
      .sort();
    expect(functions.length).toBeGreaterThan(3);
    expect(library.length).toBeGreaterThan(10);
    expect(packed.filter((name) => !library.includes(name)).sort()).toEqual([
      'LICENSE',
      'NOTICE',
      'README.md',
      'dist/bin/acm.js',
      'dist/bin/page-tree.js',
      'dist/bin/secure-transmission.js',
      ...functions,
      'package.json',
      'schemas/baseline-configuration.schema.json',
      'schemas/certificate-audit.schema.json',
      'schemas/check-configuration.schema.json',
      'schemas/check-report.schema.json',
      'schemas/diff-report.schema.json',
      'schemas/known-findings.schema.json',
      'schemas/payment-page.schema.json',
      'schemas/preflight-report.schema.json',
      'schemas/probe-report.schema.json',
      'schemas/trail-verification.schema.json',
      'schemas/transmission-statement.schema.json',
      'schemas/waivers.schema.json',
    ]);
  });

  test('holds every file of the library that was built', () => {
    const built = readdirSync(path.join(ROOT, 'dist/lib'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.name.endsWith('.js.map'))
      .map((entry) => path.relative(ROOT, path.join(entry.parentPath, entry.name)));
    expect(packed.filter((name) => name.startsWith('dist/lib/')).sort()).toEqual(built.sort());
  });

  test('holds types for every file of code', () => {
    const code = packed.filter((name) => /^dist\/lib\/.+\.js$/.test(name));
    expect(code.filter((name) => !packed.includes(name.replace(/\.js$/, '.d.ts')))).toEqual([]);
  });

  test('satisfies publint', () => {
    const publint = path.join(ROOT, 'node_modules/publint/src/cli.js');
    expect(run(process.execPath, [publint, tarball, '--strict'])).toMatchObject({
      code: 0,
      output: expect.stringContaining('All good!'),
    });
  });

  test('has types that resolve in every way of importing', () => {
    const attw = path.join(ROOT, 'node_modules/@arethetypeswrong/cli/dist/index.js');
    expect(run(process.execPath, [attw, tarball, '--no-color'])).toMatchObject({
      code: 0,
      output: expect.stringContaining('No problems found'),
    });
  }, 60_000);
});

describe('in an empty project, the package', () => {
  let project = '';

  beforeAll(() => {
    project = path.join(folder, 'project');
    mkdirSync(path.join(project, 'node_modules'), { recursive: true });
    writeFileSync(path.join(project, 'package.json'), JSON.stringify({ name: 'consumer', private: true }));
    install(project);
    copyFileSync(path.join(ROOT, 'examples/quickstart.ts'), path.join(project, 'quickstart.ts'));
    copyFileSync(path.join(ROOT, 'test/_fixtures/quickstart-insecure.ts'), path.join(project, 'insecure.ts'));
    const compilerOptions = {
      target: 'es2022',
      module: 'node20',
      moduleResolution: 'node16',
      strict: true,
      skipLibCheck: true,
      types: ['node'],
      typeRoots: [path.join(ROOT, 'node_modules/@types')],
    };
    writeFileSync(
      path.join(project, 'tsconfig.json'),
      JSON.stringify({ compilerOptions, include: ['*.ts'] }),
    );
    // Tells at the end which copies of CDK were loaded.
    writeFileSync(
      path.join(project, 'copies.cjs'),
      `process.on('exit', () => {
        const roots = Object.keys(require.cache).map((file) => /.*[/\\\\]aws-cdk-lib(?=[/\\\\])/.exec(file)?.[0]);
        const unique = [...new Set(roots.filter(Boolean))];
        require('node:fs').writeFileSync(__dirname + '/copies.json', JSON.stringify(unique));
      });`,
    );
    succeed(process.execPath, [TSC, '-p', 'tsconfig.json', '--pretty', 'false'], project);
  }, 300_000);

  test('synthesises the sample of the README', () => {
    rmSync(path.join(project, 'cdk.out'), { recursive: true, force: true });
    const result = synthesise('quickstart.js');
    expect(result).toEqual({
      code: 0,
      stdout: expect.anything(),
      output: expect.not.stringContaining('ERROR'),
    });
    expect(
      readdirSync(path.join(project, 'cdk.out')).filter((name) => name.endsWith('.template.json')),
    ).not.toEqual([]);
  }, 60_000);

  test('fails the insecure twin of that sample', () => {
    const result = synthesise('insecure.js');
    expect(result.code).toBe(1);
    expect(result.output).toMatch(/TransmissionChecks/);
  }, 60_000);

  test('uses the one copy of CDK that the project has', () => {
    synthesise('quickstart.js');
    const copies: string[] = JSON.parse(readFileSync(path.join(project, 'copies.json'), 'utf8'));
    expect(copies).toHaveLength(1);
  }, 60_000);

  test('brings a command line that npx finds', () => {
    const npx = ['--no-install', 'secure-transmission'];
    expect(succeed('npx', [...npx, '--help'], project)).toMatch(/secure-transmission/);
    synthesise('insecure.js');
    const { code, stdout } = run('npx', [...npx, 'check', 'cdk.out', '--format', 'json'], project);
    expect(code).toBe(1);
    expect(JSON.parse(stdout).exitCode).toBe(1);
  }, 60_000);

  test('runs the app of the project, and finds the line of its code', () => {
    const file = path.join(project, 'cdk.json');
    writeFileSync(file, JSON.stringify({ app: 'node insecure.js' }));
    const { code, stdout } = run(
      'npx',
      ['--no-install', 'secure-transmission', 'check', '--format', 'json'],
      project,
    );
    rmSync(file);
    expect(code).toBe(1);
    const [{ findings }] = JSON.parse(stdout).targets;
    const errors = findings.filter(({ level }: { level: string }) => level === 'error');
    expect(errors.length).toBeGreaterThan(0);
    expect(errors.map(({ source }: { source?: { file: string } }) => source?.file)).toEqual(
      errors.map(() => 'insecure.js'),
    );
  }, 60_000);

  test('brings the schemas that its reports and configurations name', () => {
    const script = `
      const report = require('cdk-secure-transmission/schemas/check-report.schema.json');
      const configuration = require('cdk-secure-transmission/schemas/baseline-configuration.schema.json');
      console.log(report.$id, configuration.title);`;
    expect(succeed(process.execPath, ['-e', script], project)).toMatch(
      /^urn:cdk-secure-transmission:check-report:\d+ Configuration of the secure-transmission baseline$/m,
    );
  });

  test('can be imported by an ES module', () => {
    const script = `
      import { TransmissionChecks } from 'cdk-secure-transmission';
      import { judge } from 'cdk-secure-transmission/judge';
      console.log(typeof TransmissionChecks, typeof judge);`;
    writeFileSync(path.join(project, 'module.mjs'), script);
    expect(succeed(process.execPath, ['module.mjs'], project).trim()).toBe('function function');
  }, 60_000);

  function synthesise(file: string) {
    return run(process.execPath, ['--require', './copies.cjs', file], project);
  }
});

function install(project: string): void {
  const peers = Object.keys(packageJson.peerDependencies);
  if (FROM_REGISTRY) {
    const versions: Record<string, string> = packageJson.devDependencies;
    const wanted = peers.map((name) => `${name}@${versions[name]}`);
    succeed('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', tarball, ...wanted], project);
    return;
  }
  const links = [...peers, ...Object.keys(packageJson.dependencies)];
  for (const name of links) {
    symlinkSync(path.join(ROOT, 'node_modules', name), path.join(project, 'node_modules', name), 'junction');
  }
  const own = path.join(project, 'node_modules', packageJson.name);
  mkdirSync(own);
  succeed('tar', ['-xzf', tarball, '-C', own, '--strip-components=1']);
  mkdirSync(path.join(project, 'node_modules/.bin'));
  symlinkSync(
    path.join(own, packageJson.bin['secure-transmission']),
    path.join(project, 'node_modules/.bin/secure-transmission'),
  );
}
