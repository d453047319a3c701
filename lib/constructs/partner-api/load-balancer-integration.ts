import { Token } from 'aws-cdk-lib';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { ApiVpcLink } from '../api';
import { domainNameProblem } from '../certificate';
import { invalidProperty } from '../invalid-property';
import { checkWholeNumber } from '../whole-number';

const HTTPS = 443;

/** A listener that ends TLS, such as that of a `TlsLoadBalancer`, with who may connect to it. */
export interface TlsListenerTarget extends ec2.IConnectable {
  /** The ARN of the listener. */
  readonly listenerArn: string;
}

/** How a listener is called. */
export interface LoadBalancerIntegrationProps {
  /** The way into the network. */
  readonly vpcLink: ApiVpcLink;
  /** The listener; a `TlsLoadBalancer` is one. */
  readonly target: TlsListenerTarget;
  /**
   * The name in the certificate of the listener, which API Gateway verifies, with its authority. Without it API Gateway
   * would speak HTTP, even to a listener of HTTPS.
   */
  readonly serverName: string;
  /**
   * The port of the listener.
   *
   * @default 443
   */
  readonly port?: number;
}

/** Passes requests of an HTTP API on to a load balancer in a network, over TLS, its name verified. */
export class LoadBalancerIntegration extends apigatewayv2.HttpRouteIntegration {
  constructor(
    id: string,
    private readonly props: LoadBalancerIntegrationProps,
  ) {
    super(id);
  }

  override bind({
    scope,
  }: apigatewayv2.HttpRouteIntegrationBindOptions): apigatewayv2.HttpRouteIntegrationConfig {
    const { vpcLink, target, serverName, port = HTTPS } = this.props;
    if (!Token.isUnresolved(serverName)) {
      const problem = domainNameProblem(serverName);
      if (problem !== undefined) throw invalidProperty(scope, `'serverName' ${problem}`);
      if (serverName.includes('*')) {
        throw invalidProperty(
          scope,
          `'serverName' must be one exact name, got ${JSON.stringify(serverName.slice(0, 80))}, name one that the certificate is valid for`,
        );
      }
    }
    checkWholeNumber(scope, 'port', port, 1, 65_535);
    vpcLink.connections.allowTo(target, ec2.Port.tcp(port), 'TLS to a load balancer');
    return {
      type: apigatewayv2.HttpIntegrationType.HTTP_PROXY,
      method: apigatewayv2.HttpMethod.ANY,
      uri: target.listenerArn,
      connectionType: apigatewayv2.HttpConnectionType.VPC_LINK,
      connectionId: vpcLink.vpcLink.vpcLinkId,
      payloadFormatVersion: apigatewayv2.PayloadFormatVersion.VERSION_1_0,
      secureServerName: serverName,
    };
  }
}
