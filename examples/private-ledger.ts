/** A private API before a load balancer that speaks TLS: requests stay encrypted up to a target that proves who it is. */
import type { Stack } from 'aws-cdk-lib';
import type { IVpc } from 'aws-cdk-lib/aws-ec2';
import { ApiVpcLink, type ITlsNetworkLoadBalancer, type PrivateApi } from 'cdk-secure-transmission';

/** Adds the ledger to an API. */
export function addLedger(stack: Stack, vpc: IVpc, api: PrivateApi, ledger: ITlsNetworkLoadBalancer): void {
  // #region ledger
  const link = new ApiVpcLink(stack, 'Link', { vpc });
  api.addRoute(
    'GET /ledger/{id}',
    link.to(ledger, {
      url: 'https://ledger.example.com/entries/{id}',
      requestParameters: { 'integration.request.path.id': 'method.request.path.id' },
    }),
    { requestParameters: { 'method.request.path.id': true } },
  );
  // #endregion ledger
}
