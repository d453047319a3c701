import { Names } from 'aws-cdk-lib';
import type * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { EndpointType } from 'aws-cdk-lib/aws-apigateway';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type * as route53 from 'aws-cdk-lib/aws-route53';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { TlsProfile } from '../../core/tls';
import {
  type AddRouteOptions,
  type ApiAlarms,
  ApiBase,
  GuardedRestApi,
  type RestApiCommonProps,
} from '../api';
import { DEFAULT_STAGE, parseRoute } from '../api/routes';
import { UnsignedCallers } from '../api/unsigned-callers';
import { invalidProperty } from '../invalid-property';
import { checkReason, recordLoosening } from '../loosening';
import { checkOrganizationId } from '../network/network-endpoint';
import { asksForPrincipals, checkEndpointIds, checkEndpoints, createEndpoint, leadTo } from './api-endpoint';
import { apiPolicy, type Callers, checkAccounts } from './caller-policy';
import { ImportedPrivateApi, type IPrivateApi, type PrivateApiAttributes } from './private-api-reference';
import { type PrivateApiDomain, PrivateDomain } from './private-domain';

/** What the Metadata calls the access mode that does not compare names. */
const BASIC_ACCESS = 'basicAccess';

/** Properties of a `PrivateApi`. */
export interface PrivateApiProps extends RestApiCommonProps {
  /**
   * The network from which it is called: an interface endpoint for private APIs is made in its private subnets, with
   * private DNS, by which nothing but such APIs is reached. A network has one: further APIs take it by `endpoints`.
   *
   * Public APIs cannot be called by their default names from a network with such an endpoint.
   *
   * @default - `endpoints` must be given
   */
  readonly vpc?: ec2.IVpc;
  /**
   * Endpoints for `execute-api` that exist: those of another `PrivateApi`, of `PrivateNetwork.addInterfaceEndpoint` with
   * `InterfaceVpcEndpointAwsService.APIGATEWAY`, or imported. They must have private DNS; of imported ones it is not
   * known, nor checked. Endpoint policies of other than a `PrivateApi` stay as they are.
   *
   * @default - one is made in `vpc`
   */
  readonly endpoints?: ec2.IInterfaceVpcEndpoint[];
  /**
   * Ids of endpoints of other accounts, such as `vpce-0123456789abcdef0`. Their owners associate them with the domain.
   *
   * @default - none
   */
  readonly endpointIdsOfOtherAccounts?: string[];
  /**
   * Who may connect to the endpoint that is made in `vpc`, on port 443.
   *
   * @default - nobody, until `allowFrom` says otherwise
   */
  readonly allowedPeers?: ec2.IConnectable[];
  /**
   * The id of the organisation, such as `o-a1b2c3d4e5`: signatures of principals outside of it are refused, those of its
   * other accounts are taken, where their own IAM policies allow it.
   *
   * @default - only accounts that are named
   */
  readonly organizationId?: string;
  /**
   * Other accounts whose principals may call it, where their own IAM policies allow it.
   *
   * @default - none
   */
  readonly callerAccounts?: string[];
  /**
   * The name under which callers know it. The default name (`execute-api`) is then switched off.
   *
   * @default - none
   */
  readonly domain?: PrivateApiDomain;
  /**
   * What callers may negotiate. A change replaces the domain, whose TLS policy AWS does not change.
   *
   * @default TlsProfile.TLS_1_2_OR_NEWER
   */
  readonly tlsProfile?: TlsProfile;
  /**
   * Why requests are taken whose Host header names another host than the TLS handshake (access mode BASIC), as a
   * sentence.
   *
   * An API that exists already is moved in two steps: with this property first, and without it once the access log shows
   * that its callers use its name. The reason is written into the template, and the finding stays until a waiver covers it.
   *
   * @default - they are refused (STRICT)
   */
  readonly basicAccessReason?: string;
}

/**
 * A REST API that only networks which it names can call, over TLS 1.2 or newer with forward secrecy.
 *
 * It denies what comes by other endpoints, from outside of the organisation, or under another name than that of the TLS
 * handshake. Every method asks callers who they are and looks at what they send; the access log says with which TLS
 * version and cipher suite, and holds nothing that customers sent.
 */
