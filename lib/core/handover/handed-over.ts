/** What kind of value stands behind a name. */
export interface HandedOverValue {
  /** As SSM keeps it. */
  readonly type: 'String' | 'StringList';
  /** Where it is published: in the region of the baseline, or in that of the edge. */
  readonly side: 'home' | 'edge';
  /** What it is, in words that messages and pages quote. */
  readonly about: string;
}

const home = (about: string): HandedOverValue => ({ type: 'String', side: 'home', about });
const homeList = (about: string): HandedOverValue => ({ type: 'StringList', side: 'home', about });
const edge = (about: string): HandedOverValue => ({ type: 'String', side: 'edge', about });

/**
 * Everything that a baseline can hand over to the stacks of app teams, by the name below its prefix in SSM.
 *
 * A name is never used for anything else later on: stacks that were deployed read it.
 */
export const HANDED_OVER = {
  'network/vpc-id': home('the network'),
  'network/availability-zones': homeList('the availability zones that have subnets'),
  'network/private-subnet-ids': homeList('its private subnets, one for each availability zone'),
  'network/private-route-table-ids': homeList('the route tables of the private subnets'),
  'network/public-subnet-ids': homeList('its public subnets, one for each availability zone'),
  'network/public-route-table-ids': homeList('the route tables of the public subnets'),
  'network/flow-log-bucket-arn': home('the bucket for flow logs'),
  'network/flow-log-key-arn': home('the key that encrypts flow logs'),
  'certificate/arn': home('the certificate of the point of entry'),
  'certificate/rsa-arn': home('its twin with an RSA key'),
  'alarms/topic-arn': home('the topic for alarms'),
  'alarms/key-arn': home('the key that encrypts alarms'),
  'load-balancer/arn': home('the load balancer'),
  'load-balancer/listener-arn': home('its TLS listener'),
  'load-balancer/security-group-id': home('its security group'),
  'load-balancer/log-bucket-arn': home('the bucket for its logs'),
  'audit/trail-arn': home('the audit trail'),
  'audit/log-bucket-arn': home('the bucket that holds the record'),
  'audit/key-arn': home('the key that encrypts the record'),
  'edge/certificate-arn': edge('the certificate of the distribution'),
  'edge/distribution-id': edge('the distribution'),
  'edge/distribution-domain-name': edge('the name of the distribution in cloudfront.net'),
  'edge/web-acl-arn': edge('the web ACL before the distribution'),
  'edge/log-bucket-arn': edge('the bucket for the logs of the distribution'),
  'edge/log-key-arn': edge('the key that encrypts the logs of the distribution'),
} as const satisfies Record<string, HandedOverValue>;

/** The name of a value that a baseline can hand over, such as `load-balancer/listener-arn`. */
export type HandedOverName = keyof typeof HANDED_OVER;

/** Whether a text is such a name. */
export function isHandedOverName(name: string): name is HandedOverName {
  return Object.hasOwn(HANDED_OVER, name);
}
