export { type BoundTargetCertificate, type CertificateTarget, HopAssurance } from './certificate-source';
export { type ContainerStartCertificateProps, TARGET_CERTIFICATE_FOLDER } from './container-start';
export { checkUser, DEFAULT_USER } from './container-user';
export type { InProcessCertificateProps } from './in-process';
export type { ServiceConnectCertificateProps } from './service-connect';
export { TargetCertificate } from './target-certificate';
