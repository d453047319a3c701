export {
  ClientCertificates,
  type PassClientCertificatesOptions,
  type VerifyClientsOptions,
} from './client-certificates';
export {
  ClientTrustStore,
  type ClientTrustStoreAttributes,
  type ClientTrustStoreProps,
  type IClientTrustStore,
} from './client-trust-store';
export { checkKeepsVersions, checkPinnedObject, type PinnedObject } from './pinned-object';
export { TrustMaterialBucket, type TrustMaterialBucketProps } from './trust-material-bucket';
