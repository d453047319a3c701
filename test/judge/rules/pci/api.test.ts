import { API_ROWS } from '../../../../lib/judge/rules/pci/api';
import type { Json, JsonMap } from '../../../../lib/judge/template';
import { HIDDEN, it as one, says } from './support';

const STAGE = 'AWS::ApiGateway::Stage';
const STAGE_V2 = 'AWS::ApiGatewayV2::Stage';
const DEPLOYMENT = 'AWS::ApiGateway::Deployment';
const REST_API = 'AWS::ApiGateway::RestApi';
const GRAPHQL = 'AWS::AppSync::GraphQLApi';

const ALL: JsonMap = { ResourcePath: '/*', HttpMethod: '*' };
const ONE: JsonMap = { ResourcePath: '/~1cards', HttpMethod: 'GET' };

const stage = (...MethodSettings: readonly JsonMap[]): JsonMap => one(STAGE, { MethodSettings });
const cached = (...MethodSettings: readonly JsonMap[]): JsonMap =>
  one(STAGE, { CacheClusterEnabled: true, MethodSettings });
/** A stage that a deployment makes. */
const made = (StageDescription: JsonMap): JsonMap => one(DEPLOYMENT, { StageName: 'prod', StageDescription });
const socket = (ProtocolType: Json, level: Json): JsonMap => ({
  ...one(STAGE_V2, { ApiId: { Ref: 'Api' }, DefaultRouteSettings: { LoggingLevel: level } }),
  Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { ProtocolType } },
});
const calls = (Type: Json, more: JsonMap = {}): JsonMap => ({
  ...one(STAGE, { RestApiId: { Ref: 'Api' }, ...more }),
  Api: { Type: REST_API },
  Get: { Type: 'AWS::ApiGateway::Method', Properties: { RestApiId: { Ref: 'Api' }, Integration: { Type } } },
});
const document = (api: JsonMap): JsonMap => ({
  ...one(STAGE, { RestApiId: { Ref: 'Api' } }),
  Api: { Type: REST_API, Properties: api },
});
const body = (type: Json): JsonMap => ({
  Body: { paths: { '/': { get: { 'x-amazon-apigateway-integration': { type } }, parameters: [] } } },
});
const types = (Types: Json): JsonMap => one(REST_API, { EndpointConfiguration: { Types } });
const graphql = (LogConfig: JsonMap): JsonMap => one(GRAPHQL, { LogConfig });

const SETTINGS = 'It.Properties.MethodSettings';

