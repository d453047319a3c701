import { type App, Stack } from 'aws-cdk-lib';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import {
  GdprChecks,
  JudgingPack,
  type JudgingPackProps,
  PciDss401Checks,
  TransmissionChecks,
} from '../../lib/checks';
import { TRANSMISSION_PACK } from '../../lib/judge/packs/transmission';
import { OFF, TERMS } from '../judge/profiles/support';
import { synthesised } from './synthesised';

const NOW = new Date('2026-11-22T12:00:00Z');

/** A listener on TLS 1.0, a log that is kept too long, and personal data in Ireland. */
function faults(app: App): void {
  const stack = new Stack(app, 'Shop', { env: { region: 'eu-west-1' } });
  new elbv2.CfnListener(stack, 'Listener', {
    loadBalancerArn: 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/a/b',
    port: 443,
    protocol: 'HTTPS',
    sslPolicy: 'ELBSecurityPolicy-2016-08',
    certificates: [{ certificateArn: 'arn:aws:acm:eu-west-1:111122223333:certificate/a' }],
    defaultActions: [{ type: 'fixed-response', fixedResponseConfig: { statusCode: '404' } }],
  });
  new logs.CfnLogGroup(stack, 'Log', { retentionInDays: 731 });
  const tags = [{ key: 'data:classification', value: 'personal-data' }];
  new s3.CfnBucket(stack, 'Customers', { tags });
}

type Register = Parameters<typeof synthesised>[1];

function told(register: Register) {
  const { findings, report } = synthesised(faults, register);
  const metadata = report.pluginReports.map((each) => each.metadata ?? {});
  const levelOf = (id: string) => findings.find(({ rule }) => rule.endsWith(`-${id}`))?.severity;
  return { findings, metadata, levelOf };
}

const withProps = (props: JudgingPackProps) => told((app) => [new GdprChecks(app, { now: NOW, ...props })]);

describe('the properties of a pack', () => {
  test('give its rules parameters', () => {
    expect(withProps({}).levelOf('PersonalDataRegionIsAllowed')).toBeUndefined();
    const parameters = { allowedRegions: ['eu-central-1'] };
    expect(withProps({ parameters }).levelOf('PersonalDataRegionIsAllowed')).toBe('warning');
  });

  test('switch rules off, and the report says so', () => {
    expect(withProps({}).levelOf('LogRetentionEnds')).toBe('warning');
    const { levelOf, metadata } = withProps({ switchedOff: [OFF] });
    expect(levelOf('LogRetentionEnds')).toBeUndefined();
    expect(metadata[0]).toMatchObject({
      rulesNotRun:
        'LogRetentionEnds (owner team-web, until 2027-01-31: The archive erases entries after ten days.)',
    });
    expect(metadata[0]?.rulesRun?.split(' ')).not.toContain('LogRetentionEnds');
  });

  test('choose a profile, and the report says so', () => {
    const { levelOf, metadata } = told((app) => [
      new PciDss401Checks(app, { now: NOW, profile: 'cardholder-data-environment' }),
    ]);
    expect(levelOf('DataStoreIsClassified')).toBe('error');
    expect(metadata[0]).toMatchObject({ profile: 'cardholder-data-environment' });
  });

  test('loosen the floor of clients under terms, and nothing else', () => {
    expect(withProps({}).levelOf('ListenerRequiresTls12')).toBe('error');
    const { levelOf } = withProps({ profile: 'legacy-clients', legacyClients: TERMS });
    expect(levelOf('ListenerRequiresTls12')).toBe('warning');
    expect(levelOf('BucketDeniesPlaintext')).toBe('error');
  });

  test('pin the version of the rules, and the report says so', () => {
    expect(withProps({ rulesAsOf: '0.1.0' }).metadata[0]).toMatchObject({ rulesAsOf: '0.1.0' });
    expect(withProps({}).metadata[0]).not.toHaveProperty('rulesAsOf');
  });

  test('leave a rule to another pack that runs it', () => {
    const { findings } = told((app) => [
      new GdprChecks(app, { now: NOW, switchedOff: [{ ...OFF, rule: 'GdprChecks-LogRetentionEnds' }] }),
      new PciDss401Checks(app, { now: NOW }),
    ]);
    const names = findings.map(({ rule }) => rule).filter((rule) => rule.endsWith('LogRetentionEnds'));
    expect(names).toEqual(['PciDss401Checks-LogRetentionEnds']);
  });
});

describe('settings that are wrong stop the synthesis', () => {
  test.each<[string, JudgingPackProps, string]>([
    [
      'a parameter',
      { parameters: { assessmentDays: 1000 } },
      "GdprChecks: 'parameters.assessmentDays' must be a whole number of days from 30 to 365, got 1000, correct it",
    ],
    [
      'a rule that is mistyped',
      { switchedOff: [{ ...OFF, rule: 'LogRetentionEnd' }] },
      "GdprChecks: 'switchedOff[0].rule' must be the name of a rule of ours, got \"LogRetentionEnd\", did you mean 'LogRetentionEnds'?",
    ],
    [
      'a rule that was off until yesterday',
      { switchedOff: [{ ...OFF, until: '2026-11-21' }] },
      "GdprChecks: 'switchedOff[0].until' must be a day that is not past, got 2026-11-21, let the rule run, or have it decided again",
    ],
    [
      'legacy clients that were accepted until yesterday',
      { profile: 'legacy-clients', legacyClients: { ...TERMS, until: '2026-11-21' } },
      "GdprChecks: 'legacyClients.until' must be a day that is not past, got 2026-11-21, use a profile that asks for TLS 1.2, or have it decided again",
    ],
    [
      'a profile without a part for the pack',
      { profile: 'pci' },
      "GdprChecks: 'profile' must be a profile that has a part for GdprChecks, got 'pci' (PciDss401Checks, TransmissionChecks), choose another or leave one out",
    ],
  ])('%s', (_, props, message) => {
    expect(() => withProps(props)).toThrow(message);
  });

  test('each on a line of its own', () => {
    const props = { parameters: { keyRotationDays: 1, assessmentDays: 1 } };
    expect(() => withProps(props)).toThrow(/^GdprChecks: .+\nGdprChecks: .+$/);
  });

  test('no profile loosens PCI DSS', () => {
    const props = { now: NOW, profile: 'legacy-clients', legacyClients: TERMS } as const;
    expect(() => told((app) => [new PciDss401Checks(app, props)])).toThrow('a part for PciDss401Checks');
    expect(told((app) => [new TransmissionChecks(app, props)]).levelOf('ListenerRequiresTls12')).toBe(
      'warning',
    );
  });
});

test('a pack of a table alone, with a name of its own, takes settings too', () => {
  class HouseChecks extends JudgingPack {
    constructor(scope: App, props: JudgingPackProps) {
      super({ name: 'HouseChecks', rules: TRANSMISSION_PACK.rules }, scope, props);
    }
  }
  const off = [{ ...OFF, rule: 'HouseChecks-ListenerRequiresTls12' }];
  const { levelOf, metadata } = told((app) => [
    new HouseChecks(app, { now: NOW, profile: 'public-site', switchedOff: off }),
  ]);
  expect(levelOf('ListenerRequiresTls12')).toBeUndefined();
  expect(metadata[0]?.rulesNotRun).toMatch(/^ListenerRequiresTls12 /);
});
