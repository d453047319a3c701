import type { App } from 'aws-cdk-lib';

/** A remaining finding: `level Rule path of the construct at property`, and why it is deserved. */
export type Remaining = readonly [finding: string, reason: string];

/** A stack as careful people write it, for one area of AWS. */
export interface KnownGood {
  readonly area: string;
  readonly build: (app: App) => void;
  /** All that is found: warnings and infos, never an error. */
  readonly remaining: readonly Remaining[];
}

export const ACCOUNT = '111122223333';
export const REGION = 'eu-west-1';
export const ENV = { account: ACCOUNT, region: REGION };

/** What `cdk synth` would look up. */
export const LOOKED_UP = {
  [`availability-zones:account=${ACCOUNT}:region=${REGION}`]: ['a', 'b', 'c'].map(
    (zone) => `${REGION}${zone}`,
  ),
};
