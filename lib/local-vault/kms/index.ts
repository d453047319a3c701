/** AWS KMS on loopback, for the local vault and for tests. */
export type { LoggedCall } from './call-log';
export type { FaultKind } from './faults';
export type { KeySpec, KeyUsage } from './keys';
export { type LocalKeyProps, LocalKms, type LocalKmsProps } from './local-kms';
export type { PrincipalProps } from './principals';
export { DEFAULT_QUOTAS, type Quotas } from './quotas';
export { type ServedKms, serveKms } from './server';
