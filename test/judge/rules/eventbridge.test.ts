import { eventBridge } from '../../../lib/judge/hops/connectors/eventbridge';
import { EVENTBRIDGE_RULES } from '../../../lib/judge/rules/eventbridge';
import type { Json, JsonMap } from '../../../lib/judge/template';
import { factsOf, hopsOf, type TemplateParts, wordsOf } from '../support';

const HIDDEN = { Parameters: { P: { Type: 'String' } } };
const IN_CLEAR = { Bool: { 'aws:SecureTransport': 'false' } };
const WEAKER = { ...IN_CLEAR, StringEquals: { 'aws:SourceVpc': 'vpc-1' } };
const WEAK = 'a Deny that lets plaintext through';

describe('EventBusPolicyIsUnweakened', () => {
  const deny = (parts: JsonMap = {}): JsonMap => ({
    Effect: 'Deny',
    Principal: '*',
    Action: 'events:PutEvents',
    Resource: { 'Fn::GetAtt': ['Bus', 'Arn'] },
    Condition: IN_CLEAR,
    ...parts,
  });
  const statement = (content: Json, bus: Json = { Ref: 'Bus' }): JsonMap => ({
    Type: 'AWS::Events::EventBusPolicy',
    Properties: { EventBusName: bus, StatementId: 's', Statement: content },
  });
  const judge = (more: JsonMap, parts?: TemplateParts, properties: JsonMap = {}) =>
    EVENTBRIDGE_RULES.filter((rule) => rule.id === 'EventBusPolicyIsUnweakened').flatMap((rule) =>
      wordsOf(
        rule,
        factsOf(
          eventBridge,
          { Bus: { Type: 'AWS::Events::EventBus', Properties: { Name: 'orders', ...properties } }, ...more },
          parts,
        ),
      ),
    );

  test('asks for no policy', () => {
    expect(judge({})).toEqual([]);
  });

  test('passes a Deny by reference and by literal name', () => {
    expect(judge({ P: statement(deny()) })).toEqual(['compliant']);
    const arn = { 'Fn::Sub': 'arn:aws:events:eu-west-1:$' + '{AWS::AccountId}:event-bus/orders' };
    expect(judge({ P: statement(deny({ Resource: arn }), 'orders') })).toEqual(['compliant']);
  });

  test('adds up the statements of a bus and points at the weak one', () => {
    const allow = statement(deny({ Effect: 'Allow', Condition: {} }));
    expect(judge({ A: allow, B: statement(deny()) })).toEqual(['compliant']);
    expect(judge({ A: allow, B: statement(deny({ Condition: WEAKER })) })).toEqual([
      `violation at Properties.Statement: ${WEAK}`,
    ]);
    expect(judge({ A: statement(deny({ Condition: WEAKER })), B: statement(deny()) })).toEqual(['compliant']);
  });

  test('reads the policy of the bus itself, object or string', () => {
    expect(judge({}, undefined, { Policy: { Statement: [deny()] } })).toEqual(['compliant']);
    const text = JSON.stringify({ Statement: [deny({ Resource: '*', Principal: { AWS: 'x' } })] });
    expect(judge({}, undefined, { Policy: text })).toEqual([`violation at Properties.Policy: ${WEAK}`]);
  });

  test('cannot tell of a parameter', () => {
    expect(judge({ S: statement(deny({ Resource: { Ref: 'P' } })) }, HIDDEN)).toEqual([
      'unknown at Properties.Statement',
    ]);
  });
});

describe('ApiDestinationIsEncrypted', () => {
  const factsIn = (endpoint: Json, parts?: TemplateParts) =>
    factsOf(
      eventBridge,
      {
        Destination: {
          Type: 'AWS::Events::ApiDestination',
          Properties: { ConnectionArn: 'arn:x', HttpMethod: 'POST', InvocationEndpoint: endpoint },
        },
      },
      parts,
    );
  const judge = (endpoint: Json, parts?: TemplateParts) =>
    EVENTBRIDGE_RULES.filter((rule) => rule.id === 'ApiDestinationIsEncrypted').flatMap((rule) =>
      wordsOf(rule, factsIn(endpoint, parts)),
    );

  test('passes https, also where the path is only known at deployment', () => {
    expect(judge('https://example.com/hook')).toEqual(['compliant']);
    expect(judge({ 'Fn::Sub': 'https://example.com/$' + '{P}' }, HIDDEN)).toEqual(['compliant']);
  });

  test('fails http, and does not show a token in the path', () => {
    expect(judge('http://example.com/services/SECRET')).toEqual([
      'violation at Properties.InvocationEndpoint: http://example.com',
    ]);
    expect(hopsOf(factsIn('https://example.com/services/SECRET'), 'events.api-destination')[0]?.to.name).toBe(
      'example.com',
    );
  });

  test('cannot tell of a parameter', () => {
    expect(judge({ Ref: 'P' }, HIDDEN)).toEqual(['unknown at Properties.InvocationEndpoint']);
  });
});

test('what an archive without days holds is kept without end', () => {
  const of = (properties: JsonMap) =>
    factsOf(eventBridge, { Archive: { Type: 'AWS::Events::Archive', Properties: properties } })[0];
  expect(of({})).toMatchObject({ fact: 'store', retentionDays: { value: undefined, unknown: undefined } });
  expect(of({ RetentionDays: 0 })).toMatchObject({ retentionDays: { value: undefined } });
  expect(of({ RetentionDays: 30 })).toMatchObject({ retentionDays: { value: 30 } });
});

describe('ApiDestinationIsEncrypted, where the connection gets its tokens', () => {
  const judge = (parameters: JsonMap) =>
    EVENTBRIDGE_RULES.filter((rule) => rule.id === 'ApiDestinationIsEncrypted').flatMap((rule) =>
      wordsOf(
        rule,
        factsOf(
          eventBridge,
          { C: { Type: 'AWS::Events::Connection', Properties: { AuthParameters: parameters } } },
          HIDDEN,
        ),
      ),
    );
  const oauth = (endpoint: Json) => ({ OAuthParameters: { AuthorizationEndpoint: endpoint } });
  const AT = 'Properties.AuthParameters.OAuthParameters.AuthorizationEndpoint';

  test('judges the address that the secret of the client goes to', () => {
    expect(judge(oauth('https://idp.example/token'))).toEqual(['compliant']);
    expect(judge(oauth('http://idp.example/token'))).toEqual([`violation at ${AT}: http://idp.example`]);
    expect(judge(oauth({ Ref: 'P' }))).toEqual([`unknown at ${AT}`]);
  });

  test('says nothing about keys and passwords, which go to the destination', () => {
    expect(judge({ ApiKeyAuthParameters: { ApiKeyName: 'k', ApiKeyValue: 'v' } })).toEqual([]);
  });
});
