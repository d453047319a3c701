import * as iam from 'aws-cdk-lib/aws-iam';
import { PrivateApi, type PrivateApiProps } from '../../../lib/constructs/private-api';
import { TlsProfile } from '../../../lib/core/tls';
import { resourcesOf, stackIn, statementsOf } from '../support';
import { domainIn, privateApiIn } from './support';

const MOVING = 'Callers use names of endpoints until they have moved in March.';

const onlyOf = (stack: ReturnType<typeof stackIn>, type: string) => {
  const [only, ...others] = Object.values(resourcesOf(stack, type));
  expect(others).toEqual([]);
  return only;
};

describe('a private API', () => {
  test('is private, and keeps its default name only without a domain', () => {
    const stack = stackIn('eu-west-1');
    privateApiIn(stack);
    expect(onlyOf(stack, 'AWS::ApiGateway::RestApi')?.Properties).toMatchObject({
      EndpointConfiguration: { Types: ['PRIVATE'], VpcEndpointIds: [{ Ref: expect.any(String) }] },
      DisableExecuteApiEndpoint: false,
    });
  });

  test.each([
    [TlsProfile.TLS_1_2_OR_NEWER, 'SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09'],
    [TlsProfile.TLS_1_3_ONLY, 'SecurityPolicy_TLS13_1_3_2025_09'],
    [TlsProfile.TLS_1_2_OR_NEWER_FIPS, 'SecurityPolicy_TLS13_1_2_FIPS_PFS_PQ_2025_09'],
    [TlsProfile.TLS_1_3_ONLY_FIPS, 'SecurityPolicy_TLS13_1_3_FIPS_2025_09'],
  ])('under the profile %s negotiates by %s, on API and domain', (tlsProfile, policy) => {
    const stack = stackIn('eu-west-1');
    privateApiIn(stack, { tlsProfile, domain: domainIn(stack) });
    for (const type of ['AWS::ApiGateway::RestApi', 'AWS::ApiGateway::DomainNameV2']) {
      expect(onlyOf(stack, type)?.Properties).toMatchObject({
        SecurityPolicy: policy,
        EndpointAccessMode: 'STRICT',
      });
    }
  });

  test('that is moved here compares no names in its first step, for a reason that the template says', () => {
    const stack = stackIn('eu-west-1');
    privateApiIn(stack, { basicAccessReason: MOVING, domain: domainIn(stack) });
    for (const type of ['AWS::ApiGateway::RestApi', 'AWS::ApiGateway::DomainNameV2']) {
      expect(onlyOf(stack, type)).toMatchObject({
        Properties: { EndpointAccessMode: 'BASIC' },
        Metadata: { SecureTransmission: { basicAccess: MOVING } },
      });
    }
  });

  test.each<[string, Partial<PrivateApiProps>, string]>([
    [
      'an organisation that is none',
      { organizationId: 'org-1' },
      "Stack/Orders: 'organizationId' must be 'o-' and 10 to 32 lower-case letters or digits, got \"org-1\", see 'aws organizations describe-organization'",
    ],
    [
      'an account that is none',
      { callerAccounts: ['1234'] },
      'Stack/Orders: \'callerAccounts\' must hold ids of 12 digits, got "1234", correct it',
    ],
    [
      'a reason that is none',
      { basicAccessReason: 'migration' },
      "Stack/Orders: 'basicAccessReason' must be a sentence of 20 to 500 characters",
    ],
  ])('refuses %s', (_, props, message) => {
    expect(() => privateApiIn(stackIn('eu-west-1'), props)).toThrow(message);
  });
});

describe('an API that another stack defines', () => {
  test('lets callers in, in its account and region', () => {
    const stack = stackIn('eu-west-1');
    const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    const api = PrivateApi.fromPrivateApiAttributes(stack, 'Orders', {
      restApiId: 'a1b2c3d4e5',
      stageName: 'live',
      account: '444455556666',
      region: 'eu-central-1',
      domainName: 'orders.example.com',
    });
    api.grantInvoke(role, { method: 'GET', path: '/orders/*' });
    expect(api.domainName).toBe('orders.example.com');
    expect(statementsOf(stack, 'AWS::IAM::Policy')).toEqual([
      {
        Effect: 'Allow',
        Action: 'execute-api:Invoke',
        Resource: 'arn:aws:execute-api:eu-central-1:444455556666:a1b2c3d4e5/live/GET/orders/*',
      },
    ]);
  });

  test('is measured by its name, and by its access log', () => {
    const stack = stackIn('eu-west-1');
    const attributes = { restApiId: 'a1b2c3d4e5' };
    const unnamed = PrivateApi.fromPrivateApiAttributes(stack, 'Unnamed', attributes);
    const named = PrivateApi.fromPrivateApiAttributes(stack, 'Named', { ...attributes, apiName: 'orders' });
    expect(named.metricServerErrors().dimensions).toEqual({ ApiName: 'orders', Stage: 'prod' });
    expect(unnamed.metricThrottles().namespace).toBe('ApiAccess/a1b2c3d4e5');
    expect(unnamed.metricAuthorizationFailures().metricName).toBe('AuthorizationFailures');
    expect(() => unnamed.metricCount()).toThrow(
      "Stack/Unnamed: 'apiName' must be among the attributes of an imported API to measure it, since API Gateway has its metrics by name",
    );
  });

  test('needs an id', () => {
    expect(() => PrivateApi.fromPrivateApiAttributes(stackIn(), 'Orders', { restApiId: '' })).toThrow(
      "Stack/Orders: 'restApiId' must not be empty, it is the first part of the API's execute-api name, name it",
    );
  });
});
