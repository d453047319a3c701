import { Aws } from 'aws-cdk-lib';
import type * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { resourcesOf, stackIn } from '../support';
import { apiIn, apiWithRouteIn, functionIn, ORDER } from './support';

const onlyOf = (stack: ReturnType<typeof stackIn>, type: string) => {
  const [only, ...others] = Object.values(resourcesOf(stack, type));
  expect(others).toEqual([]);
  return only?.Properties;
};

describe('a route', () => {
  test('hands requests to a function, which API Gateway may call for that route of the stage alone', () => {
    const stack = stackIn('eu-west-1');
    apiIn(stack).addRoute('GET /orders/{id}', functionIn(stack));
    const permission = onlyOf(stack, 'AWS::Lambda::Permission');
    expect(JSON.stringify(permission.SourceArn)).toContain('/GET/orders/*');
    expect(JSON.stringify(permission.SourceArn)).not.toContain('test-invoke-stage');
  });

  test('looks at bodies of any content type', () => {
    const stack = stackIn('eu-west-1');
    apiIn(stack).addRoute('POST /orders', functionIn(stack), { body: ORDER });
    const method = onlyOf(stack, 'AWS::ApiGateway::Method');
    expect(Object.keys(method.RequestModels)).toEqual(['$default']);
    expect(onlyOf(stack, 'AWS::ApiGateway::RequestValidator')).toMatchObject({
      ValidateRequestBody: true,
      ValidateRequestParameters: true,
    });
    expect(onlyOf(stack, 'AWS::ApiGateway::Model').Schema).toMatchObject({ required: ['amount'] });
  });

  test('asks for parameters', () => {
    const stack = stackIn('eu-west-1');
    const requestParameters = { 'method.request.querystring.page': true };
    apiIn(stack).addRoute('GET /orders', functionIn(stack), { requestParameters });
    expect(onlyOf(stack, 'AWS::ApiGateway::Method').RequestParameters).toEqual(requestParameters);
  });

  test.each<[string, string, { body?: apigateway.JsonSchema }, string]>([
    [
      'a method that is none',
      'FETCH /orders',
      {},
      "Stack/Api: 'route' must name methods as 'GET /orders/{id}', got \"FETCH /orders\", write one of ANY, DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT, a space and the path",
    ],
    [
      'a body of a request that has none',
      'GET /orders',
      { body: ORDER },
      "Stack/Api: 'body' cannot be set for GET /orders, requests by GET have none, leave it out",
    ],
  ])('refuses %s', (_, route, options, message) => {
    const stack = stackIn();
    expect(() => apiIn(stack).addRoute(route, functionIn(stack), options)).toThrow(message);
  });
});

describe('the stage', () => {
  test('logs errors and no data, measures methods, is traced and limited', () => {
    const stack = stackIn('eu-west-1');
    apiWithRouteIn(stack);
    expect(onlyOf(stack, 'AWS::ApiGateway::Stage')).toMatchObject({
      StageName: 'prod',
      TracingEnabled: true,
      MethodSettings: [
        {
          HttpMethod: '*',
          ResourcePath: '/*',
          LoggingLevel: 'ERROR',
          DataTraceEnabled: false,
          MetricsEnabled: true,
          ThrottlingRateLimit: 100,
          ThrottlingBurstLimit: 200,
        },
      ],
    });
  });

  test('takes another name and other limits', () => {
    const stack = stackIn('eu-west-1');
    apiWithRouteIn(stack, { stageName: 'live', throttling: { rateLimit: 500 } });
    expect(onlyOf(stack, 'AWS::ApiGateway::Stage')).toMatchObject({
      StageName: 'live',
      MethodSettings: [{ ThrottlingRateLimit: 500, ThrottlingBurstLimit: 200 }],
    });
  });

  test.each([
    [{ rateLimit: 0 }, "Stack/Api: 'throttling.rateLimit' must be a whole number from 1 to 10000, got 0"],
    [
      { burstLimit: 5001 },
      "Stack/Api: 'throttling.burstLimit' must be a whole number from 1 to 5000, got 5001",
    ],
  ])('refuses %j', (throttling, message) => {
    expect(() => apiIn(stackIn(), { throttling })).toThrow(message);
  });
});

test.each([
  ['a name with a slash', 'live/v1', '"live/v1"'],
  ['one that is not known yet', Aws.STACK_NAME, 'an unresolved value'],
])('a stage takes no %s', (_, stageName, got) => {
  expect(() => apiIn(stackIn(), { stageName })).toThrow(
    `Stack/Api: 'stageName' must be 1 to 128 letters, digits, _ and -, known at synthesis, got ${got}, rename it`,
  );
});

test('the API itself names its TLS policy, which the CDK has no property for, and no output tells its address', () => {
  const stack = stackIn('eu-west-1');
  apiWithRouteIn(stack);
  expect(onlyOf(stack, 'AWS::ApiGateway::RestApi')).toMatchObject({
    SecurityPolicy: 'SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09',
    EndpointAccessMode: 'STRICT',
  });
  expect(stack.node.findAll().filter(({ node }) => node.id === 'Endpoint')).toEqual([]);
});
