import { isAtLeast } from '../../core/tls';
import type { Measured, Metric } from '../embedded-metrics';
import type { HostReport } from './report';

/** What our functions measure about servers. */
export const PROBE_METRICS = {
  /** Hosts of which all was told, each run. */
  told: 'TlsHostsTold',
  /** Hosts of which something could not be told. */
  notTold: 'TlsHostsNotTold',
  /** What is wrong with a host, drift and all. */
  errors: 'TlsErrors',
  /** In how many ways a host is not as promised. */
  drift: 'TlsDrift',
  /** Versions that a host accepts although they are older than what it was promised to accept, or than TLS 1.2. */
  versionsBelowFloor: 'TlsVersionsBelowFloor',
  /** Days until a certificate of the host's chain expires; negative after that. */
  daysToExpiry: 'TlsDaysToExpiry',
  /** How much of the life of that certificate is left. */
  lifeLeft: 'TlsCertificateLifeLeft',
} as const;

/** The measures of one run: one of all hosts, then one of each of which something was told. */
export function measuredHosts(hosts: readonly HostReport[], functionName: string): readonly Measured[] {
  const notTold = hosts.filter(({ unknown }) => unknown.length > 0).length;
  const all: Measured = {
    dimensions: { FunctionName: functionName },
    metrics: [
      { name: PROBE_METRICS.told, unit: 'Count', value: hosts.length - notTold },
      { name: PROBE_METRICS.notTold, unit: 'Count', value: notTold },
    ],
  };
  const each = hosts.map((host) => ({
    dimensions: { FunctionName: functionName, Host: host.target },
    metrics: metricsOf(host),
    properties: { address: host.address },
  }));
  return [all, ...each.filter(({ metrics }) => metrics.length > 0)];
}

function metricsOf({ findings, protocols, promised, certificate, unknown }: HostReport): Metric[] {
  const floor = promised?.oldest ?? 'TLSv1.2';
  const below = (protocols?.versions ?? []).filter(
    ({ version, verdict }) =>
      verdict === 'accepted' && !(isAtLeast(version, floor) && isAtLeast(version, 'TLSv1.2')),
  );
  const counts: Metric[] = [
    {
      name: PROBE_METRICS.errors,
      unit: 'Count',
      value: findings.filter(({ level }) => level === 'error').length,
    },
    { name: PROBE_METRICS.drift, unit: 'Count', value: findings.filter(({ isDrift }) => isDrift).length },
    { name: PROBE_METRICS.versionsBelowFloor, unit: 'Count', value: below.length },
  ];
  // What was found counts. That nothing was, counts where all was told: silence must not switch an alarm off.
  const metrics = counts.filter(({ value }) => value > 0 || unknown.length === 0);
  // A certificate that was not seen has no age: a zero would tell that it expired.
  if (certificate !== undefined) {
    metrics.push(
      { name: PROBE_METRICS.daysToExpiry, unit: 'None', value: certificate.daysLeft },
      { name: PROBE_METRICS.lifeLeft, unit: 'Percent', value: Math.round(certificate.lifeLeft * 1000) / 10 },
    );
  }
  return metrics;
}
