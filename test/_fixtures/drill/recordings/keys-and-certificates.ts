import { AT_DEPLOYMENT } from '../event-pattern';
import type { RecordedEvent, Recordings } from '../recording';
import { call } from './trail-entry';

const CERTIFICATE = 'arn:aws:acm:eu-west-1:111122223333:certificate/11111111-2222-3333-4444-000000000001';
const KEY = 'arn:aws:kms:eu-west-1:111122223333:key/11111111-2222-3333-4444-555555555555';

/** An event of a service about one resource, with the ids that the documentation uses. */
function event(
  source: string,
  detailType: string,
  detail: object,
  resource?: string,
): RecordedEvent['event'] {
  return {
    version: '0',
    id: '9c95e8e4-96a4-ef3f-b739-b6aa5b193afb',
    'detail-type': detailType,
    source,
    account: '111122223333',
    time: '2026-11-22T10:20:30Z',
    region: 'eu-west-1',
    // Those of an app are known at deployment; samples and tests name some that nobody has.
    resources: resource === undefined ? [AT_DEPLOYMENT, CERTIFICATE, KEY] : [resource],
    detail,
  };
}

/** https://docs.aws.amazon.com/acm/latest/userguide/supported-events.html */
const expiring = (DaysToExpiry: number, resource?: string) =>
  event(
    'aws.acm',
    'ACM Certificate Approaching Expiration',
    { CommonName: 'pay.example.com', DaysToExpiry },
    resource,
  );
const renewal = (resource?: string) =>
  event(
    'aws.acm',
    'ACM Certificate Renewal Action Required',
    {
      CertificateType: 'AMAZON_ISSUED',
      CommonName: 'pay.example.com',
      DomainValidationMethod: 'DNS',
      RenewalStatusReason: 'CAA_ERROR',
      DaysToExpiry: 30,
      InUse: true,
      Exported: false,
    },
    resource,
  );
const health = (service: string, eventTypeCode: string) =>
  event('aws.health', 'AWS Health Event', {
    service,
    eventTypeCode,
    eventTypeCategory: 'accountNotification',
  });

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html */
const keyCall = (eventName: string) =>
  event(
    'aws.kms',
    'AWS API Call via CloudTrail',
    call('kms', eventName, {
      resources: [AT_DEPLOYMENT, KEY].map((ARN) => ({
        accountId: '111122223333',
        type: 'AWS::KMS::Key',
        ARN,
      })),
    }),
  );
/** https://docs.aws.amazon.com/kms/latest/developerguide/kms-events.html */
const keyGone = (resource?: string) =>
  event('aws.kms', 'KMS CMK Deletion', { 'key-id': '1234abcd-12ab-34cd-56ef-1234567890ab' }, resource);

const OTHER_CERTIFICATE = 'arn:aws:acm:eu-west-1:111122223333:certificate/another';
const OTHER_KEY = 'arn:aws:kms:eu-west-1:111122223333:key/another';

/** What alarms and rules on certificates, keys and signed zones are tried with. */
export const KEY_AND_CERTIFICATE_RECORDINGS: Recordings = {
  events: [
    { name: 'a certificate that ends in 30 days', event: expiring(30) },
    { name: 'a certificate that ACM could not renew', event: renewal() },
    { name: 'AWS Health on a renewal', event: health('ACM', 'AWS_ACM_RENEWAL_FAILURE') },
    { name: 'a key that is disabled', event: keyCall('DisableKey') },
    { name: 'a key that is gone', event: keyGone() },
  ],
  metrics: [
    {
      name: 'days to the end of a certificate',
      namespace: 'AWS/CertificateManager',
      metricName: 'DaysToExpiry',
      fires: [32, 31, 30],
      quiet: [45, 44, 31],
    },
    {
      name: 'keys of a zone that need action',
      namespace: 'AWS/Route53',
      metricName: 'DNSSECKeySigningKeysNeedingAction',
      fires: [0, 0, 1],
      quiet: [1, 0, 0],
    },
    {
      name: 'a zone that cannot be signed',
      namespace: 'AWS/Route53',
      metricName: 'DNSSECInternalFailure',
      fires: [0, 0, 1],
      quiet: [1, 0, 0],
    },
  ],
  harmless: {
    events: [
      { name: 'a certificate that ends in 45 days', event: expiring(45) },
      { name: 'a certificate of somebody else that ends', event: expiring(1, OTHER_CERTIFICATE) },
      { name: 'a certificate of somebody else that ACM could not renew', event: renewal(OTHER_CERTIFICATE) },
      { name: 'AWS Health on another service', event: health('EC2', 'AWS_EC2_INSTANCE_ISSUE') },
      { name: 'AWS Health on a renewal that worked', event: health('ACM', 'AWS_ACM_RENEWAL_SUCCESS') },
      { name: 'a key that is described', event: keyCall('DescribeKey') },
      { name: 'a key of somebody else that is gone', event: keyGone(OTHER_KEY) },
    ],
  },
};
