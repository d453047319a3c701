import type { Schema } from '../../core/schema';
import { sentence } from './values';

/** What VPC Encryption Controls can exclude. */
const EXCLUSIONS = [
  'internetGateway',
  'egressOnlyInternetGateway',
  'natGateway',
  'virtualPrivateGateway',
  'vpcPeering',
  'lambda',
  'vpcLattice',
  'elasticFileSystem',
];

/** The network. */
export const network: Schema = {
  type: 'object',
  title: 'the VPC: private subnets, flow logs, an emptied default security group',
  description: 'an object: the settings of the network',
  additionalProperties: false,
  properties: {
    cidr: {
      type: 'string',
      title: 'its addresses',
      description: 'an address range in CIDR notation, from /16 to /24',
      pattern: '^(\\d{1,3}\\.){3}\\d{1,3}/(1[6-9]|2[0-4])$',
      default: '10.0.0.0/16',
      examples: ['10.0.0.0/16'],
    },
    availabilityZoneCount: {
      type: 'integer',
      title: 'how many availability zones have subnets',
      description: '2 or 3',
      minimum: 2,
      maximum: 3,
      default: 2,
    },
    natGateways: {
      type: 'integer',
      title: 'with them private subnets reach the internet; without, they have no way out',
      description: 'a whole number from 0 to 3, at most one for each availability zone',
      minimum: 0,
      maximum: 3,
      default: 0,
    },
    organizationId: {
      type: 'string',
      title: 'endpoints lead to principals and resources of this organisation; left out, of the account only',
      description: 'the id of an organisation of AWS Organizations',
      pattern: '^o-[a-z0-9]{10,32}$',
      examples: ['o-a1b2c3d4e5'],
    },
    interfaceEndpoints: {
      type: 'array',
      title: 'the services of AWS that the network reaches without a way to the internet',
      description: 'a list of at most 50 services by the last part of their endpoint names',
      maxItems: 50,
      uniqueItems: true,
      items: {
        type: 'string',
        description: 'the name of a service',
        pattern: '^[a-z0-9]+([.-][a-z0-9]+)*$',
        maxLength: 64,
        examples: ['kms'],
      },
      examples: [['kms', 'secretsmanager', 'logs']],
      default: [],
    },
    gatewayEndpoints: {
      type: 'array',
      title: 'the same by the route tables, which costs nothing',
      description: 'a list of s3 and dynamodb',
      uniqueItems: true,
      items: { type: 'string', description: 's3 or dynamodb', enum: ['s3', 'dynamodb'] },
      examples: [['s3']],
      default: [],
    },
    encryptionControl: {
      type: 'string',
      title:
        'VPC Encryption Controls, which AWS bills: flow logs tell what was not encrypted, or it is refused',
      description: 'one of monitor, enforce',
      enum: ['monitor', 'enforce'],
    },
    encryptionExclusions: {
      type: 'object',
      title: 'what encryption is not enforced for, and why; what leads to the internet has to be among it',
      description: `an object with any of ${EXCLUSIONS.join(', ')}`,
      additionalProperties: false,
      properties: Object.fromEntries(
        EXCLUSIONS.map((name) => [
          name,
          sentence('why its traffic is excluded, and who encrypts it instead'),
        ]),
      ),
    },
  },
};
