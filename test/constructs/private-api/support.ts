import type { Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as route53 from 'aws-cdk-lib/aws-route53';
import { PrivateApi, type PrivateApiDomain, type PrivateApiProps } from '../../../lib/constructs/private-api';
import { functionIn } from '../api/support';
import { certificateIn, existingVpcIn } from '../support';

export const ORGANIZATION = 'o-a1b2c3d4e5';

/** A private zone that exists already. */
export function privateZoneIn(stack: Stack, zoneName = 'example.com'): route53.IHostedZone {
  return route53.PrivateHostedZone.fromPrivateHostedZoneAttributes(stack, `PrivateZone-${zoneName}`, {
    hostedZoneId: 'Z0123456789ABCDEFGHIJ',
    zoneName,
  });
}

/** A domain with its certificate and zone. */
export function domainIn(stack: Stack, more: Partial<PrivateApiDomain> = {}): PrivateApiDomain {
  return {
    domainName: 'orders.example.com',
    certificate: more.certificate ?? certificateIn(stack, 'orders'),
    hostedZone: more.hostedZone ?? privateZoneIn(stack),
    ...more,
  };
}

/** A private API of one route, in a network that exists already unless endpoints are given. */
export function privateApiIn(stack: Stack, props: Partial<PrivateApiProps> = {}, id = 'Orders'): PrivateApi {
  const where = props.endpoints === undefined && props.vpc === undefined ? { vpc: existingVpcIn(stack) } : {};
  const api = new PrivateApi(stack, id, { ...where, ...props });
  api.addRoute('GET /orders/{id}', functionIn(stack, `${id}Function`));
  return api;
}

/** An endpoint that another stack defines. */
export function importedEndpointIn(stack: Stack, vpcEndpointId = 'vpce-0123456789abcdef0') {
  return ec2.InterfaceVpcEndpoint.fromInterfaceVpcEndpointAttributes(stack, vpcEndpointId, {
    vpcEndpointId,
    port: 443,
  });
}
