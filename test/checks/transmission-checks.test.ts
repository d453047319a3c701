import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import {
  App,
  CfnResource,
  CrossStackReferences,
  type IPolicyValidationPlugin,
  NestedStack,
  ReferenceStrength,
  Stack,
  Stage,
  aws_s3 as s3,
  Validations,
} from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { TransmissionChecks } from '../../lib/checks';
import { TRANSMISSION_PACK } from '../../lib/judge/packs/transmission';
import { goodListener, plainListener } from './listeners';
import { synthesised } from './synthesised';

const only = (app: App) => [new TransmissionChecks(app)];

const rulesOf = (violations: readonly { readonly ruleName: string }[]) =>
  violations.map(({ ruleName }) => ruleName);

const LISTENER = 'TransmissionChecks-ListenerIsEncrypted';
const TOO_WIDE = 'TransmissionChecks-AcknowledgementIsNarrow';

describe('a finding in the validation report', () => {
  const { findings, report } = synthesised((app) => plainListener(new Stack(app, 'Web')), only);
  const [finding] = findings;

  test('names the resource, the property and the line that made it', () => {
    expect(finding).toMatchObject({
      rule: LISTENER,
      severity: 'error',
      constructPath: 'Web/Listener',
      logicalId: 'Listener',
      template: 'Web.template.json',
      properties: ['Properties.Protocol'],
    });
    expect(finding?.traces[0]).toContainEqual(expect.stringMatching(/^transmission-checks\.test\.ts:\d+$/));
  });

  test('says what stands there, what should, how to fix it, and which controls ask for it', () => {
    expect(finding?.description).toMatch(/Protocol is HTTP.*must be/);
    expect(finding?.fix).toMatch(/HTTPS/);
    expect(finding?.metadata).toMatchObject({
      pciDss: expect.stringContaining('4.2.1'),
      gdpr: expect.stringContaining('32'),
    });
  });

  test('has the line of the override too that put it deep inside a property, under CDK_DEBUG=1', () => {
    process.env.CDK_DEBUG = '1';
    try {
      const deep = 'DistributionConfig.ViewerCertificate.MinimumProtocolVersion';
      const { findings: found } = synthesised((app) => {
        const distribution = new CfnResource(new Stack(app, 'Web'), 'Distribution', {
          type: 'AWS::CloudFront::Distribution',
          properties: {
            DistributionConfig: {
              Enabled: true,
              Aliases: ['shop.example.com'],
              ViewerCertificate: { AcmCertificateArn: 'arn', SslSupportMethod: 'sni-only' },
            },
          },
        });
        distribution.addPropertyOverride(deep, 'TLSv1');
      }, only);
      const on = found.find(({ properties }) => properties.includes(`Properties.${deep}`));
      // The line that made it, and the line that changed it.
      expect(on?.traces).toHaveLength(2);
    } finally {
      delete process.env.CDK_DEBUG;
    }
  });

  test('stands beside evidence of what ran', () => {
    const [plugin] = report.pluginReports;
    expect(plugin?.pluginVersion).toMatch(/^\d+\.\d+\.\d+/);
    expect(plugin?.metadata?.rulesRun?.split(' ')).toEqual(
      TRANSMISSION_PACK.rules.map(({ rule }) => rule.id),
    );
    expect(plugin?.metadata).toMatchObject({ resources: '1', resourcesJudged: '1' });
  });
});

