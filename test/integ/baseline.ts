import { Baseline, resolveConfiguration } from '../../lib/stacks';
import type { IntegEnvironment } from './environment';
import { acceptZone, type IntegApp, runAsApp } from './integ-app';

const nameIn = ({ zoneName }: IntegEnvironment) => `baseline.${zoneName}`;

/**
 * The baseline in two regions, as a platform team deploys it.
 *
 * Without CAA and signatures: both speak for the whole zone, in which others may stand.
 */
export const baseline: IntegApp = {
  build(app, environment) {
    const { account, region, zoneName, hostedZoneId } = environment;
    const configuration = {
      name: 'IntegBaseline',
      account,
      region,
      domainName: nameIn(environment),
      zones: [{ zoneName, hostedZoneId }],
      distribution: {},
    };
    const { edge } = Baseline.build(app, resolveConfiguration(configuration, 'test/integ/baseline.ts'));
    if (edge !== undefined) acceptZone(edge);
  },
  endpoints: (environment) => [{ host: nameIn(environment), port: 443 }],
};

runAsApp(module, baseline);
