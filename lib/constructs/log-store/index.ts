export { LogBucket } from './log-bucket';
export type { ILogBucket, LogBucketAttributes, LogBucketProps } from './log-bucket-props';
export { admitDelivery, type LogDeliveryProps } from './log-delivery';
export { admitLogGroups } from './log-group-key';
export { LogKind, LogLockSupport } from './log-kind';
export { checkLogTarget, type LogTarget } from './log-target';
