import { byCodeUnit } from '../../core/order';
import type { Measured, Metric } from '../embedded-metrics';
import type { CertificateAudit, CertificateInAudit } from './audit';
import { certificateId } from './certificate';
import { isRelied, RENEWAL_DUE, RENEWAL_OVERDUE, renewsByItself, wasIssued } from './lifetime';
import { CERTIFICATE_METRICS } from './metric-names';

/** CloudWatch takes 1,024; a domain name has 253. */
const LONGEST_DIMENSION = 255;

/** A certificate that somebody relies on, and how much of its life remains. */
type Living = CertificateInAudit & { readonly remainingLifetimeRatio: number };

/**
 * What an audit measured: the account as a whole, then the certificates in use with the least life first.
 *
 * @param functionName tells several audits of an account apart
 * @param most of how many certificates at most: each is a metric, which costs
 */
export function measuredAudit(
  audit: CertificateAudit,
  functionName: string,
  most: number,
): readonly Measured[] {
  const living = audit.certificates
    .filter((certificate): certificate is Living => certificate.remainingLifetimeRatio !== undefined)
    .filter((certificate) => isRelied(certificate) && wasIssued(certificate))
    .sort((a, b) => a.remainingLifetimeRatio - b.remainingLifetimeRatio || byCodeUnit(a.arn, b.arn));
  const manual = living.filter((certificate) => !renewsByItself(certificate));
  const { audited, errors, warnings, notRead, lowest, lowestManual } = CERTIFICATE_METRICS;
  const least = living[0]?.remainingLifetimeRatio ?? 1;
  const leastManual = manual[0]?.remainingLifetimeRatio ?? 1;
  const judged: readonly (readonly [metric: Metric, isBad: boolean])[] = [
    [{ name: errors, unit: 'Count', value: audit.counts.error }, audit.counts.error > 0],
    [{ name: warnings, unit: 'Count', value: audit.counts.warning }, audit.counts.warning > 0],
    [{ name: lowest, unit: 'None', value: least }, least <= RENEWAL_OVERDUE],
    [{ name: lowestManual, unit: 'None', value: leastManual }, leastManual <= RENEWAL_DUE],
  ];
  const account: Measured = {
    dimensions: { FunctionName: dimension(functionName) },
    metrics: [
      { name: audited, unit: 'Count', value: audit.certificates.length },
      { name: notRead, unit: 'Count', value: gapsIn(audit) },
      // What was found counts. That nothing was, counts where all was read: what is unread must not switch an alarm off.
      ...judged.flatMap(([metric, isBad]) => (isBad || audit.complete ? [metric] : [])),
    ],
  };
  return [account, ...living.slice(0, Math.max(0, most)).map(measured)];
}

function measured({ region, domainName, arn, remainingLifetimeRatio }: Living): Measured {
  return {
    dimensions: {
      Region: dimension(region),
      DomainName: dimension(domainName),
      CertificateId: dimension(certificateId(arn)),
    },
    metrics: [{ name: CERTIFICATE_METRICS.ratio, unit: 'None', value: remainingLifetimeRatio }],
  };
}

function gapsIn({ regions }: CertificateAudit): number {
  return regions
    .flatMap(({ problems }) => problems)
    .reduce((sum, { certificates }) => sum + (certificates ?? 1), 0);
}

/**
 * Text that CloudWatch takes as the value of a dimension: printable ASCII, not empty, not beginning with a colon.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_Dimension.html
 */
function dimension(text: string): string {
  const printable = text
    .replace(/[^ -~]/g, '?')
    .slice(0, LONGEST_DIMENSION)
    .trim()
    .replace(/^:/, '?');
  return printable === '' ? 'none' : printable;
}
