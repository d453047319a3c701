import { type App, Stack } from 'aws-cdk-lib';
import { CfnDomainConfiguration } from 'aws-cdk-lib/aws-iot';
import { ConfigurationSet, ConfigurationSetTlsPolicy, EmailIdentity, Identity } from 'aws-cdk-lib/aws-ses';
import { CfnConnector, CfnServer } from 'aws-cdk-lib/aws-transfer';
import { CfnListener, CfnService, CfnServiceNetwork, CfnTargetGroup } from 'aws-cdk-lib/aws-vpclattice';
import { ENV, type KnownGood } from './known-good';

const CERTIFICATE = 'arn:aws:acm:eu-west-1:111122223333:certificate/11111111-2222-3333-4444-555555555555';

/** Files, mail, devices and service networks. */
function build(app: App): void {
  const stack = new Stack(app, 'Endpoints', { env: ENV });
  new CfnServer(stack, 'Sftp', {
    protocols: ['SFTP'],
    securityPolicyName: 'TransferSecurityPolicy-2025-03',
  });
  new CfnServer(stack, 'Ftps', {
    protocols: ['SFTP', 'FTPS'],
    certificate: CERTIFICATE,
    securityPolicyName: 'TransferSecurityPolicy-2025-03',
    identityProviderType: 'AWS_LAMBDA',
  });
  new CfnConnector(stack, 'Partner', {
    accessRole: 'arn:aws:iam::111122223333:role/transfer',
    url: 'sftp://partner.example.com',
    securityPolicyName: 'TransferSFTPConnectorSecurityPolicy-2024-03',
    sftpConfig: { trustedHostKeys: ['ssh-ed25519 AAAA'] },
  });
  const mail = new ConfigurationSet(stack, 'Mail', { tlsPolicy: ConfigurationSetTlsPolicy.REQUIRE });
  new EmailIdentity(stack, 'Identity', { identity: Identity.domain('example.com'), configurationSet: mail });
  new CfnDomainConfiguration(stack, 'Devices', {
    domainName: 'iot.example.com',
    serverCertificateArns: [CERTIFICATE],
    tlsConfig: { securityPolicy: 'IoTSecurityPolicy_TLS13_1_3_2022_10' },
  });
  const service = new CfnService(stack, 'Orders', { authType: 'AWS_IAM' });
  new CfnServiceNetwork(stack, 'Network', { authType: 'AWS_IAM' });
  const functions = new CfnTargetGroup(stack, 'Functions', { type: 'LAMBDA' });
  new CfnListener(stack, 'Https', {
    protocol: 'HTTPS',
    serviceIdentifier: service.ref,
    defaultAction: { forward: { targetGroups: [{ targetGroupIdentifier: functions.ref, weight: 1 }] } },
  });
}

export const ENDPOINTS: KnownGood = { area: 'endpoints', build, remaining: [] };
