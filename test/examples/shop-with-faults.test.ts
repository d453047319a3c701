import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { App } from 'aws-cdk-lib';
import { buildShop } from '../../examples/shop/shop';
import { TransmissionChecks } from '../../lib/checks';
import { main } from '../../lib/cli/main';
import { buildShopWithFaults } from '../_fixtures/shop-with-faults/faults';
import { type ReportedFinding, synthesised } from '../checks/synthesised';
import { FLAGS } from '../constructs/support';

const FIXTURE = join(__dirname, '../_fixtures/shop-with-faults/faults.ts');

/** The rule of each fault that the fixture marks, by its line. */
const PLANTED: ReadonlyMap<string, string> = new Map(
  readFileSync(FIXTURE, 'utf8')
    .split('\n')
    .flatMap((text, i) => {
      const rule = /; \/\/ fault: (\w+)$/.exec(text)?.[1];
      return rule === undefined ? [] : [[`faults.ts:${i + 1}`, rule] as const];
    }),
);
const RULES = [...PLANTED.values()].sort();

const judged = (build: (app: App) => unknown) =>
  synthesised(
    (app) => void build(app),
    (app) => [new TransmissionChecks(app)],
    { context: FLAGS },
  );
const withFaults = () => judged(buildShopWithFaults);
const ruleOf = ({ rule }: ReportedFinding) => rule.replace('TransmissionChecks-', '');
/** The marked lines that a finding names. */
const linesOf = ({ traces }: ReportedFinding) => [
  ...new Set(traces.flat().filter((line) => PLANTED.has(line))),
];

describe('the shop with faults', () => {
  test('has exactly twenty', () => {
    expect(PLANTED.size).toBe(20);
  });

  test('has each of them found by its rule, on its line, and nothing beside them', () => {
    // Lines of overrides are recorded for whoever asks.
    process.env.CDK_DEBUG = '1';
    try {
      const found = withFaults().findings.map((finding) => `${ruleOf(finding)} on ${linesOf(finding)}`);
      expect(found.sort()).toEqual([...PLANTED].map(([line, rule]) => `${rule} on ${line}`).sort());
    } finally {
      delete process.env.CDK_DEBUG;
    }
  });

  test('has the same found without lines of overrides, each by the construct that was overridden', () => {
    const { findings } = withFaults();
    expect(findings.map(ruleOf).sort()).toEqual(RULES);
    const overridden = findings.filter((finding) => linesOf(finding).length === 0);
    expect(
      overridden.map(({ constructPath }) => constructPath.split('/').slice(0, 2).join('/')).sort(),
    ).toEqual([
      'Data/Orders',
      'Data/Shipments',
      'Edge/Distribution',
      'Edge/Distribution',
      'Edge/Distribution',
      'Shop/Certificate',
      'Shop/LoadBalancer',
      'Shop/LoadBalancer',
      'Shop/LoadBalancer',
      'Shop/LoadBalancer',
      'Shop/LoadBalancer',
      'Shop/Service',
      'Shop/Service',
    ]);
  });

  test('has accepted nothing more than the healthy shop', () => {
    const accepted = ({ report }: ReturnType<typeof withFaults>) =>
      report.pluginReports.flatMap(({ suppressedViolations = [] }) =>
        suppressedViolations.map(({ ruleName }) => ruleName),
      );
    expect(accepted(withFaults())).toEqual(accepted(judged(buildShop)));
  });

  test('has the same found by the command line, in what was synthesised', () => {
    const { outdir } = withFaults();
    let printed = '';
    const io = {
      out: (text: string) => {
        printed += text;
      },
      err: (text: string) => {
        throw new Error(text);
      },
      cwd: process.cwd(),
      env: {},
      isTty: false,
    };
    expect(main(['check', outdir, '--format', 'json'], io)).toBe(1);
    const { targets } = JSON.parse(printed) as {
      targets: { findings: { rule: string; suppressed?: unknown }[] }[];
    };
    const open = targets.flatMap(({ findings }) => findings.filter(({ suppressed }) => !suppressed));
    expect(open.map(({ rule }) => rule).sort()).toEqual(RULES);
  });
});
