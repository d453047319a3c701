import { Token } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as route53 from 'aws-cdk-lib/aws-route53';
import * as targets from 'aws-cdk-lib/aws-route53-targets';
import { Construct } from 'constructs';
import { checkCertificateNames } from '../api/certificate-names';
import { domainNameProblem, type IManagedCertificate, isInZone } from '../certificate';
import { invalidProperty } from '../invalid-property';
import { checkReason, recordLoosening } from '../loosening';
import { checkSameRegion } from '../region';
import { type Callers, domainPolicy } from './caller-policy';

/** What the Metadata of a domain calls its loosening. */
const LEGACY_TLS = 'legacyTlsPolicy';
/** The only TLS policy that private custom domains had before enhanced ones. */
const LEGACY_POLICY = 'TLS_1_2';

/** The name under which callers know a private API. */
export interface PrivateApiDomain {
  /** The name: a literal, no wildcard. A change replaces the domain. */
  readonly domainName: string;
  /** The certificate for the name, in the region of the API. Its twin is not used: API Gateway takes one. */
  readonly certificate: IManagedCertificate;
  /**
   * The private hosted zone in which the name leads to the (first) endpoint. The endpoint must be defined in this app.
   *
   * @default - none: see `addRecord`
   */
  readonly hostedZone?: route53.IHostedZone;
  /**
   * The first part of the path behind the name, such as `orders`: letters, digits and `-_.`. A change replaces the mapping.
   *
   * @default - none: the name is the API
   */
  readonly basePath?: string;
  /**
   * Why the domain cannot have an enhanced TLS policy, as a sentence. It then has `TLS_1_2`, which accepts suites without
   * forward secrecy, and no access mode; the API keeps both, and by the documentation of AWS its TLS policy is the one
   * that is negotiated. The reason is written into the template, and the finding stays until a waiver covers it.
   *
   * @default - the domain has the TLS policy of the API
   */
  readonly legacyTlsPolicyReason?: string;
}

/** What a domain stands before. */
export interface PrivateDomainProps extends PrivateApiDomain {
  readonly stage: apigateway.Stage;
  readonly callers: Callers;
  /** Endpoints of this account. */
  readonly endpoints: readonly ec2.IInterfaceVpcEndpoint[];
  readonly tlsPolicy: string;
  readonly accessMode: string;
}

/**
 * A private custom domain, by L1: the L2 knows none, and renders one that cannot be deployed when told to (it names the
 * certificate as that of a regional domain, maps by name in place of the ARN, and makes no association).
 */
export class PrivateDomain extends Construct {
  readonly domainName: string;
  readonly resource: apigateway.CfnDomainNameV2;

  constructor(scope: Construct, id: string, props: PrivateDomainProps) {
    super(scope, id);
    checkDomain(this, props);
    const legacy = props.legacyTlsPolicyReason;
    this.domainName = props.domainName;
    this.resource = new apigateway.CfnDomainNameV2(this, 'Resource', {
      domainName: props.domainName,
      certificateArn: props.certificate.certificateArn,
      endpointConfiguration: { types: ['PRIVATE'] },
      securityPolicy: legacy === undefined ? props.tlsPolicy : LEGACY_POLICY,
      endpointAccessMode: legacy === undefined ? props.accessMode : undefined,
      policy: domainPolicy(props.callers),
    });
    if (legacy !== undefined) recordLoosening(this.resource, LEGACY_TLS, legacy);
    const domainNameArn = this.resource.attrDomainNameArn;
    new apigateway.CfnBasePathMappingV2(this, 'Mapping', {
      domainNameArn,
      basePath: props.basePath,
      restApiId: props.stage.restApi.restApiId,
      stage: props.stage.stageName,
    });
    props.endpoints.forEach((endpoint, index) => {
      new apigateway.CfnDomainNameAccessAssociation(this, `Association${index === 0 ? '' : index + 1}`, {
        domainNameArn,
        accessAssociationSource: endpoint.vpcEndpointId,
        accessAssociationSourceType: 'VPCE',
      });
    });
    const [first] = props.endpoints;
    if (props.hostedZone !== undefined) this.addRecord('Record', props.hostedZone, first);
  }

  /** Makes the name lead to an endpoint, for the networks of a private hosted zone. */
  addRecord(
    id: string,
    zone: route53.IHostedZone,
    endpoint: ec2.IInterfaceVpcEndpoint | undefined,
  ): route53.ARecord {
    checkZone(this, this.domainName, zone);
    if (!(endpoint instanceof ec2.InterfaceVpcEndpoint)) {
      throw invalidProperty(
        this,
        "'hostedZone' needs an endpoint that this app defines, since its names are not known of others, define the record where the endpoint is",
      );
    }
    return new route53.ARecord(this, id, {
      zone,
      recordName: `${this.domainName}.`,
      target: route53.RecordTarget.fromAlias(new targets.InterfaceVpcEndpointTarget(endpoint)),
    });
  }
}

