import { rmSync } from 'node:fs';
import {
  App,
  CfnResource,
  aws_elasticloadbalancingv2 as elbv2,
  type IPolicyValidationPlugin,
  NestedStack,
  Stack,
  Stage,
  aws_s3 as s3,
  Validations,
} from 'aws-cdk-lib';
import { TransmissionChecks } from '../../lib/checks';
import { loadedCopiesOfCdk } from '../../lib/checks/copies-of-cdk';
import { TRANSMISSION_PACK } from '../../lib/judge/packs/transmission';
import { synthesised } from './synthesised';

const only = (app: App) => [new TransmissionChecks(app)];

/** A listener in clear, as a plain resource. */
const plainListener = (scope: Stack, id = 'Listener') =>
  new CfnResource(scope, id, {
    type: 'AWS::ElasticLoadBalancingV2::Listener',
    properties: {
      LoadBalancerArn: 'lb',
      Port: 80,
      Protocol: 'HTTP',
      DefaultActions: [{ Type: 'forward', TargetGroupArn: 'tg' }],
    },
  });

const goodListener = (scope: Stack, id = 'Good') =>
  new elbv2.CfnListener(scope, id, {
    loadBalancerArn: 'lb',
    port: 443,
    protocol: 'HTTPS',
    sslPolicy: 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09',
    certificates: [{ certificateArn: 'arn:aws:acm:eu-west-1:111122223333:certificate/x' }],
    listenerAttributes: [
      {
        key: 'routing.http.response.strict_transport_security.header_value',
        value: 'max-age=63072000; includeSubDomains',
      },
    ],
    defaultActions: [{ type: 'fixed-response', fixedResponseConfig: { statusCode: '404' } }],
  });

const rulesOf = (violations: readonly { readonly ruleName: string }[]) =>
  violations.map(({ ruleName }) => ruleName);

const LISTENER = 'TransmissionChecks-ListenerIsEncrypted';

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
    expect(finding?.traces[0]?.[0]).toMatch(/^transmission-checks\.test\.ts:\d+$/);
  });

  test('says what stands there, what should, how to fix it, and which controls ask for it', () => {
    expect(finding?.description).toMatch(/Protocol is HTTP.*must be/);
    expect(finding?.fix).toMatch(/HTTPS/);
    expect(finding?.metadata).toMatchObject({
      pciDss: expect.stringContaining('4.2.1'),
      gdpr: expect.stringContaining('32'),
    });
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
    expect(findings[0]?.traces[0]?.[0]).toMatch(/transmission-checks\.test\.ts/);
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

  test('with the bare id does nothing', () => {
    const plugin = acknowledged(LISTENER);
    expect(rulesOf(plugin?.violations ?? [])).toEqual([LISTENER]);
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
    expect(findings).toEqual([]);
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

  test('judges only what lies below the scope, also below a construct', () => {
    const app = new App();
    const stack = new Stack(app, 'Web');
    const listener = plainListener(stack, 'One');
    plainListener(stack, 'Two');
    plainListener(new Stack(app, 'Other'));
    const below = (scope: Parameters<TransmissionChecks['validateScope']>[0]) =>
      new TransmissionChecks()
        .validateScope(scope)
        .violations.flatMap(({ violatingResources }) =>
          violatingResources.map(({ resourceLogicalId }) => resourceLogicalId),
        );
    expect(below(listener)).toEqual(['One']);
    expect(below(stack)).toEqual(['One', 'Two']);
    expect(below(app)).toHaveLength(3);
  });

  test('leaves out what is acknowledged', () => {
    const stack = new Stack(new App(), 'Web');
    plainListener(stack);
    Validations.of(stack).acknowledge({ id: `TransmissionChecks::${LISTENER}`, reason: 'a test of ours' });
    expect(new TransmissionChecks().validateScope(stack).violations).toEqual([]);
  });

  test('works where the pack is registered too, and its findings would fail the synthesis', () => {
    const app = new App();
    const stack = new Stack(app, 'Web');
    plainListener(stack);
    const checks = new TransmissionChecks(app);
    Validations.of(app).addPlugins(checks, new TransmissionChecks(app));
    expect(rulesOf(checks.validateScope(stack).violations)).toEqual([LISTENER]);
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
    const { findings } = synthesised(build, only);
    expect(scoped.violations.map(({ ruleName, description }) => [ruleName, description])).toEqual(
      findings.map(({ rule, description }) => [rule, description]),
    );
  });
});

describe('two copies of aws-cdk-lib', () => {
  test('are told apart by where they were loaded from', () => {
    const files = [
      '/app/node_modules/aws-cdk-lib/index.js',
      '/app/node_modules/aws-cdk-lib/core/lib/app.js',
      '/linked/node_modules/aws-cdk-lib/core/lib/app.js',
      '/app/node_modules/constructs/lib/index.js',
    ];
    expect(loadedCopiesOfCdk(files)).toEqual([
      '/app/node_modules/aws-cdk-lib',
      '/linked/node_modules/aws-cdk-lib',
    ]);
    expect(loadedCopiesOfCdk(files.slice(0, 2))).toHaveLength(1);
  });
});
