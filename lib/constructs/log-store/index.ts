export { LogBucket, type LogBucketProps } from './log-bucket';
export { LogBucketOfKind, type LogBucketOfKindProps } from './log-bucket-of-kind';
export { LogKind, LogLockSupport } from './log-kind';
