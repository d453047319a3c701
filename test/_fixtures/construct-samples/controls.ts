import { ConfigConformancePack } from '../../../lib/constructs/conformance-pack';
import type { ConstructSample } from './construct-sample';

/** What looks at the account after deployment. */
export const CONTROL_SAMPLES: readonly ConstructSample[] = [
  { construct: 'ConfigConformancePack', build: (stack) => new ConfigConformancePack(stack, 'Controls') },
  {
    construct: 'ConfigConformancePack',
    options: 'a name, the account in another region, parameters, some requirements',
    build: (stack) =>
      new ConfigConformancePack(stack, 'Controls', {
        conformancePackName: 'pci-dss-networks',
        accountRegion: 'eu-central-1',
        requirements: ['1.3.1', '1.4.1', '8.4.2', '11.5.1'],
        parameters: {
          INTERNET_GATEWAY_AUTHORIZED_VPC_ONLY: { AuthorizedVpcIds: 'vpc-0123456789abcdef0' },
          SERVICE_VPC_ENDPOINT_ENABLED: { serviceName: 's3' },
        },
      }),
  },
];
