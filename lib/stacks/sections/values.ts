import type { Schema } from '../../core/schema';

export const ZONE_NAME = '^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$';
export const DOMAIN_NAME = ZONE_NAME.replace('^', '^(\\*\\.)?');
export const CERTIFICATE_EXAMPLE =
  // literal-arn: an example for people, who write ARNs of their own partition
  'arn:aws:acm:eu-west-1:111122223333:certificate/12345678-1234-1234-1234-123456789012';
// literal-arn: an example for people too
export const TOPIC_EXAMPLE = 'arn:aws:sns:eu-west-1:111122223333:alarms';
// literal-arn: an example for people too
export const AUDITOR_EXAMPLE = 'arn:aws:iam::111122223333:role/auditor';
export const CERTIFICATE_ARN = '^arn:aws[a-z-]*:acm:[a-z0-9-]+:\\d{12}:certificate/[A-Za-z0-9-]+$';
export const TOPIC_ARN = '^arn:aws[a-z-]*:sns:[a-z0-9-]+:\\d{12}:[A-Za-z0-9_-]{1,256}$';
/** What RFC 5322 calls a dot-atom, at a domain: no quotes, brackets and spaces, in which other languages could hide. */
export const EMAIL =
  "^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)+[A-Za-z0-9-]{2,63}$";
export const CIDR = '^(\\d{1,3}\\.){3}\\d{1,3}/\\d{1,2}$';

export const flag = (title: string, standard = false): Schema => ({
  type: 'boolean',
  title,
  description: 'true or false',
  default: standard,
});
export const sentence = (title: string): Schema => ({
  type: 'string',
  title,
  description: 'a sentence of 20 to 500 characters that says why',
  minLength: 20,
  maxLength: 500,
  pattern: ' ',
  examples: ['CloudFront needs the gateway and ends TLS before it.'],
});
