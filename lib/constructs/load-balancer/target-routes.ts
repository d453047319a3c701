import { Stack, Token } from 'aws-cdk-lib';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { Construct } from 'constructs';
import { invalidProperty } from '../invalid-property';
import { checkReason, recordLoosening } from '../loosening';
import { HttpsTargetGroup } from './https-target-group';

/** What the Metadata of a target group calls the loosening. */
const PLAINTEXT_TARGETS = 'plaintextTargets';
/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateRule.html */
const LAST_PRIORITY = 50_000;

/** Which requests go to a target group. */
export interface RouteProps {
  /**
   * The order among the rules of the listener, from 1 to 50,000, with `conditions`.
   *
   * @default - the default route: all requests that match no rule
   */
  readonly priority?: number;
  /**
   * What a request must match, with `priority`.
   *
   * @default - the default route: all requests that match no rule
   */
  readonly conditions?: elbv2.ListenerCondition[];
  /**
   * Why the load balancer must talk to these targets in clear, as a sentence.
   *
   * What customers send then leaves encryption inside the network. The reason is written into the template, and
   * the finding stays until a waiver covers it.
   *
   * @default - targets are reached over TLS
   */
  readonly plaintextTargetsReason?: string;
}

/** Targets for a load balancer, and which requests go to them. */
export interface AddTargetsProps extends RouteProps {
  /** The targets; for a Lambda function, which has no port, make an `ApplicationTargetGroup` and add that. */
  readonly targets: elbv2.IApplicationLoadBalancerTarget[];
  /**
   * The port on which they listen.
   *
   * @default 443, or 80 with `plaintextTargetsReason`
   */
  readonly port?: number;
  /**
   * The health check. Its protocol is that of the targets.
   *
   * @default - the path `/`
   */
  readonly healthCheck?: elbv2.HealthCheck;
}

/** A target group for a load balancer, and which requests go to it. */
export interface AddTargetGroupProps extends RouteProps {
  /**
   * The target group: an `HttpsTargetGroup`, or one whose protocol and health check are HTTPS.
   *
   * Of a group that was imported, nothing can be checked here.
   */
  readonly targetGroup: elbv2.IApplicationTargetGroup;
}

/** The target group for such targets: over TLS, unless a sentence says why not. */
export function createTargetGroup(
  scope: Construct,
  id: string,
  vpc: elbv2.BaseTargetGroupProps['vpc'],
  props: AddTargetsProps,
): elbv2.ApplicationTargetGroup {
  const { targets, port, healthCheck, plaintextTargetsReason: reason } = props;
  if (reason === undefined) return new HttpsTargetGroup(scope, id, { vpc, targets, port, healthCheck });
  return new elbv2.ApplicationTargetGroup(scope, id, {
    vpc,
    targets,
    port: port ?? 80,
    protocol: elbv2.ApplicationProtocol.HTTP,
    healthCheck,
  });
}

/** Lets a target group through if it is reached over TLS, or if a sentence says why not, which it records. */
export function checkTargetGroup(
  scope: Construct,
  { targetGroup, plaintextTargetsReason: reason }: AddTargetGroupProps,
): void {
  const { path, defaultChild: resource } = targetGroup.node;
  const isOurs = elbv2.CfnTargetGroup.isCfnTargetGroup(resource);
  const problem = isOurs ? plaintextIn(resource) : undefined;
  if (reason === undefined) {
    if (problem === undefined) return;
    throw invalidProperty(
      scope,
      `target group '${path}' ${problem}, use an HttpsTargetGroup, or say why not in 'plaintextTargetsReason'`,
    );
  }
  checkReason(scope, 'plaintextTargetsReason', reason);
  if (isOurs && problem !== undefined) recordLoosening(resource, PLAINTEXT_TARGETS, reason);
  else {
    const why = isOurs
      ? 'is reached and health-checked over TLS'
      : 'was imported, say it where that group is defined';
    throw invalidProperty(
      scope,
      `'plaintextTargetsReason' must be left out for target group '${path}', which ${why}`,
    );
  }
}

/** Refuses half a route, and a priority that Elastic Load Balancing does not have. */
export function checkRoute(scope: Construct, { priority, conditions }: RouteProps): void {
  if ((priority === undefined) !== ((conditions ?? []).length === 0)) {
    throw invalidProperty(
      scope,
      "'priority' and 'conditions' must be set together, leave out both for the default route",
    );
  }
  if (priority === undefined || Token.isUnresolved(priority)) return;
  if (Number.isInteger(priority) && priority >= 1 && priority <= LAST_PRIORITY) return;
  throw invalidProperty(
    scope,
    `'priority' must be a whole number from 1 to ${LAST_PRIORITY}, got ${priority}`,
  );
}

/** How a target group would be reached or health-checked in clear. Lambda functions are called over TLS. */
function plaintextIn(resource: elbv2.CfnTargetGroup): string | undefined {
  const stack = Stack.of(resource);
  const read = (value: unknown): unknown => stack.resolve(value);
  if (read(resource.targetType) === 'lambda') return undefined;
  const protocol = read(resource.protocol);
  const healthCheck = read(resource.healthCheckProtocol);
  if (protocol !== 'HTTPS') return `is reached over ${named(protocol, 'HTTP')}`;
  if (healthCheck !== 'HTTPS') return `is health-checked over ${named(healthCheck, 'HTTP, the default')}`;
  return undefined;
}

function named(protocol: unknown, absent: string): string {
  if (protocol === undefined) return absent;
  return typeof protocol === 'string' ? protocol : 'a protocol that is an unresolved value';
}
