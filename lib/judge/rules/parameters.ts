import { LONGEST_HISTORY, SHORTEST_HISTORY } from './arbiter';
import { DEFAULT_GDPR_PARAMETERS, type GdprParameters } from './gdpr/parameters';

/** How long keys and secrets may be in use. */
export interface KeyParameters {
  /** Days after which the material of a KMS key is replaced (PCI DSS 3.7.4: the cryptoperiod). */
  readonly keyRotationDays: number;
  /** Days after which a secret with a rotation schedule is replaced. */
  readonly secretRotationDays: number;
}

/** How long the record of what happened is kept. */
export interface HistoryParameters {
  /** Days for which log groups keep their entries at least (PCI DSS 10.5.1). */
  readonly logRetentionLeastDays: number;
  /** Days after which log groups have forgotten their entries (GDPR 5(1)(e)). */
  readonly logRetentionMostDays: number;
}

/** All that an organisation decides and rules ask for: complete, and checked. */
export interface RuleParameters extends KeyParameters, HistoryParameters, GdprParameters {}

/** What holds where nobody decides otherwise: what standard and law ask for, or suggest. */
export const DEFAULT_RULE_PARAMETERS: RuleParameters = {
  ...DEFAULT_GDPR_PARAMETERS,
  keyRotationDays: 365,
  secretRotationDays: 90,
  logRetentionLeastDays: SHORTEST_HISTORY,
  logRetentionMostDays: LONGEST_HISTORY,
};
