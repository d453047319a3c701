import { Duration } from 'aws-cdk-lib';
import { ApiAuthorization, type JwtAuthorizerProps } from '../../../lib/constructs/api';
import { findingsOf } from '../judged';
import { privateApiIn } from '../private-api/support';
import { resourcesOf, stackIn } from '../support';
import { OWN_ENDPOINT, outcomeOf, policyIn } from './calls';
import { jwkOf, PAIRS, setOf } from './runtime/jwt/tokens';
import { apiIn, functionIn } from './support';

const GIVEN: JwtAuthorizerProps = {
  issuer: 'https://login.example.com/',
  audience: ['https://orders.example.com'],
};

const build = (props: Partial<JwtAuthorizerProps> = {}) => {
  const stack = stackIn('eu-west-1');
  const authorization = ApiAuthorization.jwt({ ...GIVEN, ...props });
  apiIn(stack, { authorization }).addRoute('GET /orders', functionIn(stack));
  return stack;
};
const only = (stack: ReturnType<typeof stackIn>, type: string) =>
  Object.values(resourcesOf(stack, type)).map(({ Properties }) => Properties);

test('an API asks the function about each request with a token, and keeps no answer', () => {
  const stack = build();
  expect(only(stack, 'AWS::ApiGateway::Method')).toMatchObject([{ AuthorizationType: 'CUSTOM' }]);
  expect(only(stack, 'AWS::ApiGateway::Authorizer')).toMatchObject([
    {
      Type: 'REQUEST',
      IdentitySource: 'method.request.header.Authorization',
      AuthorizerResultTtlInSeconds: 0,
    },
  ]);
  const [{ Environment }] = only(stack, 'AWS::Lambda::Function') as [
    { Environment: { Variables: Record<string, string> } },
  ];
  expect(JSON.parse(Environment.Variables.JWT_AUTHORIZER_SETTINGS ?? '')).toMatchObject({
    issuer: 'https://login.example.com/',
    jwksUri: 'https://login.example.com/.well-known/jwks.json',
    algorithms: ['RS256', 'ES256'],
    clockToleranceSeconds: 30,
  });
});

test('its alarms go to the topic of the API', () => {
  const names = only(build(), 'AWS::CloudWatch::Alarm').map(({ MetricName }) => MetricName);
  expect(names).toEqual(expect.arrayContaining(['JwtUnavailable', 'JwtKeysNotFetched']));
  const given = only(build({ jwks: setOf(jwkOf(PAIRS.ES256)) }), 'AWS::CloudWatch::Alarm');
  expect(given.map(({ MetricName }) => MetricName)).not.toContain('JwtKeysNotFetched');
});

test('no rule objects to a private API for tokens', () => {
  const stack = stackIn('eu-west-1');
  privateApiIn(stack, { authorization: ApiAuthorization.jwt(GIVEN) });
  expect(findingsOf(stack).filter((finding) => /Tokens/.test(finding))).toEqual([]);
});

test('the resource policy of a private API allows bearers of tokens nothing: the function alone does', async () => {
  const stack = stackIn('eu-west-1');
  privateApiIn(stack, { authorization: ApiAuthorization.jwt(GIVEN) });
  const policy = policyIn(stack, 'AWS::ApiGateway::RestApi', 'Policy');
  expect(await outcomeOf(policy, { endpoint: OWN_ENDPOINT })).not.toBe('Allowed');
  expect(JSON.stringify(policy)).not.toContain('"aws:PrincipalArn":"true"');
});

test.each<[string, Partial<JwtAuthorizerProps>, string]>([
  [
    'http',
    { issuer: 'http://login.example.com/' },
    '\'issuer\' must be an https:// URL, got "http://login.example.com/", use https',
  ],
  [
    'a query',
    { issuer: 'https://login.example.com/?a' },
    "'issuer' must be an https:// URL without credentials, query and fragment, got some, take them out",
  ],
  [
    'no audience',
    { audience: [] },
    "'audience' must be a list of 1 to 20 names, of at most 255 characters each, got 0",
  ],
  [
    'a shared secret',
    { algorithms: ['HS256' as never] },
    '\'algorithms\' must be one of RS256, RS384, RS512, ES256, ES384, ES512, EdDSA, got "HS256"',
  ],
  [
    'two minutes',
    { clockTolerance: Duration.minutes(2) },
    "'clockTolerance' must be whole seconds, from 0 to 60, got 2 minutes",
  ],
  [
    'scopes in one text',
    { scopes: ['a b'] },
    '\'scopes\' must be names without spaces, quotation marks and backslashes, got "a b", name one each',
  ],
  [
    'private keys',
    { jwks: setOf(PAIRS.ES256.privateKey.export({ format: 'jwk' })) },
    'got another: key 1: it has no id (kid), take it out',
  ],
  [
    'keys both ways',
    { jwks: setOf(jwkOf(PAIRS.ES256)), jwksUri: 'https://x.example.com' },
    "'jwksUri' is for keys that are fetched, and 'jwks' holds them, leave out one of both",
  ],
])('%s: refused', (_, props, message) => {
  expect(() => build(props)).toThrow(message);
});
