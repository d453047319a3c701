/** Runs in the containers and functions of users. Bundled, it imports nothing but `node:`, and nothing of the CDK. */
export {
  TARGET_CERTIFICATE_DAYS,
  TARGET_TLS_ENVIRONMENT,
  type TargetTlsMinVersion,
  type TargetTlsSource,
} from './environment';
export * from './message-signatures';
export {
  type KeepRenewedOptions,
  keepRenewed,
  TARGET_CIPHERS,
  type TargetTls,
  targetTls,
} from './target-tls';
