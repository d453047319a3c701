import { spawnSync } from 'node:child_process';
import { linkSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { loadedCopiesOfCdk } from '../../lib/checks/copies-of-cdk';

/**
 * Two copies of aws-cdk-lib, for real: in a project with folders of its own, whose app, our pack and cdk-nag load
 * what that project makes them load.
 */
const ROOT = resolve(__dirname, '../..');
const MODULES = join(ROOT, 'node_modules');

let folder: string;
beforeEach(() => {
  // Here, since a hard link stays on its file system.
  folder = mkdtempSync(join(ROOT, 'node_modules/.copies-of-cdk-'));
  mkdirSync(join(folder, 'node_modules'));
  for (const name of ['constructs', '@aws-cdk', 'yaml']) link(join(MODULES, name), name);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const APP = `
  const cdk = require('aws-cdk-lib');
  const { AwsSolutionsChecks } = require('cdk-nag');
  const { TransmissionChecks } = require('cdk-secure-transmission');
  const app = new cdk.App({ context: { '@aws-cdk/core:failSynthOnValidationErrors': false } });
  const stack = new cdk.Stack(app, 'Web');
  new cdk.aws_sqs.CfnQueue(stack, 'Queue');
  new cdk.CfnResource(stack, 'Listener', { type: 'AWS::ElasticLoadBalancingV2::Listener',
    properties: { LoadBalancerArn: 'lb', Protocol: 'HTTP', Port: 80, DefaultActions: [{ Type: 'forward', TargetGroupArn: 'tg' }] } });
  cdk.Validations.of(app).addPlugins(new TransmissionChecks(app), new AwsSolutionsChecks(app));
  const { directory } = app.synth();
  const { pluginReports } = JSON.parse(require('node:fs').readFileSync(directory + '/validation-report.json', 'utf8'));
  console.log(JSON.stringify(pluginReports.flatMap(({ violations }) => violations.map(({ ruleName }) => ruleName))));
`;

const [JUDGED, COPIES] = [
  'TransmissionChecks-ListenerIsEncrypted',
  'TransmissionChecks-OneCopyOfCdkIsLoaded',
];
/** What cdk-nag finds while it is not blind. */
const NAG = 'AwsSolutions-SQS4';

function link(target: string, name: string): void {
  const place = join(folder, 'node_modules', name);
  mkdirSync(resolve(place, '..'), { recursive: true });
  symlinkSync(target, place, 'junction');
}

/** Every file anew, by hard links: for Node, another package. */
function copy(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) copy(source, target);
    else if (/\.js(on)?$/.test(entry.name)) linkSync(source, target);
  }
}

function rulesFound(...options: readonly string[]): string[] {
  writeFileSync(join(folder, 'app.js'), APP);
  const { stdout, stderr } = spawnSync(process.execPath, [...options, 'app.js'], {
    cwd: folder,
    env: { ...process.env, NODE_ENV: '', CDK_OUTDIR: join(folder, 'cdk.out'), CDK_VALIDATION: 'false' },
    encoding: 'utf8',
  });
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout);
}

describe('with two copies of aws-cdk-lib', () => {
  test('the pack judges all the same, and says that cdk-nag is blind', () => {
    // As `npm link` of either package leaves it: both bring the copy that lies beside them.
    copy(join(MODULES, 'aws-cdk-lib'), join(folder, 'node_modules/aws-cdk-lib'));
    link(join(MODULES, 'cdk-nag'), 'cdk-nag');
    link(ROOT, 'cdk-secure-transmission');
    const rules = rulesFound();
    expect(rules).toEqual(expect.arrayContaining([JUDGED, COPIES]));
    expect(rules).not.toContain(NAG);
  });

  test('also where the second lies in no folder node_modules, and only cdk-nag loads it', () => {
    copy(join(MODULES, 'aws-cdk-lib'), join(folder, 'checkout/aws-cdk-lib'));
    copy(join(MODULES, 'cdk-nag'), join(folder, 'checkout/cdk-nag'));
    for (const name of ['constructs', '@aws-cdk'])
      link(join(MODULES, name), `../checkout/node_modules/${name}`);
    link(join(folder, 'checkout/aws-cdk-lib'), '../checkout/node_modules/aws-cdk-lib');
    link(join(folder, 'checkout/cdk-nag'), 'cdk-nag');
    link(join(MODULES, 'aws-cdk-lib'), 'aws-cdk-lib');
    link(ROOT, 'cdk-secure-transmission');
    const rules = rulesFound();
    expect(rules).toEqual(expect.arrayContaining([JUDGED, COPIES]));
    expect(rules).not.toContain(NAG);
  });

  test('also where one folder is loaded under two names, since its classes are there twice', () => {
    link(join(MODULES, 'aws-cdk-lib'), 'aws-cdk-lib');
    copy(join(MODULES, 'cdk-nag'), join(folder, 'node_modules/cdk-nag'));
    link(join(MODULES, 'aws-cdk-lib'), 'cdk-nag/node_modules/aws-cdk-lib');
    link(ROOT, 'cdk-secure-transmission');
    const rules = rulesFound('--preserve-symlinks', '--preserve-symlinks-main');
    expect(rules).toEqual(expect.arrayContaining([JUDGED, COPIES]));
    expect(rules).not.toContain(NAG);
  });
});

test('with one copy under several names, as pnpm and npm link leave it, there is no alarm', () => {
  link(join(MODULES, 'aws-cdk-lib'), 'aws-cdk-lib');
  copy(join(MODULES, 'cdk-nag'), join(folder, 'node_modules/cdk-nag'));
  link(join(MODULES, 'aws-cdk-lib'), 'cdk-nag/node_modules/aws-cdk-lib');
  link(ROOT, 'cdk-secure-transmission');
  const rules = rulesFound();
  expect(rules).toEqual(expect.arrayContaining([JUDGED, NAG]));
  expect(rules).not.toContain(COPIES);
});

test('copies are told apart by where they were loaded from', () => {
  const files = [
    '/app/node_modules/aws-cdk-lib/index.js',
    '/app/node_modules/aws-cdk-lib/core/lib/app.js',
    '/app/node_modules/aws-cdk-lib/node_modules/@aws-cdk/cloud-assembly-api/lib/index.js',
    '/linked/aws-cdk-lib/aws-s3/lib/bucket.js',
    'C:\\app\\node_modules\\aws-cdk-lib\\core\\index.js',
    '/app/node_modules/constructs/lib/index.js',
    '/home/me/aws-cdk-lib/bin/app.js',
  ];
  expect(loadedCopiesOfCdk(files)).toEqual([
    '/app/node_modules/aws-cdk-lib',
    '/linked/aws-cdk-lib',
    'C:/app/node_modules/aws-cdk-lib',
  ]);
  expect(loadedCopiesOfCdk(files.slice(0, 3))).toHaveLength(1);
});
