import * as events from 'aws-cdk-lib/aws-events';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { invalidProperty } from '../invalid-property';
import { checkSameRegion } from '../region';
import { FindingSeverity } from './finding-severity';
import { FindingSource } from './finding-source';

/** Properties of `SecurityFindings`. */
export interface SecurityFindingsProps {
  /**
   * The topic that is told, in the same account and region. EventBridge must be allowed to publish there: `AlarmTopic` has
   * let it in.
   */
  readonly topic: sns.ITopic;
  /**
   * The lightest findings that are told, of services that have grades.
   *
   * @default FindingSeverity.HIGH
   */
  readonly leastSeverity?: FindingSeverity;
  /**
   * Whose findings are told. Rules for a service that is off cost nothing, and hear it once it is on.
   *
   * @default - all: GuardDuty, Macie, Access Analyzer, Security Hub, AWS Config
   */
  readonly sources?: FindingSource[];
}

/**
 * Tells a topic what the services that look for breaches find, in this account and region: a breach has to be notified
 * within 72 hours of knowing (GDPR Art. 33), and the finding is there from the first minute.
 *
 * Each rule names the runbook that says what to do. A finding that comes from Security Hub and from the service itself is
 * told once, where both are among the sources.
 */
export class SecurityFindings extends Construct {
  /** The rules, by the name of the source: `GuardDuty`. */
  readonly rules: ReadonlyMap<string, events.Rule>;

  /** @throws TransmissionError where no source is given, one is given twice, or the topic is elsewhere */
  constructor(scope: Construct, id: string, props: SecurityFindingsProps) {
    super(scope, id);
    const { topic, leastSeverity = FindingSeverity.HIGH, sources = FindingSource.values() } = props;
    this.check(sources, topic);
    this.rules = new Map(
      sources.map((source) => [
        source.name,
        this.addRule(source, source.patternFrom(leastSeverity, sources), topic),
      ]),
    );
  }

  private addRule(source: FindingSource, eventPattern: events.EventPattern, topic: sns.ITopic): events.Rule {
    const rule = new events.Rule(this, source.name, {
      description: `${source.title}. Runbook: ${source.runbook}`,
      eventPattern,
    });
    // Not the CDK's target, which warns of every topic whose account is known when that of the stack is not.
    rule.addTarget({ bind: () => ({ arn: topic.topicArn }) });
    return rule;
  }

  private check(sources: readonly FindingSource[], topic: sns.ITopic): void {
    if (sources.length === 0) {
      throw invalidProperty(this, "'sources' must hold at least one source, leave it out for all");
    }
    const twice = sources.find((source, index) => sources.indexOf(source) !== index);
    if (twice !== undefined) throw invalidProperty(this, `'sources' holds ${twice} twice, remove one`);
    checkSameRegion(this, {
      property: 'topic',
      resource: topic,
      arn: topic.topicArn,
      of: 'the rules',
      remedy: 'which reach topics of their own region only, name one there',
    });
  }
}
