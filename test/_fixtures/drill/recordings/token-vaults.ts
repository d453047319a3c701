import { AT_DEPLOYMENT } from '../event-pattern';
import type { RecordedEvent, Recordings } from '../recording';
import { call } from './trail-entry';

const OTHER_KEY = 'arn:aws:kms:eu-west-1:111122223333:key/another';

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html */
const called = (
  service: string,
  eventName: string,
  more: Readonly<Record<string, unknown>>,
): RecordedEvent['event'] => ({
  version: '0',
  id: '9c95e8e4-96a4-ef3f-b739-b6aa5b193afb',
  'detail-type': 'AWS API Call via CloudTrail',
  source: `aws.${service}`,
  account: '111122223333',
  time: '2026-11-22T10:20:30Z',
  region: 'eu-west-1',
  resources: [],
  detail: call(service, eventName, more),
});

/** https://docs.aws.amazon.com/kms/latest/developerguide/ct-put-key-policy.html */
const onKey = (eventName: string, ARN: string = AT_DEPLOYMENT, more: object = {}) =>
  called('kms', eventName, {
    resources: [{ accountId: '111122223333', type: 'AWS::KMS::Key', ARN }],
    ...more,
  });

/** https://docs.aws.amazon.com/lambda/latest/dg/logging-using-cloudtrail.html: the version of the API is in the name */
const onFunction = (eventName: string, functionName: string = AT_DEPLOYMENT) =>
  called('lambda', eventName, { requestParameters: { functionName } });

const OWN = 'SecureTransmission';
const TRIED = (least: number) => `IF(asked >= ${least} AND 10 * FILL(made, 0) < asked, asked, 0)`;

/** What alarms and rules on a token vault are tried with. */
export const VAULT_RECORDINGS: Recordings = {
  events: [
    { name: 'a policy of a key of a vault that is changed', event: onKey('PutKeyPolicy') },
    { name: 'code of a vault that is changed', event: onFunction('UpdateFunctionCode20150331v2') },
  ],
  metrics: [
    {
      name: 'reveals of a grantee',
      namespace: OWN,
      metricName: 'Revealed',
      fires: [3, 100],
      quiet: [100, 19],
    },
    { name: 'key errors of a vault', namespace: OWN, metricName: 'KeyErrors', fires: [0, 1], quiet: [1, 0] },
    {
      name: 'a canary token that is revealed',
      namespace: OWN,
      metricName: 'CanaryRevealed',
      fires: [null, 1],
      quiet: [1, 0],
    },
    {
      name: 'values that are tried',
      namespace: '',
      metricName: TRIED(100),
      fires: [0, 100],
      quiet: [100, 0],
    },
    {
      name: 'many values that are tried',
      namespace: '',
      metricName: TRIED(500),
      fires: [0, 500],
      quiet: [500, 0],
    },
  ],
  harmless: {
    events: [
      { name: 'a policy of another key that is changed', event: onKey('PutKeyPolicy', OTHER_KEY) },
      { name: 'a policy of a key that is read', event: onKey('GetKeyPolicy') },
      {
        name: 'a policy of a key that was not changed',
        event: onKey('PutKeyPolicy', AT_DEPLOYMENT, { errorCode: 'AccessDenied' }),
      },
      {
        name: 'code of another function that is changed',
        event: onFunction('UpdateFunctionCode20150331v2', 'orders'),
      },
      { name: 'a configuration that is read', event: onFunction('GetFunctionConfiguration20150331v2') },
    ],
  },
};
