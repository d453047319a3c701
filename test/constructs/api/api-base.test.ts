import * as iam from 'aws-cdk-lib/aws-iam';
import { GuardedRestApi } from '../../../lib/constructs/api';
import { resourcesOf, stackIn, statementsOf } from '../support';
import { apiWithRouteIn } from './support';

describe('grantInvoke', () => {
  const resourcesFor = (...routes: { method: string; path: string }[]) => {
    const stack = stackIn('eu-west-1');
    const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    apiWithRouteIn(stack, { unvalidatedMethods: {} }).grantInvoke(role, ...routes);
    return JSON.stringify(statementsOf(stack, 'AWS::IAM::Policy'));
  };

  test('allows a method and a path of the stage, and nothing else', () => {
    const text = resourcesFor({ method: 'GET', path: '/orders/{id}' });
    expect(text).toContain('"Action":"execute-api:Invoke"');
    expect(text).toContain('"/GET/orders/*"');
    expect(text).toMatch(/DeploymentStageprod/);
  });

  test('takes ANY for all methods, and several routes', () => {
    const text = resourcesFor({ method: 'ANY', path: '/a' }, { method: 'POST', path: '/b/{proxy+}' });
    expect(text).toContain('"/*/a"');
    expect(text).toContain('"/POST/b/*"');
  });

  test.each<[string, { method: string; path: string }[], string]>([
    [
      'no route',
      [],
      "Stack/Api: 'routes' must name what may be called, got nothing, pass a method and a path: { method: 'GET', path: '/orders/*' }",
    ],
    [
      'a method that HTTP does not have',
      [{ method: 'get', path: '/' }],
      'Stack/Api: \'method\' must be one of ANY, DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT, got "get", use ANY for all of them',
    ],
    [
      'a path without a slash',
      [{ method: 'GET', path: 'orders' }],
      'Stack/Api: \'path\' must begin with a slash, got "orders", write it as /orders/{id}',
    ],
  ])('refuses %s', (_, routes, message) => {
    const stack = stackIn();
    const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    expect(() => apiWithRouteIn(stack).grantInvoke(role, ...routes)).toThrow(message);
  });
});

test('its metrics are those of its stage, by the name of the API', () => {
  const stack = stackIn('eu-west-1');
  const api = apiWithRouteIn(stack, { apiName: 'orders' });
  const [[, { Properties }] = ['', { Properties: {} }]] = Object.entries(
    resourcesOf(stack, 'AWS::ApiGateway::RestApi'),
  );
  expect(Properties.Name).toBe('orders');
  expect([
    api.metricCount(),
    api.metricClientErrors(),
    api.metricServerErrors(),
    api.metricLatency(),
  ]).toMatchObject(
    ['Count', '4XXError', '5XXError', 'Latency'].map((metricName) => ({
      namespace: 'AWS/ApiGateway',
      metricName,
      dimensions: { ApiName: 'orders', Stage: api.stageName },
    })),
  );
});

test('APIs without a name of their own do not share metrics', () => {
  const stack = stackIn();
  const one = apiWithRouteIn(stack);
  const other = new GuardedRestApi(stack, 'Other', {}, { rest: {}, tls: {} });
  expect(one.api.restApiName).toMatch(/^Stack-Api-\w+$/);
  expect(other.api.restApiName).toMatch(/^Stack-Other-\w+$/);
});
