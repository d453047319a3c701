import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { App } from 'aws-cdk-lib';
import { context } from '../../cdk.json';
import { Baseline, readConfiguration } from '../../lib';
import { render } from '../../tools/generate/runbooks';
import { CONSTRUCT_SAMPLES } from '../_fixtures/construct-samples';
import { sampleApp } from '../_fixtures/construct-samples/synthesise';
import { ROOT } from './sources';

const FOLDER = 'docs/runbooks';
const INDEX = 'README.md';
/** The parts that every runbook has, in this order. */
const FRAME = ['What it means', 'Look here first', 'Harmless when', 'How to close'];
/**
 * Pages on what no metric shows: a client that is refused in the handshake is heard of by nobody but itself, and digests
 * are verified by people.
 */
const WITHOUT_ALARM = ['partner-trust-store.md', 'trail-digests.md'];
/** What CloudWatch and EventBridge take (PutMetricAlarm, PutRule). */
const LONGEST: Readonly<Record<string, number>> = {
  'AWS::CloudWatch::Alarm': 1024,
  'AWS::Events::Rule': 512,
};

/** Something that tells people, and the text that they get. */
interface Teller {
  readonly place: string;
  readonly type: string;
  readonly text: string;
}

/** Alarms, and rules of EventBridge that tell a topic, in the templates of an app. */
function tellersOf(app: App): readonly Teller[] {
  return app.synth().stacksRecursively.flatMap(({ stackName, template }) =>
    Object.entries((template.Resources ?? {}) as Record<string, Resource>).flatMap(([id, resource]) => {
      const text = resource.Properties?.AlarmDescription ?? resource.Properties?.Description;
      const tells = resource.Type === 'AWS::CloudWatch::Alarm' || tellsTopic(resource);
      return tells ? [{ place: `${stackName}/${id}`, type: resource.Type, text: textOf(text) }] : [];
    }),
  );
}

interface Resource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
}

function tellsTopic({ Type, Properties }: Resource): boolean {
  if (Type !== 'AWS::Events::Rule' || !Array.isArray(Properties?.Targets)) return false;
  return Properties.Targets.some(({ Arn }) => /:sns:|Topic/.test(JSON.stringify(Arn ?? '')));
}

/** A description may hold what only the deployment knows. */
function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? '');
}

function runbooksIn(text: string): readonly string[] {
  return [...text.matchAll(/docs\/runbooks\/([\w.-]+\.md)/g)].map(([, name = '']) => name);
}

const folder = mkdtempSync(path.join(tmpdir(), 'runbooks-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function baseline(): App {
  const app = new App({ context, analyticsReporting: false, outdir: path.join(folder, 'baseline') });
  Baseline.build(app, readConfiguration(path.join(ROOT, 'secure-transmission.baseline.json')));
  return app;
}

const files = readdirSync(path.join(ROOT, FOLDER)).filter((name) => name.endsWith('.md') && name !== INDEX);
const read = (name: string) => readFileSync(path.join(ROOT, FOLDER, name), 'utf8');

describe('what tells people', () => {
  let tellers: readonly Teller[] = [];

  beforeAll(() => {
    const samples = sampleApp(CONSTRUCT_SAMPLES, { outdir: path.join(folder, 'samples') });
    tellers = [...tellersOf(samples.app), ...tellersOf(baseline())];
  });

  test('every alarm and every rule that tells a topic names its runbook', () => {
    expect(tellers.length).toBeGreaterThan(30);
    expect(tellers.filter(({ text }) => !/ Runbook: \S+/.test(text)).map(({ place }) => place)).toEqual([]);
  });

  test('every runbook that is named is there', () => {
    const missing = tellers.filter(({ text }) => runbooksIn(text).some((name) => !files.includes(name)));
    expect(missing.map(({ place, text }) => `${place} ${runbooksIn(text)}`)).toEqual([]);
  });

  test('every text is one that AWS takes', () => {
    const long = tellers.filter(({ type, text }) => text.length > (LONGEST[type] ?? 0));
    expect(long.map(({ place, text }) => `${place} ${text.length}`)).toEqual([]);
  });

  test('every runbook is named by something', () => {
    const named = new Set(tellers.flatMap(({ text }) => runbooksIn(text)));
    expect(files.filter((name) => !named.has(name))).toEqual(WITHOUT_ALARM);
  });
});

test('the index lists every runbook under its title', () => {
  expect(read(INDEX)).toBe(render());
});

describe.each(files.filter((name) => !WITHOUT_ALARM.includes(name)))('%s', (name) => {
  const lines = read(name).split('\n');

  test('has the frame, in its order', () => {
    const headings = lines.filter((line) => line.startsWith('## ')).map((line) => line.slice(3));
    expect(headings.filter((heading) => FRAME.includes(heading))).toEqual(FRAME);
  });

  test('begins with a title of one line, and has a command', () => {
    expect(lines[0]).toMatch(/^# \S.{8,}$/);
    expect(lines.some((line) => line.trim() === '```sh')).toBe(true);
  });

  test('is short', () => {
    expect(lines.length).toBeLessThanOrEqual(80);
  });
});
