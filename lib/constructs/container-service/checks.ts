import { Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { invalidProperty } from '../invalid-property';
import { checkReason } from '../loosening';
import { checkUser, TARGET_CERTIFICATE_FOLDER } from '../target-certificate';
import { checkEnvironment } from './environment';
import { problemOfSize } from './fargate-size';
import type { TlsContainerServiceProps } from './tls-container-service-props';

/** What Service Connect takes for a name (a DNS label). */
const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** The properties with their defaults, where a check needs those. */
export type CheckedProps = TlsContainerServiceProps &
  Required<Pick<TlsContainerServiceProps, 'port' | 'user' | 'cpu' | 'memoryLimitMiB'>>;

/** Refuses services that would not be reached over TLS, not start, or be open to more than they must. */
export function checkService(scope: IConstruct, props: CheckedProps): void {
  checkUser(scope, props.user);
  checkPort(scope, props.port);
  checkSize(scope, props);
  checkPlatform(scope, props);
  checkEnvironment(scope, props.environment ?? {}, props.secrets ?? {});
  checkPaths(scope, props.writablePaths ?? []);
  checkEndpoints(scope, props);
  checkServiceConnect(scope, props);
  checkExecuteCommand(scope, props);
  checkSubnets(scope, props);
}

function checkPort(scope: IConstruct, port: number): void {
  if (Token.isUnresolved(port)) {
    throw invalidProperty(
      scope,
      "'port' must be a literal, since security groups and the container share it, got an unresolved value, name it",
    );
  }
  if (Number.isInteger(port) && port >= 1024 && port <= 65_535) return;
  throw invalidProperty(
    scope,
    `'port' must be a whole number from 1024 to 65535, since only root may listen below, got ${port}, leave it out for 8443`,
  );
}

function checkSize(scope: IConstruct, { cpu, memoryLimitMiB }: CheckedProps): void {
  const problem = problemOfSize(cpu, memoryLimitMiB);
  if (problem !== undefined) throw invalidProperty(scope, problem);
}

/**
 * Windows has no users by number, no capabilities, and no root file systems that are read-only.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html
 */
function checkPlatform(scope: IConstruct, { runtimePlatform }: CheckedProps): void {
  const family = runtimePlatform?.operatingSystemFamily;
  if (family === undefined || family.isLinux()) return;
  throw invalidProperty(
    scope,
    `'runtimePlatform' must be Linux, got ${family._operatingSystemFamily}, whose containers cannot be closed as this construct does, leave 'operatingSystemFamily' out`,
  );
}

function checkPaths(scope: IConstruct, paths: readonly string[]): void {
  for (const [index, path] of paths.entries()) {
    const isFolder = /^(\/[A-Za-z0-9._-]+)+$/.test(path) && !/\/\.\.?(\/|$)/.test(path);
    if (Token.isUnresolved(path) || !isFolder) {
      throw invalidProperty(
        scope,
        `'writablePaths' must hold absolute paths of folders below the root, got ${JSON.stringify(path)}, name one such as '/tmp'`,
      );
    }
    if (paths.indexOf(path) !== index) {
      throw invalidProperty(
        scope,
        `'writablePaths' must hold each path once, got ${JSON.stringify(path)} twice`,
      );
    }
    if (!`${path}/`.startsWith(`${TARGET_CERTIFICATE_FOLDER}/`)) continue;
    throw invalidProperty(
      scope,
      `'writablePaths' must not be in ${TARGET_CERTIFICATE_FOLDER}, where key and certificate lie, got ${JSON.stringify(path)}, name another`,
    );
  }
}

function checkEndpoints(scope: IConstruct, { awsEndpoints }: CheckedProps): void {
  if (awsEndpoints.length > 0) return;
  throw invalidProperty(
    scope,
    "'awsEndpoints' must name at least one way to AWS, got none, without it no task can fetch its image, name the endpoints of the network",
  );
}

/** A name without TLS would be called in clear; TLS without a name has nobody to be for. */
function checkServiceConnect(
  scope: IConstruct,
  { certificate, cluster, serviceConnect }: CheckedProps,
): void {
  const dnsName = serviceConnect?.dnsName;
  if (certificate.inProxy && dnsName === undefined) {
    throw invalidProperty(
      scope,
      "'serviceConnect.dnsName' must be set with TargetCertificate.serviceConnect, got none, name the service as its callers shall call it",
    );
  }
  if (!certificate.inProxy && dnsName !== undefined) {
    throw invalidProperty(
      scope,
      "'serviceConnect.dnsName' must be left out without TargetCertificate.serviceConnect, got one, callers would reach it without verifying it, use that certificate",
    );
  }
  if (dnsName !== undefined && !Token.isUnresolved(dnsName) && !LABEL.test(dnsName)) {
    throw invalidProperty(
      scope,
      `'serviceConnect.dnsName' must be 1 to 63 lower-case letters, digits and hyphens, got ${JSON.stringify(dnsName.slice(0, 80))}, use a name such as 'payments'`,
    );
  }
  if (serviceConnect === undefined || serviceConnect.namespace !== undefined) return;
  if (cluster.defaultCloudMapNamespace !== undefined) return;
  throw invalidProperty(
    scope,
    "'serviceConnect.namespace' must be set where the cluster has no default namespace, got none, pass one, or set 'defaultCloudMapNamespace' of the cluster",
  );
}

/** Of an imported cluster, the sessions cannot be seen here. */
function checkExecuteCommand(
  scope: IConstruct,
  { executeCommandReason: reason, cluster }: CheckedProps,
): void {
  if (reason === undefined) return;
  checkReason(scope, 'executeCommandReason', reason);
  if (cluster.executeCommandConfiguration?.kmsKey !== undefined) return;
  throw invalidProperty(
    scope,
    "'executeCommandReason' must stand with a cluster that encrypts sessions, got one without a key, set 'executeCommandConfiguration.kmsKey' of the cluster",
  );
}

function checkSubnets(scope: IConstruct, { cluster: { vpc }, vpcSubnets }: CheckedProps): void {
  if (vpcSubnets !== undefined || vpc.privateSubnets.length + vpc.isolatedSubnets.length > 0) return;
  throw invalidProperty(
    scope,
    "'cluster' must stand in a network with private subnets, got one without, add them, or name others in 'vpcSubnets'",
  );
}
