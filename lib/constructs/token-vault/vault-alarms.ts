import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { alarmOn } from '../monitoring/transmission-monitor-measure';
import { METRICS } from './runtime/host/meter';
import type { VaultTenant, VaultThresholds } from './token-vault-props';
import type { ITokenVault } from './token-vault-reference';

const REVEALS = 100;
const CREATIONS = 100;
/** Of so many items that tokens were asked for, one at least has to have made a new one. */
const ONE_NEW_IN = 10;

/** What tells people about a vault. */
export interface VaultAlarmsProps {
  readonly vault: ITokenVault;
  readonly topic: sns.ITopic;
  readonly tenants: Readonly<Record<string, VaultTenant>>;
  readonly thresholds: VaultThresholds;
  readonly hasCanaries: boolean;
  readonly keys: readonly kms.IKey[];
  readonly functions: readonly lambda.IFunction[];
}

interface Caller {
  readonly tenant: string;
  readonly grantee: string;
}

const NONE = cloudwatch.TreatMissingData.NOT_BREACHING;
const WITHOUT_DATA = 'Without data nobody called, or nothing of the kind happened.';

/** The alarms of a vault, and rules on calls that change who can read what it holds; those need a trail in this region. */
export class VaultAlarms extends Construct {
  /** By `<tenant>/<grantee>`. */
  readonly reveals: ReadonlyMap<string, cloudwatch.Alarm>;
  /** By `<tenant>/<grantee>`. */
  readonly creations: ReadonlyMap<string, cloudwatch.Alarm>;
  readonly keyErrors: cloudwatch.Alarm;
  /** Absent without canary tokens. */
  readonly canaryRevealed?: cloudwatch.Alarm;
  /** Somebody changed the policy of a key. */
  readonly keyPolicyChanged: events.Rule;
  /** Somebody changed the code of a function. */
  readonly codeChanged: events.Rule;

  constructor(scope: Construct, id: string, props: VaultAlarmsProps) {
    super(scope, id);
    const { vault, topic, keys, functions } = props;
    this.reveals = this.each(props, ['reveal-masked', 'reveal-full'], (caller) =>
      this.onReveals(props, caller),
    );
    this.creations = this.each(props, ['tokenize'], (caller) => this.onCreations(props, caller));
    this.keyErrors = alarmOn(this, topic, {
      id: 'KeyErrors',
      title: 'Calls that a key kept from being answered',
      metric: vault.metricKeyErrors(),
      threshold: 1,
      missingData: NONE,
      meaning: `AWS KMS refused or failed, and calls of the vault ${vault.vaultName} were not answered. ${WITHOUT_DATA}`,
      runbook: 'docs/runbooks/vault-key-errors.md',
    });
    if (props.hasCanaries) {
      this.canaryRevealed = alarmOn(this, topic, {
        id: 'CanaryRevealed',
        title: 'Reveals of planted tokens',
        metric: vault.metricCanaryRevealed(),
        threshold: 1,
        missingData: NONE,
        meaning: `Somebody asked the vault ${vault.vaultName} for a token that nobody has a reason to reveal: it was found where it was planted. ${WITHOUT_DATA}`,
        runbook: 'docs/runbooks/vault-canary.md',
      });
    }
    topic.grantPublish(new iam.ServicePrincipal('events.amazonaws.com'));
    this.keyPolicyChanged = this.addRule('KeyPolicyChanged', topic, {
      description:
        'Somebody changed who may use a key of a token vault. Runbook: docs/runbooks/vault-key-policy.md',
      eventPattern: {
        source: ['aws.kms'],
        detailType: ['AWS API Call via CloudTrail'],
        detail: {
          eventName: ['PutKeyPolicy'],
          resources: { ARN: keys.map(({ keyArn }) => keyArn) },
          errorCode: events.Match.doesNotExist(),
        },
      },
    });
    this.codeChanged = this.addRule('CodeChanged', topic, {
      description:
        'Somebody changed what a function of a token vault runs. Runbook: docs/runbooks/vault-code-changed.md',
      eventPattern: {
        source: ['aws.lambda'],
        detailType: ['AWS API Call via CloudTrail'],
        detail: {
          // CloudTrail has the version of the API in the name.
          eventName: [{ prefix: 'UpdateFunctionCode' }],
          requestParameters: {
            functionName: functions.flatMap(({ functionName, functionArn }) => [functionName, functionArn]),
          },
          errorCode: events.Match.doesNotExist(),
        },
      },
    });
  }

  private each(
    { tenants }: VaultAlarmsProps,
    rights: readonly string[],
    make: (caller: Caller) => cloudwatch.Alarm,
  ): ReadonlyMap<string, cloudwatch.Alarm> {
    const alarms = new Map<string, cloudwatch.Alarm>();
    for (const [tenant, { grantees }] of Object.entries(tenants)) {
      for (const [grantee, has] of Object.entries(grantees)) {
        if (!has.some((right) => rights.includes(right))) continue;
        alarms.set(`${tenant}/${grantee}`, make({ tenant, grantee }));
      }
    }
    return alarms;
  }

  private onReveals({ vault, topic, thresholds }: VaultAlarmsProps, caller: Caller): cloudwatch.Alarm {
    const { tenant, grantee } = caller;
    return alarmOn(this, topic, {
      id: `Reveals-${tenant}-${grantee}`,
      title: `What ${grantee} of ${tenant} reveals`,
      metric: vault.metricRevealed(caller),
      threshold: thresholds.revealsPerGrantee ?? REVEALS,
      missingData: NONE,
      meaning: `${grantee} of ${tenant} reveals more tokens of the vault ${vault.vaultName} than its work needs. ${WITHOUT_DATA}`,
      runbook: 'docs/runbooks/vault-reveals.md',
    });
  }

  private onCreations({ vault, topic, thresholds }: VaultAlarmsProps, caller: Caller): cloudwatch.Alarm {
    const { tenant, grantee } = caller;
    const least = thresholds.creations ?? CREATIONS;
    return alarmOn(this, topic, {
      id: `Creations-${tenant}-${grantee}`,
      title: `Values that ${grantee} of ${tenant} tries`,
      metric: new cloudwatch.MathExpression({
        label: 'asked for without a new token',
        expression: `IF(asked >= ${least} AND ${ONE_NEW_IN} * FILL(made, 0) < asked, asked, 0)`,
        usingMetrics: {
          asked: vault.metricOfCaller(caller, METRICS.createsAsked),
          made: vault.metricOfCaller(caller, METRICS.tokensMade),
        },
      }),
      threshold: 1,
      missingData: NONE,
      meaning: `${grantee} of ${tenant} asks the vault ${vault.vaultName} for many tokens, and hardly one is new: it may try which values are there. ${WITHOUT_DATA}`,
      runbook: 'docs/runbooks/vault-creations.md',
    });
  }

  private addRule(id: string, topic: sns.ITopic, props: events.RuleProps): events.Rule {
    const rule = new events.Rule(this, id, props);
    // Not the CDK's target, which warns of every topic whose account is known when that of the stack is not.
    rule.addTarget({ bind: () => ({ arn: topic.topicArn }) });
    return rule;
  }
}
