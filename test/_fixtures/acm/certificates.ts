import type { ServedCertificate } from './server';

const DAY = 86_400;

/** The time of the tests: the middle of the life of a certificate that `served` makes. */
export const NOW = new Date('2026-11-22T00:00:00Z');
const SECONDS = NOW.getTime() / 1000;

/** The ARN of a certificate. */
export function arnOf(name: string, region = 'eu-west-1'): string {
  return `arn:aws:acm:${region}:111122223333:certificate/${name}`;
}

/** What of a certificate is another than usual. */
export interface Unusual {
  readonly region?: string;
  /** Days from the time of the tests to its end; 99 unless given. */
  readonly left?: number;
  /** Days of its life; 198 unless given. */
  readonly life?: number;
  readonly [field: string]: unknown;
}

/** A certificate with which all is well: issued by ACM, validated by DNS, in use, halfway through its life. */
export function served(
  name: string,
  { region, left = 99, life = 198, ...more }: Unusual = {},
): ServedCertificate {
  const domain = `${name}.example.com`;
  return {
    CertificateArn: arnOf(name, region),
    DomainName: domain,
    SubjectAlternativeNames: [domain],
    Status: 'ISSUED',
    Type: 'AMAZON_ISSUED',
    Issuer: 'Amazon',
    Serial: '0a:1b',
    KeyAlgorithm: 'EC_prime256v1',
    SignatureAlgorithm: 'SHA256WITHECDSA',
    CreatedAt: SECONDS + (left - life) * DAY,
    IssuedAt: SECONDS + (left - life) * DAY,
    NotBefore: SECONDS + (left - life) * DAY,
    NotAfter: SECONDS + left * DAY,
    InUseBy: [
      `arn:aws:elasticloadbalancing:${region ?? 'eu-west-1'}:111122223333:loadbalancer/app/${name}/50dc6c495c0c9188`,
    ],
    RenewalEligibility: 'ELIGIBLE',
    Options: { CertificateTransparencyLoggingPreference: 'ENABLED', Export: 'DISABLED' },
    DomainValidationOptions: [
      {
        DomainName: domain,
        ValidationDomain: domain,
        ValidationEmails: ['hostmaster@example.com'],
        ValidationMethod: 'DNS',
        ValidationStatus: 'SUCCESS',
      },
    ],
    ...more,
  };
}
