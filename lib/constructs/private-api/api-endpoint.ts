import { ArnFormat, Stack, Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { invalidProperty } from '../invalid-property';

/** Endpoints that `createEndpoint` made, whose policies are ours to extend; and the networks that have one. */
const OWN = new WeakSet<ec2.IInterfaceVpcEndpoint>();
const NETWORKS = new WeakMap<ec2.IVpc, ec2.IInterfaceVpcEndpoint>();

/** What an endpoint leads to. */
export interface EndpointDestination {
  readonly stageName: string;
  /** The custom domain; `undefined` where the API has none. */
  readonly domainName: string | undefined;
}

/** An endpoint for private APIs in the private subnets of a network, by which nothing else is reached. */
export function createEndpoint(scope: Construct, id: string, vpc: ec2.IVpc): ec2.InterfaceVpcEndpoint {
  checkNetwork(scope, vpc);
  const endpoint = new ec2.InterfaceVpcEndpoint(scope, id, {
    vpc,
    service: ec2.InterfaceVpcEndpointAwsService.APIGATEWAY,
    privateDnsEnabled: true,
    open: false,
    securityGroups: [
      new ec2.SecurityGroup(scope, `${id}SecurityGroup`, {
        vpc,
        description: 'Connections to private APIs',
        allowAllOutbound: false,
      }),
    ],
  });
  OWN.add(endpoint);
  NETWORKS.set(vpc, endpoint);
  return endpoint;
}

/**
 * Lets an endpoint lead to an API, where a `PrivateApi` made it: others keep the policy that they have.
 *
 * The policy names the domain, since it cannot name the API: that names the endpoint, and CloudFormation makes one after
 * the other. Without a domain it names the stage, of whichever API of the account.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-vpc-endpoint-policies.html
 */
export function leadTo(
  scope: Construct,
  endpoint: ec2.IInterfaceVpcEndpoint,
  { stageName, domainName }: EndpointDestination,
): void {
  if (!OWN.has(endpoint) || !(endpoint instanceof ec2.InterfaceVpcEndpoint)) return;
  const stack = Stack.of(scope);
  const service = 'execute-api';
  const common = { principals: [new iam.StarPrincipal()], actions: ['execute-api:Invoke'] };
  if (domainName === undefined) {
    const arnFormat = ArnFormat.SLASH_RESOURCE_NAME;
    const apis = stack.formatArn({ service, resource: '*', resourceName: `${stageName}/*`, arnFormat });
    endpoint.addToPolicy(new iam.PolicyStatement({ ...common, resources: [apis] }));
    return;
  }
  // What follows the plus is an id that AWS gives.
  const domain = stack.formatArn({
    service,
    resource: `/domainnames/${domainName}+*`,
    arnFormat: ArnFormat.NO_RESOURCE_NAME,
  });
  endpoint.addToPolicy(
    new iam.PolicyStatement({
      ...common,
      resources: ['*'],
      conditions: { ArnLike: { 'execute-api:viaDomainArn': domain } },
    }),
  );
}

/** Refuses endpoints by which requests would be refused: another service's, or without private DNS. */
export function checkEndpoints(scope: Construct, endpoints: readonly ec2.IInterfaceVpcEndpoint[]): void {
  endpoints.forEach((endpoint, index) => {
    const resource = endpoint.node.defaultChild;
    if (!ec2.CfnVPCEndpoint.isCfnVPCEndpoint(resource)) return;
    const { privateDnsEnabled, serviceName } = resource;
    if (privateDnsEnabled !== true) {
      throw invalidProperty(
        scope,
        `'endpoints[${index}]' must have private DNS, since requests must name the API in the TLS handshake as in the Host header (STRICT), which names of endpoints (vpce-…) do not, set 'privateDnsEnabled'`,
      );
    }
    const service: unknown = Stack.of(resource).resolve(serviceName);
    if (service === undefined || JSON.stringify(service).includes('execute-api')) return;
    throw invalidProperty(
      scope,
      `'endpoints[${index}]' must be for the service execute-api, got ${JSON.stringify(service).slice(0, 80)}, use InterfaceVpcEndpointAwsService.APIGATEWAY`,
    );
  });
}

/**
 * Whether an endpoint lets through those alone who sign, as those of `PrivateNetwork.addInterfaceEndpoint` do: every
 * statement of its policy asks for a principal. Of imported ones it is not known.
 */
export function asksForPrincipals(endpoint: ec2.IInterfaceVpcEndpoint): boolean {
  const resource = endpoint.node.defaultChild;
  if (!ec2.CfnVPCEndpoint.isCfnVPCEndpoint(resource)) return false;
  const document: unknown = Stack.of(resource).resolve(resource.policyDocument);
  if (typeof document !== 'object' || document === null || !('Statement' in document)) return false;
  const statements: unknown[] = [document.Statement].flat();
  return statements.length > 0 && statements.every((one) => JSON.stringify(one).includes('"aws:Principal'));
}

/** Refuses ids that no endpoint has. */
export function checkEndpointIds(scope: Construct, property: string, ids: readonly string[]): void {
  checkKnownList(scope, property, ids);
  const wrong = ids.find((id) => !Token.isUnresolved(id) && !/^vpce-[0-9a-f]{8,17}$/.test(id));
  if (wrong === undefined) return;
  throw invalidProperty(
    scope,
    `'${property}' must hold ids of endpoints such as vpce-0123456789abcdef0, got ${JSON.stringify(wrong.slice(0, 80))}, see 'aws ec2 describe-vpc-endpoints'`,
  );
}

/** Refuses a list of which not even the length is known. */
export function checkKnownList(scope: Construct, property: string, list: readonly string[]): void {
  if (!Token.isUnresolved(list)) return;
  throw invalidProperty(
    scope,
    `'${property}' must be a list whose length is known at synthesis, got an unresolved value, split it into a list of known length: Fn.split(",", text, 2)`,
  );
}

function checkNetwork(scope: Construct, vpc: ec2.IVpc): void {
  const existing = NETWORKS.get(vpc);
  if (existing !== undefined) {
    throw invalidProperty(
      scope,
      `'vpc' has an endpoint for private APIs, ${existing.node.path}, and AWS gives one of them the names of API Gateway (private DNS), pass the other API's 'endpoints' in place of 'vpc'`,
    );
  }
  if (!(vpc instanceof ec2.Vpc) || (vpc.dnsSupportEnabled && vpc.dnsHostnamesEnabled)) return;
  throw invalidProperty(
    scope,
    "'vpc' must resolve names (enableDnsSupport and enableDnsHostnames), since private DNS needs both, switch them on",
  );
}
