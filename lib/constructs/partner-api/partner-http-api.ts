import { Names } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { ApiAlarms, ApiLogs } from '../api';
import { AUTHORIZATION_FAILURES, countAccess, THROTTLES } from '../api/api-metrics';
import { parseRoute } from '../api/routes';
import { AlarmTopic } from '../messaging';
import { checkWholeNumber } from '../whole-number';
import { mutualTlsOf } from './client-trust';
import { type AliasTarget, addRecord, checkDomain, firstCertificateOf } from './domain-props';
import { HTTP_ACCESS_LOG_FIELDS } from './http-access-log';
import {
  HttpApiBase,
  ImportedPartnerHttpApi,
  type IPartnerHttpApi,
  type PartnerHttpApiAttributes,
  STAGE_NAME,
} from './http-api-base';
import type { HttpApiAuthorization, HttpRouteAuthorization } from './http-authorization';
import { guardRoutes } from './http-route-guard';
import type { AddHttpRouteOptions, PartnerHttpApiProps } from './partner-http-api-props';

const ACCOUNT_RATE = 10_000;
const ACCOUNT_BURST = 5_000;

/**
 * An HTTP API (v2) for other companies, under a name of its own, which is the only way to it: tokens (JWT) that API
 * Gateway verifies, and certificates of clients where they are asked for.
 *
 * Cheaper and faster than a `PartnerApi`, and less: it looks at no body, counts no partner by key, no web application
 * firewall can stand before it, and its access log does not tell the TLS version. Its TLS policy is TLS_1_2, for which
 * AWS has no other.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vs-rest.html
 */
export class PartnerHttpApi extends HttpApiBase {
  /**
   * An API that another stack or app defines, in the account and region of this stack.
   *
   * What it asks of callers, its domain and its log are not known here, and not checked.
   */
  static fromPartnerHttpApiAttributes(
    scope: Construct,
    id: string,
    attributes: PartnerHttpApiAttributes,
  ): IPartnerHttpApi {
    return new ImportedPartnerHttpApi(scope, id, attributes);
  }

  readonly restApiId: string;
  readonly stageName: string;
  readonly url: string;
  /** The API underneath. Routes that are added to it are guarded too; what else is changed there is not checked. */
  readonly api: apigatewayv2.HttpApi;
  /** The domain underneath. What is changed there escapes the checks of this construct. */
  readonly domain: apigatewayv2.DomainName;
  readonly logs: ApiLogs;
  /** One line of JSON for each request. */
  readonly accessLogGroup: LogGroup;
  readonly alarms: ApiAlarms;
  readonly alarmTopic: sns.ITopic;
  /** How callers prove who they are, unless a route says otherwise. */
  readonly authorization: HttpApiAuthorization;

  private readonly bound = new Map<HttpApiAuthorization, HttpRouteAuthorization>();
  private readonly integrations = new Map<lambda.IFunction, apigatewayv2.HttpRouteIntegration>();

  constructor(scope: Construct, id: string, props: PartnerHttpApiProps) {
    super(scope, id);
    const { encryptionKey, logRetention: retention, clientTrust } = props;
    const { rateLimit = 100, burstLimit = 200 } = props.throttling ?? {};
    checkDomain(this, props);
    const mtls = clientTrust && mutualTlsOf(this, clientTrust);
    checkWholeNumber(this, 'throttling.rateLimit', rateLimit, 1, ACCOUNT_RATE);
    checkWholeNumber(this, 'throttling.burstLimit', burstLimit, 1, ACCOUNT_BURST);
    this.authorization = props.authorization;

    this.logs = new ApiLogs(this, 'Logs', { encryptionKey, retention });
    this.accessLogGroup = this.logs.accessLogGroup;
    this.api = new apigatewayv2.HttpApi(this, 'Api', {
      apiName: props.apiName ?? Names.uniqueResourceName(this, { maxLength: 100, separator: '-' }),
      description: props.description,
      createDefaultStage: false,
      disableExecuteApiEndpoint: true,
    });
    this.restApiId = this.api.apiId;
    guardRoutes(this.api);
    this.domain = new apigatewayv2.DomainName(this, 'Domain', {
      domainName: props.domainName,
      certificate: firstCertificateOf(props.certificate),
      ownershipCertificate: props.ownershipCertificate && firstCertificateOf(props.ownershipCertificate),
      securityPolicy: apigatewayv2.SecurityPolicy.TLS_1_2,
      mtls,
    });
    const stage = new apigatewayv2.HttpStage(this, 'Stage', {
      httpApi: this.api,
      stageName: STAGE_NAME,
      autoDeploy: true,
      throttle: { rateLimit, burstLimit },
      detailedMetricsEnabled: true,
      domainMapping: { domainName: this.domain },
      accessLogSettings: {
        destination: new apigatewayv2.LogGroupLogDestination(this.accessLogGroup),
        format: AccessLogFormat.custom(JSON.stringify(HTTP_ACCESS_LOG_FIELDS)),
      },
    });
    this.stageName = stage.stageName;
    this.url = `https://${props.domainName}/`;
    addRecord(this, props, this.aliasTarget);

    for (const counted of [THROTTLES, AUTHORIZATION_FAILURES]) {
      countAccess(this, this.accessLogGroup, this.restApiId, counted);
    }
    this.alarmTopic =
      props.alarmTopic ??
      new AlarmTopic(this, 'AlarmTopic', { encryptionKey: this.logs.encryptionKey }).topic;
    const thresholds = props.alarmThresholds;
    this.alarms = new ApiAlarms(this, 'Alarms', { api: this, topic: this.alarmTopic, thresholds });
  }

  /** The id of the API. */
  get httpApiId(): string {
    return this.restApiId;
  }

  /** Where the name has to lead, for a record of your own. */
  get aliasTarget(): AliasTarget {
    return { dnsName: this.domain.regionalDomainName, hostedZoneId: this.domain.regionalHostedZoneId };
  }

  /**
   * Adds a route: a method and a path, as in `GET /orders/{id}`, and what answers it.
   *
   * @param target a Lambda function, or an integration such as a `LoadBalancerIntegration`
   */
  addRoute(
    route: string,
    target: lambda.IFunction | apigatewayv2.HttpRouteIntegration,
    { authorization = this.authorization }: AddHttpRouteOptions = {},
  ): apigatewayv2.HttpRoute[] {
    const { method, path } = parseRoute(this, 'route', route);
    return this.api.addRoutes({
      path,
      methods: [method as apigatewayv2.HttpMethod],
      integration: target instanceof apigatewayv2.HttpRouteIntegration ? target : this.integrationOf(target),
      ...this.bind(authorization),
    });
  }

  private bind(authorization: HttpApiAuthorization): HttpRouteAuthorization {
    const bound = this.bound.get(authorization);
    if (bound !== undefined) return bound;
    const made = authorization._bind(this, `Authorizer${this.bound.size + 1}`);
    this.bound.set(authorization, made);
    return made;
  }

  private integrationOf(handler: lambda.IFunction): apigatewayv2.HttpRouteIntegration {
    const made = this.integrations.get(handler);
    if (made !== undefined) return made;
    const integration = new HttpLambdaIntegration(`Function${this.integrations.size + 1}`, handler);
    this.integrations.set(handler, integration);
    return integration;
  }
}
