import { Duration } from 'aws-cdk-lib';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import { ApiAuthorization } from '../../../lib/constructs/api';
import { resourcesOf, stackIn } from '../support';
import { apiIn, functionIn } from './support';

const methodsOf = (stack: ReturnType<typeof stackIn>) =>
  Object.values(resourcesOf(stack, 'AWS::ApiGateway::Method')).map(({ Properties }) => Properties);

describe('callers prove who they are', () => {
  test('by tokens of Cognito, with scopes', () => {
    const stack = stackIn('eu-west-1');
    const pool = cognito.UserPool.fromUserPoolId(stack, 'Pool', 'eu-west-1_abcdefghi');
    const authorization = ApiAuthorization.cognito([pool], { scopes: ['orders/read'] });
    apiIn(stack, { authorization }).addRoute('GET /orders', functionIn(stack));
    expect(methodsOf(stack)).toMatchObject([
      { AuthorizationType: 'COGNITO_USER_POOLS', AuthorizationScopes: ['orders/read'] },
    ]);
  });

  test('to a function, which is asked each time and about requests with a proof only', () => {
    const stack = stackIn('eu-west-1');
    const authorization = ApiAuthorization.lambda(functionIn(stack, 'Authorizer'));
    apiIn(stack, { authorization }).addRoute('GET /orders', functionIn(stack));
    expect(methodsOf(stack)).toMatchObject([{ AuthorizationType: 'CUSTOM' }]);
    expect(Object.values(resourcesOf(stack, 'AWS::ApiGateway::Authorizer'))).toMatchObject([
      {
        Properties: {
          Type: 'REQUEST',
          IdentitySource: 'method.request.header.Authorization',
          AuthorizerResultTtlInSeconds: 0,
        },
      },
    ]);
  });

  test('differently on one route; an authorizer is made once for all that ask it', () => {
    const stack = stackIn('eu-west-1');
    const api = apiIn(stack);
    const authorization = ApiAuthorization.lambda(functionIn(stack, 'Authorizer'));
    const target = functionIn(stack);
    api.addRoute('GET /a', target);
    api.addRoute('GET /b', target, { authorization });
    api.addRoute('GET /c', target, { authorization });
    expect(methodsOf(stack).map(({ AuthorizationType }) => AuthorizationType)).toEqual([
      'AWS_IAM',
      'CUSTOM',
      'CUSTOM',
    ]);
    expect(Object.keys(resourcesOf(stack, 'AWS::ApiGateway::Authorizer'))).toHaveLength(1);
  });

  test.each<[string, (stack: ReturnType<typeof stackIn>) => ApiAuthorization, string]>([
    [
      'no user pool',
      () => ApiAuthorization.cognito([]),
      "Stack/Api: 'userPools' must not be empty, name at least one",
    ],
    [
      'a function that is asked about everything',
      (stack) => ApiAuthorization.lambda(functionIn(stack, 'It'), { identitySources: [] }),
      "Stack/Api: 'identitySources' must not be empty, since the function would be asked about requests without any proof, name what it decides by",
    ],
    [
      'answers that are kept for longer than an hour',
      (stack) => ApiAuthorization.lambda(functionIn(stack, 'It'), { cacheTtl: Duration.hours(2) }),
      "Stack/Api: 'cacheTtl' must be at most an hour, which is what API Gateway takes, got 7200 seconds, shorten it",
    ],
  ])('%s is refused', (_, make, message) => {
    const stack = stackIn();
    const api = apiIn(stack, { authorization: make(stack) });
    expect(() => api.addRoute('GET /orders', functionIn(stack))).toThrow(message);
  });
});
