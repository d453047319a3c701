import { parseTemplate } from '../../../lib/judge/load';
import { isSam, translateSam } from '../../../lib/judge/sam';
import type { JsonMap } from '../../../lib/judge/template';
import { FUNCTION, KNOWN, withEvent } from './known';

/** A template of SAM, from the lines of its resources. */
const sam = (resources: string, more = '') =>
  parseTemplate(`Transform: AWS::Serverless-2016-10-31\n${more}Resources:\n${resources}`, 't.yaml').json;

/** What is of no concern here, and left out on purpose. */
const LEFT_OUT = new Set(['AWS::Lambda::Permission', 'AWS::Lambda::Version']);

const typesOf = (json: JsonMap) =>
  Object.fromEntries(
    Object.entries(json.Resources as Record<string, JsonMap>).map(([id, { Type }]) => [id, Type]),
  );

const propertiesOf = (json: JsonMap, id: string) =>
  (json.Resources as Record<string, { Properties: JsonMap }>)[id]?.Properties;

describe('what SAM makes', () => {
  test.each(KNOWN)('has the ids and types that its own translator writes: %s', (_, resources, made) => {
    const { json, notJudged } = translateSam(sam(resources));
    const types = Object.entries(typesOf(json)).filter(([, type]) => !LEFT_OUT.has(String(type)));
    expect(Object.fromEntries(types)).toEqual(made);
    expect(notJudged).toEqual([]);
  });

  test('has the properties that the translator writes: an edge domain, and one of an HTTP API', () => {
    const [edge] = KNOWN.filter(([pair]) => pair === 'api_with_basic_custom_domain_security_policy');
    const rest = translateSam(
      sam((edge?.[1] ?? '').replace('BasePath', 'SecurityPolicy: TLS_1_2, BasePath')),
    ).json;
    expect(propertiesOf(rest, 'ApiGatewayDomainName0caaf24ab1')).toEqual({
      CertificateArn: 'c',
      EndpointConfiguration: { Types: ['EDGE'] },
      SecurityPolicy: 'TLS_1_2',
      DomainName: 'example.com',
    });
    expect(propertiesOf(rest, 'MyApioneBasePathMapping')).toEqual({
      BasePath: 'one',
      DomainName: { Ref: 'ApiGatewayDomainName0caaf24ab1' },
      RestApiId: { Ref: 'MyApi' },
      Stage: { Ref: 'MyApiProdStage' },
    });
    const [http] = KNOWN.filter(([pair]) => pair === 'api_with_basic_custom_domain_http');
    expect(propertiesOf(translateSam(sam(http?.[1] ?? '')).json, 'ApiGatewayDomainNameV2ab8e63947d')).toEqual(
      {
        DomainName: 'sam-v2-regional-test.com',
        DomainNameConfigurations: [{ CertificateArn: 'c', EndpointType: 'REGIONAL' }],
      },
    );
  });

  test('has the policy that the translator writes for a queue between a topic and a function', () => {
    const { json } = translateSam(
      sam(withEvent('Type: SNS', 'Properties: {Topic: !Ref T, SqsSubscription: true}')),
    );
    expect(propertiesOf(json, 'FnEvQueuePolicy')).toEqual({
      Queues: [{ Ref: 'FnEvQueue' }],
      PolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Action: 'sqs:SendMessage',
            Resource: { 'Fn::GetAtt': ['FnEvQueue', 'Arn'] },
            Effect: 'Allow',
            Condition: { ArnEquals: { 'aws:SourceArn': { Ref: 'T' } } },
            Principal: '*',
          },
        ],
      },
    });
  });

  test('has the routes of events in the definition, beside those that it holds', () => {
    const api = `  Api:
    Type: AWS::Serverless::HttpApi
    Properties:
      DefinitionBody: {openapi: 3.0.1, paths: {/a: {get: {x: 1}}}}
`;
    const event = withEvent('Type: HttpApi', 'Properties: {ApiId: !Ref Api, Path: /a, Method: ANY}');
    const { json } = translateSam(sam(`${api}${event}`));
    expect(propertiesOf(json, 'Api')?.Body).toMatchObject({
      paths: {
        '/a': {
          get: { x: 1 },
          'x-amazon-apigateway-any-method': {
            'x-amazon-apigateway-integration': { type: 'aws_proxy', httpMethod: 'POST' },
          },
        },
      },
    });
  });

  test('takes what Globals say: maps are merged, lists put together, the resource wins', () => {
    const globals = `Globals:
  Function:
    Environment: {Variables: {A: global, B: global}}
    VpcConfig: {SecurityGroupIds: [one]}
  SimpleTable: {SSESpecification: {SSEEnabled: true}}
`;
    const own = '      Environment: {Variables: {B: own}}\n      VpcConfig: {SecurityGroupIds: [two]}\n';
    const { json } = translateSam(
      sam(`${FUNCTION}${own}  T: {Type: AWS::Serverless::SimpleTable}\n`, globals),
    );
    expect(propertiesOf(json, 'Fn')).toMatchObject({
      Environment: { Variables: { A: 'global', B: 'own' } },
      VpcConfig: { SecurityGroupIds: ['one', 'two'] },
    });
    expect(propertiesOf(json, 'T')).toEqual({ SSESpecification: { SSEEnabled: true } });
  });

  test('is named by what SAM lets a template call it: Api.Stage, Function.Alias', () => {
    const outputs =
      'Outputs:\n  S: {Value: !Ref Api.Stage}\n  F: {Value: !Sub "${Api.Stage}-${Fn.Alias}-${Fn.Arn}"}\n';
    const { json } = translateSam(
      sam(
        `${FUNCTION}      AutoPublishAlias: live\n  Api: {Type: AWS::Serverless::Api, Properties: {StageName: v1}}\n`,
        outputs,
      ),
    );
    expect(json.Outputs).toEqual({
      S: { Value: { Ref: 'Apiv1Stage' } },
      F: { Value: { 'Fn::Sub': '${Apiv1Stage}-${FnAliaslive}-${Fn.Arn}' } },
    });
  });

  test('keeps conditions and policies of deletion', () => {
    const { json } = translateSam(
      sam('  T: {Type: AWS::Serverless::SimpleTable, Condition: Never, DeletionPolicy: Retain}\n'),
    );
    expect((json.Resources as JsonMap).T).toEqual({
      Type: 'AWS::DynamoDB::Table',
      Properties: {},
      Condition: 'Never',
      DeletionPolicy: 'Retain',
    });
  });
});

