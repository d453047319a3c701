import { Stack } from 'aws-cdk-lib';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as iam from 'aws-cdk-lib/aws-iam';
import { ApiAuthorization } from '../../../lib/constructs/api';
import type { PrivateApi, PrivateApiProps } from '../../../lib/constructs/private-api';
import {
  ANY_CALL,
  type Call,
  iamPoliciesOf,
  OTHER,
  OWN,
  OWN_ENDPOINT,
  outcomeOf,
  policyIn,
} from '../api/calls';
import { functionIn, ORDER } from '../api/support';
import { stackIn } from '../support';
import { domainIn, importedEndpointIn, ORGANIZATION, privateApiIn } from './support';

const REST_API = 'AWS::ApiGateway::RestApi';
const ELSEWHERE = 'vpce-0fedcba9876543210';

const roleOf = (account: string) => `arn:aws:iam::${account}:role/caller`;
const sessionOf = (account: string) => `arn:aws:sts::${account}:assumed-role/caller/session`;

function define(props: Partial<PrivateApiProps> = {}, add = (_: PrivateApi) => {}) {
  const stack = stackIn('eu-west-1');
  const api = privateApiIn(stack, { endpoints: [importedEndpointIn(stack, OWN_ENDPOINT)], ...props });
  add(api);
  return stack;
}

const policyOf = (...given: Parameters<typeof define>) => policyIn(define(...given), REST_API, 'Policy');

/** By the endpoint of the API, with an IAM policy for everything, unless said otherwise. */
const call = (given: Call): Call => ({
  endpoint: OWN_ENDPOINT,
  iamPolicies: given.principal === undefined ? [] : [ANY_CALL],
  ...given,
});

describe('a call that is signed is answered', () => {
  const named = { callerAccounts: [OTHER] };
  const organized = { organizationId: ORGANIZATION };
  test.each<[string, Partial<PrivateApiProps>, Call, string]>([
    ['an own role', {}, { principal: roleOf(OWN) }, 'Allowed'],
    ['a session of an own role', {}, { principal: sessionOf(OWN) }, 'Allowed'],
    [
      'an own role without an IAM policy',
      {},
      { principal: roleOf(OWN), iamPolicies: [] },
      'ImplicitlyDenied',
    ],
    [
      'a session of an own role without an IAM policy',
      {},
      { principal: sessionOf(OWN), iamPolicies: [] },
      'ImplicitlyDenied',
    ],
    [
      'an own role without an IAM policy, in an organisation that is named',
      organized,
      { principal: roleOf(OWN), organization: ORGANIZATION, iamPolicies: [] },
      'ImplicitlyDenied',
    ],
    [
      'an own role by another endpoint',
      {},
      { principal: roleOf(OWN), endpoint: ELSEWHERE },
      'ExplicitlyDenied',
    ],
    ['an own role by no endpoint', {}, { principal: roleOf(OWN), endpoint: undefined }, 'ExplicitlyDenied'],
    [
      'the root user by another endpoint',
      {},
      { principal: `arn:aws:iam::${OWN}:root`, endpoint: ELSEWHERE },
      'ExplicitlyDenied',
    ],
    ['another account', {}, { principal: roleOf(OTHER) }, 'ImplicitlyDenied'],
    ['the root user of another account', {}, { principal: `arn:aws:iam::${OTHER}:root` }, 'ImplicitlyDenied'],
    ['another account that is named', named, { principal: roleOf(OTHER) }, 'Allowed'],
    [
      'another account that is named, without an IAM policy there',
      named,
      { principal: roleOf(OTHER), iamPolicies: [] },
      'ImplicitlyDenied',
    ],
    [
      'another account that is named, by another endpoint',
      named,
      { principal: roleOf(OTHER), endpoint: ELSEWHERE },
      'ExplicitlyDenied',
    ],
    [
      'another account of the organisation',
      organized,
      { principal: sessionOf(OTHER), organization: ORGANIZATION },
      'Allowed',
    ],
    [
      'another account of the organisation without an IAM policy there',
      organized,
      { principal: sessionOf(OTHER), organization: ORGANIZATION, iamPolicies: [] },
      'ImplicitlyDenied',
    ],
    [
      'an own role in the organisation',
      organized,
      { principal: roleOf(OWN), organization: ORGANIZATION },
      'Allowed',
    ],
    [
      'an own role, once the account left the organisation',
      organized,
      { principal: roleOf(OWN) },
      'ExplicitlyDenied',
    ],
    [
      'an account of another organisation, even one that is named',
      { ...named, ...organized },
      { principal: roleOf(OTHER), organization: 'o-zzzzzzzzzz' },
      'ExplicitlyDenied',
    ],
    [
      'an account of no organisation, even one that is named',
      { ...named, ...organized },
      { principal: roleOf(OTHER) },
      'ExplicitlyDenied',
    ],
    [
      'an endpoint of another account that is named',
      { endpointIdsOfOtherAccounts: [ELSEWHERE] },
      { principal: roleOf(OWN), endpoint: ELSEWHERE },
      'Allowed',
    ],
  ])('%s: %#', async (_, props, given, outcome) => {
    expect(await outcomeOf(policyOf(props), call(given))).toBe(outcome);
  });

  test('as grantInvoke says: by its method, below its path, on its stage, and nowhere else', async () => {
    const stack = define({}, (api) => {
      const role = new iam.Role(api.api.stack, 'Caller', { assumedBy: new iam.AccountRootPrincipal() });
      api.grantInvoke(
        role,
        { method: 'GET', path: '/orders/*' },
        { method: 'POST', path: '/orders/{id}/lines' },
      );
    });
    const policy = policyIn(stack, REST_API, 'Policy');
    const iamPolicies = iamPoliciesOf(stack, 'Caller');
    expect(iamPolicies).toHaveLength(1);
    const outcome = (route: string, more: Partial<Call> = {}) =>
      outcomeOf(policy, call({ principal: roleOf(OWN), iamPolicies, route, ...more }));
    expect(await outcome('GET/orders/1')).toBe('Allowed');
    expect(await outcome('POST/orders/1/lines')).toBe('Allowed');
    for (const route of ['GET/orders', 'POST/orders/1', 'DELETE/orders/1', 'GET/ordersX/1']) {
      expect([route, await outcome(route)]).toEqual([route, 'ImplicitlyDenied']);
    }
    expect(await outcome('GET/orders/1', { stage: 'test-invoke-stage' })).toBe('ImplicitlyDenied');
    expect(await outcome('GET/orders/1', { stage: 'prod2' })).toBe('ImplicitlyDenied');
    expect(await outcome('GET/orders/1', { endpoint: ELSEWHERE })).toBe('ExplicitlyDenied');
  });
});

