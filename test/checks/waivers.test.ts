import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  App,
  CfnResource,
  aws_elasticloadbalancingv2 as elbv2,
  Fn,
  NestedStack,
  Stack,
  Stage,
  aws_s3 as s3,
  Validations,
} from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { Construct, type IConstruct } from 'constructs';
import { TransmissionChecks, Waivers } from '../../lib/checks';
import type { WaiverProps } from '../../lib/checks/waivers';
import { judge } from '../../lib/judge/judge';
import { loadTarget } from '../../lib/judge/load';
import { TRANSMISSION_PACK } from '../../lib/judge/packs/transmission';
import { App as JudgedApp } from '../../lib/judge/template';
import { waive } from '../_fixtures/waivers/waived-listener';
import { PLAIN_LISTENER, plainListener } from './listeners';
import { synthesised } from './synthesised';

const TODAY = new Date('2026-11-22T12:00:00Z');
const LISTENER = 'TransmissionChecks-ListenerIsEncrypted';

const WAIVER: WaiverProps = {
  rule: 'ListenerIsEncrypted',
  reason: 'A probe of the old data centre speaks HTTP only until it is gone.',
  owner: 'team-web',
  ticket: 'SHOP-12',
  expires: '2027-01-31',
  compensatingControl: 'The security group lets in one address of the data centre.',
  approvedBy: 'ciso@example.com',
};

const only = (app: App) => [new TransmissionChecks(app, { now: TODAY })];

const rulesIn = (run: ReturnType<typeof synthesised>) =>
  run.findings.map(({ rule, severity }) => `${rule.replace('TransmissionChecks-', '')} ${severity}`);

/** An app of one listener in clear, with waivers on what is chosen. */
const withWaiver = (
  waiver: Partial<WaiverProps>,
  on: (at: { app: App; stack: Stack; listener: CfnResource }) => IConstruct = ({ listener }) => listener,
) =>
  synthesised((app) => {
    const stack = new Stack(app, 'Web');
    const listener = plainListener(stack);
    Waivers.of(on({ app, stack, listener })).add({ ...WAIVER, ...waiver });
  }, only);

