import { Stack } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { Construct } from 'constructs';
import { invalidProperty } from '../invalid-property';
import { checkReason, recordLoosening } from '../loosening';
import { checkTargetGroup } from '../target-group';
import { TlsTargetGroup } from './tls-target-group';

/** What the Metadata of a target group calls the loosening. */
const PLAINTEXT_TARGETS = 'plaintextTargets';

/** Where a listener of a network load balancer sends what comes in: new targets, or a group that exists. */
export interface ListenerTargets {
  /**
   * The targets.
   *
   * @default - none: `targetGroup` says where to
   */
  readonly targets?: elbv2.INetworkLoadBalancerTarget[];
  /**
   * The port on which the targets listen.
   *
   * @default - the port of the listener
   */
  readonly targetPort?: number;
  /**
   * The health check of the targets: HTTPS, or TCP where they speak no HTTP.
   *
   * @default - HTTPS, the path `/`
   */
  readonly healthCheck?: elbv2.HealthCheck;
  /**
   * The target group, in place of `targets`. Of a group that was imported, nothing can be checked here.
   *
   * @default - a new one for `targets`
   */
  readonly targetGroup?: elbv2.INetworkTargetGroup;
  /**
   * Who the targets are: the load balancer may open connections to them on `targetPort`, and they are told to accept
   * those. Network target groups do not open the way by themselves, unlike application target groups.
   *
   * @default - nobody: the load balancer can reach no target until `connections` lets it
   */
  readonly targetPeers?: ec2.IConnectable[];
}

/** The ports on which a load balancer must reach the targets of a listener: that of the group, and its health check's. */
export function targetPorts(listenerPort: number, { targetPort, targetGroup, healthCheck }: ListenerTargets) {
  const resource = targetGroup?.node.defaultChild;
  const group = elbv2.CfnTargetGroup.isCfnTargetGroup(resource) ? resource : undefined;
  const checked = Number(group?.healthCheckPort ?? healthCheck?.port);
  const port = group?.port ?? targetPort ?? listenerPort;
  return Number.isNaN(checked) || checked === port ? [port] : [port, checked];
}

/** What must be said before targets may be reached in clear. */
export interface PlaintextTargets {
  /** The port of the listener, which is that of the targets unless they name another. */
  readonly port: number;
  /** Why, as a sentence; `undefined` where targets speak TLS. */
  readonly plaintextTargetsReason?: string;
}

/** The group behind a listener that ends TLS: reached over TLS, unless a sentence says why not. */
export function groupBehindTls(
  scope: Construct,
  id: string,
  vpc: ec2.IVpc | undefined,
  props: ListenerTargets & PlaintextTargets,
): elbv2.INetworkTargetGroup {
  const { plaintextTargetsReason: reason } = props;
  if (reason !== undefined) checkReason(scope, 'plaintextTargetsReason', reason);
  const group = oneGroup(scope, props, () => {
    const common = { ...newGroupProps(scope, vpc, props), healthCheck: props.healthCheck };
    return reason === undefined
      ? new TlsTargetGroup(scope, id, common)
      : new elbv2.NetworkTargetGroup(scope, id, { ...common, protocol: elbv2.Protocol.TCP });
  });
  const { defaultChild } = group.node;
  if (!elbv2.CfnTargetGroup.isCfnTargetGroup(defaultChild)) return group;
  if (reason === undefined) checkProtocol(scope, group, defaultChild, 'TLS');
  else recordLoosening(defaultChild, PLAINTEXT_TARGETS, reason);
  return group;
}

/** The group behind a listener that passes bytes on: TCP, whose targets end TLS themselves. */
export function groupBehindPassThrough(
  scope: Construct,
  id: string,
  vpc: ec2.IVpc | undefined,
  props: ListenerTargets & { readonly port: number },
): elbv2.INetworkTargetGroup {
  const group = oneGroup(
    scope,
    props,
    () =>
      new elbv2.NetworkTargetGroup(scope, id, {
        ...newGroupProps(scope, vpc, props),
        protocol: elbv2.Protocol.TCP,
        healthCheck: checkTargetGroup(scope, id, { healthCheck: props.healthCheck }, elbv2.Protocol.TCP),
      }),
  );
  const { defaultChild } = group.node;
  if (elbv2.CfnTargetGroup.isCfnTargetGroup(defaultChild)) checkProtocol(scope, group, defaultChild, 'TCP');
  return group;
}

function oneGroup(
  scope: Construct,
  { targets, targetGroup, healthCheck, targetPort }: ListenerTargets,
  create: () => elbv2.INetworkTargetGroup,
): elbv2.INetworkTargetGroup {
  if (targetGroup === undefined) {
    if (targets !== undefined) return create();
    throw invalidProperty(
      scope,
      "'targets' or 'targetGroup' must be set, a listener needs somewhere to send to",
    );
  }
  if (targets === undefined && healthCheck === undefined && targetPort === undefined) return targetGroup;
  throw invalidProperty(
    scope,
    "'targetGroup' must stand alone, it has targets, a port and a health check of its own, leave out 'targets', 'targetPort' and 'healthCheck'",
  );
}

function newGroupProps(
  scope: Construct,
  vpc: ec2.IVpc | undefined,
  { targets, targetPort, port }: ListenerTargets & { readonly port: number },
) {
  if (vpc !== undefined) return { vpc, targets, port: targetPort ?? port };
  throw invalidProperty(
    scope,
    "'vpc' must be among the attributes of an imported load balancer to add targets, or pass a 'targetGroup'",
  );
}

function checkProtocol(
  scope: Construct,
  group: elbv2.INetworkTargetGroup,
  resource: elbv2.CfnTargetGroup,
  wanted: 'TLS' | 'TCP',
): void {
  const stack = Stack.of(resource);
  const protocol: unknown = stack.resolve(resource.protocol);
  const healthCheck: unknown = stack.resolve(resource.healthCheckProtocol);
  const name = `target group '${group.node.path}'`;
  if (protocol !== wanted) {
    const got = typeof protocol === 'string' ? protocol : 'a protocol that is an unresolved value';
    throw invalidProperty(
      scope,
      wanted === 'TLS'
        ? `${name} is reached over ${got}, use a TlsTargetGroup, or say why not in 'plaintextTargetsReason'`
        : `${name} is reached over ${got}, a listener that passes bytes on needs a group of TCP, whose targets end TLS`,
    );
  }
  if (healthCheck !== 'HTTP') return;
  throw invalidProperty(scope, `${name} is health-checked over HTTP, check over HTTPS or TCP`);
}
