import { Token } from 'aws-cdk-lib';
import { type HealthCheck, Protocol } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { IConstruct } from 'constructs';
import { invalidProperty } from './invalid-property';

/**
 * What Elastic Load Balancing takes for the name of a target group.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html
 */
const NAME = /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,30}[A-Za-z0-9])?$/;
const MAX_PORT = 65_535;

/** What a target group is made of that can be wrong. */
export interface TargetGroupSettings {
  readonly targetGroupName?: string;
  readonly port?: number;
  readonly healthCheck?: HealthCheck;
}

/**
 * Refuses what Elastic Load Balancing would refuse at deployment, and health checks in clear.
 *
 * @param scope the scope of the target group, which does not exist yet
 * @param protocolless what health checks may use besides HTTPS: TCP, which opens a connection and sends nothing
 * @returns the health check, over HTTPS unless it asks for another that is allowed: where the property is absent,
 * Elastic Load Balancing checks in clear
 */
export function checkTargetGroup(
  scope: IConstruct,
  id: string,
  { targetGroupName, port, healthCheck = {} }: TargetGroupSettings,
  protocolless?: Protocol.TCP,
): HealthCheck {
  const at = { node: { path: `${scope.node.path}/${id}` } };
  checkName(at, targetGroupName);
  checkPort(at, 'port', port);
  const { protocol = Protocol.HTTPS } = healthCheck;
  if (protocol === Protocol.HTTPS || protocol === protocolless) return { ...healthCheck, protocol };
  const allowed = protocolless === undefined ? 'HTTPS' : 'HTTPS, or TCP for targets that speak no HTTP';
  throw invalidProperty(
    at,
    `'healthCheck.protocol' must be ${allowed}, got ${JSON.stringify(protocol)}, leave it out for HTTPS`,
  );
}

/** Refuses what is no port. */
export function checkPort(at: Place, property: string, port: number | undefined): void {
  if (port === undefined || Token.isUnresolved(port)) return;
  if (Number.isInteger(port) && port >= 1 && port <= MAX_PORT) return;
  throw invalidProperty(at, `'${property}' must be a whole number from 1 to ${MAX_PORT}, got ${port}`);
}

/** Something that has a path, or will have one. */
interface Place {
  readonly node: { readonly path: string };
}

function checkName(at: Place, name: string | undefined): void {
  if (name === undefined || Token.isUnresolved(name) || NAME.test(name)) return;
  throw invalidProperty(
    at,
    `'targetGroupName' must be 1 to 32 letters, digits and inner hyphens, got ${JSON.stringify(name.slice(0, 80))} of ${name.length} characters, leave it out to have one made`,
  );
}
