import { groupedBy } from '../core/grouped-by';
import { byCodeUnit } from '../core/order';
import {
  type CertificateAudit,
  type CertificateFinding,
  type CertificateInAudit,
  certificateId,
  type RegionInAudit,
} from '../live/certificates';
import { visible } from '../report/escape';
import { counted, firstOf, hanging } from '../report/phrase';
import type { Style } from '../report/style';
import { renderTable, type TableRow } from '../report/table';

const WIDTH = 110;
const MARGIN = '    ';
/** How many certificates of a remark are named. */
const NAMED = 3;
const HEADINGS = ['region', 'certificate', 'status', 'from', 'expires', 'days', 'left', 'key', 'used by'];
const FROM: Readonly<Record<string, string>> = {
  AMAZON_ISSUED: 'ACM',
  IMPORTED: 'import',
  PRIVATE: 'private CA',
};

/** The audit for people: the inventory, what is wrong with it, what could not be read, and how much that is. */
export function renderAudit(audit: CertificateAudit, style: Style): string {
  const blocks = [
    renderTable(HEADINGS, audit.certificates.map(row), { width: WIDTH, elastic: 1, style }),
    ...audit.findings.filter(({ level }) => level !== 'info').map((finding) => grave(finding, style)),
    remarks(audit.findings, style),
    notFound(audit, style),
    notRead(audit.regions, style),
    [summary(audit)],
  ].filter((lines) => lines.length > 0);
  return `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function row(certificate: CertificateInAudit): TableRow {
  const { region, status, type, notAfter, remainingDays, remainingLifetimeRatio, keyAlgorithm } = certificate;
  const { inUseBy, inUse, complete } = certificate;
  const used = complete ? (inUseBy.length === 0 ? 'nothing' : String(inUseBy.length)) : inUse ? 'yes' : '?';
  return {
    cells: [
      region,
      nameOf(certificate),
      status,
      FROM[type] ?? type,
      notAfter?.slice(0, 10) ?? '',
      remainingDays === undefined ? '' : String(remainingDays),
      remainingLifetimeRatio === undefined ? '' : `${Math.round(remainingLifetimeRatio * 100)} %`,
      keyAlgorithm ?? '',
      used,
    ].map((cell) => visible(cell)),
  };
}

function grave(finding: CertificateFinding, style: Style): string[] {
  const { level, region, rule, message, fix, arn } = finding;
  const head = `${style.level(level, level)} ${style.bold(visible(nameOf(finding)))} in ${region}`;
  return [
    head,
    ...hanging(MARGIN, visible(`${rule}: ${message}`), WIDTH),
    ...hanging(`${MARGIN}fix: `, visible(fix), WIDTH),
    `${MARGIN}${style.faint(visible(arn))}`,
  ];
}

/** What is worth knowing is told rule by rule: there is much of it. */
function remarks(findings: readonly CertificateFinding[], style: Style): string[] {
  const rules = [
    ...groupedBy(
      findings.filter(({ level }) => level === 'info'),
      ({ rule }) => rule,
    ),
  ].sort(([a], [b]) => byCodeUnit(a, b));
  return rules.flatMap(([rule, of]) => {
    const names = of.map((finding) => visible(nameOf(finding)));
    const text = `${rule}: ${counted(of.length, 'certificate')}: ${firstOf(names, NAMED)}`;
    // Painted after it was broken: colours take no room.
    return hanging('info ', text, WIDTH).map((line) => line.replace(/^info/, style.level('info', 'info')));
  });
}

function notFound({ notFound: endpoints }: CertificateAudit, style: Style): string[] {
  if (endpoints.length === 0) return [];
  return [
    style.bold('endpoints of the templates whose certificate is in none of these regions'),
    ...endpoints.flatMap(({ place, hosts }) =>
      hanging(
        MARGIN,
        `${visible(place)}: ${firstOf(
          hosts.map((host) => visible(host)),
          NAMED,
        )}`,
        WIDTH,
      ),
    ),
  ];
}

/** Regions for which the same is to be done stand together: without credentials, that is all of them. */
function notRead(regions: readonly RegionInAudit[], style: Style): string[] {
  const problems = regions.flatMap(({ region, problems: own }) =>
    own.map((problem) => ({ region, ...problem })),
  );
  const lines = [...groupedBy(problems, ({ message }) => message)].flatMap(([message, alike]) => {
    const places = alike.map(({ region, certificates }) =>
      certificates === undefined ? region : `${region} (${counted(certificates, 'certificate')})`,
    );
    return hanging(MARGIN, `${places.join(', ')}: ${visible(message)}`, WIDTH);
  });
  return lines.length === 0 ? [] : [style.bold('could not be read'), ...lines];
}

function summary({ certificates, regions, counts, complete }: CertificateAudit): string {
  const what = `${counted(certificates.length, 'certificate')} in ${counted(regions.length, 'region')}`;
  const found = `${counted(counts.error, 'error')}, ${counted(counts.warning, 'warning')}, ${counts.info} info`;
  return `${what}: ${found}${complete ? '' : '; not all could be read'}`;
}

function nameOf({ domainName, arn }: { readonly domainName: string; readonly arn: string }): string {
  return domainName === '' ? certificateId(arn) : domainName;
}
