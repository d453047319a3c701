import { Duration, Token } from 'aws-cdk-lib';
import * as route53 from 'aws-cdk-lib/aws-route53';
import { Construct } from 'constructs';
import { TransmissionError } from '../../core/errors';
import { CertificateAuthority } from './certificate-authority';

const { ISSUE, ISSUEWILD, IODEF } = route53.CaaTag;
/** RFC 8659, 4.2: no certificate authority at all. */
const NOBODY = ';';
/** Where reports of violations may go. RFC 8659, 4.4 allows `http:` too, over which they would travel in clear. */
const REPORT_URL = /^(mailto:[^\s"\\;@]+@[^\s"\\;@]+\.[^\s"\\;@]+|https:\/\/[^\s"\\;/]+\.[^\s"\\;]+)$/;

/** Properties of a `CertificateAuthorityAuthorization`. */
export interface CertificateAuthorityAuthorizationProps {
  /** The public zone in which the record stands. */
  readonly zone: route53.IHostedZone;
  /**
   * The name that the record holds for, and for all names below it that have no CAA record of their own.
   *
   * A name that is an alias (CNAME) cannot have one: the record of its target counts.
   *
   * @default - the name of the zone
   */
  readonly recordName?: string;
  /**
   * Who may issue certificates for plain names. An empty list means nobody.
   *
   * @default [CertificateAuthority.AMAZON], which is all that certificates of ACM need
   */
  readonly issuers?: CertificateAuthority[];
  /**
   * Who may issue certificates for wildcards. A stolen key of one impersonates every name below.
   *
   * A certificate with a wildcard fails to issue, and later to renew, when its authority is missing here.
   *
   * @default [], nobody
   */
  readonly wildcardIssuers?: CertificateAuthority[];
  /**
   * Where authorities report requests that they refused: `mailto:` and `https:` URLs. ACM sends no reports.
   *
   * @default - nowhere
   */
  readonly violationReports?: string[];
  /**
   * How long resolvers keep the record, and thus how long a change takes to hold for certain.
   *
   * @default Duration.hours(1)
   */
  readonly ttl?: Duration;
}

/**
 * Says in DNS which certificate authorities may issue certificates for a name (CAA, RFC 8659).
 *
 * Every public authority must look before it issues, and refuse where it is not named: a certificate for the name
 * cannot be had from another one by whoever fools its validation. It binds authorities only, not browsers, and is as
 * trustworthy as the DNS answer: sign the zone too, see `ZoneSigning`.
 *
 * At rest it costs nothing beyond the zone; queries are billed as any other.
 */
export class CertificateAuthorityAuthorization extends Construct {
  /** The record. */
  readonly record: route53.CaaRecord;

  constructor(scope: Construct, id: string, props: CertificateAuthorityAuthorizationProps) {
    super(scope, id);
    const { zone, recordName, ttl = Duration.hours(1) } = props;
    this.checkRecordName(recordName);
    const issuers = props.issuers ?? [CertificateAuthority.AMAZON];
    const wildcardIssuers = props.wildcardIssuers ?? [];
    const reports = props.violationReports ?? [];
    this.checkAuthorities('issuers', issuers);
    this.checkAuthorities('wildcardIssuers', wildcardIssuers);
    this.checkReports(reports);

    this.record = new route53.CaaRecord(this, 'Resource', {
      zone,
      recordName,
      ttl,
      comment: pages([...issuers, ...wildcardIssuers]),
      values: [
        ...values(ISSUE, issuers),
        ...values(ISSUEWILD, wildcardIssuers),
        ...reports.map((value) => ({ flag: 0, tag: IODEF, value })),
      ],
    });
  }

  /** RFC 1035, 2.3.4: 63 octets in a label, 255 in a name. */
  private checkRecordName(name: string | undefined): void {
    if (name === undefined || Token.isUnresolved(name)) return;
    const labels = name.replace(/\.$/, '').split('.');
    if (name.length <= 253 && labels.every((label) => label.length >= 1 && label.length <= 63)) return;
    throw this.invalid(
      `'recordName' must be a name of at most 253 characters with labels of 1 to 63, got ${JSON.stringify(name.slice(0, 80))}, correct it`,
    );
  }

  private checkAuthorities(property: string, authorities: CertificateAuthority[]): void {
    authorities.forEach((authority, index) => {
      const { problem, value } = authority;
      if (problem !== undefined) throw this.invalid(`'${property}[${index}]': ${problem}`);
      if (authorities.findIndex((other) => other.value === value) !== index) {
        throw this.invalid(`'${property}[${index}]' repeats ${JSON.stringify(value)}, remove it`);
      }
    });
  }

  private checkReports(reports: string[]): void {
    reports.forEach((report, index) => {
      if (Token.isUnresolved(report) || REPORT_URL.test(report)) return;
      throw this.invalid(
        `'violationReports[${index}]' must be a mailto: or https: URL, got ${JSON.stringify(report.slice(0, 80))}, such as mailto:security@example.com`,
      );
    });
  }

  private invalid(message: string): TransmissionError {
    return new TransmissionError('InvalidProperty', message, this.node.path);
  }
}

function values(tag: route53.CaaTag, authorities: CertificateAuthority[]): route53.CaaRecordValue[] {
  const allowed = authorities.map(({ value }) => value);
  return (allowed.length === 0 ? [NOBODY] : allowed).map((value) => ({ flag: 0, tag, value }));
}

/** The pages that document the bindings, each once, in the order of the record. */
function pages(authorities: CertificateAuthority[]): string | undefined {
  const named = authorities.flatMap(({ documentedAt }) => documentedAt ?? []);
  return named.length === 0 ? undefined : [...new Set(named)].join(' ');
}
