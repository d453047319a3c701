import * as cognito from 'aws-cdk-lib/aws-cognito';
import { ApiAuthorization, type RestApiCommonProps } from '../../../lib/constructs/api';
import type { PrivateApiProps } from '../../../lib/constructs/private-api';
import { functionIn, ORDER } from '../api/support';
import { resourcesOf, stackIn } from '../support';
import { importedEndpointIn, ORGANIZATION, privateApiIn } from './support';

const OWN = '111122223333';
const ENDPOINT = 'vpce-0123456789abcdef0';

interface Statement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal: '*' | { readonly AWS: string | readonly string[] };
  readonly Resource: string;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** A call, with the condition keys that AWS has of it: a caller without a signature has none of a principal. */
interface Call {
  readonly route?: string;
  readonly keys: Readonly<Record<string, string>>;
}

const principal = (account: string, organization?: string) => ({
  'aws:SourceVpce': ENDPOINT,
  'aws:PrincipalArn': `arn:aws:iam::${account}:role/caller`,
  'aws:PrincipalAccount': account,
  ...(organization === undefined ? {} : { 'aws:PrincipalOrgID': organization }),
});

/**
 * What the statements say of a call, by the documented rules: each condition must hold, a negated one holds of a key
 * that is absent, `Null` asks whether a key is absent, a Deny wins.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
function verdictOf(statements: readonly Statement[], call: Call): 'Allow' | 'Deny' | 'neither' {
  const said = statements.filter((statement) => applies(statement, call)).map(({ Effect }) => Effect);
  if (said.includes('Deny')) return 'Deny';
  return said.includes('Allow') ? 'Allow' : 'neither';
}

function applies(
  { Principal, Resource, Condition = {} }: Statement,
  { keys, route = 'prod/GET/orders/1' }: Call,
) {
  const pattern = new RegExp(`^${Resource.replaceAll('*', '.*')}$`);
  if (!pattern.test(`execute-api:/${route}`)) return false;
  const account = keys['aws:PrincipalAccount'];
  if (Principal !== '*') {
    const roots = [Principal.AWS].flat();
    if (!roots.some((root) => account !== undefined && root === `arn:aws:iam::${account}:root`)) return false;
  }
  return Object.entries(Condition).every(([operator, tests]) =>
    Object.entries(tests).every(([key, wanted]) => {
      const value = keys[key];
      if (operator === 'Null') return String(value === undefined) === wanted;
      const isIn = value !== undefined && [wanted].flat().includes(value);
      if (operator === 'StringEquals') return isIn;
      if (operator === 'StringNotEquals') return !isIn;
      throw new Error(`no such operator here: ${operator}`);
    }),
  );
}

function policiesOf(
  props: Partial<PrivateApiProps> & RestApiCommonProps = {},
  add = (_: ReturnType<typeof privateApiIn>) => {},
) {
  const stack = stackIn('eu-west-1');
  const api = privateApiIn(stack, { endpoints: [importedEndpointIn(stack)], ...props });
  add(api);
  const [rest] = Object.values(resourcesOf(stack, 'AWS::ApiGateway::RestApi'));
  const text = JSON.stringify(rest?.Properties.Policy.Statement)
    // The account of the stack is known at deployment only.
    .replaceAll(
      '{"Fn::Join":["",["arn:aws:iam::",{"Ref":"AWS::AccountId"},":root"]]}',
      `"arn:aws:iam::${OWN}:root"`,
    )
    .replaceAll('{"Ref":"AWS::AccountId"}', `"${OWN}"`);
  return JSON.parse(text) as Statement[];
}

describe('the resource policy', () => {
  test.each<[string, Partial<PrivateApiProps>, Call, 'Allow' | 'Deny' | 'neither']>([
    ['an own principal by the endpoint', {}, { keys: principal(OWN) }, 'Allow'],
    [
      'an own principal by another endpoint',
      {},
      { keys: { ...principal(OWN), 'aws:SourceVpce': 'vpce-0fedcba9876543210' } },
      'Deny',
    ],
    ['a call that comes by no endpoint', {}, { keys: {} }, 'Deny'],
    ['nobody by the endpoint', {}, { keys: { 'aws:SourceVpce': ENDPOINT } }, 'neither'],
    ['another account', {}, { keys: principal('444455556666') }, 'neither'],
    [
      'another account that is named',
      { callerAccounts: ['444455556666'] },
      { keys: principal('444455556666') },
      'Allow',
    ],
    [
      'another account of the organisation',
      { organizationId: ORGANIZATION },
      { keys: principal('444455556666', ORGANIZATION) },
      'Allow',
    ],
    [
      'an own principal of the organisation',
      { organizationId: ORGANIZATION },
      { keys: principal(OWN, ORGANIZATION) },
      'Allow',
    ],
    [
      'an account of another organisation, even one that is named',
      { organizationId: ORGANIZATION, callerAccounts: ['444455556666'] },
      { keys: principal('444455556666', 'o-zzzzzzzzzz') },
      'Deny',
    ],
    [
      'an account of no organisation',
      { organizationId: ORGANIZATION, callerAccounts: ['444455556666'] },
      { keys: principal('444455556666') },
      'Deny',
    ],
    [
      'nobody, who belongs to no organisation: an authorizer decides',
      { organizationId: ORGANIZATION },
      { keys: { 'aws:SourceVpce': ENDPOINT } },
      'neither',
    ],
    [
      'an endpoint of another account that is named',
      { endpointIdsOfOtherAccounts: ['vpce-0fedcba9876543210'] },
      { keys: { ...principal(OWN), 'aws:SourceVpce': 'vpce-0fedcba9876543210' } },
      'Allow',
    ],
  ])('%s: %#', (_, props, call, verdict) => {
    expect(verdictOf(policiesOf(props), call)).toBe(verdict);
  });

  test('allows nobody by a star alone: principals of the account would need no IAM policy then', () => {
    const everybody = policiesOf({ organizationId: ORGANIZATION }).filter(
      ({ Effect, Principal, Condition }) =>
        Effect === 'Allow' && Principal === '*' && Condition === undefined,
    );
    expect(everybody).toEqual([]);
  });

  test('lets bearers of Cognito tokens through to their route, and to no other', () => {
    const statements = policiesOf({ organizationId: ORGANIZATION }, (api) => {
      const pool = cognito.UserPool.fromUserPoolId(api, 'Pool', 'eu-west-1_abcdefghi');
      const authorization = ApiAuthorization.cognito([pool]);
      api.addRoute('POST /orders', functionIn(api.api.stack, 'Add'), { authorization, body: ORDER });
    });
    const keys = { 'aws:SourceVpce': ENDPOINT };
    expect(verdictOf(statements, { keys, route: 'prod/POST/orders' })).toBe('Allow');
    expect(verdictOf(statements, { keys, route: 'prod/GET/orders/1' })).toBe('neither');
    expect(verdictOf(statements, { keys: { 'aws:SourceVpce': 'vpce-1' }, route: 'prod/POST/orders' })).toBe(
      'Deny',
    );
  });

  test('allows nothing beside a Lambda authorizer, whose silence it would turn into yes', () => {
    const statements = policiesOf({}, (api) => {
      const authorization = ApiAuthorization.lambda(functionIn(api.api.stack, 'Authorizer'));
      api.addRoute('POST /orders', functionIn(api.api.stack, 'Add'), { authorization, body: ORDER });
    });
    expect(verdictOf(statements, { keys: { 'aws:SourceVpce': ENDPOINT }, route: 'prod/POST/orders' })).toBe(
      'neither',
    );
  });

  test('lets anybody in the network through to an open method', () => {
    const reason = 'The load balancer of the monitoring account asks whether the API is up.';
    const statements = policiesOf({ openMethods: { 'GET /health': reason } }, (api) => {
      api.api.root.addResource('health').addMethod('GET');
    });
    expect(verdictOf(statements, { keys: { 'aws:SourceVpce': ENDPOINT }, route: 'prod/GET/health' })).toBe(
      'Allow',
    );
    expect(verdictOf(statements, { keys: {}, route: 'prod/GET/health' })).toBe('Deny');
  });
});
