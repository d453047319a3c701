import type { Stack } from 'aws-cdk-lib';
import type { Given } from './given';

/** An L2 construct of the CDK with what it cannot do without, and nothing else. */
export interface DefaultConstruct {
  /** The module below `aws-cdk-lib`, and the class: `aws-s3.Bucket`. */
  readonly name: string;
  /** Makes it in a stack of its own; what it needs stands in another. */
  readonly build: (stack: Stack, given: Given) => void;
}
