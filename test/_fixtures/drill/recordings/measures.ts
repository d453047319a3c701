import type { Band, Series } from '../alarm-state';
import type { RecordedMetric, Recordings } from '../recording';

const silent = (periods: number): Series => Array<number | null>(periods).fill(null);

/** One measure: what crosses the threshold, and what comes near. */
function measure(
  namespace: string,
  metricName: string,
  fires: Series,
  quiet: Series,
  band?: Band,
): RecordedMetric {
  return { name: `${namespace} ${metricName}`, namespace, metricName, fires, quiet, band };
}

const OWN = 'SecureTransmission';
/** What an anomaly detector has learnt. */
const USUAL = { lower: 0, upper: 5 };

/** What alarms on measures of entry points and functions are tried with: the newest period stands last. */
export const MEASURES: Recordings = {
  metrics: [
    measure('AWS/CloudFront', '5xxErrorRate', [0.1, 1.2, 2, 3], [3, 4, 0.2, 4]),
    measure('AWS/CloudFront', '502ErrorRate', [0.1, 1.2, 2, 3], [3, 4, 0.2, 4]),
    measure('AWS/ApplicationELB', 'ClientTLSNegotiationErrorCount', [0, 6, 8, 7], [9, 0, 4, 7], USUAL),
    measure('AWS/NetworkELB', 'ClientTLSNegotiationErrorCount', [0, 6, 1, 7], [9, 0, 4, 7]),
    measure('AWS/NetworkELB', 'TargetTLSNegotiationErrorCount', [0, 1, 0, 2], [3, 0, 0, 1]),
    measure('AWS/ApplicationELB', 'TargetTLSNegotiationErrorCount', [0, 1, 0, 2], [3, 0, 0, 1]),
    measure('AWS/Lambda', 'Errors', [0, 1], [1, 0]),
    measure('AWS/Lambda', 'Throttles', [1, 2, 1], [2, 0, 2]),
    // Once every six hours, or hour by hour: nothing at all for longer than the alarm looks back.
    measure('AWS/Lambda', 'Invocations', [1, ...silent(10)], [1, ...silent(6)]),
    measure(OWN, 'LowestManualRemainingLifetimeRatio', [0.34, 0.33], [0.4, 0.34]),
    measure(OWN, 'LowestRemainingLifetimeRatio', [0.17, 0.16], [0.3, 0.17]),
    measure(OWN, 'CertificateErrors', [0, 1], [1, 0]),
    measure(OWN, 'CertificatesNotRead', [0, 1], [1, 0]),
    measure(OWN, 'CertificatesAudited', [1, 1, ...silent(4)], [1, null, 1, null]),
    measure(OWN, 'TlsErrors', [0, 1], [1, 0]),
    measure(OWN, 'TlsCertificateLifeLeft', [17, 16], [20, 17]),
    measure(OWN, 'TlsHostsNotTold', [0, 1], [1, 0]),
    measure(OWN, 'PaymentPageFindings', [0, 1], [1, 0]),
    measure(OWN, 'PaymentPagesNotChecked', [0, 1], [1, 0]),
    measure(OWN, 'PaymentPagesChecked', [1, 1, ...silent(4)], [1, null, 1, null]),
    measure('AWS/SQS', 'ApproximateNumberOfMessagesVisible', [0, 1], [1, 0]),
    measure('AWS/Events', 'FailedInvocations', [0, 1], [1, 0]),
    measure('AWS/Events', 'InvocationsFailedToBeSentToDlq', [0, 1], [1, 0]),
    // Percent of requests.
    measure('', 'IF(count >= 20, 100 * clientErrors / count, 0)', [0, 25], [30, 24]),
    measure('', 'IF(count >= 20, 100 * serverErrors / count, 0)', [0, 5], [10, 4]),
    // What failed, ran out of time, or was broken off.
    measure('', 'FILL(failed, 0) + FILL(timedOut, 0) + FILL(aborted, 0)', [0, 1], [1, 0]),
    measure('', 'IF(requests >= 20, 100 * FILL(errors, 0) / requests, 0)', [30, 1, 30], [30, 1, 1]),
  ],
  entries: [
    { name: 'requests that are throttled', entry: { requestId: 'a1b2', status: '429' }, times: 50 },
    { name: 'requests that are not authorised', entry: { requestId: 'a1b2', status: '403' }, times: 20 },
    {
      name: 'signatures that are refused',
      entry: { decision: 'refused', function: 'orders', reason: 'expired' },
      times: 20,
    },
    { name: 'signatures that cannot be verified', entry: { decision: 'unavailable', function: 'orders' } },
    {
      name: 'keys of an issuer of tokens that cannot be fetched',
      entry: { keys: 'not-fetched', problem: 'timeout', function: 'tokens' },
    },
  ],
  harmless: {
    entries: [
      { name: 'requests that are answered', entry: { requestId: 'a1b2', status: '200' }, times: 1000 },
      { name: 'a few that are not authorised', entry: { requestId: 'a1b2', status: '401' }, times: 19 },
      { name: 'signatures that are taken', entry: { decision: 'admitted', function: 'orders' }, times: 1000 },
    ],
  },
};