export class PrivateApi extends ApiBase implements IPrivateApi {
  /**
   * An API that another stack or app defines, to let callers in and to measure it.
   *
   * What it asks callers for, its TLS policy and its endpoints are not known here, and not checked. The metrics of
   * throttles and authorization failures have values only where a `PrivateApi` made it.
   */
  static fromPrivateApiAttributes(
    scope: Construct,
    id: string,
    attributes: PrivateApiAttributes,
  ): IPrivateApi {
    return new ImportedPrivateApi(scope, id, attributes);
  }

  readonly restApiId: string;
  readonly stageName: string;
  readonly domainName?: string;
  /** The endpoints of this account, the first one that of the domain's record. */
  readonly endpoints: ec2.IInterfaceVpcEndpoint[];
  /** The API underneath. Methods that are added to it are guarded too; what else is changed there is not checked. */
  readonly api: apigateway.RestApi;
  /** One line of JSON for each request. */
  readonly accessLogGroup: logs.LogGroup;
  readonly alarms: ApiAlarms;
  readonly alarmTopic: sns.ITopic;
  readonly tlsProfile: TlsProfile;

  protected readonly apiName: string;
  private readonly rest: GuardedRestApi;
  private readonly domain: PrivateDomain | undefined;

  constructor(scope: Construct, id: string, props: PrivateApiProps) {
    super(scope, id);
    this.check(props);
    this.tlsProfile = props.tlsProfile ?? TlsProfile.TLS_1_2_OR_NEWER;
    const tlsPolicy = this.tlsProfile.policyFor('apigateway', { endpoint: 'regional' }).name;
    const accessMode = props.basicAccessReason === undefined ? 'STRICT' : 'BASIC';
    const stageName = props.stageName ?? DEFAULT_STAGE;

    this.endpoints = this.endpointsOf(props);
    const callers = this.callersOf(props);
    this.apiName = props.apiName ?? Names.uniqueResourceName(this, { maxLength: 100, separator: '-' });
    const common = { ...props, apiName: this.apiName };
    const policy = apiPolicy(this, callers);
    this.rest = new GuardedRestApi(this, 'Rest', common, {
      rest: {
        policy,
        endpointConfiguration: { types: [EndpointType.PRIVATE], vpcEndpoints: this.endpoints },
        disableExecuteApiEndpoint: props.domain !== undefined,
      },
      tls: { securityPolicy: tlsPolicy, endpointAccessMode: accessMode },
    });
    this.api = this.rest.api;
    const allow = (statement: iam.PolicyStatement) => policy.addStatements(statement);
    const unsigned = new UnsignedCallers(this.api, { stageName, allow });
    for (const route of Object.keys(props.openMethods ?? {})) {
      unsigned.allow(this, parseRoute(this, 'openMethods', route));
    }
    this.rest.onResourceAllow = (route) => unsigned.allow(this, route);
    this.restApiId = this.rest.restApiId;
    this.stageName = this.rest.stageName;
    this.accessLogGroup = this.rest.accessLogGroup;
    this.alarms = this.rest.alarms;
    this.alarmTopic = this.rest.alarmTopic;
    this.domainName = props.domain?.domainName;
    this.domain =
      props.domain &&
      new PrivateDomain(this, 'Domain', {
        ...props.domain,
        stage: this.api.deploymentStage,
        callers,
        endpoints: this.endpoints,
        tlsPolicy,
        accessMode,
      });
    for (const endpoint of this.endpoints) {
      leadTo(this, endpoint, { stageName, domainName: this.domainName });
    }
    for (const peer of props.allowedPeers ?? []) this.allowFrom(peer);
    this.node.addValidation({ validate: () => this.unsignedProblems() });
    if (props.basicAccessReason !== undefined) this.recordBasicAccess(props.basicAccessReason);
  }

