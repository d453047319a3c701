import type { ProtocolVersion, TlsPolicy, TlsPolicyService } from '../tls-policy';
import { TLS_SERVICES } from '../tls-services';

/** When the entries were last compared with their sources. */
export const REVIEWED = '2026-11-22';

/** The partitions that tables share; AWS European Sovereign Cloud (`aws-eusc`) is in none, as nothing confirms it. */
export const COMMERCIAL = ['aws'] as const;
export const COMMERCIAL_AND_GOVCLOUD = ['aws', 'aws-us-gov'] as const;
export const COMMERCIAL_AND_CHINA = ['aws', 'aws-cn'] as const;
export const ALL_PARTITIONS = ['aws', 'aws-us-gov', 'aws-cn'] as const;

const VERSIONS = {
  ssl3: 'SSLv3',
  '1.0': 'TLSv1.0',
  '1.1': 'TLSv1.1',
  '1.2': 'TLSv1.2',
  '1.3': 'TLSv1.3',
  ssh: 'SSH-2.0',
} as const satisfies Record<string, ProtocolVersion>;

/**
 * What a row says about a policy: `fs` every suite is forward-secret, `cbc` offers CBC suites, `pq` post-quantum
 * hybrid key agreement, `fips` and `cnsa` as in `TlsPolicy`, `hub` accepted by the service's Security Hub
 * control, `default` applied when the property is absent.
 */
export type Trait = 'fs' | 'cbc' | 'pq' | 'fips' | 'cnsa' | 'hub' | 'default';

/** One line of a table: name, oldest and newest version, traits. */
export type Row = readonly [
  name: string,
  oldest: keyof typeof VERSIONS,
  newest: keyof typeof VERSIONS,
  ...traits: Trait[],
];

/** What the rows of one table share. */
export interface Shared
  extends Pick<TlsPolicy, 'partitions' | 'source' | 'defaultFor' | 'endpoint' | 'mutualTls' | 'ssh'> {}

/** Makes policies from the rows of one table. */
export function table(service: TlsPolicyService, shared: Shared, rows: readonly Row[]): TlsPolicy[] {
  const { side, securityHubControl } = TLS_SERVICES[service];
  return rows.map(([name, oldest, newest, ...traits]) => ({
    service,
    name,
    side,
    oldest: VERSIONS[oldest],
    newest: VERSIONS[newest],
    forwardSecret: traits.includes('fs'),
    cbc: traits.includes('cbc'),
    postQuantum: traits.includes('pq'),
    fips: traits.includes('fips'),
    cnsa: traits.includes('cnsa'),
    securityHub: securityHubControl === undefined ? undefined : traits.includes('hub'),
    securityHubControl,
    isServiceDefault: traits.includes('default'),
    ...shared,
    reviewed: REVIEWED,
    origin: 'catalogue',
  }));
}
