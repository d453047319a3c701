import type { CfnResource } from 'aws-cdk-lib';
import { Stack, Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { invalidProperty } from '../invalid-property';
import { checkReason, recordLoosening } from '../loosening';

/** Something outside of the organisation, or the account, that an endpoint still leads to. */
export interface EndpointException {
  /** The actions, such as `s3:GetObject`; patterns within one service are possible, `*` is not. */
  readonly actions: string[];
  /**
   * The ARNs, such as `arn:aws:s3:::prod-eu-west-1-starport-layer-bucket/*`, the layers of Amazon ECR. Each has to
   * hold an account or the beginning of a name.
   */
  readonly resources: string[];
  /** The sentence that says why; it reaches the template as Metadata. */
  readonly reason: string;
}

/** Properties of a gateway endpoint. */
export interface GatewayEndpointProps {
  /** The service: Amazon S3 or Amazon DynamoDB. */
  readonly service: ec2.GatewayVpcEndpointAwsService;
  /**
   * What the endpoint leads to beyond the organisation or account, whoever asks.
   *
   * @default - nothing
   */
  readonly exceptions?: readonly EndpointException[];
}

/** Properties of an interface endpoint. */
export interface InterfaceEndpointProps {
  /** The service of AWS. It has to speak TLS on port 443, and support endpoint policies. */
  readonly service: ec2.InterfaceVpcEndpointAwsService;
  /**
   * Who may connect, on port 443. Those without a way out get one to this endpoint.
   *
   * @default - nobody, until `connections` of the endpoint allows it
   */
  readonly peers?: readonly ec2.IConnectable[];
  /**
   * What the endpoint leads to beyond the organisation or account, whoever asks.
   *
   * @default - nothing
   */
  readonly exceptions?: readonly EndpointException[];
}

/** The network that endpoints belong to. */
export interface EndpointNetwork {
  readonly vpc: ec2.IVpc;
  /** The organisation that principals and resources belong to; without it, the account is the limit. */
  readonly organizationId: string | undefined;
}

/** An endpoint of S3 or DynamoDB in the route tables of a network. */
export function gatewayEndpoint(
  scope: Construct,
  id: string,
  network: EndpointNetwork,
  { service, exceptions = [] }: GatewayEndpointProps,
): ec2.GatewayVpcEndpoint {
  checkExceptions(scope, exceptions);
  const endpoint = new ec2.GatewayVpcEndpoint(scope, id, { vpc: network.vpc, service });
  restrict(scope, endpoint, network.organizationId, exceptions);
  return endpoint;
}

/** An endpoint of another service in the private subnets of a network. */
export function interfaceEndpoint(
  scope: Construct,
  id: string,
  { vpc, organizationId }: EndpointNetwork,
  { service, peers = [], exceptions = [] }: InterfaceEndpointProps,
): ec2.InterfaceVpcEndpoint {
  checkPort(scope, service);
  checkExceptions(scope, exceptions);
  const endpoint = new ec2.InterfaceVpcEndpoint(scope, id, {
    vpc,
    service,
    privateDnsEnabled: true,
    open: false,
    securityGroups: [
      new ec2.SecurityGroup(scope, `${id}SecurityGroup`, {
        vpc,
        description: 'Connections to an endpoint of an AWS service',
        allowAllOutbound: false,
      }),
    ],
  });
  restrict(scope, endpoint, organizationId, exceptions);
  // From their side: where they are of another stack, the rules are too, and this one does not come to need it.
  for (const peer of peers) peer.connections.allowToDefaultPort(endpoint, 'TLS to an AWS service');
  return endpoint;
}

/** Refuses what cannot be the id of an organisation: with it, the endpoint would lead nowhere. */
export function checkOrganizationId(scope: Construct, id: string | undefined): void {
  if (id === undefined || Token.isUnresolved(id) || /^o-[a-z0-9]{10,32}$/.test(id)) return;
  throw invalidProperty(
    scope,
    "'organizationId' must be 'o-' and 10 to 32 lower-case letters or digits, " +
      `got ${JSON.stringify(id).slice(0, 80)}, see 'aws organizations describe-organization'`,
  );
}

/** The CDK's default policy lets anybody's credentials reach anybody's resources. */
function restrict(
  scope: Construct,
  endpoint: ec2.VpcEndpoint,
  organizationId: string | undefined,
  exceptions: readonly EndpointException[],
): void {
  const { account } = Stack.of(scope);
  const within =
    organizationId === undefined
      ? { 'aws:PrincipalAccount': account, 'aws:ResourceAccount': account }
      : { 'aws:PrincipalOrgID': organizationId, 'aws:ResourceOrgID': organizationId };
  const principals = [new iam.StarPrincipal()];
  const allowed = { sid: 'WithinPerimeter', principals, actions: ['*'], resources: ['*'] };
  endpoint.addToPolicy(new iam.PolicyStatement({ ...allowed, conditions: { StringEquals: within } }));
  const resource = endpoint.node.defaultChild as CfnResource;
  exceptions.forEach(({ actions, resources, reason }, index) => {
    const sid = `Exception${index + 1}`;
    endpoint.addToPolicy(new iam.PolicyStatement({ sid, principals, actions, resources }));
    recordLoosening(resource, `endpoint${sid}`, reason);
  });
}

function checkPort(scope: Construct, { shortName, port }: ec2.InterfaceVpcEndpointAwsService): void {
  if (port === 443) return;
  throw invalidProperty(
    scope,
    `'service' must be one that is spoken to on port 443, got ${shortName} on port ${port}, use its API over HTTPS`,
  );
}

function checkExceptions(scope: Construct, exceptions: readonly EndpointException[]): void {
  exceptions.forEach((exception, index) => {
    const name = `exceptions[${index}]`;
    checkReason(scope, `${name}.reason`, exception.reason);
    checkNamed(
      scope,
      `${name}.actions`,
      exception.actions,
      (action) => Token.isUnresolved(action) || /^[a-z0-9-]+:/i.test(action),
    );
    checkNamed(scope, `${name}.resources`, exception.resources, isNamedResource);
  });
}

/**
 * An account or the beginning of a name has to stand in an ARN: `arn:aws:s3:::*` would take the perimeter away. Parts
 * of it may be known at deployment only, or the ARN as a whole.
 */
function isNamedResource(arn: string): boolean {
  const [prefix = '', , , , account = '', ...resource] = arn.split(':');
  if (Token.isUnresolved(prefix)) return true;
  const hasAccount = /^\d{12}$/.test(account) || Token.isUnresolved(account);
  return prefix === 'arn' && (hasAccount || /^[^*?]/.test(resource.join(':')));
}

function checkNamed(
  scope: Construct,
  property: string,
  names: readonly string[],
  isNamed: (name: string) => boolean,
): void {
  const open = names.find((name) => !isNamed(name));
  if (names.length > 0 && open === undefined) return;
  throw invalidProperty(
    scope,
    `'${property}' must name what is needed, got ${open === undefined ? 'nothing' : JSON.stringify(open)}, ` +
      'list the actions and ARNs',
  );
}