describe.each<[string, readonly (readonly [string, JsonMap, readonly string[]])[]]>([
  [
    'ApiStageWritesAccessLog',
    [
      ['passes a log', one(STAGE, { AccessLogSetting: { DestinationArn: HIDDEN } }), []],
      ['passes a log of an HTTP API', one(STAGE_V2, { AccessLogSettings: { DestinationArn: HIDDEN } }), []],
      ['fails none', one(STAGE), ['warning violation It.Properties.AccessLogSetting.DestinationArn: absent']],
      [
        'fails an HTTP API',
        one(STAGE_V2, { AccessLogSettings: { Format: 'x' } }),
        ['warning violation It.Properties.AccessLogSettings.DestinationArn: absent'],
      ],
      [
        'fails a stage that a deployment makes',
        made({}),
        ['warning violation It.Properties.StageDescription.AccessLogSetting.DestinationArn: absent'],
      ],
      ['says nothing about a deployment that makes none', one(DEPLOYMENT), []],
    ],
  ],
  [
    'ApiStageWritesExecutionLog',
    [
      ['passes errors of all methods', stage({ ...ALL, LoggingLevel: 'ERROR' }), []],
      ['fails the default', one(STAGE), [`info violation ${SETTINGS}: without all methods (/* and *)`]],
      [
        'fails a log that is off',
        stage({ ...ALL, LoggingLevel: 'OFF' }),
        [`info violation ${SETTINGS}.0.LoggingLevel: OFF`],
      ],
      ['fails all methods without a word', stage(ALL), [`info violation ${SETTINGS}.0.LoggingLevel: absent`]],
      [
        'fails a method that differs',
        stage({ ...ALL, LoggingLevel: 'INFO' }, { ...ONE, LoggingLevel: 'OFF' }),
        [`info violation ${SETTINGS}.1.LoggingLevel: OFF`],
      ],
      ['passes a method that differs in something else', stage({ ...ALL, LoggingLevel: 'INFO' }, ONE), []],
      [
        'fails one method alone',
        stage({ ...ONE, LoggingLevel: 'INFO' }),
        [`info violation ${SETTINGS}: without all methods (/* and *)`],
      ],
      ['passes a stage that a deployment makes', made({ LoggingLevel: 'ERROR' }), []],
      [
        'fails it',
        made({ LoggingLevel: 'OFF' }),
        ['info violation It.Properties.StageDescription.LoggingLevel: OFF'],
      ],
      [
        'cannot tell a parameter',
        stage({ ...ALL, LoggingLevel: HIDDEN }),
        [`info unknown ${SETTINGS}.0.LoggingLevel`],
      ],
      [
        'cannot tell settings that are hidden',
        one(STAGE, { MethodSettings: HIDDEN }),
        [`info unknown ${SETTINGS}`],
      ],
      ['passes a WebSocket API', socket('WEBSOCKET', 'ERROR'), []],
      [
        'fails a WebSocket API',
        socket('WEBSOCKET', 'OFF'),
        ['info violation It.Properties.DefaultRouteSettings.LoggingLevel: OFF'],
      ],
      ['says nothing about an HTTP API', socket('HTTP', 'OFF'), []],
      [
        'cannot tell an API from elsewhere',
        one(STAGE_V2, { ApiId: 'abc' }),
        ['info unknown It.Properties.ApiId'],
      ],
    ],
  ],
  [
    'ApiCacheIsEncrypted',
    [
      ['says nothing without a cache', stage({ ...ALL, CachingEnabled: true }), []],
      [
        'passes a cache that is encrypted',
        cached({ ...ALL, CachingEnabled: true, CacheDataEncrypted: true }),
        [],
      ],
      [
        'fails one that is not',
        cached({ ...ALL, CachingEnabled: true }),
        [`error violation ${SETTINGS}.0.CacheDataEncrypted: absent`],
      ],
      [
        'fails a cache without settings, which holds answers to GET',
        cached(),
        [`error violation ${SETTINGS}: without all methods (/* and *)`],
      ],
      [
        'fails one method alone',
        cached({ ...ONE, CacheDataEncrypted: true }),
        [`error violation ${SETTINGS}: without all methods (/* and *)`],
      ],
      [
        'fails a method that differs',
        cached({ ...ALL, CacheDataEncrypted: true }, { ...ONE, CacheDataEncrypted: false }),
        [`error violation ${SETTINGS}.1.CacheDataEncrypted: false`],
      ],
      ['passes methods that are not cached', cached({ ...ALL, CachingEnabled: false }), []],
      [
        'cannot tell a parameter',
        cached({ ...ALL, CacheDataEncrypted: HIDDEN }),
        [`error unknown ${SETTINGS}.0.CacheDataEncrypted`],
      ],
      [
        'cannot tell a hidden cache',
        one(STAGE, { CacheClusterEnabled: HIDDEN }),
        ['error unknown It.Properties.CacheClusterEnabled'],
      ],
      [
        'passes a stage that a deployment makes',
        made({ CacheClusterEnabled: true, CacheDataEncrypted: true }),
        [],
      ],
      [
        'fails it',
        made({ CacheClusterEnabled: true, CacheDataEncrypted: false }),
        ['error violation It.Properties.StageDescription.CacheDataEncrypted: false'],
      ],
    ],
  ],
  [
    'ApiStageIsTraced',
    [
      ['passes tracing', one(STAGE, { TracingEnabled: true }), []],
      ['fails the default', one(STAGE), ['info violation It.Properties.TracingEnabled: absent']],
      [
        'cannot tell a parameter',
        one(STAGE, { TracingEnabled: HIDDEN }),
        ['info unknown It.Properties.TracingEnabled'],
      ],
    ],
  ],
  [
    'ApiStageShowsClientCertificate',
    [
      ['says nothing about functions', calls('AWS_PROXY'), []],
      [
        'fails a server of HTTP',
        calls('HTTP_PROXY'),
        ['info violation It.Properties.ClientCertificateId: absent'],
      ],
      ['passes a certificate', calls('HTTP', { ClientCertificateId: HIDDEN }), []],
      ['cannot tell a hidden kind', calls(HIDDEN), ['info unknown It.Properties.RestApiId']],
      [
        'cannot tell an API from elsewhere',
        one(STAGE, { RestApiId: 'abc' }),
        ['info unknown It.Properties.RestApiId'],
      ],
      [
        'fails a server in an OpenAPI document',
        document(body('http')),
        ['info violation It.Properties.ClientCertificateId: absent'],
      ],
      ['passes functions in an OpenAPI document', document(body('aws_proxy')), []],
      [
        'leaves a hidden document to ResourceCanBeJudged',
        document({ Body: HIDDEN }),
        ['error unknown Api.Properties.Body'],
      ],
    ],
  ],
  [
    'ApiIsRegionalOrPrivate',
    [
      ['passes a regional API', types(['REGIONAL']), []],
      ['passes a private API', types(['PRIVATE']), []],
      [
        'fails an edge-optimized one',
        types(['EDGE']),
        ['info violation It.Properties.EndpointConfiguration.Types.0: EDGE'],
      ],
      [
        'fails the default',
        one(REST_API),
        ['info violation It.Properties.EndpointConfiguration.Types: absent'],
      ],
      [
        'cannot tell a parameter',
        types([HIDDEN]),
        ['info unknown It.Properties.EndpointConfiguration.Types.0'],
      ],
    ],
  ],
  [
    'GraphQlApiWritesLog',
    [
      ['passes a log', graphql({ FieldLogLevel: 'ERROR', CloudWatchLogsRoleArn: 'arn' }), []],
      [
        'fails the default',
        one(GRAPHQL),
        ['warning violation It.Properties.LogConfig.FieldLogLevel: absent'],
      ],
      [
        'fails a log that is off',
        graphql({ FieldLogLevel: 'NONE', CloudWatchLogsRoleArn: 'arn' }),
        ['warning violation It.Properties.LogConfig.FieldLogLevel: NONE'],
      ],
      [
        'fails a log without a role, which nobody may write',
        graphql({ FieldLogLevel: 'ALL' }),
        ['warning violation It.Properties.LogConfig.CloudWatchLogsRoleArn: absent'],
      ],
      [
        'cannot tell a parameter',
        graphql({ FieldLogLevel: HIDDEN, CloudWatchLogsRoleArn: 'arn' }),
        ['warning unknown It.Properties.LogConfig.FieldLogLevel'],
      ],
    ],
  ],
])('%s', (id, cases) => {
  test.each(cases)('%s', (_, resources, expected) => {
    expect(says(API_ROWS, id, resources)).toEqual(expected);
  });
});
