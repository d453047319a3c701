import type { Duration } from 'aws-cdk-lib';
import { TARGET_TLS_ENVIRONMENT } from '../../target/environment';
import { type CertificateSource, HopAssurance } from './certificate-source';
import { daysOfValidity } from './validity';

/** Properties of a certificate that the target makes itself. */
export interface InProcessCertificateProps {
  /**
   * For how long the certificate is valid: from 1 to 397 days.
   *
   * @default Duration.days(365), see `TARGET_CERTIFICATE_DAYS`
   */
  readonly validity?: Duration;
}

/** A certificate from the process of the target, which keeps the key in its memory. */
export function inProcessSource({ validity }: InProcessCertificateProps): CertificateSource {
  return {
    assurance: HopAssurance.ENCRYPTED,
    why: 'the target makes the certificate and signs it itself, so that nobody could verify it; load balancers would not try',
    inProxy: false,
    bind: (scope, { container }) => {
      const days = daysOfValidity(scope, validity);
      container.addEnvironment(TARGET_TLS_ENVIRONMENT.source, 'process');
      container.addEnvironment(TARGET_TLS_ENVIRONMENT.minVersion, 'TLSv1.2');
      container.addEnvironment(TARGET_TLS_ENVIRONMENT.validityDays, String(days));
      return { dependencies: [] };
    },
  };
}
