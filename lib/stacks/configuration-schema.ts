import { RegionInfo } from 'aws-cdk-lib/region-info';
import { TlsProfile, tlsPolicySchema } from '../core/tls';

/**
 * The part of JSON Schema that describes a configuration.
 *
 * `description` holds the words that say what is allowed: an editor shows them, and an error quotes them.
 */
export interface ConfigurationSchema {
  readonly type: 'object' | 'array' | 'string' | 'boolean' | 'integer';
  readonly description: string;
  readonly properties?: Readonly<Record<string, ConfigurationSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: false;
  readonly items?: Omit<ConfigurationSchema, 'description'> & { readonly description?: string };
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly default?: string | number | boolean | readonly string[];
  readonly examples?: readonly (string | number)[];
}

/** The schema as a whole, which editors need to know by its dialect. */
export interface BaselineConfigurationSchema extends ConfigurationSchema {
  readonly $schema: string;
  readonly title: string;
  readonly properties: Readonly<Record<string, ConfigurationSchema>>;
}

const ZONE_NAME = '^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$';
const DOMAIN_NAME = ZONE_NAME.replace('^', '^(\\*\\.)?');
const CERTIFICATE_EXAMPLE =
  // literal-arn: an example for people, who write ARNs of their own partition
  'arn:aws:acm:eu-west-1:111122223333:certificate/12345678-1234-1234-1234-123456789012';
// literal-arn: an example for people too
const TOPIC_EXAMPLE = 'arn:aws:sns:eu-west-1:111122223333:alarms';
const CERTIFICATE_ARN = '^arn:aws[a-z-]*:acm:[a-z0-9-]+:\\d{12}:certificate/[A-Za-z0-9-]+$';
const TOPIC_ARN = '^arn:aws[a-z-]*:sns:[a-z0-9-]+:\\d{12}:[A-Za-z0-9_-]{1,256}$';
const CIDR = '^(\\d{1,3}\\.){3}\\d{1,3}/\\d{1,2}$';
const CIDR_6 = '^[0-9a-f:]+/\\d{1,3}$';

const flag = (description: string, value: boolean): ConfigurationSchema => ({
  type: 'boolean',
  description: `true or false: ${description}`,
  default: value,
});

const zone: ConfigurationSchema = {
  type: 'object',
  description: 'a hosted zone of Route 53, with zoneName and hostedZoneId',
  additionalProperties: false,
  required: ['zoneName', 'hostedZoneId'],
  properties: {
    zoneName: {
      type: 'string',
      description: 'the domain name of the zone, in lower case and without a dot at the end',
      pattern: ZONE_NAME,
      maxLength: 253,
      examples: ['example.com'],
    },
    hostedZoneId: {
      type: 'string',
      description: 'the id of the zone: Z and capital letters or digits',
      pattern: '^Z[A-Z0-9]{3,31}$',
      examples: ['Z0123456789ABCDEFGHIJ'],
    },
  },
};

const certificate: ConfigurationSchema = {
  type: 'object',
  description: 'an object: a certificate that exists already, or whether the new one has a twin',
  additionalProperties: false,
  properties: {
    rsaTwin: flag('a second certificate with an RSA-2048 key, for clients without ECDSA', false),
    certificateArn: {
      type: 'string',
      description: 'the ARN of an ACM certificate in the same region, used instead of a new one',
      pattern: CERTIFICATE_ARN,
      examples: [CERTIFICATE_EXAMPLE],
    },
    rsaCertificateArn: {
      type: 'string',
      description: 'the ARN of the twin of that certificate with an RSA key',
      pattern: CERTIFICATE_ARN,
      examples: [CERTIFICATE_EXAMPLE],
    },
  },
};

const alarms: ConfigurationSchema = {
  type: 'object',
  description: 'an object: who is told when a certificate is not renewed',
  additionalProperties: false,
  properties: {
    email: {
      type: 'string',
      description: 'an e-mail address, whose owner confirms the subscription',
      pattern: '^[^@\\s]{1,64}@[^@\\s]+\\.[^@\\s]+$',
      maxLength: 254,
      examples: ['security@example.com'],
    },
    topicArn: {
      type: 'string',
      description: 'the ARN of an SNS topic in the same region, used instead of a new one',
      pattern: TOPIC_ARN,
      examples: [TOPIC_EXAMPLE],
    },
  },
};

