import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { TransmissionChecks } from '../../lib/checks';
import type { Io } from '../../lib/cli/io';
import { main } from '../../lib/cli/main';
import { buildShop } from '../_fixtures/faulty-shop/shop';
import { synthesised } from './synthesised';

const FILE = join(__dirname, '../_fixtures/faulty-shop/shop.ts');

const LINES = readFileSync(FILE, 'utf8').split('\n');

/** `Rule at shop.ts:line`, for each fault that the fixture marks above the line. */
const PLANTED = LINES.flatMap((text, i) => {
  const rule = /^\s*\/\/ fault: (\w+)$/.exec(text)?.[1];
  return rule === undefined ? [] : [`${rule} at shop.ts:${i + 2}`];
});

/** The lines of a statement may be broken: its call stands on the first that is no `if`. */
function lineAfter(marker: RegExp): string {
  const at = LINES.findIndex((text) => marker.test(text)) + 1;
  const call = LINES.findIndex((text, i) => i >= at && text.includes('addPropertyOverride')) + 1;
  return `shop.ts:${call}`;
}

beforeAll(() => {
  // CDK keeps as many frames as V8 gives it: ten are too few for a pattern.
  Error.stackTraceLimit = 60;
});

const shop = (repaired: boolean) =>
  synthesised(
    (app) => buildShop(app, repaired),
    (app) => [new TransmissionChecks(app)],
  );

describe('the faulty shop', () => {
  test('has at least fifteen planted faults', () => {
    expect(PLANTED.length).toBeGreaterThanOrEqual(15);
  });

  test('has every planted fault found, on the line that made it, and none beside them', () => {
    const { findings } = shop(false);
    const found = findings
      .filter(({ constructPath }) => constructPath !== '')
      .map(({ rule, traces }) => `${rule.replace('TransmissionChecks-', '')} at ${traces[0]?.[0]}`);
    expect(found.sort()).toEqual([...PLANTED].sort());
  });

  test('has the line of an override too, where CDK_DEBUG=1 records it', () => {
    const override = lineAfter(/^\s*\/\/ override of Lowered$/);
    const linesOf = () =>
      shop(false)
        .findings.find(({ constructPath }) => constructPath.includes('/Lowered/'))
        ?.traces.flat();
    expect(linesOf()).not.toContain(override);
    process.env.CDK_DEBUG = '1';
    try {
      expect(linesOf()).toContain(override);
    } finally {
      delete process.env.CDK_DEBUG;
    }
  });

  test('is silent once it is repaired', () => {
    const { findings } = shop(true);
    expect(
      findings.map(({ rule, constructPath, description }) => `${rule} ${constructPath} ${description}`),
    ).toEqual([]);
  });

  test('gives the same findings to validate, validateScope, the command line on cdk.out and on each template', () => {
    const { findings, outdir } = shop(false);
    const validated = findings
      .filter(({ constructPath }) => constructPath !== '')
      .map(({ rule, logicalId, properties }) => `${rule} ${logicalId} ${properties.join()}`)
      .sort();
    expect(validated.length).toBe(PLANTED.length);

    const app = new App();
    buildShop(app, false);
    const scoped = new TransmissionChecks()
      .validateScope(app)
      .violations.flatMap(({ ruleName, violatingResources }) =>
        violatingResources.map(
          ({ resourceLogicalId, locations }) => `${ruleName} ${resourceLogicalId} ${locations.join()}`,
        ),
      );
    expect(scoped.sort()).toEqual(validated);

    expect(checked(outdir)).toEqual(validated);
    const templates = readdirSync(outdir, { recursive: true })
      .map(String)
      .filter((name) => name.endsWith('.template.json'));
    expect(checked(...templates.map((name) => join(outdir, name)))).toEqual(validated);
  });
});

/** What `secure-transmission check` finds. */
function checked(...targets: readonly string[]): string[] {
  let printed = '';
  const io: Io = {
    out: (text) => {
      printed += text;
    },
    err: (text) => {
      throw new Error(text);
    },
    cwd: process.cwd(),
    env: {},
    isTty: false,
  };
  expect(main(['check', ...targets, '--format', 'json'], io)).toBe(1);
  const report = JSON.parse(printed) as {
    targets: { findings: { pack: string; rule: string; logicalId: string; property: string }[] }[];
  };
  return report.targets
    .flatMap(({ findings }) => findings.map((f) => `${f.pack}-${f.rule} ${f.logicalId} ${f.property}`))
    .sort();
}
