import type { Resource } from '../template';
import type { Store } from './fact';
import type { LogWriter } from './log-target/log-writer';
import type { Observed } from './observed';

/** One log that an AWS service writes to a bucket. */
export interface LogDeliveryFact {
  /** The resource that says so: a load balancer, a trail, a flow log. */
  readonly from: Resource;
  /** What it may be; one, unless the template hides which. */
  readonly writers: readonly LogWriter[];
  /** Which of them it is. */
  readonly which: Observed<LogWriter>;
  /** Whether the policy of the bucket surely refuses what the service writes. */
  readonly refused: Observed<boolean>;
}

/** A bucket that logs of AWS services are written to. */
export interface LogTarget {
  readonly fact: 'log-target';
  readonly resource: Resource;
  readonly deliveries: readonly LogDeliveryFact[];
  readonly encryption: Store['encryption'];
  /** `retains`: with a default retention. */
  readonly objectLock: Observed<'off' | 'on' | 'retains'>;
  readonly region: string | undefined;
  readonly when: string | undefined;
}

/** Where AWS WAF is told to log: it takes names alone that begin as it wants. */
export interface LogDestinationName {
  readonly fact: 'log-destination-name';
  /** The resource that says so. */
  readonly resource: Resource;
  /** What the name begins with, as far as it matters. */
  readonly name: Observed<string>;
  readonly region: string | undefined;
  readonly when: string | undefined;
}

/** What a log holds of each request. */
export interface LogContent {
  readonly fact: 'log-content';
  readonly resource: Resource;
  /** Whether query strings are among it, and the setting that lets them in. */
  readonly queryStrings: Observed<boolean>;
  readonly region: string | undefined;
  readonly when: string | undefined;
}
