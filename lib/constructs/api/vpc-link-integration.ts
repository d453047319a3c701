import { Aspects, type IAspect, Stack, Token } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct, type IConstruct } from 'constructs';
import { domainNameProblem } from '../certificate';
import { invalidProperty } from '../invalid-property';

const HTTPS = 443;

/** Properties of an `ApiVpcLink`. */
export interface ApiVpcLinkProps {
  /** The network that holds the load balancers. */
  readonly vpc: ec2.IVpc;
  /** @default - the private subnets */
  readonly vpcSubnets?: ec2.SubnetSelection;
}

/** A load balancer that speaks TLS, such as a `TlsNetworkLoadBalancer` or a `TlsLoadBalancer`. */
export interface VpcLinkTarget extends ec2.IConnectable {
  /** The ARN of the load balancer, which must be of the same account. */
  readonly loadBalancerArn: string;
}

/** How a load balancer behind a VPC link is called. */
export interface VpcLinkIntegrationOptions {
  /**
   * The address, with the name that stands in the certificate of the load balancer, such as
   * `https://ledger.example.com/orders/{id}`: API Gateway verifies that the certificate is valid for the name, and of an
   * authority that it knows. The name need not lead anywhere.
   */
  readonly url: string;
  /**
   * The method by which it is called.
   *
   * @default 'ANY', the method of the request
   */
  readonly httpMethod?: string;
  /** How parts of the request are passed on, as in `{ 'integration.request.path.id': 'method.request.path.id' }`. */
  readonly requestParameters?: Readonly<Record<string, string>>;
}

/**
 * A way from REST APIs into a network (VPC link V2), which load balancers are reached by over TLS, verified.
 *
 * Its security group connects to nobody until an integration names a load balancer.
 */
export class ApiVpcLink extends Construct implements ec2.IConnectable {
  /** Its security group. */
  readonly connections: ec2.Connections;
  /** The link, for what this library has no integration for. */
  readonly vpcLink: apigatewayv2.VpcLink;

  constructor(scope: Construct, id: string, { vpc, vpcSubnets }: ApiVpcLinkProps) {
    super(scope, id);
    const securityGroup = new ec2.SecurityGroup(this, 'SecurityGroup', {
      vpc,
      description: 'Connections of an API to load balancers',
      allowAllOutbound: false,
    });
    this.connections = new ec2.Connections({ securityGroups: [securityGroup] });
    this.vpcLink = new apigatewayv2.VpcLink(this, 'Resource', {
      vpc,
      // Its own default finds none in a network without a way out.
      subnets: { subnets: vpc.selectSubnets(vpcSubnets).subnets },
      securityGroups: [securityGroup],
    });
  }

  /** Passes requests on to a load balancer, as they are, over TLS. */
  to(target: VpcLinkTarget, options: VpcLinkIntegrationOptions): apigateway.Integration {
    const port = portOf(this, options.url);
    this.connections.allowTo(target, ec2.Port.tcp(port), 'TLS to a load balancer');
    return new VpcLinkIntegration(this, target, options);
  }
}

/** By the L2 where it can: it knows VPC links V1 only, which AWS calls legacy, and no target of an integration. */
class VpcLinkIntegration extends apigateway.Integration {
  constructor(
    private readonly link: ApiVpcLink,
    private readonly target: VpcLinkTarget,
    { url, httpMethod = 'ANY', requestParameters }: VpcLinkIntegrationOptions,
  ) {
    super({
      type: apigateway.IntegrationType.HTTP_PROXY,
      uri: url,
      integrationHttpMethod: httpMethod,
      options: {
        connectionType: apigateway.ConnectionType.VPC_LINK,
        vpcLink: apigateway.VpcLink.fromVpcLinkId(
          link,
          `Link${link.node.children.length}`,
          link.vpcLink.vpcLinkId,
        ),
        requestParameters: requestParameters && { ...requestParameters },
      },
    });
  }

  override bind(method: apigateway.Method): apigateway.IntegrationConfig {
    const { loadBalancerArn } = this.target;
    // The resource of the method is made after this.
    Aspects.of(method).add(new TargetOfIntegration(loadBalancerArn));
    const config = super.bind(method);
    // A deployment takes what methods say at its time: another target needs another one.
    return { ...config, deploymentToken: JSON.stringify(Stack.of(this.link).resolve(loadBalancerArn)) };
  }
}

class TargetOfIntegration implements IAspect {
  constructor(private readonly arn: string) {}

  visit(node: IConstruct): void {
    if (apigateway.CfnMethod.isCfnMethod(node)) {
      node.addPropertyOverride('Integration.IntegrationTarget', this.arn);
    }
  }
}

function portOf(scope: Construct, url: string): number {
  if (Token.isUnresolved(url)) {
    throw invalidProperty(
      scope,
      "'url' must be a literal, since the name in it is verified and its port opened, got an unresolved value, read it from configuration",
    );
  }
  const parsed = /^https:\/\/([a-z0-9.-]+)(?::(\d{1,5}))?(\/.*)?$/.exec(url);
  const [, host = '', port = `${HTTPS}`] = parsed ?? [];
  const isName = domainNameProblem(host) === undefined;
  const isOfAws = /\.(elb|vpce)\.([a-z0-9-]+\.)?amazonaws\.com(\.cn)?$/.test(host);
  if (isName && !isOfAws && Number(port) >= 1 && Number(port) <= 65_535) return Number(port);
  throw invalidProperty(
    scope,
    `'url' must begin with https:// and the name in the certificate of the load balancer, got ${JSON.stringify(url.slice(0, 80))}, name it as https://ledger.example.com/orders`,
  );
}
