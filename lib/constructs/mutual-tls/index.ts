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
  type PinnedObject,
} from './client-trust-store';
export { TrustMaterialBucket, type TrustMaterialBucketProps } from './trust-material-bucket';
