/** What our functions measure about certificates. */
export const CERTIFICATE_METRICS = {
  /** Of each certificate in use: 1 when its life begins, 0 when it is over. */
  ratio: 'RemainingLifetimeRatio',
  /** The lowest of all; 1 where there is none. An alarm cannot look for the lowest of many metrics itself. */
  lowest: 'LowestRemainingLifetimeRatio',
  /** The lowest of those that ACM does not renew by itself. */
  lowestManual: 'LowestManualRemainingLifetimeRatio',
  audited: 'CertificatesAudited',
  errors: 'CertificateErrors',
  warnings: 'CertificateWarnings',
  /** Regions and certificates that could not be read. */
  notRead: 'CertificatesNotRead',
} as const;