describe('what the template says counts', () => {
  test('an override after a good value is seen', () => {
    const { findings } = synthesised((app) => {
      goodListener(new Stack(app, 'Web')).addPropertyOverride('SslPolicy', 'ELBSecurityPolicy-2016-08');
    }, only);
    expect(findings.map(({ rule }) => rule)).toEqual(['TransmissionChecks-ListenerRequiresTls12']);
  });

  test('an override that repairs a bad value is seen', () => {
    const { findings } = synthesised((app) => {
      const stack = new Stack(app, 'Web');
      const bucket = new s3.CfnBucket(stack, 'Bucket');
      new s3.CfnBucketPolicy(stack, 'Policy', { bucket: bucket.ref, policyDocument: {} }).addPropertyOverride(
        'PolicyDocument',
        {
          Statement: [
            {
              Effect: 'Deny',
              Principal: '*',
              Action: 's3:*',
              Resource: [bucket.attrArn, `${bucket.attrArn}/*`],
              Condition: { Bool: { 'aws:SecureTransport': 'false' } },
            },
          ],
        },
      );
    }, only);
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  test('nested stacks are judged, though CDK leaves them out of the validation context', () => {
    const { findings } = synthesised(
      (app) => plainListener(new NestedStack(new Stack(app, 'Web'), 'Inner')),
      only,
    );
    expect(findings.map(({ rule, constructPath }) => [rule, constructPath])).toEqual([
      [LISTENER, 'Web/Inner/Listener'],
    ]);
    expect(findings[0]?.traces[0]).toContainEqual(expect.stringMatching(/^transmission-checks\.test\.ts/));
  });
});

describe('what refers to another stack is followed', () => {
  test.each<[string, ReferenceStrength, string, string]>([
    ['by an export', ReferenceStrength.STRONG, 'eu-west-1', 'Fn::ImportValue'],
    ['by a weak reference', ReferenceStrength.WEAK, 'eu-west-1', 'Fn::GetStackOutput'],
    ['by a weak reference to another region', ReferenceStrength.WEAK, 'us-east-1', 'Fn::GetStackOutput'],
  ])('%s', (_, strength, region, intrinsic) => {
    const denial = (resource: string) => ({
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:*',
      Resource: [resource, `${resource}/*`],
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    });
    const { findings, outdir } = synthesised((app) => {
      const owner = new Stack(app, 'Owner', { env: { region }, stackName: 'named-otherwise' });
      const bucket = new s3.CfnBucket(owner, 'Bucket');
      CrossStackReferences.of(bucket).produce(strength);
      const user = new Stack(app, 'User', { env: { region: 'eu-west-1' } });
      new s3.CfnBucketPolicy(user, 'Policy', {
        bucket: bucket.ref,
        policyDocument: { Statement: [denial(bucket.attrArn)] },
      });
    }, only);
    expect(readFileSync(join(outdir, 'User.template.json'), 'utf8')).toContain(intrinsic);
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});

describe('levels', () => {
  test('warnings and information do not fail the pack', () => {
    const { report, findings } = synthesised((app) => {
      goodListener(new Stack(app, 'Web')).addPropertyOverride(
        'SslPolicy',
        'ELBSecurityPolicy-TLS13-1-2-Ext2-2021-06',
      );
    }, only);
    expect(findings.map(({ severity }) => severity)).toEqual(['warning']);
    expect(report.pluginReports[0]?.conclusion).toBe('success');
  });

  test('a good app gives a report without findings', () => {
    const checks: TransmissionChecks[] = [];
    const app = new App({ context: { '@aws-cdk/core:failSynthOnValidationErrors': false } });
    goodListener(new Stack(app, 'Web'));
    checks.push(new TransmissionChecks(app));
    Validations.of(app).addPlugins(...checks);
    app.synth();
    expect(checks[0]?.judgement?.findings).toEqual([]);
    expect(checks[0]?.judgement?.rules.some(({ compliant }) => compliant > 0)).toBe(true);
  });
});

describe('acknowledging', () => {
  const acknowledged = (id: string) =>
    synthesised((app) => {
      const listener = plainListener(new Stack(app, 'Web'));
      Validations.of(listener).acknowledge({ id, reason: 'health checks of a legacy probe' });
    }, only).report.pluginReports[0];

  test('with the qualified id keeps the finding as suppressed, with its reason', () => {
    const plugin = acknowledged(`TransmissionChecks::${LISTENER}`);
    expect(plugin?.violations).toEqual([]);
    expect(plugin?.suppressedViolations).toMatchObject([
      { ruleName: LISTENER, reason: 'health checks of a legacy probe' },
    ]);
    expect(plugin?.conclusion).toBe('success');
  });

  test.each<[string, string[], (at: { app: App; stage: Stage; stack: Stack; nested: Stack }) => IConstruct]>([
    ['the app', [TOO_WIDE], ({ app }) => app],
    ['the Stage', [TOO_WIDE], ({ stage }) => stage],
    ['the stack', [], ({ stack }) => stack],
    ['the nested stack', [], ({ nested }) => nested],
    ['the resource', [], ({ nested }) => nested.node.findChild('Listener')],
  ])('holds for what lies below, and is listed where that is much: on %s', (_, listed, scopeOf) => {
    const { report } = synthesised((app) => {
      const stage = new Stage(app, 'Prod');
      const stack = new Stack(stage, 'Web');
      const nested = new NestedStack(stack, 'Nested');
      plainListener(nested);
      const acknowledgement = { id: `TransmissionChecks::${LISTENER}`, reason: 'a test of ours' };
      Validations.of(scopeOf({ app, stage, stack, nested })).acknowledge(acknowledgement);
    }, only);
    expect(report.pluginReports[0]).toMatchObject({
      conclusion: 'success',
      violations: listed.map((ruleName) => ({ ruleName, severity: 'warning' })),
      suppressedViolations: [{ ruleName: LISTENER }],
    });
  });

  test('beside it, or for the summary of a Stage, does nothing', () => {
    const { findings } = synthesised((app) => {
      const stack = new Stack(new Stage(app, 'Prod'), 'Web');
      plainListener(stack);
      const id = `TransmissionChecks::${LISTENER}`;
      Validations.of(goodListener(stack)).acknowledge({ id, reason: 'a test of ours' });
      const summary = 'TransmissionChecks::TransmissionChecks-StagesHaveNoErrors';
      Validations.of(app).acknowledge({ id: summary, reason: 'a test of ours' });
    }, only);
    expect(rulesOf(findings.map(({ rule }) => ({ ruleName: rule })))).toEqual([
      LISTENER,
      TOO_WIDE,
      'TransmissionChecks-StagesHaveNoErrors',
    ]);
  });

  test('with the bare id does nothing, and is told', () => {
    const plugin = acknowledged(LISTENER);
    expect(rulesOf(plugin?.violations ?? [])).toEqual([
      'TransmissionChecks-AcknowledgementIsQualified',
      LISTENER,
    ]);
    expect(plugin?.conclusion).toBe('failure');
  });
});

describe('Stages', () => {
  const twoStages = (register: (app: App, a: Stage) => void) => {
    const stages: Stage[] = [];
    return synthesised(
      (app) => {
        for (const id of ['A', 'B']) {
          const stage = new Stage(app, id);
          plainListener(new Stack(stage, 'Web'));
          stages.push(stage);
        }
        const [a] = stages;
        if (a !== undefined) register(app, a);
      },
      () => [],
    );
  };

  test('a pack on a Stage judges that Stage only', () => {
    const { findings } = twoStages((_, a) => Validations.of(a).addPlugins(new TransmissionChecks(a)));
    expect(
      findings.filter(({ constructPath }) => constructPath !== '').map(({ constructPath }) => constructPath),
    ).toEqual(['A/Web/Listener']);
  });

  test('one pack on two Stages judges both', () => {
    const { report } = twoStages((app, a) => {
      const checks = new TransmissionChecks();
      for (const scope of [a, app.node.findChild('B')]) Validations.of(scope).addPlugins(checks);
    });
    expect(report.pluginReports).toHaveLength(1);
    expect(report.pluginReports[0]?.violations).toHaveLength(3);
  });

  test('packs on the app and on a Stage tell each fault once, each its own', () => {
    const { report } = twoStages((app, a) => {
      for (const scope of [a, app, app]) Validations.of(scope).addPlugins(new TransmissionChecks(scope));
    });
    const told = report.pluginReports.flatMap(({ violations }) =>
      violations.map(
        ({ ruleName, violatingConstructs: [at] }) => `${ruleName} ${at?.constructPath ?? 'no construct'}`,
      ),
    );
    expect(told.sort()).toEqual([
      'TransmissionChecks-ListenerIsEncrypted A/Web/Listener',
      'TransmissionChecks-ListenerIsEncrypted B/Web/Listener',
      'TransmissionChecks-StagesHaveNoErrors ',
      'TransmissionChecks-StagesHaveNoErrors ',
    ]);
  });

  test('errors inside a Stage add one finding without a construct that nothing acknowledges', () => {
    const { findings } = twoStages((app) => Validations.of(app).addPlugins(new TransmissionChecks(app)));
    const summary = findings.find(({ constructPath }) => constructPath === '');
    expect(summary).toMatchObject({ rule: 'TransmissionChecks-StagesHaveNoErrors', severity: 'fatal' });
    expect(summary?.description).toMatch(/^2 errors in stacks inside Stages \(A\/Web, B\/Web\)/);
  });

  test('acknowledged errors inside a Stage add none', () => {
    const { findings } = twoStages((app, a) => {
      Validations.of(app).addPlugins(new TransmissionChecks(app));
      Validations.of(app).acknowledge({ id: `TransmissionChecks::${LISTENER}`, reason: 'a test of ours' });
      expect(a.node.path).toBe('A');
    });
    expect(findings.map(({ rule }) => rule)).toEqual([TOO_WIDE]);
  });

  test('with enforce: selected-stacks there is none either', () => {
    const { findings } = twoStages((app) =>
      Validations.of(app).addPlugins(new TransmissionChecks(app, { enforce: 'selected-stacks' })),
    );
    expect(findings.map(({ constructPath }) => constructPath)).toEqual(['A/Web/Listener', 'B/Web/Listener']);
  });
});

describe('a check that cannot run is never a pass', () => {
  afterEach(() => jest.restoreAllMocks());

  const listenerRule = () => {
    const row = TRANSMISSION_PACK.rules.find(({ rule }) => rule.id === 'ListenerIsEncrypted');
    if (row === undefined) throw new Error('no such rule');
    return row.rule;
  };

  test('a rule that throws is a fatal finding on the resource, also when it is acknowledged', () => {
    jest.spyOn(listenerRule(), 'judge').mockImplementation(() => {
      throw new TypeError('boom');
    });
    const { findings, report } = synthesised((app) => {
      const listener = plainListener(new Stack(app, 'Web'));
      Validations.of(listener).acknowledge({
        id: `TransmissionChecks::${LISTENER}`,
        reason: 'nothing to see',
      });
    }, only);
    expect(findings.map(({ rule, severity }) => [rule, severity])).toContainEqual([LISTENER, 'fatal']);
    expect(report.pluginReports[0]?.conclusion).toBe('failure');
  });

  test('a pack that cannot read a template is a fatal finding without a construct', () => {
    const saboteur: IPolicyValidationPlugin = {
      name: 'Saboteur',
      validate: ({ stackTemplates }) => {
        for (const { templatePath } of stackTemplates) rmSync(templatePath);
        return { success: true, violations: [] };
      },
    };
    const { findings } = synthesised(
      (app) => goodListener(new Stack(app, 'Web')),
      (app) => [saboteur, new TransmissionChecks(app)],
    );
    expect(findings.map(({ rule, severity }) => [rule, severity])).toEqual([
      ['TransmissionChecks-CouldNotRun', 'fatal'],
    ]);
  });

  test('a template that no stack of the tree wrote is a fatal finding, beside those of the stacks', () => {
    const { findings } = synthesised(
      (app) => plainListener(new Stack(app, 'Web')),
      (app) => {
        const checks = new TransmissionChecks(app);
        const stranger = {
          stackConstructPath: 'Stranger',
          templatePath: '/elsewhere/stranger.template.json',
          accountId: undefined,
          region: undefined,
        };
        const validate: IPolicyValidationPlugin['validate'] = (given) =>
          checks.validate({ ...given, stackTemplates: [...given.stackTemplates, stranger] });
        return [{ name: checks.name, validate }];
      },
    );
    expect(findings.map(({ rule, severity }) => [rule, severity])).toEqual([
      [LISTENER, 'error'],
      ['TransmissionChecks-EveryTemplateIsJudged', 'fatal'],
    ]);
    expect(findings[1]?.description).toMatch(/stranger\.template\.json/);
  });

  test('what an earlier run found is forgotten when a later one cannot judge', () => {
    const checks = new TransmissionChecks();
    checks.validateScope(new Stack(new App(), 'Web'));
    expect(checks.judgement).toBeDefined();
    const { success, violations } = checks.validate({} as never);
    expect([success, rulesOf(violations)]).toEqual([false, ['TransmissionChecks-CouldNotRun']]);
    expect(checks.judgement).toBeUndefined();
  });

  test('findings are fresh objects, since CDK splices and assigns to them', () => {
    const app = new App({ context: { '@aws-cdk/core:failSynthOnValidationErrors': false } });
    plainListener(new Stack(app, 'Web'));
    const checks = new TransmissionChecks(app);
    const [first, second] = [checks.validateScope(app), checks.validateScope(app)];
    expect(first.violations[0]).toEqual(second.violations[0]);
    expect(first.violations[0]).not.toBe(second.violations[0]);
    expect(first.violations[0]?.violatingResources).not.toBe(second.violations[0]?.violatingResources);
    expect(Object.isFrozen(first.violations[0])).toBe(false);
  });
});