describe('a waiver that holds', () => {
  const run = withWaiver({});
  const [plugin] = run.report.pluginReports;

  test('lets the synthesis pass', () => {
    expect(run.findings).toEqual([]);
    expect(plugin?.conclusion).toBe('success');
  });

  test('keeps the finding in the report, with its reason, who answers for it and until when', () => {
    expect(plugin?.suppressedViolations).toMatchObject([
      {
        ruleName: LISTENER,
        acknowledgedId: `TransmissionChecks::${LISTENER}`,
        severity: 'error',
        violatingConstructs: [{ constructPath: 'Web/Listener' }],
      },
    ]);
    const [{ reason } = { reason: '' }] = plugin?.suppressedViolations ?? [];
    expect(reason).toBe(
      `${WAIVER.reason} (meanwhile: ${WAIVER.compensatingControl}; owner: team-web; ` +
        'approved by: ciso@example.com; ticket: SHOP-12; until: 2027-01-31)',
    );
  });

  test('says where in the code it was added', () => {
    const report = readFileSync(join(run.outdir, 'validation-report.json'), 'utf8');
    const { acknowledgedStackTrace } = JSON.parse(report).pluginReports[0].suppressedViolations[0];
    expect(acknowledgedStackTrace).toMatch(/waivers\.test\.ts:\d+/);
  });

  test('travels in the template, so that a check of the templates alone sees it', () => {
    const sources = loadTarget(run.outdir).map(({ constructs: _, ...source }) => source);
    const judgement = judge(new JudgedApp(sources), TRANSMISSION_PACK, { now: TODAY });
    expect(judgement.findings.map(({ rule, waiver }) => [rule.id, waiver?.owner])).toEqual([
      ['ListenerIsEncrypted', 'team-web'],
    ]);
    const later = judge(new JudgedApp(sources), TRANSMISSION_PACK, { now: new Date('2027-02-01T00:00:00Z') });
    expect(later.findings.map(({ rule, waiver }) => [rule.id, waiver?.owner])).toEqual([
      ['ListenerIsEncrypted', undefined],
      ['WaiverIsCurrent', undefined],
    ]);
  });

  test('holds for what is below, in nested stacks too, and for a whole stack', () => {
    for (const below of [true, false]) {
      const { findings, report } = synthesised((app) => {
        const stack = new Stack(app, 'Web');
        const part = new Construct(stack, 'Part');
        plainListener(part);
        plainListener(new NestedStack(part, 'Inner'));
        Waivers.of(below ? part : stack).add(WAIVER);
      }, only);
      expect(findings).toEqual([]);
      expect(report.pluginReports[0]?.suppressedViolations).toHaveLength(2);
    }
  });

  test('holds in a Stage, whose errors then stop nothing', () => {
    const run = synthesised((app) => {
      Waivers.of(plainListener(new Stack(new Stage(app, 'Prod'), 'Web'))).add(WAIVER);
    }, only);
    expect(run.findings).toEqual([]);
  });

  test('survives template options that are set after it', () => {
    const run = synthesised((app) => {
      const stack = new Stack(app, 'Web');
      Waivers.of(plainListener(stack)).add(WAIVER);
      stack.templateOptions.metadata = { Mine: 1 };
    }, only);
    expect(run.findings).toEqual([]);
    const template = JSON.parse(readFileSync(join(run.outdir, 'Web.template.json'), 'utf8'));
    expect(template.Metadata).toMatchObject({ Mine: 1, SecureTransmissionWaivers: [{ owner: 'team-web' }] });
  });

  test('is as the documentation writes it', () => {
    const { findings } = synthesised((app) => {
      const actions = [{ type: 'forward', targetGroupArn: 'tg' }];
      const props = { loadBalancerArn: 'lb', port: 80, protocol: 'HTTP', defaultActions: actions };
      waive(new elbv2.CfnListener(new Stack(app, 'Web'), 'Listener', props));
    }, only);
    expect(findings).toEqual([]);
  });

  test('may be named as the report prints the rule', () => {
    for (const rule of [LISTENER, `TransmissionChecks::${LISTENER}`]) {
      expect(withWaiver({ rule }).findings).toEqual([]);
    }
  });
});

