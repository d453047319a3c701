import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { transformSync } from 'esbuild';
import { App, EVERY_ROW, judge, loadTarget } from '../../../lib/judge';
import type { Finding } from '../../../lib/judge/judgement';
import { applyEdits, type Repair } from '../../../lib/report/repair';
import { Repairs } from '../../../lib/report/repairs';
import { APP_CASES, type AppCase } from './app-cases';

const ALL = { name: 'All', rules: EVERY_ROW };

let folder = '';
const repairs = new Map<AppCase, Repair>();
const before = new Map<AppCase, readonly Finding[]>();
const brokenBy = new Map<AppCase, Finding>();

const nameOf = ({ rule, resource, path }: Finding) => `${rule.id} ${resource.logicalId} ${path}`;
const keyOf = ({ rule, resource }: Finding) => `${rule.id} ${resource.logicalId}`;
const home = (one: AppCase) => join(folder, `app-${APP_CASES.indexOf(one)}`);
const sourceOf = (one: AppCase) => join(home(one), 'lib', 'shop.ts');

/** Synthesises all apps in one process, since the CDK takes a second to load. */
function synthesise(out: string): void {
  for (const one of APP_CASES) {
    const text = readFileSync(sourceOf(one), 'utf8');
    const { code } = transformSync(text, {
      loader: 'ts',
      format: 'cjs',
      sourcemap: 'inline',
      sourcefile: 'shop.ts',
    });
    writeFileSync(join(home(one), 'lib', 'compiled.js'), code);
  }
  const run = APP_CASES.map((one) => ({
    out: join(home(one), out),
    file: join(home(one), 'lib', 'compiled.js'),
  }));
  const script = `Error.stackTraceLimit = 60; for (const { out, file } of ${JSON.stringify(run)}) {
    process.env.OUT = out; require(file); }`;
  const { status, stderr } = spawnSync(process.execPath, ['--enable-source-maps', '-e', script], {
    cwd: folder,
    env: { ...process.env, CDK_DEBUG: 'true', NODE_OPTIONS: '' },
    encoding: 'utf8',
  });
  if (status !== 0) throw new TypeError(stderr);
}

function judged(one: AppCase, out: string): readonly Finding[] {
  return judge(new App(loadTarget(join(home(one), out))), ALL).findings;
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'source-repairs-'));
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  for (const one of APP_CASES) {
    mkdirSync(join(home(one), 'lib'), { recursive: true });
    writeFileSync(sourceOf(one), one.source);
  }
  synthesise('before');
  for (const one of APP_CASES) {
    const findings = judged(one, 'before');
    before.set(one, findings);
    const broken = findings.filter(({ rule, verdict }) => rule.id === one.rule && verdict === 'violation');
    const found = new Repairs(home(one));
    for (const finding of broken) {
      const repair = found.of(finding);
      if (repair === undefined || repairs.has(one)) continue;
      brokenBy.set(one, finding);
      repairs.set(one, repair);
      writeFileSync(sourceOf(one), applyEdits(one.source, repair.edits));
    }
  }
  synthesise('after');
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true }));

describe('no repair of an app of the CDK', () => {
  test('takes from a topic the policy by which an alarm publishes', () => {
    const one = APP_CASES.find(({ rule }) => rule === 'TopicDeniesPlaintext');
    const topic = one === undefined ? undefined : brokenBy.get(one);
    if (one === undefined || topic === undefined) throw new TypeError('no topic');
    const { template, logicalId } = topic.resource;
    const alarm = {
      ...topic.resource,
      type: 'AWS::CloudWatch::Alarm',
      properties: { AlarmActions: [{ Ref: logicalId }] },
    };
    const resources = new Map([...template.resources, ['Alarm', alarm]]);
    const resource = { ...topic.resource, template: { ...template, resources } };
    writeFileSync(sourceOf(one), one.source);
    expect(new Repairs(home(one)).of(topic)).toBeDefined();
    expect(new Repairs(home(one)).of({ ...topic, resource })).toBeUndefined();
  });
});

describe('a repair of an app of the CDK', () => {
  test.each(APP_CASES)('silences $rule $name, and nothing else comes', (one) => {
    const broken = brokenBy.get(one);
    if (broken === undefined)
      throw new TypeError(`no repair among ${before.get(one)?.map(nameOf).join(', ')}`);
    const after = judged(one, 'after');
    expect(after.map(nameOf)).not.toContain(nameOf(broken));
    const known = new Set(before.get(one)?.map(keyOf));
    // What a policy of a bucket says is found there, once there is one.
    expect(after.filter((finding) => !known.has(keyOf(finding))).map(nameOf)).toEqual([]);
    expect(repairs.get(one)?.edits.map(({ file }) => file)).toEqual(
      repairs.get(one)?.edits.map(() => 'lib/shop.ts'),
    );
  });
});
