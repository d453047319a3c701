import { RegionInfo } from 'aws-cdk-lib/region-info';
import { TlsProfile, tlsPolicySchema } from '../core/tls';

/**
 * The part of JSON Schema that describes a configuration.
 *
 * `description` says what is allowed, in words that an error quotes; `title` says what it does, in words that
 * `docs/configuration.md` prints. An editor shows both.
 */
export interface ConfigurationSchema {
  readonly type: 'object' | 'array' | 'string' | 'boolean' | 'integer';
  readonly title?: string;
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
  readonly examples?: readonly (string | number | readonly (string | object)[])[];
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

const flag = (title: string): ConfigurationSchema => ({
  type: 'boolean',
  title,
  description: 'true or false',
  default: false,
});

const zone: ConfigurationSchema = {
  type: 'object',
  description: 'a hosted zone of Route 53, with zoneName and hostedZoneId',
  additionalProperties: false,
  required: ['zoneName', 'hostedZoneId'],
  properties: {
    zoneName: {
      type: 'string',
      title: 'the domain of the zone, in which validation records are written',
      description: 'the domain name of the zone, in lower case and without a dot at the end',
      pattern: ZONE_NAME,
      maxLength: 253,
      examples: ['example.com'],
    },
    hostedZoneId: {
      type: 'string',
      title: 'taken at its word: nobody looks it up',
      description: 'the id of the zone: Z and capital letters or digits',
      pattern: '^Z[A-Z0-9]{3,31}$',
      examples: ['Z0123456789ABCDEFGHIJ'],
    },
  },
};

const certificate: ConfigurationSchema = {
  type: 'object',
  title: 'a new certificate is issued and renewed, unless one that exists already is named here',
  description: 'an object: a certificate that exists already, or whether the new one has a twin',
  additionalProperties: false,
  properties: {
    rsaTwin: flag('a second certificate for the same names with an RSA-2048 key, for clients without ECDSA'),
    certificateArn: {
      type: 'string',
      title: 'this certificate is used instead of a new one; it is watched all the same',
      description: 'the ARN of an ACM certificate in the same region',
      pattern: CERTIFICATE_ARN,
      examples: [CERTIFICATE_EXAMPLE],
    },
    rsaCertificateArn: {
      type: 'string',
      title: 'the listener offers it as well: the twin of that certificate with an RSA key',
      description: 'the ARN of an ACM certificate in the same region',
      pattern: CERTIFICATE_ARN,
      examples: [CERTIFICATE_EXAMPLE],
    },
  },
};

const alarms: ConfigurationSchema = {
  type: 'object',
  title: 'who is told; with neither, a topic is made to which nobody subscribes',
  description: 'an object: who is told when a certificate is not renewed',
  additionalProperties: false,
  properties: {
    email: {
      type: 'string',
      title: 'is subscribed to the new topic; AWS asks its owner to confirm',
      description: 'an e-mail address',
      pattern: '^[^@\\s]{1,64}@[^@\\s]+\\.[^@\\s]+$',
      maxLength: 254,
      examples: ['security@example.com'],
    },
    topicArn: {
      type: 'string',
      title:
        'this topic is told instead of a new one; CloudWatch and EventBridge must be allowed to publish to it',
      description: 'the ARN of an SNS topic in the same region',
      pattern: TOPIC_ARN,
      examples: [TOPIC_EXAMPLE],
    },
  },
};

const loadBalancer: ConfigurationSchema = {
  type: 'object',
  title: 'the point of entry; left out, it is internal and closed',
  description: 'an object: the settings of the load balancer',
  additionalProperties: false,
  properties: {
    internetFacing: flag('it has public addresses, in public subnets that the network then has'),
    allowedPeers: {
      type: 'array',
      title: 'who may connect to the TLS port, and to port 80 where it redirects; empty, nobody',
      description: 'a list of at most 50 address ranges in CIDR notation',
      examples: [['203.0.113.0/24']],
      uniqueItems: true,
      maxItems: 50,
      items: {
        type: 'string',
        description: 'an address range in CIDR notation',
        pattern: `(${CIDR})|(${CIDR_6})`,
        examples: ['203.0.113.0/24'],
      },
      default: [],
    },
    httpRedirect: flag('port 80 answers, with a redirect to TLS and nothing else'),
  },
};

const network: ConfigurationSchema = {
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
    $schema: {
      type: 'string',
      title: 'where editors find this schema',
      description: 'an address or a path',
    },
    name: {
      type: 'string',
      title: 'the beginning of the names of the stacks in CloudFormation',
      description: 'at most 64 letters, digits and hyphens, the first a letter',
      pattern: '^[A-Za-z][A-Za-z0-9-]{0,63}$',
      default: 'SecureTransmission',
    },
    domainName: {
      type: 'string',
      title: 'the name that customers connect to: the first name of the certificate',
      description: 'a fully qualified domain name of at most 64 characters, in lower case',
      pattern: DOMAIN_NAME,
      maxLength: 64,
      examples: ['pay.example.com'],
    },
    subjectAlternativeNames: {
      type: 'array',
      title: 'more names of the certificate',
      description: 'a list of at most 99 fully qualified domain names, in lower case',
      uniqueItems: true,
      maxItems: 99,
      items: {
        type: 'string',
        description: 'a fully qualified domain name, in lower case',
        pattern: DOMAIN_NAME,
        maxLength: 253,
        examples: ['api.pay.example.com'],
      },
      default: [],
    },
    zones: {
      type: 'array',
      title:
        'where the records are written by which ACM validates the certificate; of several, the longest wins',
      description: 'a list of hosted zones of Route 53, in which all the domain names lie',
      minItems: 1,
      maxItems: 100,
      items: zone,
      examples: [[{ zoneName: 'example.com', hostedZoneId: 'Z0123456789ABCDEFGHIJ' }]],
    },
    region: {
      type: 'string',
      title: 'where the stacks stand',
      description: 'the name of an AWS region that the installed aws-cdk-lib knows',
      enum: RegionInfo.regions.map(({ name }) => name),
      examples: ['eu-west-1'],
    },
    account: {
      type: 'string',
      title: 'binds the stacks to this account; left out, they fit whichever account deploys them',
      description: 'the id of an AWS account, twelve digits in quotes',
      pattern: '^\\d{12}$',
      examples: ['111122223333'],
    },
    tlsProfile: {
      type: 'string',
      title: 'what customers may negotiate: it chooses the TLS policy of the listener',
      description: `one of ${TlsProfile.values().join(', ')}`,
      enum: TlsProfile.values().map(({ name }) => name),
      default: TlsProfile.TLS_1_2_OR_NEWER.name,
    },
    certificate,
    alarms,
    loadBalancer,
    network,
    tlsPolicies: {
      type: 'array',
      title: 'what the judge knows beside the catalogue; verdicts on them say so',
      description: 'a list of at most 200 TLS policies that the catalogue does not know yet',
      default: [],
      maxItems: 200,
      items: tlsPolicySchema,
    },
  },
};
