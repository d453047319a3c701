export { type PublicKeys, readPublicKeys } from './public-keys';
export {
  type Fault,
  type ProvenChain,
  type TrailFinding,
  type TrailVerification,
  type VerifyOptions,
  verifyFolder,
} from './verify-folder';
