export * from './log-bucket';