function checkDomain(scope: Construct, props: PrivateDomainProps): void {
  checkName(scope, props.domainName);
  const { certificate, basePath, legacyTlsPolicyReason } = props;
  checkSameRegion(scope, {
    property: 'domain.certificate',
    resource: certificate,
    arn: certificate.certificateArn,
    of: 'the API',
    remedy: 'request one there',
  });
  checkCertificateNames(scope, 'domain.certificate', props.domainName, certificate);
  checkTaken(scope, props);
  checkSharding(scope, props);
  if (legacyTlsPolicyReason !== undefined) {
    checkReason(scope, 'domain.legacyTlsPolicyReason', legacyTlsPolicyReason);
  }
  if (basePath === undefined || Token.isUnresolved(basePath) || /^[\w.-]{1,300}$/.test(basePath)) return;
  throw invalidProperty(
    scope,
    `'domain.basePath' must be one part of a path, of letters, digits and -_., got ${JSON.stringify(basePath.slice(0, 80))}, write it without slashes`,
  );
}

function checkName(scope: Construct, name: string): void {
  if (Token.isUnresolved(name)) {
    throw invalidProperty(
      scope,
      "'domain.domainName' must be a literal, since the policy of the endpoint names it, got an unresolved value, read it from configuration",
    );
  }
  const problem = domainNameProblem(name);
  if (problem !== undefined) throw invalidProperty(scope, `'domain.domainName' ${problem}`);
  if (name.startsWith('*.')) {
    throw invalidProperty(
      scope,
      `'domain.domainName' must not be a wildcard, which private custom domains cannot be, got ${JSON.stringify(name)}, name it in full`,
    );
  }
  if (!/(^vpce-|\.vpce\.|\.amazonaws\.com(\.cn)?$)/.test(name)) return;
  throw invalidProperty(
    scope,
    `'domain.domainName' must be a name of yours, got ${JSON.stringify(name)}, which is one of AWS, whose certificate API Gateway would not show for it`,
  );
}

/** The names of the domains that each endpoint leads to. */
const NAMES = new WeakMap<ec2.IInterfaceVpcEndpoint, Set<string>>();

/** Refuses a second domain of one name behind an endpoint, which AWS does not associate. */
function checkTaken(scope: Construct, { domainName, endpoints }: PrivateDomainProps): void {
  for (const endpoint of endpoints) {
    const names = NAMES.get(endpoint) ?? new Set();
    if (names.has(domainName)) {
      throw invalidProperty(
        scope,
        `'domain.domainName' must differ between the domains behind one endpoint, got ${domainName} twice, choose another name`,
      );
    }
    NAMES.set(endpoint, names.add(domainName));
  }
}

/** Which endpoints domains lead by, of each certificate, with access mode STRICT. */
const DOMAINS = new WeakMap<IManagedCertificate, { name: string; endpoint: ec2.IInterfaceVpcEndpoint }[]>();

/**
 * Refuses two names with one certificate behind one endpoint (domain sharding): clients of HTTP/2 send requests for both
 * over one connection, and those that it was not made for are refused.
 */
function checkSharding(
  scope: Construct,
  { domainName, certificate, endpoints, accessMode }: PrivateDomainProps,
) {
  if (accessMode !== 'STRICT') return;
  const known = DOMAINS.get(certificate) ?? [];
  const twin = known.find(({ name, endpoint }) => name !== domainName && endpoints.includes(endpoint));
  if (twin !== undefined) {
    throw invalidProperty(
      scope,
      `'domain.certificate' must not serve two names behind one endpoint, since clients send requests for both over one connection, which STRICT refuses, got ${twin.name} and ${domainName}, request a certificate for each`,
    );
  }
  DOMAINS.set(certificate, [...known, ...endpoints.map((endpoint) => ({ name: domainName, endpoint }))]);
}

function checkZone(scope: Construct, domainName: string, zone: route53.IHostedZone): void {
  if (zone instanceof route53.PublicHostedZone) {
    throw invalidProperty(
      scope,
      `'domain.hostedZone' must be private, got the public zone ${zone.node.path}, which would tell everybody the addresses of the network, define a PrivateHostedZone`,
    );
  }
  if (Token.isUnresolved(zone.zoneName) || isInZone(domainName, zone.zoneName)) return;
  throw invalidProperty(
    scope,
    `'domain.hostedZone' must hold ${domainName}, got ${zone.zoneName}, name the zone that it lies in`,
  );
}