/** Before it asks an authorizer, API Gateway looks for a Deny alone; without one, the authorizer decides. */
describe('a call that nobody signed', () => {
  const reason = 'The load balancer of the monitoring account asks whether the API is up.';
  const withCognito = (api: PrivateApi) => {
    const pool = cognito.UserPool.fromUserPoolId(api, 'Pool', 'eu-west-1_abcdefghi');
    const authorization = ApiAuthorization.cognito([pool]);
    api.addRoute('POST /orders', functionIn(Stack.of(api), 'Add'), { authorization, body: ORDER });
  };
  const withLambda = (api: PrivateApi) => {
    const authorization = ApiAuthorization.lambda(functionIn(Stack.of(api), 'Authorizer'));
    api.addRoute('POST /orders', functionIn(Stack.of(api), 'Add'), { authorization, body: ORDER });
  };

  test('is let in to no method that asks for signatures', async () => {
    for (const props of [{}, { organizationId: ORGANIZATION }, { callerAccounts: [OTHER] }]) {
      expect(await outcomeOf(policyOf(props), call({}))).toBe('ImplicitlyDenied');
    }
  });

  test.each([undefined, ELSEWHERE])(
    'by the endpoint %s is denied, whatever a method asks for',
    async (endpoint) => {
      const openMethods = { 'GET /health': reason };
      const policy = policyOf({ openMethods, organizationId: ORGANIZATION }, (api) => {
        api.api.root.addResource('health').addMethod('GET');
        withCognito(api);
      });
      for (const route of ['GET/orders/1', 'POST/orders', 'GET/health']) {
        expect([route, await outcomeOf(policy, { endpoint, route })]).toEqual([route, 'ExplicitlyDenied']);
      }
    },
  );

  test('gets to a route for tokens of Cognito, and to no other', async () => {
    const policy = policyOf({ organizationId: ORGANIZATION }, withCognito);
    expect(await outcomeOf(policy, call({ route: 'POST/orders' }))).toBe('Allowed');
    for (const route of ['GET/orders/1', 'POST/orders/1', 'PUT/orders']) {
      expect([route, await outcomeOf(policy, call({ route }))]).toEqual([route, 'ImplicitlyDenied']);
    }
  });

  test('opens no way for signatures to a route for tokens of Cognito', async () => {
    const policy = policyOf({}, withCognito);
    const principal = roleOf(OWN);
    expect(await outcomeOf(policy, call({ route: 'POST/orders', principal, iamPolicies: [] }))).toBe(
      'ImplicitlyDenied',
    );
    expect(await outcomeOf(policy, call({ route: 'POST/orders', principal: roleOf(OTHER) }))).toBe(
      'ImplicitlyDenied',
    );
  });

  test('is allowed nothing beside a Lambda authorizer, whose silence that would turn into yes', async () => {
    expect(await outcomeOf(policyOf({}, withLambda), call({ route: 'POST/orders' }))).toBe(
      'ImplicitlyDenied',
    );
  });

  test('gets to an open method, and to no other', async () => {
    const policy = policyOf({ openMethods: { 'GET /health': reason } }, (api) => {
      api.api.root.addResource('health').addMethod('GET');
    });
    expect(await outcomeOf(policy, call({ route: 'GET/health' }))).toBe('Allowed');
    expect(await outcomeOf(policy, call({ route: 'GET/healthy' }))).toBe('ImplicitlyDenied');
    expect(await outcomeOf(policy, call({ route: 'GET/health', stage: 'other' }))).toBe('ImplicitlyDenied');
  });
});

