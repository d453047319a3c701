import { RegionInfo } from 'aws-cdk-lib/region-info';
import type { Schema } from '../core/schema';
import { TlsProfile, tlsPolicySchema } from '../core/tls';
import {
  alarms,
  audit,
  certificate,
  DOMAIN_NAME,
  distribution,
  loadBalancer,
  monitoring,
  network,
  zone,
} from './sections';

/** The schema as a whole, which editors need to know by its dialect. */
export interface BaselineConfigurationSchema extends Schema {
  readonly $schema: string;
  readonly title: string;
  readonly properties: Readonly<Record<string, Schema>>;
}

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
    retentionDays: {
      type: 'integer',
      title: 'for how many days logs are kept; those of the audit trail are locked for a year of them',
      description: 'a whole number from 365, as PCI DSS 10.5.1 asks for, to 3653',
      minimum: 365,
      maximum: 3653,
      default: 400,
    },
    owner: {
      type: 'string',
      title: 'who answers for what the stores of the baseline hold: it stands in their tags',
      description: 'a role, a team or its address, in 3 to 128 characters',
      pattern: '^[A-Za-z0-9][A-Za-z0-9 .,_@-]*[A-Za-z0-9]$',
      minLength: 3,
      maxLength: 128,
      default: 'platform team',
      examples: ['platform@example.com'],
    },
    certificate,
    alarms,
    loadBalancer,
    network,
    audit,
    monitoring,
    distribution,
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
