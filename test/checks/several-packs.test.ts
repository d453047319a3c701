import { type App, Stack, Validations } from 'aws-cdk-lib';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as sns from 'aws-cdk-lib/aws-sns';
import { AwsSolutionsChecks, PCIDSS321Checks } from 'cdk-nag';
import { GdprChecks, PciDss401Checks, TransmissionChecks } from '../../lib/checks';
import { TRANSMISSION_PACK } from '../../lib/judge/packs/transmission';
import { synthesised } from './synthesised';

/** A listener on TLS 1.0, and a topic that takes plaintext. */
function faults(app: App): Stack {
  const stack = new Stack(app, 'Shop', { env: { region: 'eu-west-1' } });
  new elbv2.CfnListener(stack, 'Listener', {
    loadBalancerArn: 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/a/b',
    port: 443,
    protocol: 'HTTPS',
    certificates: [{ certificateArn: 'arn:aws:acm:eu-west-1:111122223333:certificate/a' }],
    defaultActions: [{ type: 'fixed-response', fixedResponseConfig: { statusCode: '404' } }],
  });
  new sns.CfnTopic(stack, 'Topic');
  return stack;
}

type Packs = Parameters<typeof synthesised>[1];

/** Every finding of ours: pack, rule and place. */
function told(packs: Packs, build: (app: App) => unknown = faults) {
  const { findings } = synthesised((app) => void build(app), packs);
  return findings
    .filter(({ rule }) => /^(TransmissionChecks|PciDss401Checks|GdprChecks)-/.test(rule))
    .map(({ rule, severity, constructPath, properties }) => ({
      rule,
      severity,
      constructPath,
      property: properties.join(),
    }));
}

const bare = ({ rule }: { rule: string }) => rule.replace(/^\w+-/, '');

describe('our three packs and those of cdk-nag together', () => {
  const all: Packs = (app) => [
    new TransmissionChecks(app),
    new PciDss401Checks(app),
    new GdprChecks(app),
    new AwsSolutionsChecks(app),
    new PCIDSS321Checks(app),
  ];

  test('say each fault once, whichever packs are registered', () => {
    const findings = told(all);
    const places = findings.map((finding) => `${bare(finding)} ${finding.constructPath} ${finding.property}`);
    expect(new Set(places).size).toBe(places.length);
    expect(findings.filter((finding) => bare(finding) === 'ListenerRequiresTls12')).toHaveLength(1);
  });

  test('say together what each says alone', () => {
    const alone = [
      told((app) => [new TransmissionChecks(app)]),
      told((app) => [new PciDss401Checks(app)]),
      told((app) => [new GdprChecks(app)]),
    ].flat();
    const place = (finding: (typeof alone)[number]) =>
      `${bare(finding)} ${finding.constructPath} ${finding.property}`;
    expect(told(all).map(place).sort()).toEqual([...new Set(alone.map(place))].sort());
  });

  test('let the first that is registered tell', () => {
    const first = (packs: Packs) =>
      told(packs).find((finding) => bare(finding) === 'ListenerRequiresTls12')?.rule;
    expect(first((app) => [new GdprChecks(app), new TransmissionChecks(app)])).toBe(
      'GdprChecks-ListenerRequiresTls12',
    );
    expect(first((app) => [new TransmissionChecks(app), new GdprChecks(app)])).toBe(
      'TransmissionChecks-ListenerRequiresTls12',
    );
  });

  test('a pack that was made and not registered takes no finding from another', () => {
    const findings = told((app) => {
      new TransmissionChecks(app);
      return [new PciDss401Checks(app)];
    });
    expect(findings.map(({ rule }) => rule)).toContain('PciDss401Checks-ListenerRequiresTls12');
  });

  test.each([
    ['that tells', 'TransmissionChecks'],
    ['that leaves it to another', 'PciDss401Checks'],
  ])('an acknowledgement that is given to the pack %s holds', (_, pack) => {
    const findings = told(
      (app) => [new TransmissionChecks(app), new PciDss401Checks(app)],
      (app) => {
        const stack = faults(app);
        Validations.of(stack.node.findChild('Listener')).acknowledge({
          id: `${pack}::${pack}-ListenerRequiresTls12`,
          reason: 'The terminal of the warehouse is replaced in March.',
        });
      },
    );
    expect(findings.map(bare)).not.toContain('ListenerRequiresTls12');
    expect(findings.map(bare)).toContain('TopicDeniesPlaintext');
  });

  test('every rule of TransmissionChecks speaks for one of the regulations, or is hygiene', () => {
    const silent = TRANSMISSION_PACK.rules.filter(
      ({ rule, level }) =>
        level === 'error' &&
        (rule.references.pciDss ?? []).length === 0 &&
        (rule.references.gdpr ?? []).length === 0,
    );
    expect(silent.map(({ rule }) => rule.id)).toEqual([]);
  });
});
