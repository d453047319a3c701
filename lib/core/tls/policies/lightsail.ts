import { COMMERCIAL, table } from './row';

/** Lightsail load balancers. The docs show versions only; suites follow from the ELB names of the same date. */
export const LIGHTSAIL = table(
  'lightsail',
  {
    partitions: COMMERCIAL,
    source:
      'AWS docs, Lightsail "configure-load-balancer-tls-security-policy"; ' +
      'suites derived from the name family (ELBSecurityPolicy-2016-08 and -FS-1-2-Res-2019-08)',
  },
  [
    ['TLS-FS-1-2-Res-2019-08', '1.2', '1.2', 'fs', 'cbc'],
    ['TLS-2016-08', '1.0', '1.2', 'cbc', 'default'],
  ],
);
