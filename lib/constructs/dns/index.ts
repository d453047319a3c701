export { type AuthorizationBinding, CertificateAuthority } from './certificate-authority';
export {
  CertificateAuthorityAuthorization,
  type CertificateAuthorityAuthorizationProps,
} from './certificate-authority-authorization';
export { ZoneSigning, type ZoneSigningProps } from './zone-signing';
