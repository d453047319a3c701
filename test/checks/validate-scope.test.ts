import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  App,
  CfnElement,
  cloudformation_include as cfnInclude,
  NestedStack,
  aws_rds as rds,
  Stack,
  Stage,
  Validations,
} from 'aws-cdk-lib';
import { Construct, type IConstruct } from 'constructs';
import { TransmissionChecks } from '../../lib/checks';
import { goodListener, PLAIN_LISTENER, plainListener } from './listeners';
import { synthesised } from './synthesised';

const LISTENER = 'TransmissionChecks-ListenerIsEncrypted';

const rulesOf = (violations: readonly { readonly ruleName: string }[]) =>
  violations.map(({ ruleName }) => ruleName);

const rulesBelow = (scope: IConstruct) => rulesOf(new TransmissionChecks().validateScope(scope).violations);

const idsBelow = (scope: IConstruct) =>
  new TransmissionChecks()
    .validateScope(scope)
    .violations.flatMap(({ violatingResources }) =>
      violatingResources.map(({ resourceLogicalId }) => resourceLogicalId),
    );

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'validate-scope-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('validateScope', () => {
  test('judges, unlike the one it inherits, which passes everything', () => {
    const stack = new Stack(new App(), 'Web');
    plainListener(stack);
    const { success, violations } = new TransmissionChecks().validateScope(stack);
    expect([success, rulesOf(violations)]).toEqual([false, [LISTENER]]);
  });

  test('passes what is good', () => {
    const stack = new Stack(new App(), 'Web');
    goodListener(stack);
    expect(new TransmissionChecks().validateScope(stack)).toMatchObject({ success: true, violations: [] });
  });

  test('refuses a scope that cannot be synthesised', () => {
    expect(() => new TransmissionChecks().validateScope(new Construct(undefined as never, ''))).toThrow(
      /^the scope: is in no App or Stage, so nothing can be synthesised, create it below one$/,
    );
  });

  test('leaves out what is acknowledged', () => {
    const stack = new Stack(new App(), 'Web');
    plainListener(stack);
    Validations.of(stack).acknowledge({ id: `TransmissionChecks::${LISTENER}`, reason: 'a test of ours' });
    expect(rulesBelow(stack)).toEqual([]);
  });

  test('gives what validate gives', () => {
    const build = (app: App) => {
      const stack = new Stack(app, 'Web');
      plainListener(stack);
      goodListener(stack).addPropertyOverride('SslPolicy', 'ELBSecurityPolicy-2016-08');
    };
    const app = new App();
    build(app);
    const scoped = new TransmissionChecks().validateScope(app);
    const { findings } = synthesised(build, (root) => [new TransmissionChecks(root)]);
    expect(scoped.violations.map(({ ruleName, description }) => [ruleName, description])).toEqual(
      findings.map(({ rule, description }) => [rule, description]),
    );
  });
});

describe('the scope', () => {
  test('is all that lies below it, also below a construct', () => {
    const app = new App();
    const stack = new Stack(app, 'Web');
    const listener = plainListener(stack, 'One');
    plainListener(stack, 'OneMore');
    plainListener(new Stack(app, 'Other'));
    expect(idsBelow(listener)).toEqual(['One']);
    expect(idsBelow(stack)).toEqual(['One', 'OneMore']);
    expect(idsBelow(app)).toHaveLength(3);
  });

  test('is a Stage, a stack inside a stack, or a nested stack', () => {
    const app = new App();
    const stage = new Stage(app, 'Prod');
    const outer = new Stack(stage, 'Outer', { stackName: 'named-otherwise' });
    const inner = new Stack(outer, 'Inner');
    plainListener(inner, 'InStack');
    const nested = new NestedStack(inner, 'Nested');
    plainListener(nested, 'InNested');
    plainListener(new Stack(app, 'Else'), 'Else');
    expect(idsBelow(stage).sort()).toEqual(['InNested', 'InStack']);
    expect(idsBelow(outer).sort()).toEqual(['InNested', 'InStack']);
    expect(idsBelow(nested)).toEqual(['InNested']);
  });

  test('holds what was included from a template of another app, which names constructs of that app', () => {
    const templateFile = join(folder, 'template.json');
    const Metadata = { 'aws:cdk:path': 'Other/Listener' };
    const Type = 'AWS::ElasticLoadBalancingV2::Listener';
    writeFileSync(
      templateFile,
      JSON.stringify({ Resources: { Listener: { Type, Metadata, Properties: PLAIN_LISTENER } } }),
    );
    const stack = new Stack(new App(), 'Web');
    new cfnInclude.CfnInclude(stack, 'Included', { templateFile });
    expect(rulesBelow(stack)).toEqual([LISTENER]);
  });

  test('is what findings stand on, and what they are about: a database and its parameter group', () => {
    const stack = new Stack(new App(), 'Data');
    const group = new rds.CfnDBParameterGroup(stack, 'Parameters', {
      family: 'postgres16',
      description: 'takes plaintext',
      parameters: { 'rds.force_ssl': '0' },
    });
    const database = new rds.CfnDBInstance(stack, 'Database', {
      engine: 'postgres',
      engineVersion: '16.4',
      dbInstanceClass: 'db.t4g.micro',
      dbParameterGroupName: group.ref,
    });
    const onGroup = new TransmissionChecks().validateScope(group).violations;
    const ofDatabase = new TransmissionChecks().validateScope(database).violations;
    const rule = 'TransmissionChecks-DatabaseRequiresTls';
    expect([rulesOf(onGroup), rulesOf(ofDatabase)]).toEqual([[rule], expect.arrayContaining([rule])]);
    expect(idsBelow(stack).filter((id) => id === 'Parameters')).toHaveLength(1);
  });

  test('holds the resources of a loop, which no construct made', () => {
    /** `Fn::ForEach` as CDK has no construct for it. */
    class Loop extends CfnElement {
      override _toCloudFormation(): object {
        const Type = 'AWS::ElasticLoadBalancingV2::Listener';
        const body = { 'Listener${Name}': { Type, Properties: PLAIN_LISTENER } };
        return { Resources: { 'Fn::ForEach::Listeners': ['Name', ['A', 'B'], body] } };
      }
    }
    const stack = new Stack(new App(), 'Web');
    stack.addTransform('AWS::LanguageExtensions');
    const loop = new Loop(stack, 'Loop');
    expect(idsBelow(stack)).toEqual(['ListenerA', 'ListenerB']);
    expect(idsBelow(loop)).toEqual(['ListenerA', 'ListenerB']);
  });
});

