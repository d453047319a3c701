import { ALL_PARTITIONS, table } from './row';

/**
 * Predefined policies of Classic Load Balancers (`Reference-Security-Policy`), newest first.
 *
 * None is forward-secret and none speaks TLS 1.3. Custom policies list protocols and ciphers one by one, so they
 * have no name to look up.
 */
export const ELB_CLASSIC = table(
  'elb-classic',
  {
    partitions: ALL_PARTITIONS,
    source: 'AWS docs, elasticloadbalancing classic "elb-security-policy-table"',
  },
  [
    ['ELBSecurityPolicy-TLS-1-2-2017-01', '1.2', '1.2', 'cbc', 'hub'],
    ['ELBSecurityPolicy-TLS-1-1-2017-01', '1.1', '1.2', 'cbc'],
    ['ELBSecurityPolicy-2016-08', '1.0', '1.2', 'cbc', 'default'],
    ['ELBSecurityPolicy-2015-05', '1.0', '1.2', 'cbc'],
    ['ELBSecurityPolicy-2015-03', '1.0', '1.2', 'cbc'],
    ['ELBSecurityPolicy-2015-02', '1.0', '1.2', 'cbc'],
    ['ELBSecurityPolicy-2014-10', '1.0', '1.2', 'cbc'],
    ['ELBSecurityPolicy-2014-01', 'ssl3', '1.2', 'cbc'],
    ['ELBSecurityPolicy-2011-08', 'ssl3', '1.0', 'cbc'],
  ],
);
