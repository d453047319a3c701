/** A certificate that ACM keeps, as far as it could be read. Times are RFC 3339, to the second. */
export interface AuditedCertificate {
  readonly region: string;
  readonly arn: string;
  /** The name by which it was requested; empty where a certificate has none. */
  readonly domainName: string;
  /** Every DNS name it is good for, sorted. */
  readonly names: readonly string[];
  /** Such as `ISSUED`. */
  readonly status: string;
  /** `AMAZON_ISSUED`, `IMPORTED` or `PRIVATE`. */
  readonly type: string;
  readonly issuer?: string;
  readonly serial?: string;
  /** As templates write it, such as `EC_prime256v1`. */
  readonly keyAlgorithm?: string;
  /** Such as `SHA256WITHRSA`. */
  readonly signatureAlgorithm?: string;
  readonly createdAt?: string;
  readonly notBefore?: string;
  readonly notAfter?: string;
  /** `DNS`, `EMAIL` or `HTTP`; the weakest, where names are validated in several ways. */
  readonly validation?: string;
  readonly renewalEligibility?: string;
  /** How the renewal stands that ACM began last. */
  readonly renewal?: Renewal;
  readonly failureReason?: string;
  readonly inUse: boolean;
  /** The ARNs of what uses it, sorted. */
  readonly inUseBy: readonly string[];
  /** Whether its private key may leave ACM. */
  readonly exportable: boolean;
  /** Whether it did. */
  readonly exported: boolean;
  readonly transparencyLogging?: boolean;
  /** The service that keeps it for its customer, such as `CLOUDFRONT`. */
  readonly managedBy?: string;
  /** Whether all of it could be read; else only what the list of its region tells. */
  readonly complete: boolean;
}

/** A renewal. */
export interface Renewal {
  /** Such as `PENDING_VALIDATION`. */
  readonly status: string;
  readonly reason?: string;
  /** The names that wait for their validation, sorted. */
  readonly waitingFor: readonly string[];
}

/** How bad it is. */
export type AuditLevel = 'error' | 'warning' | 'info';

/** The levels, the gravest first. */
export const AUDIT_LEVELS: readonly AuditLevel[] = ['error', 'warning', 'info'];

/** Something about a certificate that somebody should know. */
export interface CertificateFinding {
  readonly rule: string;
  readonly level: AuditLevel;
  readonly region: string;
  readonly arn: string;
  readonly domainName: string;
  /** One phrase: lower case, no full stop. */
  readonly message: string;
  readonly fix: string;
}

/** The last part of an ARN: what tells a certificate of a region from the others. */
export function certificateId(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}