describe('validateScope judges the app as it is now', () => {
  test('after a construct was added', () => {
    const app = new App();
    const stack = new Stack(app, 'Web');
    expect(rulesBelow(app)).toEqual([]);
    plainListener(stack);
    expect(rulesBelow(app)).toEqual([LISTENER]);
  });

  test.each([
    ['in the app', (app: App) => app],
    ['in a Stage', (app: App) => new Stage(new Stage(app, 'Outer'), 'Inner')],
  ])('after a property was changed %s', (_, scopeIn) => {
    const app = new App();
    const listener = goodListener(new Stack(scopeIn(app), 'Web'));
    expect(rulesBelow(app)).toEqual([]);
    // As long as the name that stood there, and faster than the clock of many file systems.
    listener.sslPolicy = 'ELBSecurityPolicy-TLS13-1-0-Res-PQ-2025-09';
    expect(rulesBelow(app)).not.toEqual([]);
  });

  test('not as an earlier run left it in the same folder, where this one cannot be written', () => {
    const build = () => new Stack(new App({ outdir: folder }), 'Web');
    expect(rulesBelow(build())).toEqual([]);
    const manifest = join(folder, 'manifest.json');
    const { mtimeMs } = statSync(manifest);
    const stack = build();
    plainListener(stack);
    stack.node.addValidation({ validate: () => ['this app is not finished'] });
    expect(() => rulesBelow(stack)).toThrow(/this app is not finished/);
    expect(statSync(manifest).mtimeMs).toBeCloseTo(mtimeMs, 0);
  });
});

describe('where the pack is registered too, validateScope', () => {
  const registered = (context: Record<string, unknown>) => {
    const app = new App({ context });
    const checks = new TransmissionChecks(app);
    Validations.of(app).addPlugins(checks, new TransmissionChecks(app));
    return { app, stack: new Stack(app, 'Web'), checks };
  };

  test('returns findings that fail the synthesis, every time', () => {
    const { stack, checks } = registered({});
    plainListener(stack);
    for (const _ of [1, 2, 3]) expect(rulesOf(checks.validateScope(stack).violations)).toEqual([LISTENER]);
  });

  test('does not keep the synthesis after it from failing', () => {
    const { app, stack, checks } = registered({});
    plainListener(stack);
    checks.validateScope(stack);
    expect(() => app.synth()).toThrow(/ListenerIsEncrypted/);
  });

  test('leaves the whole report for the CDK command line, which reads the file', () => {
    const { app, stack, checks } = registered({ '@aws-cdk/core:failSynthOnValidationErrors': false });
    plainListener(stack);
    goodListener(stack);
    checks.validateScope(stack.node.findChild('Good'));
    const { directory } = app.synth();
    const file = join(directory, 'validation-report.json');
    expect(existsSync(file)).toBe(true);
    const { pluginReports } = JSON.parse(readFileSync(file, 'utf8'));
    // Two packs are registered: one fault is told once.
    expect(pluginReports).toMatchObject([{ conclusion: 'failure', violations: [{ ruleName: LISTENER }] }]);
  });
});
