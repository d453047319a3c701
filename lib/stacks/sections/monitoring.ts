import type { Schema } from '../../core/schema';
import { flag } from './values';

/** Who looks at what runs. */
export const monitoring: Schema = {
  type: 'object',
  title: 'what looks at what runs, and tells the topic of the alarms',
  description: 'an object: the settings of the monitoring',
  additionalProperties: false,
  properties: {
    enabled: flag(
      'there is a dashboard with alarms, an audit of certificates, and a search for old clients',
      true,
    ),
    certificateRegions: {
      type: 'array',
      title:
        "the regions whose certificates are audited every day; left out, 'region', and us-east-1 where there is a distribution",
      description: 'a list of 1 to 30 names of AWS regions',
      minItems: 1,
      maxItems: 30,
      uniqueItems: true,
      items: {
        type: 'string',
        description: 'the name of an AWS region',
        pattern: '^[a-z]{2,6}(-[a-z]{2,12}){1,3}-\\d{1,2}$',
        examples: ['eu-west-1'],
      },
      examples: [['eu-west-1', 'us-east-1']],
    },
    probe: flag(
      'the names that customers connect to are asked every six hours which TLS they accept, where the internet reaches them',
      true,
    ),
    oldTlsFinder: flag('Athena finds who still connects below TLS 1.2, in the logs of the baseline', true),
    findings: flag(
      'what GuardDuty, Macie, Access Analyzer, Security Hub and AWS Config find is told, where they are on',
      true,
    ),
    pciDssStandard: flag(
      'Security Hub, which is on already, checks the account by its standard for PCI DSS v4.0.1',
    ),
    apiLogging: flag(
      'API Gateway may write logs in this account and region, without which no API with a log can be deployed; it takes the place of a setting that is there',
    ),
    paymentPages: {
      type: 'string',
      title:
        'the file with the payment pages and the scripts that may stand on them; every day a function looks whether they were changed',
      description: 'the path of a file in JSON, relative to this file',
      minLength: 1,
      maxLength: 1024,
      examples: ['payment-pages.json'],
    },
  },
};
