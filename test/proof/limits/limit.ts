import { type App, Stack, Token } from 'aws-cdk-lib';
import { IpTarget } from 'aws-cdk-lib/aws-elasticloadbalancingv2-targets';
import {
  type AddTlsListenerProps,
  LogBucket,
  type LogBucketProps,
  LogKind,
  ManagedCertificate,
  type ManagedCertificateProps,
  PrivateNetwork,
  type PrivateNetworkProps,
  TlsDistribution,
  type TlsDistributionProps,
  TlsLoadBalancer,
  type TlsLoadBalancerProps,
  TlsNetworkLoadBalancer,
  TlsOrigin,
} from '../../../lib';
import {
  EDGE_REGION,
  existingCertificate,
  existingVpc,
  existingZone,
  REGION,
} from '../../_fixtures/construct-samples/construct-sample';

/** Something that AWS would refuse, or that would protect nobody. */
export interface Limit {
  readonly about: string;
  /**
   * The region of the stack; `none` where it names none.
   *
   * @default - eu-west-1
   */
  readonly region?: string;
  readonly build: (stack: Stack) => unknown;
  /** What the error says, whole sentences of it. */
  readonly says: string;
  /**
   * The error of the CDK that says it, where we leave it to the CDK.
   *
   * @default - it is one of ours
   */
  readonly saidByCdk?: string;
}

export const NO_REGION = 'none';

/** A text of a length. */
export const long = (length: number): string => 'x'.repeat(length);
/** Names below our zone. */
export const names = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `shop${index}.example.com`);
/** A text that nobody knows before the stack is deployed. */
export const unresolved = (): string => Token.asString({ Ref: 'Parameter' });
/** A number that nobody knows before the stack is deployed. */
export const unresolvedNumber = (): number => Token.asNumber({ Ref: 'Parameter' });
/** A stack of the same app. */
export const stackBeside = (stack: Stack, region?: string): Stack =>
  new Stack(stack.node.root as App, 'Beside', region === undefined ? {} : { env: { region } });

export const certificates = (stack: Stack, count: number) =>
  Array.from({ length: count }, (_, index) => existingCertificate(stack, REGION, `Further${index}`));
export const farCertificate = (stack: Stack, region: string) => existingCertificate(stack, region, 'Far');

export const certificate = (stack: Stack, props: Partial<ManagedCertificateProps> = {}) =>
  new ManagedCertificate(stack, 'Certificate', {
    domainName: 'shop.example.com',
    hostedZones: props.hostedZones ?? [existingZone(stack)],
    ...props,
  });

export const loadBalancer = (stack: Stack, props: Partial<TlsLoadBalancerProps> = {}) =>
  new TlsLoadBalancer(stack, 'Entry', {
    vpc: existingVpc(stack),
    certificate: existingCertificate(stack),
    ...props,
  });

export const networkListener = (stack: Stack, props: Partial<AddTlsListenerProps> = {}) =>
  new TlsNetworkLoadBalancer(stack, 'Entry', { vpc: existingVpc(stack) }).addTlsListener('Listener', {
    certificate: existingCertificate(stack),
    targets: [new IpTarget('10.0.1.2')],
    ...props,
  });

export const distribution = (stack: Stack, props: Partial<TlsDistributionProps> = {}) =>
  new TlsDistribution(stack, 'Edge', {
    certificate: existingCertificate(stack, EDGE_REGION),
    domainNames: ['shop.example.com'],
    defaultBehavior: { origin: TlsOrigin.httpsHost('origin.example.com') },
    ...props,
  });

export const logBucket = (stack: Stack, props: Partial<LogBucketProps> = {}) =>
  new LogBucket(stack, 'Logs', { kind: LogKind.CLOUDTRAIL, ...props });

export const network = (stack: Stack, props: PrivateNetworkProps = {}) =>
  new PrivateNetwork(stack, 'Network', props);
