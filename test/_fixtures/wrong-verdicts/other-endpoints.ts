import { CfnDomainConfiguration } from 'aws-cdk-lib/aws-iot';
import { CfnConfigurationSet } from 'aws-cdk-lib/aws-ses';
import { CfnServer } from 'aws-cdk-lib/aws-transfer';
import { CfnListener, CfnService, CfnTargetGroup } from 'aws-cdk-lib/aws-vpclattice';
import type { Construct } from 'constructs';
import type { WrongVerdict } from './wrong-verdict';

function transfer(scope: Construct, protocols: string[], securityPolicyName: string): void {
  new CfnServer(scope, 'Server', {
    protocols,
    securityPolicyName,
    endpointType: 'VPC',
    endpointDetails: { vpcId: 'vpc-11112222', subnetIds: ['subnet-11112222'] },
    identityProviderType: 'AWS_LAMBDA',
    identityProviderDetails: { function: 'arn:aws:lambda:eu-west-1:111122223333:function:users' },
    ...(protocols.includes('FTPS')
      ? { certificate: 'arn:aws:acm:eu-west-1:111122223333:certificate/11111111-2222-3333-4444-555555555555' }
      : {}),
  }).overrideLogicalId('Server');
}

const BEST = 'TransferSecurityPolicy-2025-03';

function mail(scope: Construct, tlsPolicy: string): void {
  new CfnConfigurationSet(scope, 'Mail', { deliveryOptions: { tlsPolicy } }).overrideLogicalId('Mail');
}

function devices(scope: Construct, securityPolicy: string): void {
  new CfnDomainConfiguration(scope, 'Devices', {
    domainConfigurationName: 'shop',
    tlsConfig: { securityPolicy },
  }).overrideLogicalId('Devices');
}

function lattice(scope: Construct, toService: string, toTargets: string): void {
  const service = new CfnService(scope, 'Service', { authType: 'AWS_IAM' });
  const targets = new CfnTargetGroup(scope, 'Targets', {
    type: 'IP',
    config: { port: 8443, protocol: toTargets, vpcIdentifier: 'vpc-11112222' },
  });
  targets.overrideLogicalId('Targets');
  new CfnListener(scope, 'Listener', {
    serviceIdentifier: service.ref,
    protocol: toService,
    defaultAction: { forward: { targetGroups: [{ targetGroupIdentifier: targets.ref }] } },
  }).overrideLogicalId('Listener');
}

const NONE = { cdkNagRule: 'none', cdkNagSays: 'no rule', right: 'violation' } as const;

/** What differs about end points of other services. */
export const OTHER_ENDPOINTS: readonly WrongVerdict[] = [
  {
    ...NONE,
    id: 'transfer-ftp',
    service: 'Transfer Family',
    about: 'a server takes files and passwords over FTP',
    ourRule: 'TransferServerIsEncrypted',
    at: 'Server Properties.Protocols.0',
    build: (stack) => transfer(stack, ['FTP'], BEST),
    repaired: (stack) => transfer(stack, ['SFTP'], BEST),
  },
  {
    ...NONE,
    id: 'transfer-unknown-policy',
    service: 'Transfer Family',
    about: 'a server names a TLS policy that does not exist',
    ourRule: 'TransferServerTlsPolicyIsClassified',
    at: 'Server Properties.SecurityPolicyName',
    build: (stack) => transfer(stack, ['FTPS'], 'TransferSecurityPolicy-1999-01'),
    repaired: (stack) => transfer(stack, ['FTPS'], BEST),
  },
  {
    ...NONE,
    id: 'ses-optional-tls',
    service: 'SES',
    about: 'mail goes out in clear where the receiving server offers no TLS (`TlsPolicy: OPTIONAL`)',
    ourRule: 'SesRequiresTls',
    at: 'Mail Properties.DeliveryOptions.TlsPolicy',
    build: (stack) => mail(stack, 'OPTIONAL'),
    repaired: (stack) => mail(stack, 'REQUIRE'),
  },
  {
    ...NONE,
    id: 'iot-no-forward-secrecy',
    service: 'IoT Core',
    about: 'devices may agree on keys without forward secrecy (`IoTSecurityPolicy_TLS12_1_2_2022_10`)',
    ourRule: 'IotDomainTlsPolicyIsForwardSecret',
    at: 'Devices Properties.TlsConfig.SecurityPolicy',
    build: (stack) => devices(stack, 'IoTSecurityPolicy_TLS12_1_2_2022_10'),
    repaired: (stack) => devices(stack, 'IoTSecurityPolicy_TLS13_1_3_2022_10'),
  },
  {
    ...NONE,
    id: 'vpc-lattice-plaintext-listener',
    service: 'VPC Lattice',
    about: 'a service listens on HTTP',
    ourRule: 'LatticeListenerIsEncrypted',
    at: 'Listener Properties.Protocol',
    build: (stack) => lattice(stack, 'HTTP', 'HTTPS'),
    repaired: (stack) => lattice(stack, 'HTTPS', 'HTTPS'),
  },
  {
    ...NONE,
    id: 'vpc-lattice-plaintext-targets',
    service: 'VPC Lattice',
    about: 'a service ends TLS and sends plain HTTP to its targets',
    ourRule: 'LatticeTargetsAreEncrypted',
    at: 'Targets Properties.Config.Protocol',
    build: (stack) => lattice(stack, 'HTTPS', 'HTTP'),
    repaired: (stack) => lattice(stack, 'HTTPS', 'HTTPS'),
  },
];
