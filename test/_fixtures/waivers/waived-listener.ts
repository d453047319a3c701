import type { CfnListener } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Waivers } from '../../../lib/checks';

/** The sample of docs/waivers.md. */
export function waive(listener: CfnListener): void {
  // #region waiver
  Waivers.of(listener).add({
    rule: 'ListenerIsEncrypted',
    reason: 'A probe of the old data centre speaks HTTP only until it is switched off.',
    owner: 'team-web',
    ticket: 'SHOP-12',
    expires: '2027-01-31',
    // For plaintext and TLS below 1.2:
    compensatingControl: 'The security group lets in one address of the data centre.',
    approvedBy: 'ciso@example.com',
  });
  // #endregion
}