const loadBalancer: ConfigurationSchema = {
  type: 'object',
  description: 'an object: the settings of the load balancer',
  additionalProperties: false,
  properties: {
    internetFacing: flag('it has public addresses', false),
    allowedPeers: {
      type: 'array',
      description: 'a list of address ranges in CIDR notation that may connect',
      uniqueItems: true,
      maxItems: 50,
      items: { type: 'string', pattern: `(${CIDR})|(${CIDR_6})` },
      default: [],
    },
    httpRedirect: flag('port 80 answers with a redirect to TLS', false),
  },
};

const network: ConfigurationSchema = {
  type: 'object',
  description: 'an object: the settings of the network',
  additionalProperties: false,
  properties: {
    cidr: {
      type: 'string',
      description: 'the address range of the network, from /16 to /24',
      pattern: '^(\\d{1,3}\\.){3}\\d{1,3}/(1[6-9]|2[0-4])$',
      default: '10.0.0.0/16',
    },
    availabilityZoneCount: {
      type: 'integer',
      description: 'a whole number of availability zones from 2 to 3',
      minimum: 2,
      maximum: 3,
      default: 2,
    },
    natGateways: {
      type: 'integer',
      description:
        'a whole number of NAT gateways from 0 to 3, with which private subnets reach the internet',
      minimum: 0,
      maximum: 3,
      default: 0,
    },
  },
};

/**
 * The schema of the baseline's configuration, the source of `schemas/baseline-configuration.schema.json`.
 *
 * It says what each property may be; what properties may be together stands in `configuration.ts`.
 */
export const baselineConfigurationSchema: BaselineConfigurationSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'Configuration of the secure-transmission baseline',
  type: 'object',
  description: 'an object with domainName, zones and region',
  additionalProperties: false,
  required: ['domainName', 'zones', 'region'],
  properties: {
    $schema: { type: 'string', description: 'the address of this schema, for editors' },
    name: {
      type: 'string',
      description: 'the beginning of the names of the stacks: a letter, then letters, digits and hyphens',
      pattern: '^[A-Za-z][A-Za-z0-9-]{0,63}$',
      default: 'SecureTransmission',
    },
    domainName: {
      type: 'string',
      description:
        'the fully qualified domain name that customers connect to, at most 64 characters, in lower case',
      pattern: DOMAIN_NAME,
      maxLength: 64,
      examples: ['pay.example.com'],
    },
    subjectAlternativeNames: {
      type: 'array',
      description: 'a list of more fully qualified domain names for the certificate, in lower case',
      uniqueItems: true,
      maxItems: 99,
      items: { type: 'string', pattern: DOMAIN_NAME, maxLength: 253 },
      default: [],
    },
    zones: {
      type: 'array',
      description: 'a list of hosted zones, in which all the domain names lie',
      minItems: 1,
      maxItems: 100,
      items: zone,
    },
    region: {
      type: 'string',
      description: 'a region of AWS',
      enum: RegionInfo.regions.map(({ name }) => name),
      examples: ['eu-west-1'],
    },
    account: {
      type: 'string',
      description:
        'the id of an AWS account, twelve digits in quotes; left out, the account is that of the deployment',
      pattern: '^\\d{12}$',
      examples: ['111122223333'],
    },
    tlsProfile: {
      type: 'string',
      description: `the name of a TLS profile: ${TlsProfile.values().join(', ')}`,
      enum: TlsProfile.values().map(({ name }) => name),
      default: TlsProfile.TLS_1_2_OR_NEWER.name,
    },
    certificate,
    alarms,
    loadBalancer,
    network,
    tlsPolicies: {
      type: 'array',
      description: 'a list of TLS policies that the catalogue does not know yet',
      maxItems: 200,
      items: tlsPolicySchema,
    },
  },
};