  /**
   * Adds a route: a method and a path, as in `GET /orders/{id}`, and what answers it.
   *
   * @param target a Lambda function, which gets requests as they are (proxy), or an integration such as that of
   * `ApiVpcLink`
   */
  addRoute(
    route: string,
    target: lambda.IFunction | apigateway.Integration,
    options?: AddRouteOptions,
  ): apigateway.Method {
    return this.rest.addRoute(route, target, options);
  }

  /**
   * Lets somebody connect to the endpoints that this app defines.
   *
   * @throws TransmissionError where all of them are imported
   */
  allowFrom(other: ec2.IConnectable): void {
    const defined = this.endpoints.filter((endpoint) => endpoint instanceof ec2.InterfaceVpcEndpoint);
    if (defined.length === 0) {
      throw invalidProperty(
        this,
        "'endpoints' are all imported, whose security groups are not known, allow connections where the endpoints are defined",
      );
    }
    // From their side: where they are of another stack, the rules are too, and this one does not come to need it.
    for (const endpoint of defined) other.connections.allowToDefaultPort(endpoint, 'TLS to a private API');
  }

  /** Makes the custom domain lead to another endpoint, for the networks of another private hosted zone. */
  addRecord(id: string, zone: route53.IHostedZone, endpoint: ec2.IInterfaceVpcEndpoint): route53.ARecord {
    if (this.domain === undefined) {
      throw invalidProperty(this, "'domain' must be set to add a record for it, name the domain");
    }
    if (!this.endpoints.includes(endpoint)) {
      throw invalidProperty(
        this,
        "'endpoint' must be among the endpoints of the API, by which alone it is reached, add it to 'endpoints'",
      );
    }
    return this.domain.addRecord(id, zone, endpoint);
  }

  private endpointsOf({ vpc, endpoints }: PrivateApiProps): ec2.IInterfaceVpcEndpoint[] {
    if (vpc !== undefined) return [createEndpoint(this, 'Endpoint', vpc)];
    return [...(endpoints ?? [])];
  }

  private callersOf(props: PrivateApiProps): Callers {
    const own = this.endpoints.map(({ vpcEndpointId }) => vpcEndpointId);
    return {
      endpointIds: [...own, ...(props.endpointIdsOfOtherAccounts ?? [])],
      organizationId: props.organizationId,
      accounts: props.callerAccounts ?? [],
    };
  }

  private check(props: PrivateApiProps): void {
    const { vpc, endpoints, basicAccessReason } = props;
    if ((vpc === undefined) === (endpoints === undefined || endpoints.length === 0)) {
      throw invalidProperty(
        this,
        "exactly one of 'vpc' and 'endpoints' must be set, since a private API is reached by endpoints only, name the network, or endpoints that exist",
      );
    }
    if (props.allowedPeers !== undefined && vpc === undefined) {
      throw invalidProperty(
        this,
        "'allowedPeers' needs 'vpc', whose endpoint is made here, use allowFrom for other endpoints",
      );
    }
    checkEndpoints(this, endpoints ?? []);
    checkEndpointIds(this, 'endpointIdsOfOtherAccounts', props.endpointIdsOfOtherAccounts ?? []);
    checkOrganizationId(this, props.organizationId);
    checkAccounts(this, props.callerAccounts ?? []);
    if (basicAccessReason !== undefined) checkReason(this, 'basicAccessReason', basicAccessReason);
  }

  /** Callers with tokens have no principal, and would be refused before anybody looks at the token. */
  private unsignedProblems(): string[] {
    const index = this.endpoints.findIndex(asksForPrincipals);
    const isUnsigned = ({ node }: apigateway.Method) =>
      (node.defaultChild as apigateway.CfnMethod).authorizationType !== 'AWS_IAM';
    if (index === -1 || !this.api.methods.some(isUnsigned)) return [];
    return [
      `'endpoints[${index}]' must let callers without signatures through, whom some methods take, got a policy that asks for a principal, let the API make an endpoint in 'vpc'`,
    ];
  }

  private recordBasicAccess(reason: string): void {
    recordLoosening(this.api.node.defaultChild as apigateway.CfnRestApi, BASIC_ACCESS, reason);
    if (this.domain !== undefined) recordLoosening(this.domain.resource, BASIC_ACCESS, reason);
  }
}