describe('a waiver covers no more than it names', () => {
  test('not another resource, nor another rule', () => {
    const run = synthesised((app) => {
      const stack = new Stack(app, 'Web');
      plainListener(stack, 'Other');
      Waivers.of(plainListener(stack)).add(WAIVER);
    }, only);
    expect(run.findings.map(({ rule, constructPath }) => [rule, constructPath])).toEqual([
      [LISTENER, 'Web/Other'],
    ]);
    expect(rulesIn(withWaiver({ rule: 'ListenerRequiresTls12' }))).toEqual([
      'ListenerIsEncrypted error',
      'WaiverIsUsed warning',
    ]);
  });

  test('not a resource below the one that it names in the template', () => {
    const run = synthesised((app) => {
      const stack = new Stack(app, 'Web');
      const outer = plainListener(stack);
      plainListener(outer, 'Below');
      stack.templateOptions.metadata = {
        SecureTransmissionWaivers: [{ ...WAIVER, resource: 'Listener' }],
      };
    }, only);
    expect(run.findings.map(({ rule, constructPath }) => [rule, constructPath])).toEqual([
      [LISTENER, 'Web/Listener/Below'],
    ]);
    expect(run.report.pluginReports[0]?.suppressedViolations).toMatchObject([
      {
        ruleName: expect.stringMatching(/^TransmissionChecks-ListenerIsEncrypted\[waiver [0-9a-f]{16}\]$/),
        violatingConstructs: [{ constructPath: 'Web/Listener' }],
      },
    ]);
  });

  test('not what else no construct made', () => {
    const run = synthesised((app) => {
      const stack = new Stack(app, 'Web');
      stack.addTransform('AWS::LanguageExtensions');
      const resource = { Type: 'AWS::ElasticLoadBalancingV2::Listener', Properties: PLAIN_LISTENER };
      const loop = new CfnResource(stack, 'Loop', { type: 'AWS::S3::Bucket' });
      loop.overrideLogicalId('Loop');
      stack.templateOptions.metadata = { SecureTransmissionWaivers: [{ ...WAIVER, resource: 'ListenerA' }] };
      Object.assign(stack, {
        _toCloudFormation: new Proxy(Reflect.get(stack, '_toCloudFormation'), {
          apply: (original, self) => {
            const template = Reflect.apply(original, self, []);
            const loops = { 'Fn::ForEach::All': ['Name', ['A', 'B'], { 'Listener${Name}': resource }] };
            return Object.assign({}, template, { Resources: loops });
          },
        }),
      });
    }, only);
    expect(run.findings.map(({ rule, logicalId }) => [rule, logicalId])).toEqual([[LISTENER, 'ListenerB']]);
    expect(run.report.pluginReports[0]?.suppressedViolations).toHaveLength(1);
  });

  test('nothing that could not be judged', () => {
    const exploding = {
      ...TRANSMISSION_PACK,
      rules: TRANSMISSION_PACK.rules.map((row) =>
        row.rule.id !== 'ListenerIsEncrypted'
          ? row
          : {
              ...row,
              rule: {
                ...row.rule,
                judge: () => {
                  throw new TypeError('broken');
                },
              },
            },
      ),
    };
    const sources = loadTarget(withWaiver({}).outdir);
    const { findings } = judge(new JudgedApp(sources), exploding, { now: TODAY });
    expect(findings.map(({ rule, level, waiver, got }) => [rule.id, level, waiver, got])).toEqual([
      ['ListenerIsEncrypted', 'fatal', undefined, undefined],
      ['WaiverIsUsed', 'warning', undefined, 'about what could not be judged, which nothing waives'],
    ]);
  });
});

describe('a waiver that does not hold leaves the finding open, and is a finding of its own', () => {
  test.each<[string, Partial<WaiverProps>, string]>([
    ['over', { expires: '2026-11-21' }, 'WaiverIsCurrent'],
    ['longer than 90 days for plaintext', { expires: '2027-02-21' }, 'WaiverIsComplete'],
    ['without a compensating control', { compensatingControl: undefined }, 'WaiverIsComplete'],
    ['without a second name', { approvedBy: undefined }, 'WaiverIsComplete'],
    ['approved by its owner', { approvedBy: '@Team-Web' }, 'WaiverIsComplete'],
    ['without a sentence', { reason: 'because' }, 'WaiverIsComplete'],
    ['for a rule that nobody knows', { rule: 'ListenerIsEncryptd' }, 'WaiverIsComplete'],
    ['for a rule about waivers', { rule: 'WaiverIsCurrent' }, 'WaiverIsComplete'],
    ['for all rules', { rule: 'TransmissionChecks-*' }, 'WaiverIsNarrow'],
  ])('%s', (_, waiver, rule) => {
    const run = withWaiver(waiver);
    expect(rulesIn(run)).toEqual(['ListenerIsEncrypted error', `${rule} warning`]);
    expect(run.report.pluginReports[0]?.conclusion).toBe('failure');
    expect(run.findings[1]).toMatchObject({ constructPath: 'Web/Listener' });
  });

  test.each<[string, (at: { app: App; stack: Stack }) => IConstruct]>([
    ['the app', ({ app }) => app],
    ['a Stage', ({ stack }) => Stage.of(stack) ?? stack],
    ['a construct around stacks', ({ stack }) => stack.node.scopes.at(-2) ?? stack],
  ])('on %s', (_, on) => {
    const run = synthesised((app) => {
      const stack = new Stack(new Construct(new Stage(app, 'Prod'), 'Group'), 'Web');
      plainListener(stack);
      Waivers.of(on({ app, stack })).add(WAIVER);
    }, only);
    expect(rulesIn(run)).toEqual([
      'ListenerIsEncrypted error',
      'WaiverIsNarrow warning',
      'StagesHaveNoErrors fatal',
    ]);
  });

  test('on the app, where it has no stack outside of Stages that could carry it', () => {
    const run = synthesised((app) => {
      plainListener(new Stack(new Stage(app, 'Prod'), 'Web'));
      Waivers.of(app).add(WAIVER);
    }, only);
    expect(rulesIn(run)).toContain('WaiverIsNarrow warning');
  });

  test('whoever acknowledges that makes it fatal', () => {
    const run = synthesised((app) => {
      const listener = plainListener(new Stack(app, 'Web'));
      Waivers.of(listener).add({ ...WAIVER, expires: '2026-01-01' });
      const id = 'TransmissionChecks::TransmissionChecks-WaiverIsCurrent';
      Validations.of(listener).acknowledge({ id, reason: 'nobody needs to know' });
    }, only);
    expect(rulesIn(run)).toContain('WaiverIsCurrent fatal');
    expect(run.findings.map(({ description }) => description).join()).toContain('nothing acknowledges this');
  });
});

