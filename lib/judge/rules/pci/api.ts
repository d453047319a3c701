import type { PackRule } from '../../packs/pack';
import {
  allOf,
  each,
  isOneOf,
  isPresent,
  isTrue,
  onlyWhere,
  propertyRow,
  unknown,
  violation,
} from '../property';
import { COMPLIANT, NOT_APPLICABLE } from '../rule';
import { callsHttp } from './api-integration';
import { cachesEncrypted, DEPLOYMENT, ofStage, STAGE, STAGE_V2, writesExecutionLog } from './api-stage';
import { AT_REST, REQUEST_LOG } from './requirements';

const GRAPHQL_API = 'AWS::AppSync::GraphQLApi';

/** Rules on APIs beside those on encryption in transit, with their levels. */
export const API_ROWS: readonly PackRule[] = [
  propertyRow('warning', {
    id: 'ApiStageWritesAccessLog',
    title: 'a stage of an API writes down the requests that it took',
    risk: 'Nobody can tell who called what, from where, and what was answered: neither an attack nor what it got is found.',
    fix: 'Set AccessLogSetting.DestinationArn and Format (AccessLogSettings of HTTP and WebSocket APIs). CDK: deployOptions.accessLogDestination of RestApi, accessLogSettings of HttpStage and WebSocketStage; none of them writes a log by default.',
    references: {
      pciDss: REQUEST_LOG,
      gdpr: ['32(1)(d)', '33(1)'],
      securityHub: ['APIGateway.9'],
      cwe: ['CWE-778'],
      awsConfig: ['API_GWV2_ACCESS_LOGS_ENABLED'],
    },
    resourceTypes: [STAGE, DEPLOYMENT, STAGE_V2],
    test: (properties, context) =>
      properties.resource.type === STAGE_V2
        ? isPresent('AccessLogSettings.DestinationArn', 'where the log goes')(properties, context)
        : ofStage(isPresent('AccessLogSetting.DestinationArn', 'where the log goes'))(properties, context),
  }),
  propertyRow('info', {
    id: 'ApiStageWritesExecutionLog',
    title: 'a stage of a REST or WebSocket API logs what went wrong',
    risk: 'Why a request was refused or failed, by an authorizer or the back end, can be told by nobody later.',
    fix: 'Set LoggingLevel to ERROR in MethodSettings for ResourcePath /* and HttpMethod * (DefaultRouteSettings of a WebSocket API), and leave DataTraceEnabled false, since it logs bodies. CDK: deployOptions.loggingLevel: MethodLoggingLevel.ERROR, which is OFF by default.',
    references: {
      pciDss: ['10.2.1', '10.2.1.4', '10.2.2'],
      gdpr: ['32(1)(d)'],
      securityHub: ['APIGateway.1'],
      cwe: ['CWE-778'],
      awsConfig: ['API_GW_EXECUTION_LOGGING_ENABLED'],
    },
    resourceTypes: [STAGE, DEPLOYMENT, STAGE_V2],
    test: (properties, context) => {
      if (properties.resource.type !== STAGE_V2) return ofStage(writesExecutionLog)(properties, context);
      const at = properties.at('ApiId');
      const api = at.reference();
      const protocol = api === undefined ? undefined : properties.world.view(api).at('ProtocolType').string();
      if (protocol?.state !== 'given')
        return unknown(at, 'whether it is a WebSocket API is not in the templates');
      // HTTP APIs have no such log.
      return protocol.value === 'WEBSOCKET'
        ? isOneOf('DefaultRouteSettings.LoggingLevel', ['ERROR', 'INFO'])(properties, context)
        : NOT_APPLICABLE;
    },
  }),
  propertyRow('error', {
    id: 'ApiCacheIsEncrypted',
    title: 'what a stage of a REST API caches is encrypted',
    risk: 'Answers, with everything that is in them, lie unencrypted on disks for as long as an hour.',
    fix: 'Set CacheDataEncrypted to true in MethodSettings for ResourcePath /* and HttpMethod *, and in each other entry, or do without CacheClusterEnabled. CDK: deployOptions.cacheDataEncrypted: true, which is false by default.',
    references: {
      pciDss: AT_REST,
      gdpr: ['32(1)(a)'],
      securityHub: ['APIGateway.5'],
      cwe: ['CWE-311'],
      awsConfig: ['API_GW_CACHE_ENABLED_AND_ENCRYPTED'],
    },
    resourceTypes: [STAGE, DEPLOYMENT],
    test: ofStage(cachesEncrypted),
  }),
  propertyRow('info', {
    id: 'ApiStageIsTraced',
    title: 'requests to a stage of a REST API can be followed through the services behind it',
    risk: 'Which service failed, or was slow or misused, takes long to find.',
    fix: 'Set TracingEnabled to true. CDK: deployOptions.tracingEnabled: true, which is false by default.',
    references: {
      pciDss: ['10.4.1.1', '10.7.1', '10.7.2', 'A3.3.1'],
      gdpr: ['32(1)(d)'],
      securityHub: ['APIGateway.3'],
      cwe: ['CWE-778'],
      awsConfig: ['API_GW_XRAY_ENABLED'],
    },
    resourceTypes: [STAGE, DEPLOYMENT],
    test: ofStage(isTrue('TracingEnabled')),
  }),
  propertyRow('info', {
    id: 'ApiStageShowsClientCertificate',
    title: 'a REST API that calls servers of HTTP shows them a certificate of its own',
    risk: 'The server behind cannot tell requests that went through the API, its authorizers and its limits from those that went round them.',
    fix: 'Set ClientCertificateId to an AWS::ApiGateway::ClientCertificate and let the server ask for it; a server that knows the API otherwise, by a VPC link or a signature, needs none. CDK: deployOptions.clientCertificateId.',
    references: {
      pciDss: ['1.4.2', '4.2.1.1'],
      gdpr: ['32(1)(b)'],
      securityHub: ['APIGateway.2'],
      cwe: ['CWE-306'],
      awsConfig: ['API_GW_SSL_ENABLED'],
    },
    resourceTypes: [STAGE],
    test: (properties, context) => {
      if (properties.at('ClientCertificateId').isPresent) return COMPLIANT;
      const calls = callsHttp(properties);
      if (calls === 'hidden') {
        return unknown(properties.at('RestApiId'), 'what the API calls is not in the templates');
      }
      return calls === 'yes'
        ? isPresent('ClientCertificateId', 'a certificate of API Gateway')(properties, context)
        : NOT_APPLICABLE;
    },
  }),
  propertyRow('info', {
    id: 'ApiIsRegionalOrPrivate',
    title: 'a REST API is regional or private, not edge-optimized',
    risk: 'An edge-optimized API stands behind a distribution of AWS that nobody else can configure: TLS ends all over the world, and a web application firewall in front of it sees nothing of the region.',
    fix: 'Set EndpointConfiguration.Types to REGIONAL, or PRIVATE where only networks of your own call it, which the cardholder data environment should be. CDK: endpointTypes: [EndpointType.REGIONAL] on RestApi, which is edge-optimized by default.',
    references: {
      pciDss: ['1.3.1', '1.4.1', '1.4.2', '1.4.4'],
      gdpr: ['25(2)', '44'],
      cwe: ['CWE-668'],
      awsConfig: ['API_GW_ENDPOINT_TYPE_CHECK'],
    },
    resourceTypes: ['AWS::ApiGateway::RestApi'],
    test: (properties, context) => {
      const types = properties.at('EndpointConfiguration', 'Types');
      if (!types.isPresent) return violation(types, 'absent', 'REGIONAL or PRIVATE', 'it is EDGE without it');
      return each('EndpointConfiguration.Types', (type) => {
        const kind = type.string();
        if (kind.state === 'unresolved') return unknown(type, kind.why);
        return kind.state === 'given' && kind.value === 'EDGE'
          ? violation(type, 'EDGE', 'REGIONAL or PRIVATE')
          : COMPLIANT;
      })(properties, context);
    },
  }),
  propertyRow('warning', {
    id: 'GraphQlApiWritesLog',
    title: 'a GraphQL API logs requests, or those at least that failed',
    risk: 'Nobody can tell who tried what, and why a request was refused.',
    fix: 'Set LogConfig.FieldLogLevel to ERROR or more and CloudWatchLogsRoleArn, with ExcludeVerboseContent true, since answers are logged else. CDK: logConfig: { fieldLogLevel: FieldLogLevel.ERROR } of GraphqlApi, which logs nothing by default.',
    references: {
      pciDss: REQUEST_LOG,
      gdpr: ['32(1)(d)', '33(1)'],
      securityHub: ['AppSync.2'],
      cwe: ['CWE-778'],
      awsConfig: ['APPSYNC_LOGGING_ENABLED'],
    },
    resourceTypes: [GRAPHQL_API],
    test: allOf(
      isOneOf('LogConfig.FieldLogLevel', ['ERROR', 'INFO', 'DEBUG', 'ALL']),
      // Without a log there is no need of a role; that is told already.
      onlyWhere(isPresent('LogConfig'), isPresent('LogConfig.CloudWatchLogsRoleArn', 'the ARN of a role')),
    ),
  }),
];
