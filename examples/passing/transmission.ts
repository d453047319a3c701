import { Duration, type Stack } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as iot from 'aws-cdk-lib/aws-iot';
import * as firehose from 'aws-cdk-lib/aws-kinesisfirehose';
import * as networkfirewall from 'aws-cdk-lib/aws-networkfirewall';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { PrivateNetwork, VpcEncryptionMode } from 'cdk-secure-transmission';
import { samplesOf } from './passing-code';

/** Records that leave for somebody else by TLS. */
export function deliveryStream(stack: Stack): void {
  // #region deliveryStream
  new firehose.DeliveryStream(stack, 'Clicks', {
    destination: new firehose.HttpEndpoint({
      endpointConfig: { url: 'https://ingest.analysis.example/v1' },
      s3Backup: {
        bucket: new s3.Bucket(stack, 'Failed', {
          enforceSSL: true,
          minimumTLSVersion: 1.2,
          lifecycleRules: [{ expiration: Duration.days(14) }],
        }),
      },
    }),
    encryption: firehose.StreamEncryption.awsOwnedKey(),
  });
  // #endregion deliveryStream
}

/** A bus with a Deny of plaintext that has no hole: an auditor who looks for one finds it. */
export function eventBus(stack: Stack): void {
  // #region eventBus
  const bus = new events.EventBus(stack, 'Orders');
  bus.addToResourcePolicy(
    new iam.PolicyStatement({
      sid: 'DenyPlaintext',
      effect: iam.Effect.DENY,
      principals: [new iam.AnyPrincipal()],
      actions: ['events:PutEvents'],
      resources: [bus.eventBusArn],
      conditions: { Bool: { 'aws:SecureTransport': 'false' } },
    }),
  );
  // #endregion eventBus
}

/** A firewall on the way out that drops what nobody asked for. */
export function networkFirewall(stack: Stack): void {
  // #region networkFirewall
  const allowed = new networkfirewall.CfnRuleGroup(stack, 'Allowed', {
    ruleGroupName: 'allowed-destinations',
    type: 'STATEFUL',
    capacity: 100,
    ruleGroup: {
      rulesSource: {
        rulesSourceList: {
          generatedRulesType: 'ALLOWLIST',
          targetTypes: ['TLS_SNI'],
          targets: ['api.parcels.example'],
        },
      },
      statefulRuleOptions: { ruleOrder: 'STRICT_ORDER' },
    },
  });
  new networkfirewall.CfnFirewallPolicy(stack, 'Policy', {
    firewallPolicyName: 'way-out',
    firewallPolicy: {
      statelessDefaultActions: ['aws:forward_to_sfe'],
      statelessFragmentDefaultActions: ['aws:forward_to_sfe'],
      statefulEngineOptions: { ruleOrder: 'STRICT_ORDER' },
      statefulDefaultActions: ['aws:drop_established'],
      statefulRuleGroupReferences: [{ resourceArn: allowed.ref, priority: 1 }],
    },
  });
  // #endregion networkFirewall
}

/** A network without a way out, in which AWS encrypts all traffic. */
export function encryptedNetwork(stack: Stack): void {
  // #region encryptedNetwork
  new PrivateNetwork(stack, 'Network', { vpcEncryptionControl: VpcEncryptionMode.ENFORCE });
  // #endregion encryptedNetwork
}

/** Devices that all speak TLS 1.3. */
export function devices(stack: Stack): void {
  // #region devices
  new iot.CfnDomainConfiguration(stack, 'Devices', {
    domainName: 'devices.example.com',
    serverCertificateArns: [
      'arn:aws:acm:eu-west-1:111122223333:certificate/11111111-2222-3333-4444-555555555555',
    ],
    tlsConfig: { securityPolicy: 'IoTSecurityPolicy_TLS13_1_3_2022_10' },
  });
  // #endregion devices
}

/** Samples of this file. */
export const TRANSMISSION = samplesOf('transmission.ts', {
  'A delivery stream': { deliveryStream },
  'An event bus': { eventBus },
  'A firewall on the way out': { networkFirewall },
  'A network that enforces encryption': { encryptedNetwork },
  'Devices that speak TLS 1.3': { devices },
});
