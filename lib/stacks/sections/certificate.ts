import { EDGE_REGION } from '../../constructs/edge-region';
import type { Schema } from '../../core/schema';
import { CERTIFICATE_ARN, CERTIFICATE_EXAMPLE, EMAIL, flag, TOPIC_ARN, TOPIC_EXAMPLE } from './values';

/** What proves who we are. */
export const certificate: Schema = {
  type: 'object',
  title: 'a new certificate is issued and renewed, unless one that exists already is named here',
  description: 'an object: a certificate that exists already, or whether the new one has a twin',
  additionalProperties: false,
  properties: {
    rsaTwin: flag('a second certificate for the same names with an RSA-2048 key, for clients without ECDSA'),
    domainNameQuota: {
      type: 'integer',
      title:
        'how many names a certificate may have, where AWS has raised the quota of the account (in us-east-1 too)',
      description: 'a whole number from 10 to 100',
      minimum: 10,
      maximum: 100,
      default: 10,
    },
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

/** Who is told. */
export const alarms: Schema = {
  type: 'object',
  title: 'who is told; with neither, a topic is made to which nobody subscribes',
  description: 'an object: who is told when a certificate is not renewed',
  additionalProperties: false,
  properties: {
    email: {
      type: 'string',
      title: 'is subscribed to each topic that is made; AWS asks its owner to confirm',
      description: 'an e-mail address',
      pattern: EMAIL,
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
    edgeTopicArn: {
      type: 'string',
      title:
        'the same for what stands in us-east-1: the certificate of the distribution, the signing of zones',
      description: 'the ARN of an SNS topic in us-east-1',
      pattern: TOPIC_ARN,
      examples: [TOPIC_EXAMPLE.replace('eu-west-1', EDGE_REGION)],
    },
  },
};
