import { fullDiff, ResourceImpact } from '@aws-cdk/cloudformation-diff';
import { ApiAuthorization } from '../../../lib/constructs/api';
import type { PrivateApi, PrivateApiProps } from '../../../lib/constructs/private-api';
import { TlsProfile } from '../../../lib/core/tls';
import { functionIn, ORDER } from '../api/support';
import { rendered, stackIn } from '../support';
import { domainIn, ORGANIZATION, privateApiIn } from './support';

const MOVING = 'Callers use names of endpoints until they have moved in March.';

type Stack = ReturnType<typeof stackIn>;
type Make = (stack: Stack) => Partial<PrivateApiProps>;

const withDomain: Make = (stack) => ({ domain: domainIn(stack) });

function templateOf(props: Make, add: (api: PrivateApi, stack: Stack) => unknown = () => {}) {
  const stack = stackIn('eu-west-1');
  add(privateApiIn(stack, props(stack)), stack);
  return rendered(stack).toJSON();
}

/** What an update takes the place of, or away; a deployment of an API is a new one each time by design. */
function lost(before: object, after: object): string[] {
  const { WILL_REPLACE, MAY_REPLACE, WILL_DESTROY, WILL_ORPHAN } = ResourceImpact;
  const losses = [WILL_REPLACE, MAY_REPLACE, WILL_DESTROY, WILL_ORPHAN];
  const found: string[] = [];
  fullDiff({ ...before }, { ...after }).resources.forEachDifference((_, change) => {
    const type = change.newResourceType ?? change.oldResourceType ?? '';
    if (losses.includes(change.changeImpact) && type !== 'AWS::ApiGateway::Deployment') found.push(type);
  });
  return found.sort();
}

describe('an update replaces nothing', () => {
  test.each<[string, Make, Make]>([
    [
      'the second step of a move, from BASIC to STRICT',
      (stack) => ({ ...withDomain(stack), basicAccessReason: MOVING }),
      withDomain,
    ],
    ['a domain', () => ({}), withDomain],
    ['an organisation', withDomain, (stack) => ({ ...withDomain(stack), organizationId: ORGANIZATION })],
    ['accounts', withDomain, (stack) => ({ ...withDomain(stack), callerAccounts: ['444455556666'] })],
    [
      'endpoints of other accounts',
      withDomain,
      (stack) => ({ ...withDomain(stack), endpointIdsOfOtherAccounts: ['vpce-0fedcba9876543210'] }),
    ],
    ['limits', withDomain, (stack) => ({ ...withDomain(stack), throttling: { rateLimit: 500 } })],
    ['a name', withDomain, (stack) => ({ ...withDomain(stack), apiName: 'orders' })],
    ['the TLS profile without a domain', () => ({}), () => ({ tlsProfile: TlsProfile.TLS_1_3_ONLY })],
  ])('that brings %s', (_, before, after) => {
    expect(lost(templateOf(before), templateOf(after))).toEqual([]);
  });

  test('that brings a route, and one with another authorization', () => {
    const after = templateOf(withDomain, (api, stack) => {
      api.addRoute('POST /orders', functionIn(stack, 'Add'), {
        body: ORDER,
        authorization: ApiAuthorization.lambda(functionIn(stack, 'Authorizer')),
      });
    });
    expect(lost(templateOf(withDomain), after)).toEqual([]);
  });
});

describe('as the documentation says', () => {
  test('another TLS profile replaces the domain and what hangs on it, and not the API', () => {
    const after: Make = (stack) => ({ ...withDomain(stack), tlsProfile: TlsProfile.TLS_1_3_ONLY });
    expect(lost(templateOf(withDomain), templateOf(after))).toEqual([
      'AWS::ApiGateway::BasePathMappingV2',
      'AWS::ApiGateway::DomainNameAccessAssociation',
      'AWS::ApiGateway::DomainNameV2',
    ]);
  });

  test('another stage name replaces the stage', () => {
    const after: Make = () => ({ stageName: 'live' });
    expect(
      lost(
        templateOf(() => ({})),
        templateOf(after),
      ),
    ).toContain('AWS::ApiGateway::Stage');
  });

  test('a change of the resource policy makes a new deployment, without which it would not hold', () => {
    const deployments = (template: { Resources: Record<string, { Type: string }> }) =>
      Object.keys(template.Resources).filter(
        (id) => template.Resources[id]?.Type === 'AWS::ApiGateway::Deployment',
      );
    const after: Make = () => ({ organizationId: ORGANIZATION });
    expect(deployments(templateOf(after) as never)).not.toEqual(deployments(templateOf(() => ({})) as never));
  });
});
