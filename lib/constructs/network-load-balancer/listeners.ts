import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { Construct } from 'constructs';
import type { TlsProfile } from '../../core/tls';
import type { IManagedCertificate } from '../certificate';
import { checkReason, recordLoosening } from '../loosening';
import type { ClientCertificates } from '../mutual-tls';
import { checkSameRegion } from '../region';
import { groupBehindPassThrough, groupBehindTls, type ListenerTargets } from './listener-targets';

/** What the Metadata of a listener calls the loosening. */
const PASS_THROUGH = 'passThrough';

/** A listener that ends TLS, and where it sends what comes in. */
export interface AddTlsListenerProps extends ListenerTargets {
  /**
   * The port.
   *
   * @default 443
   */
  readonly port?: number;
  /** The certificate of the endpoint. Where it has a twin with an RSA key, the listener offers both. */
  readonly certificate: IManagedCertificate;
  /**
   * Certificates for more names, chosen by the name that the client asks for.
   *
   * @default - none
   */
  readonly additionalCertificates?: IManagedCertificate[];
  /**
   * What clients may negotiate.
   *
   * @default - the TLS profile of the load balancer
   */
  readonly tlsProfile?: TlsProfile;
  /**
   * Which protocol is agreed inside TLS (ALPN). Without it clients of HTTP/2 fall back to HTTP/1.1.
   *
   * @default - none is agreed
   */
  readonly alpnPolicy?: elbv2.AlpnPolicy;
  /**
   * Which clients get in, by certificate: `ClientCertificates.verify` alone, network load balancers hand none on.
   *
   * @default - clients are not asked for a certificate
   */
  readonly clientCertificates?: ClientCertificates;
  /**
   * Why the load balancer must talk to these targets in clear, as a sentence.
   *
   * What customers send then leaves encryption inside the network. The reason is written into the template, and the
   * finding stays until a waiver covers it.
   *
   * @default - targets are reached over TLS
   */
  readonly plaintextTargetsReason?: string;
}

/** A listener that hands bytes on as they come, to targets that end TLS themselves. */
export interface AddPassThroughListenerProps extends ListenerTargets {
  /**
   * The port.
   *
   * @default 443
   */
  readonly port?: number;
  /**
   * Why the load balancer must not end TLS, as a sentence.
   *
   * Whether anything is encrypted, and how, is then decided by the targets; neither the template nor the access log
   * shows it. The reason is written into the template, and the finding stays until a waiver covers it.
   */
  readonly passThroughReason: string;
}

/** A load balancer to which a listener is added. */
export interface ListenerHost {
  readonly loadBalancer: elbv2.INetworkLoadBalancer;
  readonly tlsProfile: TlsProfile;
}

/** Adds a listener that ends TLS. */
export function createTlsListener(
  scope: Construct,
  id: string,
  { loadBalancer, tlsProfile }: ListenerHost,
  props: AddTlsListenerProps & { readonly port: number },
): elbv2.NetworkListener {
  const certificates = certificatesOf(props);
  for (const resource of certificates) {
    checkSameRegion(scope, {
      property: 'certificate',
      resource,
      arn: resource.certificateArn,
      of: 'the load balancer',
      remedy: 'request one there',
    });
  }
  props.clientCertificates?.check(scope);
  const targetGroup = groupBehindTls(scope, `${id}Targets`, loadBalancer.vpc, props);
  const listener = new elbv2.NetworkListener(scope, id, {
    loadBalancer,
    protocol: elbv2.Protocol.TLS,
    port: props.port,
    certificates,
    // The CDK's enum lacks names that AWS has; the property takes any.
    sslPolicy: (props.tlsProfile ?? tlsProfile).policyFor('elbv2').name as elbv2.SslPolicy,
    alpnPolicy: props.alpnPolicy,
    defaultTargetGroups: [targetGroup],
  });
  // The L2 does not know that network load balancers verify clients.
  props.clientCertificates?.applyTo(listener.node.defaultChild as elbv2.CfnListener);
  return listener;
}

/** Adds a listener that hands bytes on, and records why. */
export function createPassThroughListener(
  scope: Construct,
  id: string,
  { loadBalancer }: ListenerHost,
  props: AddPassThroughListenerProps & { readonly port: number },
): elbv2.NetworkListener {
  checkReason(scope, 'passThroughReason', props.passThroughReason);
  const targetGroup = groupBehindPassThrough(scope, `${id}Targets`, loadBalancer.vpc, props);
  const listener = new elbv2.NetworkListener(scope, id, {
    loadBalancer,
    protocol: elbv2.Protocol.TCP,
    port: props.port,
    defaultTargetGroups: [targetGroup],
  });
  recordLoosening(listener.node.defaultChild as elbv2.CfnListener, PASS_THROUGH, props.passThroughReason);
  return listener;
}

/** The certificates of a listener, twins included, its default first. */
export function certificatesOf({ certificate, additionalCertificates = [] }: AddTlsListenerProps) {
  return [certificate, ...additionalCertificates].flatMap(({ certificates }) => certificates);
}
