import { API_ACCESS_LOG_FIELDS, API_CLIENT_CERTIFICATE_FIELDS } from '../api';

/**
 * The fields that access logs of HTTP APIs have too. TLS version and cipher suite are not among them: only REST APIs
 * tell those.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html
 */
const SHARED_FIELDS = [
  'requestId',
  'requestTime',
  'requestTimeEpoch',
  'accountId',
  'apiId',
  'stage',
  'domainName',
  'protocol',
  'httpMethod',
  'status',
  'responseLength',
  'responseLatency',
  'integrationStatus',
  'integrationLatency',
  'integrationRequestId',
  'errorResponseType',
  'sourceIp',
  'callerAccountId',
  'caller',
  'userArn',
  'principalOrgId',
  'authorizerSubject',
];

/** What is asked for in one line of the access log of an HTTP API. */
export const HTTP_ACCESS_LOG_FIELDS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    Object.entries(API_ACCESS_LOG_FIELDS).filter(([name]) => SHARED_FIELDS.includes(name)),
  ),
  routeKey: '$context.routeKey',
  ...API_CLIENT_CERTIFICATE_FIELDS,
};
