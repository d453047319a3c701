import { groupedBy } from '../core/grouped-by';
import type { CertificateAudit, CertificateInAudit } from '../live/certificates';
import { visible } from '../report/escape';

type Cell = string | number | boolean | undefined;

const LONGEST_CELL = 32_000;

/** The columns, in their order; new ones come last. */
const COLUMNS: readonly (readonly [
  heading: string,
  cell: (certificate: CertificateInAudit, rules: readonly string[]) => Cell,
])[] = [
  ['region', ({ region }) => region],
  ['arn', ({ arn }) => arn],
  ['domain_name', ({ domainName }) => domainName],
  ['names', ({ names }) => names.join(' ')],
  ['type', ({ type }) => type],
  ['status', ({ status }) => status],
  ['issuer', ({ issuer }) => issuer],
  ['serial', ({ serial }) => serial],
  ['key_algorithm', ({ keyAlgorithm }) => keyAlgorithm],
  ['signature_algorithm', ({ signatureAlgorithm }) => signatureAlgorithm],
  ['not_before', ({ notBefore }) => notBefore],
  ['not_after', ({ notAfter }) => notAfter],
  ['remaining_days', ({ remainingDays }) => remainingDays],
  ['remaining_lifetime_ratio', ({ remainingLifetimeRatio }) => remainingLifetimeRatio],
  ['validation', ({ validation }) => validation],
  ['renewal_eligibility', ({ renewalEligibility }) => renewalEligibility],
  ['renewal_status', ({ renewal }) => renewal?.status],
  ['in_use', ({ inUse }) => inUse],
  ['in_use_by', ({ inUseBy }) => inUseBy.join(' ')],
  ['exportable', ({ exportable }) => exportable],
  ['exported', ({ exported }) => exported],
  ['managed_by', ({ managedBy }) => managedBy],
  ['complete', ({ complete }) => complete],
  ['findings', (_, rules) => rules.join(' ')],
];

/**
 * The inventory of certificates that PCI DSS 4.2.1.1 asks for: RFC 4180, one row for each.
 *
 * A region that could not be read has a row too, so that nobody takes the inventory for whole.
 */
export function inventoryCsv({ certificates, findings, regions }: CertificateAudit): string {
  const rules = groupedBy(findings, ({ arn }) => arn);
  const rows = certificates.map((certificate) => {
    const own = (rules.get(certificate.arn) ?? []).map(({ rule }) => rule);
    return COLUMNS.map(([, cell]) => cell(certificate, [...new Set(own)]));
  });
  const unread = regions
    .filter(({ state }) => state !== 'complete')
    .map(({ region, state }) =>
      COLUMNS.map(([heading]) =>
        heading === 'region' ? region : heading === 'status' ? `NOT READ (${state})` : undefined,
      ),
    );
  const lines = [COLUMNS.map(([heading]) => heading), ...rows, ...unread].map((row) =>
    row.map(quoted).join(','),
  );
  return `${lines.join('\r\n')}\r\n`;
}

function quoted(cell: Cell): string {
  if (typeof cell !== 'string') return cell === undefined ? '' : String(cell);
  return `"${inert(visible(cell, LONGEST_CELL)).replaceAll('"', '""')}"`;
}

/**
 * Text that no spreadsheet takes for a formula: not at its beginning, nor after what one may split it at, whatever the
 * reader's list separator is.
 *
 * @see https://owasp.org/www-community/attacks/CSV_Injection
 */
function inert(text: string): string {
  return text.replace(/(^|[;,|])(\s*)(?=[=+\-@\uff1d\uff0b\uff0d\uff20])/g, "$1$2'");
}