test('a waiver is called in 30 days before it ends, and holds on its last day', () => {
  const on = (day: string) =>
    rulesIn(
      synthesised(
        (app) => Waivers.of(plainListener(new Stack(app, 'Web'))).add(WAIVER),
        (app) => [new TransmissionChecks(app, { now: new Date(`${day}T23:59:59Z`) })],
      ),
    );
  expect(on('2026-12-31')).toEqual([]);
  expect(on('2027-01-01')).toEqual(['WaiverIsRenewedInTime warning']);
  expect(on('2027-01-31')).toEqual(['WaiverIsRenewedInTime warning']);
  expect(on('2027-02-01')).toEqual(['ListenerIsEncrypted error', 'WaiverIsCurrent warning']);
});

test('a waiver of what is no plaintext needs no second name, and holds for a year', () => {
  const loose = (waiver: Partial<WaiverProps>) =>
    rulesIn(
      synthesised((app) => {
        const listener = plainListener(new Stack(app, 'Web'));
        listener.addPropertyOverride('Protocol', 'HTTPS');
        listener.addPropertyOverride('SslPolicy', 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09');
        listener.addPropertyOverride('Certificates', [{ CertificateArn: Fn.ref('AWS::StackId') }]);
        const { reason, owner, ticket } = WAIVER;
        Waivers.of(listener).add({
          rule: 'ListenerSendsHsts',
          reason,
          owner,
          ticket,
          expires: '',
          ...waiver,
        });
      }, only),
    ).filter((text) => /Waiver|Hsts/.test(text));
  const [hsts] = TRANSMISSION_PACK.rules.filter(({ rule }) => /^Listener.*Hsts/.test(rule.id));
  const rule = hsts?.rule.id ?? '';
  expect(loose({ rule, expires: '2027-11-22' })).toEqual([]);
  expect(loose({ rule, expires: '2027-11-23' })).toEqual([
    expect.stringContaining('Hsts'),
    'WaiverIsComplete warning',
  ]);
});

test('a loosening is waived like any finding', () => {
  const loosened = (isWaived: boolean) =>
    rulesIn(
      synthesised((app) => {
        const group = new CfnResource(new Stack(app, 'Web'), 'Group', { type: 'AWS::EC2::SecurityGroup' });
        group.addMetadata('SecureTransmission', { anything: 'A sentence that says why it is so.' });
        if (isWaived) Waivers.of(group).add({ ...WAIVER, rule: 'LooseningIsWaived' });
      }, only),
    );
  expect(loosened(false)).toEqual(['LooseningIsWaived warning']);
  expect(loosened(true)).toEqual([]);
});

test('a text that is not known at synthesis is refused, since nobody could weigh it', () => {
  const listener = plainListener(new Stack(new App(), 'Web'));
  expect(() => Waivers.of(listener).add({ ...WAIVER, owner: Fn.ref('Owner') })).toThrow(
    "Web/Listener: 'owner' must be a literal text, got an unresolved value, write the text itself",
  );
});

describe('rules of cdk-nag', () => {
  const bucket = (waiver: Partial<WaiverProps> | undefined, ours = true) =>
    synthesised(
      (app) => {
        const made = new s3.CfnBucket(new Stack(app, 'Data'), 'Bucket');
        if (waiver !== undefined) {
          const { reason, owner, ticket, expires } = WAIVER;
          Waivers.of(made).add({ rule: 'AwsSolutions-S1', reason, owner, ticket, expires, ...waiver });
        }
      },
      (app) => [new AwsSolutionsChecks(app), ...(ours ? only(app) : [])],
    );
  const nag = (run: ReturnType<typeof bucket>) =>
    run.findings.filter(({ pack }) => pack === 'AwsSolutions').map(({ rule }) => rule);

  test('are waived by qualified acknowledgement, which keeps the finding in the report', () => {
    expect(nag(bucket(undefined))).toContain('AwsSolutions-S1');
    for (const rule of ['AwsSolutions-S1', 'AwsSolutions::AwsSolutions-S1']) {
      const run = bucket({ rule });
      expect(nag(run)).not.toContain('AwsSolutions-S1');
      const report = run.report.pluginReports.find(({ pluginName }) => pluginName === 'AwsSolutions');
      expect(report?.suppressedViolations).toMatchObject([
        { ruleName: 'AwsSolutions-S1', reason: expect.stringContaining('owner: team-web') },
      ]);
    }
  });

  test('are not waived by a waiver that is over, or says too little for what is sent in clear', () => {
    const over = bucket({ expires: '2026-11-01' });
    expect(nag(over)).toContain('AwsSolutions-S1');
    expect(over.findings.map(({ rule }) => rule)).toContain('TransmissionChecks-WaiverIsCurrent');
    const clear = bucket({ rule: 'AwsSolutions-S10' });
    expect(nag(clear)).toContain('AwsSolutions-S10');
    expect(clear.findings.map(({ rule }) => rule)).toContain('TransmissionChecks-WaiverIsComplete');
  });

  test('are not waived where no pack of ours judges the waiver', () => {
    expect(nag(bucket({}, false))).toContain('AwsSolutions-S1');
  });
});

describe('acknowledgements', () => {
  const told = (build: (app: App, stack: Stack) => void) =>
    synthesised((app) => {
      const stack = new Stack(app, 'Data');
      new s3.CfnBucket(stack, 'Topic').addPropertyOverride('BucketName', 'x');
      build(app, stack);
    }, only).findings.filter(({ rule }) => rule.includes('Acknowledgement'));

  test('without a pack are told: of ours they do nothing, of cdk-nag they erase', () => {
    const findings = told((_, stack) => {
      Validations.of(stack).acknowledge(
        { id: LISTENER, reason: 'ours' },
        { id: 'AwsSolutions-S1', reason: 'theirs' },
        { id: 'AwsSolutions-IAM5[Resource::*]', reason: 'one finding of theirs' },
        { id: '@aws-cdk/aws-ec2:vpcAzMismatch', reason: "a warning of CDK's own" },
      );
    });
    const texts = findings.map(({ description }) => description).join('\n');
    expect(texts).toContain(`"${LISTENER}" (it has no effect), but must be TransmissionChecks::${LISTENER}`);
    expect(texts).toContain('"AwsSolutions-S1" (it erases the finding without a trace)');
    expect(texts).toContain('"AwsSolutions-IAM5[Resource::*]" (it erases the finding without a trace)');
    expect(findings).toHaveLength(3);
    expect(findings.every(({ constructPath }) => constructPath === 'Data')).toBe(true);
  });

  test('on the app are listed, and those of a hook that ran before it are called that', () => {
    const hook = Symbol.for('@aws-cdk/core.App#initHook');
    const hooks = globalThis as unknown as Record<symbol, unknown>;
    const before = hooks[hook];
    hooks[hook] = (app: App) =>
      Validations.of(app).acknowledge({ id: 'AwsSolutions::AwsSolutions-S2', reason: 'of a package' });
    try {
      const findings = told((app) => {
        Validations.of(app).acknowledge({ id: 'AwsSolutions::AwsSolutions-S1', reason: 'in the app' });
      });
      const texts = findings.map(({ description }) => description);
      expect(texts).toHaveLength(2);
      expect(texts.find((text) => text.includes('S2'))).toContain('an App init hook made it');
      expect(texts.find((text) => text.includes('AwsSolutions-S1'))).not.toContain('hook');
    } finally {
      hooks[hook] = before;
    }
  });
});

describe('validateScope', () => {
  test('leaves out what is waived, and tells of waivers below the scope only', () => {
    const context = { '@aws-cdk/core:failSynthOnValidationErrors': false };
    const app = new App({ outdir: mkdtempSync(join(tmpdir(), 'waivers-')), context });
    const stack = new Stack(app, 'Web');
    const listener = plainListener(stack);
    const other = plainListener(stack, 'Other');
    Waivers.of(listener).add(WAIVER);
    Waivers.of(other).add({ ...WAIVER, expires: '2026-11-01' });
    // What an earlier run had CDK suppress must not outlive the waiver.
    Validations.of(app).addPlugins(new TransmissionChecks(app, { now: TODAY }));
    app.synth();
    const rulesAt = (scope: IConstruct, now = TODAY) =>
      new TransmissionChecks(app, { now })
        .validateScope(scope)
        .violations.map(({ ruleName }) => ruleName.replace('TransmissionChecks-', ''));
    expect(rulesAt(listener)).toEqual([]);
    expect(rulesAt(other)).toEqual(['ListenerIsEncrypted', 'WaiverIsCurrent']);
    expect(rulesAt(listener, new Date('2027-03-01T00:00:00Z'))).toEqual([
      'ListenerIsEncrypted',
      'WaiverIsCurrent',
    ]);
  });
});

test('the list of exemptions names each with a stable id', () => {
  const checks: TransmissionChecks[] = [];
  const exemptionsOf = (waiver: Partial<WaiverProps>) => {
    synthesised(
      (app) => {
        const listener = plainListener(new Stack(app, 'Web'));
        Waivers.of(listener).add({ ...WAIVER, ...waiver });
        Validations.of(listener).acknowledge({ id: 'AwsSolutions::AwsSolutions-ELB2', reason: 'no logs' });
      },
      (app) => {
        checks.push(new TransmissionChecks(app, { now: TODAY }));
        return checks.slice(-1);
      },
    );
    return checks.at(-1)?.judgement?.exemptions ?? [];
  };
  const [waiver, acknowledgement] = exemptionsOf({});
  expect(waiver).toMatchObject({ kind: 'waiver', owner: 'team-web', holds: true, findings: 1 });
  expect(acknowledgement).toMatchObject({ kind: 'acknowledgement', reason: 'no logs', carrier: 'construct' });
  const [renewed] = exemptionsOf({
    expires: '2027-02-01',
    reason: 'Another sentence that says why it is so.',
  });
  expect(renewed?.id).toBe(waiver?.id);
  const [another] = exemptionsOf({ rule: 'ListenerRequiresTls12' });
  expect(another?.id).not.toBe(waiver?.id);
});
