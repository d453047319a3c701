import type { Stack } from 'aws-cdk-lib';

/** What a rule of cdk-nag says about all resources of an app together. */
export type NagVerdict = 'compliant' | 'violation' | 'not applicable' | 'rule threw' | 'no rule';

/** An app about which cdk-nag and we say different things. */
export interface WrongVerdict {
  /** Kebab case; unique. */
  readonly id: string;
  /** As the page groups them: the name of an AWS service, or what is special about the construct. */
  readonly service: string;
  /** What the app does, in one sentence. */
  readonly about: string;
  /** `folder.Rule` in `rules` of cdk-nag; `none` where no rule of it tells the app from its repaired twin. */
  readonly cdkNagRule: string;
  readonly cdkNagSays: NagVerdict;
  /** What CloudFormation and the service make of it. */
  readonly right: 'compliant' | 'violation';
  /** The id of our rule. */
  readonly ourRule: string;
  /** Where our finding points: logical id and property, such as `Listener Properties.SslPolicy`. */
  readonly at?: string;
  build(stack: Stack): void;
  /** The same app with the fault repaired, for rows whose right answer is a violation. */
  repaired?(stack: Stack): void;
}
