import { API_ACCESS_LOG_FIELDS } from '../../../../lib/constructs/api';
import type { Recordings } from '../recording';

/** A line of the access log of an API, as API Gateway writes it: each field a text, `-` where there is nothing. */
function line(more: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const nothing = Object.keys(API_ACCESS_LOG_FIELDS).map((field) => [field, '-'] as const);
  return {
    ...Object.fromEntries(nothing),
    requestId: '11111111-2222-3333-4444-555555555555',
    requestTime: '22/Nov/2026:10:20:30 +0000',
    protocol: 'HTTP/1.1',
    tlsVersion: 'TLSv1.3',
    cipherSuite: 'TLS_AES_128_GCM_SHA256',
    httpMethod: 'GET',
    resourcePath: '/orders/{id}',
    stage: 'prod',
    ...more,
  };
}

/** What fires the alarms of an API, over five minutes. */
export const API_RECORDINGS: Recordings = {
  entries: [
    {
      name: 'fifty requests beyond the limit',
      entry: line({ status: '429', errorResponseType: 'THROTTLED' }),
      times: 50,
    },
    {
      name: 'twenty without a signature',
      entry: line({ status: '403', errorResponseType: 'MISSING_AUTHENTICATION_TOKEN' }),
      times: 20,
    },
    {
      name: 'twenty with an old token',
      entry: line({ status: '401', errorResponseType: 'UNAUTHORIZED' }),
      times: 20,
    },
  ],
  metrics: [
    {
      name: 'a third is wrong',
      namespace: '',
      metricName: 'IF(count >= 20, 100 * clientErrors / count, 0)',
      fires: [33],
      quiet: [24],
    },
    {
      name: 'one of twenty fails',
      namespace: '',
      metricName: 'IF(count >= 20, 100 * serverErrors / count, 0)',
      fires: [5],
      quiet: [4],
    },
  ],
  harmless: {
    entries: [
      { name: 'many answers', entry: line({ status: '200', responseLength: '429' }), times: 10_000 },
      { name: 'orders that are not there', entry: line({ status: '404' }), times: 10_000 },
      { name: 'some requests beyond the limit', entry: line({ status: '429' }), times: 49 },
      { name: 'some without a signature', entry: line({ status: '403' }), times: 19 },
    ],
  },
};
