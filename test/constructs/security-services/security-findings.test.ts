import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Stack } from 'aws-cdk-lib';
import * as sns from 'aws-cdk-lib/aws-sns';
import { GdprChecks } from '../../../lib';
import { AlarmTopic } from '../../../lib/constructs/messaging';
import {
  AnalyzerScope,
  FindingSeverity,
  FindingSource,
  SecurityFindings,
  type SecurityFindingsProps,
  SecurityServices,
} from '../../../lib/constructs/security-services';
import { type Drilled, drill } from '../../_fixtures/drill';
import { FINDING_RECORDINGS } from '../../_fixtures/drill/recordings/findings';
import { findingsOf, nagErrorsOf } from '../judged';
import { rendered, resourcesOf, stackIn } from '../support';

function define(props: Partial<SecurityFindingsProps> = {}) {
  const stack = stackIn('eu-west-1');
  const { topic } = new AlarmTopic(stack, 'Topic');
  const findings = new SecurityFindings(stack, 'Findings', { topic, ...props });
  return { stack, findings };
}

const drilled = (stack: Stack) =>
  drill({ Findings: rendered(stack).toJSON() as Drilled }, FINDING_RECORDINGS);

describe('the drill', () => {
  test('every rule is fired by the event of its source, and by no near-miss', () => {
    const { stack, findings } = define();
    const { fired, ...rest } = drilled(stack);
    expect(rest).toEqual({ silent: [], falseAlarms: [], unused: [] });
    for (const [name, rule] of findings.rules) {
      expect(fired[`Findings/${stack.getLogicalId(rule.node.defaultChild as never)}`]).toEqual([name]);
    }
  });

  test.each([
    [
      FindingSeverity.LOW,
      ['a threat of medium severity', 'data of medium severity', 'a check of medium severity'],
    ],
    [
      FindingSeverity.MEDIUM,
      ['a threat of medium severity', 'data of medium severity', 'a check of medium severity'],
    ],
    [FindingSeverity.HIGH, []],
  ])('from %s on, more is told', (leastSeverity, told) => {
    const { falseAlarms } = drilled(define({ leastSeverity }).stack);
    expect(falseAlarms.map((line) => line.replace(/^.* fires on /, ''))).toEqual(told);
  });

  test('from CRITICAL on, threats and checks that are less are not told; what has no such grade is', () => {
    const { unused } = drilled(define({ leastSeverity: FindingSeverity.CRITICAL }).stack);
    expect(unused).toEqual(['GuardDuty', 'SecurityHub']);
  });

  test('what Security Hub hands on is told by its rule, where the service has none', () => {
    const { stack } = define({ sources: [FindingSource.SECURITY_HUB] });
    expect(drilled(stack).falseAlarms).toEqual([expect.stringContaining('that Security Hub hands on')]);
  });

  test('what Security Hub checks is told by AWS Config, where nobody listens to Security Hub', () => {
    const { stack } = define({ sources: [FindingSource.CONFIG] });
    expect(drilled(stack).falseAlarms).toEqual([expect.stringContaining('a rule of Security Hub')]);
  });
});

describe('each rule', () => {
  test('names a runbook that exists and says what to do', () => {
    for (const { Properties } of Object.values(resourcesOf(define().stack, 'AWS::Events::Rule'))) {
      const [runbook = ''] = /docs\/runbooks\/findings-[a-z-]+\.md/.exec(Properties.Description) ?? [];
      const file = path.resolve(__dirname, '../../..', runbook);
      expect([runbook, existsSync(file)]).toEqual([runbook, true]);
      const text = readFileSync(file, 'utf8');
      for (const heading of ['What it means', 'Look here first', 'Harmless when', 'How to close']) {
        expect(text).toContain(`\n## ${heading}\n`);
      }
      expect(Properties.Description.length).toBeLessThanOrEqual(512);
    }
  });
});

describe('the packs', () => {
  const rulesOf = (stack: Stack) =>
    new GdprChecks().validateScope(stack).violations.map(({ ruleName }) => ruleName);
  const services = (stack: Stack) =>
    new SecurityServices(stack, 'Services', {
      guardDuty: true,
      macie: true,
      accessAnalyzer: AnalyzerScope.ACCOUNT,
      securityHub: true,
      pciDssStandard: true,
    });

  test('find nothing, ours and cdk-nag', () => {
    const { stack } = define();
    services(stack);
    expect(findingsOf(stack)).toEqual([]);
    expect(nagErrorsOf(stack)).toEqual([]);
  });

  test('find that what detectors find reaches somebody, and that it does not without rules', () => {
    const rule = 'GdprChecks-DetectorFindingsReachSomebody';
    const { stack } = define();
    services(stack);
    expect(rulesOf(stack)).not.toContain(rule);
    const silent = stackIn('eu-west-1');
    services(silent);
    expect(rulesOf(silent)).toContain(rule);
  });
});

describe('what could not work is refused', () => {
  test.each<[string, Partial<SecurityFindingsProps>, string]>([
    ['no source', { sources: [] }, "'sources' must hold at least one source, leave it out for all"],
    [
      'a source twice',
      { sources: [FindingSource.MACIE, FindingSource.MACIE] },
      "'sources' holds Macie twice, remove one",
    ],
  ])('%s', (_, props, message) => {
    expect(() => define(props)).toThrow(`Stack/Findings: ${message}`);
  });

  test('a topic of another region', () => {
    const stack = stackIn('eu-west-1');
    const topic = sns.Topic.fromTopicArn(stack, 'Topic', 'arn:aws:sns:us-east-1:111122223333:alarms');
    expect(() => new SecurityFindings(stack, 'Findings', { topic })).toThrow(
      "Stack/Findings: 'topic' must be in the region of the rules (eu-west-1)",
    );
  });
});