describe('the domain', () => {
  const domainPolicy = () => {
    const stack = stackIn('eu-west-1');
    const endpoints = [importedEndpointIn(stack, OWN_ENDPOINT)];
    const domain = { ...domainIn(stack), hostedZone: undefined };
    privateApiIn(stack, { endpoints, domain, organizationId: ORGANIZATION });
    return policyIn(stack, 'AWS::ApiGateway::DomainNameV2', 'Policy');
  };

  test.each<[string, Call, string]>([
    ['a member of the organisation', { principal: roleOf(OTHER), organization: ORGANIZATION }, 'Allowed'],
    ['nobody, whom the API asks', {}, 'Allowed'],
    ['an outsider', { principal: roleOf(OTHER), organization: 'o-zzzzzzzzzz' }, 'ExplicitlyDenied'],
    ['an account of no organisation', { principal: roleOf(OTHER) }, 'ExplicitlyDenied'],
    ['nobody by another endpoint', { endpoint: ELSEWHERE }, 'ExplicitlyDenied'],
    ['nobody by no endpoint', { endpoint: undefined }, 'ExplicitlyDenied'],
  ])('answers %s: %#', async (_, given, outcome) => {
    expect(await outcomeOf(domainPolicy(), call(given))).toBe(outcome);
  });
});

describe('the endpoint', () => {
  const domains = `arn:aws:execute-api:eu-west-1:${OWN}:/domainnames`;
  const through = (domain: string, account = OWN) => ({
    keys: { 'execute-api:viaDomainArn': `${domains.replace(OWN, account)}/${domain}` },
  });

  async function outcome(hasDomain: boolean, given: Call) {
    const stack = stackIn('eu-west-1');
    privateApiIn(stack, hasDomain ? { domain: domainIn(stack) } : {});
    const endpointPolicy = policyIn(stack, 'AWS::EC2::VPCEndpoint', 'PolicyDocument');
    const policy = policyIn(stack, REST_API, 'Policy');
    // The evaluator takes the id of an API for a type of resource, for which IAM takes no wildcard elsewhere.
    const text = JSON.stringify(endpointPolicy).replace(`:${OWN}:*/`, `:${OWN}:a1b2c3d4e5/`);
    return outcomeOf(policy, call({ principal: roleOf(OWN), endpointPolicy: JSON.parse(text), ...given }));
  }

  test.each<[string, Call, string]>([
    ['the domain of the API', through('orders.example.com+a1b2c3'), 'Allowed'],
    ['no domain', {}, 'ImplicitlyDenied'],
    ['another domain', through('others.example.com+a1b2c3'), 'ImplicitlyDenied'],
    ['a domain whose name goes on', through('orders.example.com.evil.example+a1b2c3'), 'ImplicitlyDenied'],
    [
      'a domain of that name in another account',
      through('orders.example.com+a1b2c3', OTHER),
      'ImplicitlyDenied',
    ],
  ])('leads by %s: %#', async (_, given, expected) => {
    expect(await outcome(true, given)).toBe(expected);
  });

  test('leads to the stage alone, where there is no domain', async () => {
    expect(await outcome(false, {})).toBe('Allowed');
    expect(await outcome(false, { stage: 'other' })).toBe('ImplicitlyDenied');
    expect(await outcome(false, { stage: 'prod2' })).toBe('ImplicitlyDenied');
  });
});
