/**
 * A team's private API behind its own domain: called from the network, by whoever has a permission for the route.
 */
import { type App, Stack, Validations } from 'aws-cdk-lib';
import { JsonSchemaType } from 'aws-cdk-lib/aws-apigateway';
import type { IVpc } from 'aws-cdk-lib/aws-ec2';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IHostedZone } from 'aws-cdk-lib/aws-route53';
import { type IManagedCertificate, PrivateApi, TransmissionChecks } from 'cdk-secure-transmission';

/** What the team has already. */
export interface Surroundings {
  readonly vpc: IVpc;
  readonly certificate: IManagedCertificate;
  /** The private zone of the network. */
  readonly hostedZone: IHostedZone;
  readonly orders: IFunction;
  /** Another function in the network, which reads orders. */
  readonly shop: IFunction;
}

/** The API; whoever calls this synthesises the app. */
export function privateApi(app: App, surroundings: (stack: Stack) => Surroundings): Stack {
  const stack = new Stack(app, 'Orders', { env: { region: 'eu-west-1' } });
  const { vpc, certificate, hostedZone, orders, shop } = surroundings(stack);
  // #region api
  const api = new PrivateApi(stack, 'Api', {
    vpc,
    organizationId: 'o-a1b2c3d4e5',
    domain: { domainName: 'orders.example.com', certificate, hostedZone },
  });
  api.addRoute('GET /orders/{id}', orders);
  api.addRoute('POST /orders', orders, {
    body: { type: JsonSchemaType.OBJECT, required: ['amount'], additionalProperties: false },
  });
  api.grantInvoke(shop, { method: 'GET', path: '/orders/*' });
  // #endregion api
  Validations.of(app).addPlugins(new TransmissionChecks(app));
  return stack;
}
