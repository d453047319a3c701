import { AccessLogField } from 'aws-cdk-lib/aws-apigateway';
import {
  API_ACCESS_LOG_FIELDS,
  API_CLIENT_CERTIFICATE_FIELDS,
  apiAccessLogFormat,
} from '../../../lib/constructs/api';
import { resourcesOf, stackIn } from '../support';
import { apiWithRouteIn } from './support';

/**
 * Variables that AWS documents and the CDK has no function for.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-variables-for-access-logging.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-security-policies.html
 */
const DOCUMENTED = [
  '$context.tlsVersion',
  '$context.cipherSuite',
  '$context.error.responseType',
  '$context.identity.vpcId',
  '$context.identity.vpceId',
  '$context.identity.clientCert.issuerDN',
  '$context.integration.latency',
  '$context.integration.requestId',
  '$context.integration.status',
];

const knownToCdk = () =>
  Object.getOwnPropertyNames(AccessLogField)
    // Deprecated; what it gives is documented for the owner of the API.
    .filter((name) => name !== 'contextAccountId')
    .map((name): unknown => Reflect.get(AccessLogField, name))
    .flatMap((make) => {
      if (typeof make !== 'function') return [];
      const text: unknown = make.call(AccessLogField, 'sub');
      return typeof text === 'string' && text.startsWith('$context') ? [text] : [];
    });

describe('the access log', () => {
  const format = () => apiAccessLogFormat().toString();

  test('is one line of JSON for each request, whose values are texts', () => {
    const line = format().replaceAll(/\$context\.[\w.]+/g, '-');
    expect(line).not.toContain('\n');
    expect(Object.values(JSON.parse(line) as object).every((value) => value === '-')).toBe(true);
  });

  test('asks for variables that API Gateway has, since it refuses a stage with others', () => {
    const known = new Set([...DOCUMENTED, ...knownToCdk()]);
    const asked = { ...API_ACCESS_LOG_FIELDS, ...API_CLIENT_CERTIFICATE_FIELDS };
    expect(Object.values(asked).filter((variable) => !known.has(variable))).toEqual([]);
  });

  test.each(['tlsVersion', 'cipherSuite', 'userArn', 'requestId', 'status', 'responseLatency', 'sourceIp'])(
    'says the %s',
    (field) => expect(format()).toContain(`"${field}":"$context.`),
  );

  test.each([
    ['the path as it was sent', '$context.path'],
    ['messages, which repeat query strings and headers of refused signatures', '$context.error.message'],
    ['what an authorizer said', '$context.authorizer.error'],
    ['what an integration said', '$context.integrationErrorMessage'],
    ['values that did not fit a model', '$context.error.validationErrorString'],
    ['headers', '$context.requestOverride.header'],
    ['query strings', 'querystring'],
    ['the header of the user agent', '$context.identity.userAgent'],
    ['API keys', '$context.identity.apiKey"'],
    ['the certificate of the client', 'clientCertPem'],
  ])('holds nothing of %s', (_, variable) => {
    expect(`${format()}${JSON.stringify(API_CLIENT_CERTIFICATE_FIELDS)}`).not.toContain(variable);
  });

  test('goes to a log group that is encrypted and kept for thirteen months, as do errors of the stage', () => {
    const stack = stackIn('eu-west-1');
    apiWithRouteIn(stack);
    const groups = Object.values(resourcesOf(stack, 'AWS::Logs::LogGroup'));
    expect(groups).toHaveLength(2);
    for (const group of groups) {
      expect(group).toMatchObject({
        DeletionPolicy: 'Retain',
        Properties: { KmsKeyId: expect.anything(), RetentionInDays: 400 },
      });
    }
    expect(JSON.stringify(groups)).toContain('API-Gateway_Execution-Logs_');
  });

  test('takes more fields, such as those of client certificates', () => {
    const stack = stackIn('eu-west-1');
    apiWithRouteIn(stack, {}, { accessLogFields: API_CLIENT_CERTIFICATE_FIELDS });
    const [stage] = Object.values(resourcesOf(stack, 'AWS::ApiGateway::Stage'));
    expect(stage?.Properties.AccessLogSetting.Format).toContain(
      '"clientCertificateSubject":"$context.identity.clientCert.subjectDN"',
    );
  });
});