describe('what is not written out is told', () => {
  test.each<[string, string, RegExp]>([
    [
      'a property that no table has',
      `${FUNCTION}      Brand_New: 1\n`,
      /^Fn \(AWS::Serverless::Function\): property Brand_New is not one that is mapped$/,
    ],
    [
      'an event that no table has',
      withEvent('Type: Teleport'),
      /what makes event Ev of type Teleport is not known/,
    ],
    [
      'a connector',
      '  C: {Type: AWS::Serverless::Connector, Properties: {Permissions: [Write]}}\n',
      /^C: a connector of SAM writes permissions/,
    ],
    [
      'an embedded connector',
      '  Q: {Type: AWS::SQS::Queue, Connectors: {X: {}}}\n',
      /^Q: a connector of SAM/,
    ],
    [
      'a domain in a condition',
      '  Api: {Type: AWS::Serverless::HttpApi, Properties: {Domain: !If [A, {}, {}]}}\n',
      /its Domain is not written out/,
    ],
    [
      'an API by another means than Ref',
      withEvent('Type: Api', 'Properties: {RestApiId: !ImportValue x}'),
      /is not named by Ref/,
    ],
    [
      'routes beside a definition in S3',
      `${withEvent('Type: Api', 'Properties: {RestApiId: !Ref A, Path: /, Method: get}')}  A: {Type: AWS::Serverless::Api, Properties: {StageName: a, DefinitionUri: "s3://b/k"}}\n`,
      /added to a definition in S3/,
    ],
  ])('%s', (_, resources, why) => {
    expect(translateSam(sam(resources)).notJudged.join('\n')).toMatch(why);
  });

  test.each<[string, JsonMap | string, RegExp]>([
    ['Globals that a macro makes', { 'Fn::Transform': { Name: 'M' } }, /^Globals are not written out$/],
    ['Globals that are text', 'x', /^Globals are not written out$/],
  ])('%s', (_, Globals, why) => {
    expect(translateSam({ ...sam(FUNCTION), Globals }).notJudged.join('\n')).toMatch(why);
  });

  test('a name that SAM makes and the template has too', () => {
    const { json, notJudged } = translateSam(
      sam(`${FUNCTION}      FunctionUrlConfig: {AuthType: NONE}\n  FnUrl: {Type: AWS::SNS::Topic}\n`),
    );
    expect(typesOf(json).FnUrl).toBe('AWS::SNS::Topic');
    expect(notJudged).toEqual(['FnUrl: SAM makes a resource of this name, which stands in the template too']);
  });

  test('two APIs that want one domain otherwise: each wish is judged', () => {
    const api = (id: string, policy: string) =>
      `  ${id}: {Type: AWS::Serverless::Api, Properties: {StageName: a, Domain: {DomainName: d, CertificateArn: c, SecurityPolicy: ${policy}}}}\n`;
    const { json } = translateSam(sam(api('One', 'TLS_1_0') + api('Two', 'TLS_1_2')));
    const domains = Object.keys(typesOf(json)).filter((id) => id.startsWith('ApiGatewayDomainName'));
    expect(domains.map((id) => propertiesOf(json, id)?.SecurityPolicy)).toEqual(['TLS_1_0', 'TLS_1_2']);
    const same = translateSam(sam(api('One', 'TLS_1_2') + api('Two', 'TLS_1_2'))).json;
    expect(
      Object.values(typesOf(same)).filter((type) => type === 'AWS::ApiGateway::DomainName'),
    ).toHaveLength(1);
  });

  test('kinds that no table has stay as they are, to be counted as not judged', () => {
    const { json } = translateSam(sam('  W: {Type: AWS::Serverless::WebSocketApi}\n'));
    expect(typesOf(json)).toEqual({ W: 'AWS::Serverless::WebSocketApi' });
  });
});

test('a template is SAM’s by its transform, alone or among others', () => {
  expect(isSam({ Transform: 'AWS::Serverless-2016-10-31' })).toBe(true);
  expect(isSam({ Transform: ['AWS::LanguageExtensions', 'AWS::Serverless-2016-10-31'] })).toBe(true);
  expect(isSam({ Transform: 'Other' })).toBe(false);
  expect(isSam({})).toBe(false);
});
