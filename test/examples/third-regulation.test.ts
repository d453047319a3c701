import { readFileSync } from 'node:fs';
import path from 'node:path';
import { App, Stack, Validations } from 'aws-cdk-lib';
import { CfnListener } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { DORA_PACK, DoraChecks, register } from '../../examples/third-regulation';
import { PciDss401Checks, TransmissionChecks } from '../../lib/checks';
import { EVERY_ROW, packOf, type Regulation } from '../../lib/judge';
import { synthesised } from '../checks/synthesised';

const ROOT = path.resolve(__dirname, '../..');

function openListener(app: App): void {
  new CfnListener(new Stack(app, 'Bank', { env: { region: 'eu-west-1' } }), 'Open', {
    loadBalancerArn:
      'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/bank/0123456789abcdef',
    port: 80,
    protocol: 'HTTP',
    defaultActions: [
      { type: 'forward', targetGroupArn: 'arn:aws:elasticloadbalancing:eu-west-1:1:targetgroup/a/b' },
    ],
  });
}

describe('a third regulation', () => {
  test('judges by the rules that its table names, and no other', () => {
    const { findings } = synthesised(openListener, (app) => [new DoraChecks(app)]);
    expect(findings.map(({ rule, severity, metadata }) => [rule, severity, metadata.regulations])).toEqual([
      ['DoraChecks-ListenerIsEncrypted', 'error', 'DORA RTS 14(1)'],
    ]);
  });

  test.each([
    ['first', (app: App) => [new DoraChecks(app), new PciDss401Checks(app)]],
    ['last', (app: App) => [new TransmissionChecks(app), new PciDss401Checks(app), new DoraChecks(app)]],
  ])('is named in the one finding of several packs, registered %s', (_, packs) => {
    const { findings } = synthesised(openListener, packs);
    const told = findings.filter(({ rule }) => rule.endsWith('-ListenerIsEncrypted'));
    expect(told).toHaveLength(1);
    expect(told[0]?.metadata).toMatchObject({
      regulations: 'DORA RTS 14(1)',
      pciDss: expect.stringContaining('4.2.1'),
    });
  });

  test('is not named where its pack was not registered', () => {
    const { findings } = synthesised(openListener, (app) => [new TransmissionChecks(app)]);
    expect(findings[0]?.metadata.regulations).toBeUndefined();
  });

  test('is registered by one line', () => {
    const app = new App();
    register(app);
    expect(Validations.of(app)).toBeDefined();
    expect(DORA_PACK.rules).toHaveLength(13);
  });

  test('takes some thirty lines', () => {
    const source = readFileSync(path.join(ROOT, 'examples/third-regulation.ts'), 'utf8');
    const [, region = ''] = /#region regulation\n([\s\S]*?)\/\/ #endregion/.exec(source) ?? [];
    expect(region.split('\n').length).toBeLessThan(36);
  });
});

describe('packOf', () => {
  const LAW: Regulation = {
    name: 'Law',
    reviewed: '2026-11-22',
    sources: [],
    requirements: [{ id: '1', title: 'data is encrypted' }],
  };

  test('refuses a rule that there is not', () => {
    expect(() => packOf('LawChecks', { ...LAW, rules: { 1: ['NoSuchRule'] } }, EVERY_ROW)).toThrow(
      `Law: 'rules' must name rules that there are, got "NoSuchRule", see docs/rules.md`,
    );
  });

  test('refuses a requirement that the law does not have', () => {
    expect(() => packOf('LawChecks', { ...LAW, rules: { 2: ['ListenerIsEncrypted'] } }, EVERY_ROW)).toThrow(
      `Law: 'rules' must name its requirements, got "2", add it to 'requirements'`,
    );
  });

  test('attaches several requirements to one rule, which keeps its own', () => {
    const { rules } = packOf(
      'LawChecks',
      {
        ...LAW,
        requirements: [...LAW.requirements, { id: '2', title: 'and authenticated' }],
        rules: { 1: ['ListenerIsEncrypted'], 2: ['ListenerIsEncrypted'] },
      },
      EVERY_ROW,
    );
    expect(rules).toHaveLength(1);
    expect(rules[0]?.rule.references).toMatchObject({
      regulations: { Law: ['1', '2'] },
      pciDss: expect.arrayContaining(['4.2.1']),
    });
    const [original] = EVERY_ROW.filter(({ rule }) => rule.id === 'ListenerIsEncrypted');
    expect(original?.rule.references.regulations).toBeUndefined();
  });

  test('has no rule where the law names none', () => {
    expect(packOf('LawChecks', LAW, EVERY_ROW).rules).toEqual([]);
  });
});
