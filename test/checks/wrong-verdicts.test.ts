import { readFileSync } from 'node:fs';
import path from 'node:path';
import { App, CfnResource, Stack } from 'aws-cdk-lib';
import { rules as nagRules } from 'cdk-nag';
import { JudgingPack, TransmissionChecks } from '../../lib/checks';
import type { Finding, Judgement } from '../../lib/judge/judgement';
import { SUPPORTING_PACK } from '../../lib/judge/packs/supporting';
import { TRANSMISSION_PACK } from '../../lib/judge/packs/transmission';
import { page, render } from '../../tools/generate/cdk-nag-verdicts';
import { type NagVerdict, WRONG_VERDICTS, type WrongVerdict } from '../_fixtures/wrong-verdicts';

class SupportingChecks extends JudgingPack {
  constructor() {
    super(SUPPORTING_PACK);
  }
}

type NagRule = (node: CfnResource) => string | readonly string[];

/** Every rule of cdk-nag, by `folder.Rule`. */
const NAG_RULES: ReadonlyMap<string, NagRule> = new Map(
  Object.entries(nagRules).flatMap(([folder, rules]) =>
    Object.entries(rules as Readonly<Record<string, NagRule>>).map(
      ([name, rule]) => [`${folder}.${name}`, rule] as const,
    ),
  ),
);

function built(build: (stack: Stack) => void): App {
  const app = new App();
  build(new Stack(app, 'Shop', { env: { region: 'eu-west-1' } }));
  return app;
}

/** What a rule of cdk-nag says about all resources together, as its packs would report it. */
function nagVerdict(rule: NagRule, app: App): NagVerdict {
  const verdicts = new Set(
    app.node
      .findAll()
      .filter((construct) => CfnResource.isCfnResource(construct))
      .map((resource) => verdictOf(rule, resource)),
  );
  const order: readonly NagVerdict[] = ['violation', 'rule threw', 'compliant'];
  return order.find((verdict) => verdicts.has(verdict)) ?? 'not applicable';
}

function verdictOf(rule: NagRule, resource: CfnResource): NagVerdict {
  try {
    const result = rule(resource);
    if (typeof result !== 'string') return result.length === 0 ? 'compliant' : 'violation';
    return result === 'Non-Compliant' ? 'violation' : result === 'Compliant' ? 'compliant' : 'not applicable';
  } catch {
    return 'rule threw';
  }
}

/** Both packs, as an app would run them. */
function judgements(app: App): readonly Judgement[] {
  return [new TransmissionChecks(), new SupportingChecks()].map((pack) => {
    pack.validateScope(app);
    if (pack.judgement === undefined) throw new RangeError('nothing was judged');
    return pack.judgement;
  });
}

function findingsOf(rule: string, app: App): readonly Finding[] {
  return judgements(app).flatMap(({ findings }) => findings.filter((finding) => finding.rule.id === rule));
}

const at = ({ resource, path, verdict }: Finding) => `${verdict}: ${resource.logicalId} ${path}`;

const byId = (rows: readonly WrongVerdict[]) => rows.map((row) => [row.id, row] as const);
const FAULTY = WRONG_VERDICTS.filter(({ right }) => right === 'violation');
const FINE = WRONG_VERDICTS.filter(({ right }) => right === 'compliant');
const WITHOUT_RULE = WRONG_VERDICTS.filter(({ cdkNagRule }) => cdkNagRule === 'none');
const WITH_RULE = WRONG_VERDICTS.filter(({ cdkNagRule }) => cdkNagRule !== 'none');

describe('the table', () => {
  test('names every app once', () => {
    const ids = WRONG_VERDICTS.map(({ id }) => id);
    expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
  });

  test('names rules that exist', () => {
    const ours = [...TRANSMISSION_PACK.rules, ...SUPPORTING_PACK.rules].map(({ rule }) => rule.id);
    expect(WRONG_VERDICTS.map(({ ourRule }) => ourRule).filter((id) => !ours.includes(id))).toEqual([]);
    const theirs = WITH_RULE.map(({ cdkNagRule }) => cdkNagRule);
    expect(theirs.filter((name) => !NAG_RULES.has(name))).toEqual([]);
  });

  test('holds nothing that cdk-nag gets right', () => {
    const right = WRONG_VERDICTS.filter((row) => row.cdkNagSays === row.right);
    expect(right.map(({ id }) => id)).toEqual([]);
  });

  test('has a repaired twin, and a place, for every fault', () => {
    const without = FAULTY.filter((row) => row.repaired === undefined || row.at === undefined);
    expect(without.map(({ id }) => id)).toEqual([]);
  });
});

describe("cdk-nag's rule", () => {
  test.each(byId(WITH_RULE))('says what the table says: %s', (_id, row) => {
    const rule = NAG_RULES.get(row.cdkNagRule);
    expect(rule && nagVerdict(rule, built(row.build))).toBe(row.cdkNagSays);
  });

  test.each(byId(WITHOUT_RULE))('is missing: none tells the app from its repaired twin: %s', (_id, row) => {
    const { build, repaired } = row;
    const [faulty, fine] = [built(build), built((stack) => repaired?.(stack))];
    const telling = [...NAG_RULES].filter(([, rule]) => nagVerdict(rule, faulty) !== nagVerdict(rule, fine));
    expect(telling.map(([name]) => name)).toEqual([]);
  });
});

describe('our rule', () => {
  test.each(byId(FAULTY))('finds the fault where it is, once: %s', (_id, row) => {
    expect(findingsOf(row.ourRule, built(row.build)).map(at)).toEqual([`violation: ${row.at}`]);
  });

  test.each(byId(FAULTY))('is silent about the repaired twin: %s', (_id, row) => {
    const { repaired } = row;
    expect(
      findingsOf(
        row.ourRule,
        built((stack) => repaired?.(stack)),
      ).map(at),
    ).toEqual([]);
  });

  test.each(byId(FINE))('looks at what is fine, and finds it so: %s', (_id, row) => {
    const all = judgements(built(row.build));
    expect(
      all.flatMap(({ findings }) => findings.filter(({ rule }) => rule.id === row.ourRule)).map(at),
    ).toEqual([]);
    const run = all.flatMap(({ rules }) => rules).find(({ rule }) => rule.id === row.ourRule);
    expect(run?.compliant).toBeGreaterThan(0);
  });
});

test('the page is what its generator makes of the table', () => {
  expect(readFileSync(path.resolve(__dirname, '../..', page), 'utf8')).toBe(render());
});
