import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct, IConstruct } from 'constructs';
import {
  API_CLIENT_CERTIFICATE_FIELDS,
  ApiBase,
  type ApiRoute,
  GuardedRestApi,
  type IApi,
  type RestApiCommonProps,
} from '../api';
import { DEFAULT_STAGE, parseRoute } from '../api/routes';
import { UnsignedCallers } from '../api/unsigned-callers';
import { recordLoosening } from '../loosening';
import { mutualTlsOf, type PartnerTrust } from './client-trust';
import {
  type AliasTarget,
  addRecord,
  checkDomain,
  firstCertificateOf,
  type PartnerDomainProps,
} from './domain-props';
import { type FirewallProps, protectStage, webAclFor } from './firewall';
import { Partner, type PartnerProps } from './partner';
import { callersOfAnotherAccount } from './partner-principals';

/** The rate of the stage where none is given. */
const DEFAULT_RATE = 100;
/** The best that a domain with mutual TLS can have: API Gateway takes no enhanced TLS policy there. */
const TLS_POLICY = apigateway.SecurityPolicy.TLS_1_2;

/** A REST API for other companies. */
export interface IPartnerApi extends IApi {
  /** Its address, which ends in a slash; `undefined` where its name is not known. */
  readonly url: string | undefined;
}

/** What identifies a partner API that exists already. */
export interface PartnerApiAttributes {
  /** The id of the API. */
  readonly restApiId: string;
  /** @default 'prod' */
  readonly stageName?: string;
  /**
   * Its name, under which API Gateway has its metrics.
   *
   * @default - not known: it cannot be measured here
   */
  readonly apiName?: string;
  /**
   * The name that partners call.
   *
   * @default - not known
   */
  readonly domainName?: string;
}

/** Properties of a `PartnerApi`. */
export interface PartnerApiProps extends RestApiCommonProps, PartnerDomainProps, FirewallProps {
  /** Which certificates of clients let them in (mutual TLS). */
  readonly clientTrust: PartnerTrust;
  /**
   * Where the API key of a partner comes from: from the header `X-Api-Key`, or from the answer of a Lambda authorizer
   * (`usageIdentifierKey`), so that nobody can spend the limits of another partner.
   *
   * @default ApiKeySourceType.HEADER
   */
  readonly apiKeySource?: apigateway.ApiKeySourceType;
}

class ImportedPartnerApi extends ApiBase implements IPartnerApi {
  readonly restApiId: string;
  readonly stageName: string;
  readonly url: string | undefined;
  protected readonly apiName: string | undefined;

  constructor(scope: Construct, id: string, attributes: PartnerApiAttributes) {
    super(scope, id);
    this.restApiId = attributes.restApiId;
    this.stageName = attributes.stageName ?? DEFAULT_STAGE;
    this.apiName = attributes.apiName;
    this.url = attributes.domainName && `https://${attributes.domainName}/`;
  }
}

/**
 * A REST API for other companies: under a name of its own that lets in clients by their certificates only (mutual TLS),
 * by authorities in one pinned version, and is the only way to it.
 *
 * Beside the certificate each method asks who calls (signatures of AWS unless something else is said), looks at what is
 * sent, and counts it by partner; a web application firewall stands before it. The access log names the client's
 * certificate (subject, issuer, serial number), the TLS version and the cipher suite.
 *
 * API Gateway has TLS_1_2 and nothing better for domains with mutual TLS: TLS 1.2 and 1.3, also with RSA key transport
 * and CBC, and no post-quantum key agreement. Where that is not enough, mutual TLS ends on a `TlsDistribution` or
 * `TlsLoadBalancer` in front, see docs/partner-api.md.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-custom-domain-tls-version.html
 */
export class PartnerApi extends GuardedRestApi implements IPartnerApi {
  /**
   * An API that another stack or app defines, in the account and region of this stack.
   *
   * What it asks of callers, its domain and its logs are not known here, and not checked.
   */
  static fromPartnerApiAttributes(
    scope: Construct,
    id: string,
    attributes: PartnerApiAttributes,
  ): IPartnerApi {
    return new ImportedPartnerApi(scope, id, attributes);
  }

  readonly url: string;
  /** The domain underneath. What is changed there escapes the checks of this construct. */
  readonly domain: apigateway.DomainName;

