import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { IPrivateNetwork } from '../network';
import type { VaultEndpoints } from './token-vault-props';

/**
 * The security group of the functions of a vault, and the endpoints that they need.
 *
 * Those of DynamoDB and Amazon S3 are routes, whose addresses AWS lists under an id that differs by region and is known to
 * who asks for it only: the group lets its members out on port 443, and the routes of their subnets decide where that leads.
 */
export function vaultSecurityGroup(
  network: IPrivateNetwork,
  id: string,
  existing: VaultEndpoints,
): ec2.SecurityGroup {
  const group = network.addSecurityGroup(`${id}Functions`, 'The functions of a token vault');
  group.addEgressRule(
    ec2.Peer.anyIpv4(),
    ec2.Port.HTTPS,
    'TLS to DynamoDB and Amazon S3 by routes to their endpoints',
  );
  const { KMS, CLOUDWATCH_LOGS } = ec2.InterfaceVpcEndpointAwsService;
  const interfaces = [
    { name: 'Kms', service: KMS, known: existing.kms },
    { name: 'Logs', service: CLOUDWATCH_LOGS, known: existing.logs },
  ];
  for (const { name, service, known } of interfaces) {
    if (known === undefined) network.addInterfaceEndpoint(`${id}${name}`, { service, peers: [group] });
    else group.connections.allowToDefaultPort(known, 'TLS to an AWS service');
  }
  const { DYNAMODB, S3 } = ec2.GatewayVpcEndpointAwsService;
  if (existing.dynamodb === undefined) network.addGatewayEndpoint(`${id}DynamoDb`, { service: DYNAMODB });
  if (existing.s3 === undefined) network.addGatewayEndpoint(`${id}S3`, { service: S3 });
  return group;
}
