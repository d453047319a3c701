import { byCodeUnit } from '../../core/order';
import {
  AUDIT_LEVELS,
  type AuditedCertificate,
  type AuditLevel,
  type CertificateFinding,
} from './certificate';
import { remainingDays, remainingLifetimeRatio } from './lifetime';
import { inParallel } from './pace';
import { type ReadOptions, type ReadProblem, type RegionReading, readRegion } from './read-region';
import { CERTIFICATE_RULES } from './rules';
import { compareHosts, type HostsCompared, type ServedEndpoint } from './served-hosts';

/** How an audit is made. */
export interface AuditOptions extends ReadOptions {
  /** The regions, each once. */
  readonly regions: readonly string[];
  /** The time by which lives are measured. */
  readonly now: Date;
  /** Endpoints whose hosts the certificates must cover. @default - none */
  readonly endpoints?: readonly ServedEndpoint[];
}

/** A certificate with what was computed of its life. */
export interface CertificateInAudit extends AuditedCertificate {
  /** 1 when its life begins, 0 when it is over. */
  readonly remainingLifetimeRatio?: number;
  /** Whole days; negative after the end. */
  readonly remainingDays?: number;
}

/** How far a region was read. */
export interface RegionInAudit {
  readonly region: string;
  readonly state: RegionReading['state'];
  /** How many certificates it holds, as far as could be read. */
  readonly certificates: number;
  readonly problems: readonly ReadProblem[];
}

/** What an audit found, in the same order each time. */
export interface CertificateAudit {
  readonly regions: readonly RegionInAudit[];
  readonly certificates: readonly CertificateInAudit[];
  readonly findings: readonly CertificateFinding[];
  readonly counts: Readonly<Record<AuditLevel, number>>;
  /** Endpoints of the templates of which no certificate was found. */
  readonly notFound: HostsCompared['notFound'];
  /** Whether all was read: else nobody knows that all is well. */
  readonly complete: boolean;
}

/** So many regions are read at a time. */
const REGIONS_AT_ONCE = 8;

/** Reads every certificate of the regions and judges it. It never fails: what could not be read is told. */
export async function auditCertificates(options: AuditOptions): Promise<CertificateAudit> {
  const readings: RegionReading[] = [];
  await inParallel([...new Set(options.regions)], REGIONS_AT_ONCE, async (region) => {
    readings.push(await readRegion(region, options));
  });
  return judgeReadings(readings, options);
}

/** Judges what was read. */
export function judgeReadings(
  readings: readonly RegionReading[],
  { now, endpoints = [] }: Pick<AuditOptions, 'now' | 'endpoints'>,
): CertificateAudit {
  const sorted = [...readings].sort((a, b) => byCodeUnit(a.region, b.region));
  const certificates = sorted.flatMap((reading) => [...reading.certificates].sort(byName));
  const compared = compareHosts(certificates, endpoints);
  const own = certificates.flatMap((certificate) => findingsOf(certificate, now));
  const findings = [...own, ...compared.findings].sort(byGravity);
  return {
    regions: sorted.map(({ region, state, certificates: held, problems }) => ({
      region,
      state,
      certificates: held.length,
      problems,
    })),
    certificates: certificates.map((certificate) => withLife(certificate, now)),
    findings,
    counts: countsOf(findings),
    notFound: compared.notFound,
    complete: sorted.every(({ state }) => state === 'complete'),
  };
}

/** What the rules say of one certificate. */
export function findingsOf(certificate: AuditedCertificate, now: Date): readonly CertificateFinding[] {
  const { region, arn, domainName } = certificate;
  return CERTIFICATE_RULES.flatMap(({ id, fix, judge }) => {
    const said = judge(certificate, now);
    return said === undefined ? [] : [{ rule: id, ...said, region, arn, domainName, fix }];
  });
}

function withLife(certificate: AuditedCertificate, now: Date): CertificateInAudit {
  const ratio = remainingLifetimeRatio(certificate, now);
  const days = remainingDays(certificate, now);
  return {
    ...certificate,
    // Four digits: a day of the longest life that counts is 0.0037 of it.
    ...(ratio === undefined ? {} : { remainingLifetimeRatio: Math.round(ratio * 10_000) / 10_000 }),
    ...(days === undefined ? {} : { remainingDays: days }),
  };
}

function byName(a: AuditedCertificate, b: AuditedCertificate): number {
  return byCodeUnit(a.domainName, b.domainName) || byCodeUnit(a.arn, b.arn);
}

/** Errors first; then certificate by certificate. */
function byGravity(a: CertificateFinding, b: CertificateFinding): number {
  return (
    AUDIT_LEVELS.indexOf(a.level) - AUDIT_LEVELS.indexOf(b.level) ||
    byCodeUnit(a.region, b.region) ||
    byCodeUnit(a.domainName, b.domainName) ||
    byCodeUnit(a.arn, b.arn) ||
    byCodeUnit(a.rule, b.rule) ||
    byCodeUnit(a.message, b.message)
  );
}

function countsOf(findings: readonly CertificateFinding[]): Readonly<Record<AuditLevel, number>> {
  const count = (level: AuditLevel) => findings.filter((finding) => finding.level === level).length;
  return { error: count('error'), warning: count('warning'), info: count('info') };
}