  private readonly literalStageName: string;
  private readonly unsigned: UnsignedCallers;
  /** Routes that wait for a resource policy. */
  private readonly unsignedRoutes: ApiRoute[] = [];
  private hasResourcePolicy = false;

  constructor(scope: Construct, id: string, props: PartnerApiProps) {
    super(scope, id, props, {
      rest: {
        endpointConfiguration: { types: [apigateway.EndpointType.REGIONAL] },
        disableExecuteApiEndpoint: true,
        apiKeySourceType: props.apiKeySource ?? apigateway.ApiKeySourceType.HEADER,
        defaultMethodOptions: { apiKeyRequired: true },
      },
      // AWS negotiates by the TLS policy of the API, whichever the domain has: both have the same.
      tls: { securityPolicy: TLS_POLICY },
      accessLogFields: API_CLIENT_CERTIFICATE_FIELDS,
    });
    this.literalStageName = props.stageName ?? DEFAULT_STAGE;
    this.unsigned = new UnsignedCallers(this.api, {
      stageName: this.literalStageName,
      allow: (statement) => this.api.addToResourcePolicy(statement),
    });
    this.onResourceAllow = (route) => this.allowUnsigned(route);
    for (const route of Object.keys(props.openMethods ?? {})) {
      this.allowUnsigned(parseRoute(this, 'openMethods', route));
    }
    checkDomain(this, props);
    const mtls = mutualTlsOf(this, props.clientTrust);
    const webAcl = webAclFor(this, props, props.throttling?.rateLimit ?? DEFAULT_RATE);

    this.domain = new apigateway.DomainName(this, 'Domain', {
      domainName: props.domainName,
      certificate: firstCertificateOf(props.certificate),
      endpointType: apigateway.EndpointType.REGIONAL,
      securityPolicy: TLS_POLICY,
      mtls,
    });
    const domain = this.domain.node.defaultChild as apigateway.CfnDomainName;
    domain.ownershipVerificationCertificateArn = props.ownershipCertificate?.certificateArn;
    this.domain.addBasePathMapping(this.api, { stage: this.api.deploymentStage });
    addRecord(this, props, this.aliasTarget);
    this.url = `https://${props.domainName}/`;

    this.node.addValidation({ validate: () => this.partnerProblems() });

    const stage = this.api.deploymentStage;
    if (webAcl !== undefined) protectStage(this, webAcl, stage.stageArn);
    if (props.withoutWebAclReason !== undefined) {
      const resource = stage.node.defaultChild as apigateway.CfnStage;
      recordLoosening(resource, 'withoutWebAcl', props.withoutWebAclReason);
    }
  }

  /** Where the name has to lead, for a record of your own. */
  get aliasTarget(): AliasTarget {
    return {
      dnsName: this.domain.domainNameAliasDomainName,
      hostedZoneId: this.domain.domainNameAliasHostedZoneId,
    };
  }

  /** Adds a partner: its key and its limits. Requests without the key of a partner get a 403. */
  addPartner(id: string, props: PartnerProps = {}): Partner {
    const partner = new Partner(this, id, { ...props, api: this.api });
    const { principals = [], routes } = props;
    if (principals.length > 0) {
      this.allow(callersOfAnotherAccount(partner, this.literalStageName, principals, routes));
    }
    return partner;
  }

  /** Methods ask for the key of a partner: where no key is known, they refuse everybody. */
  private partnerProblems(): string[] {
    const asksForKey = ({ node }: apigateway.Method) =>
      (node.defaultChild as apigateway.CfnMethod).apiKeyRequired === true;
    const countsSomebody = (construct: IConstruct) => apigateway.CfnUsagePlan.isCfnUsagePlan(construct);
    if (!this.api.methods.some(asksForKey) || this.node.root.node.findAll().some(countsSomebody)) return [];
    return ['the API must have a partner, whose key its methods ask for, got none, add one by addPartner'];
  }

  /** Where there is a resource policy, it has to let in callers without a name too, whom an authorizer lets in. */
  private allow(statement: iam.PolicyStatement): void {
    this.hasResourcePolicy = true;
    this.api.addToResourcePolicy(statement);
    for (const route of this.unsignedRoutes.splice(0)) this.allowUnsigned(route);
  }

  private allowUnsigned(route: ApiRoute): void {
    if (!this.hasResourcePolicy) this.unsignedRoutes.push(route);
    else this.unsigned.allow(this, route);
  }
}
