/**
 * A finder over the logs of what the package builds: who still connects over old versions of TLS, before a raised floor
 * shuts them out.
 */
import { type App, Duration, Size, Stack, Validations } from 'aws-cdk-lib';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import {
  type AuditTrail,
  OldTlsFinder,
  type TlsLoadBalancer,
  type TlsNetworkLoadBalancer,
  TransmissionChecks,
} from 'cdk-secure-transmission';

/** What there is already, and who may look. */
export interface Surroundings {
  readonly trail: AuditTrail;
  readonly shop: TlsLoadBalancer;
  readonly partners: TlsNetworkLoadBalancer;
  readonly analyst: IRole;
}

/** The finder; whoever calls this synthesises the app. */
export function oldTlsFinder(app: App, surroundings: (stack: Stack) => Surroundings): Stack {
  const stack = new Stack(app, 'Finder', { env: { account: '111122223333', region: 'eu-west-1' } });
  const { trail, shop, partners, analyst } = surroundings(stack);
  // #region finder
  const finder = new OldTlsFinder(stack, 'OldTls', {
    cloudTrail: { trail, regions: ['eu-west-1', 'us-east-1'] },
    albConnections: { bucket: shop.logBucket },
    albRequests: { bucket: shop.logBucket },
    nlbConnections: { bucket: partners.logBucket },
    lookBack: Duration.days(14),
    bytesScannedCutoff: Size.gibibytes(50),
  });
  finder.grantQuery(analyst);
  // #endregion finder
  Validations.of(app).addPlugins(new TransmissionChecks(app));
  return stack;
}
