import { Names } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { invalidProperty } from '../invalid-property';
import { AlarmTopic } from '../messaging';
import { ApiLogs } from './access-log';
import type { ApiAccountLogging } from './account-logging';
import { ApiAlarms, type ApiAlarmThresholds } from './alarms';
import { ApiBase } from './api-base';
import { AUTHORIZATION_FAILURES, countAccess, THROTTLES } from './api-metrics';
import { ApiAuthorization, type MethodAuthorization } from './authorization';
import { ANY_CONTENT_TYPE, guardMethods, type MethodExceptions } from './method-guard';
import { type ApiRoute, checkStageName, DEFAULT_STAGE, hasBody, parseRoute } from './routes';
import { type ApiThrottling, stageOptions } from './stage-settings';

/** Properties that every REST API has. */
export interface RestApiCommonProps extends MethodExceptions {
  /**
   * The name of the API, under which its metrics stand. A change replaces nothing, but starts new metrics.
   *
   * @default - made of the path of the construct
   */
  readonly apiName?: string;
  /** What it is for, as the console shows it. */
  readonly description?: string;
  /**
   * The name of the stage, the first part of the path where there is no custom domain. A change replaces the stage.
   *
   * @default 'prod'
   */
  readonly stageName?: string;
  /**
   * How callers prove who they are, unless a route says otherwise.
   *
   * @default ApiAuthorization.iam()
   */
  readonly authorization?: ApiAuthorization;
  /**
   * How much the stage takes.
   *
   * @default - 100 requests per second, 200 at the same moment
   */
  readonly throttling?: ApiThrottling;
  /**
   * The key that encrypts the logs, and the topic where none is given. The policy of an imported key is not extended: it
   * must let CloudWatch Logs in, and CloudWatch.
   *
   * @default - a new key, rotated every year and retained
   */
  readonly encryptionKey?: kms.IKey;
  /** @default RetentionDays.THIRTEEN_MONTHS */
  readonly logRetention?: logs.RetentionDays;
  /**
   * The setting by which API Gateway may write logs in the account, where this app makes it.
   *
   * @default - the account has it already: without it the deployment of the stage fails
   */
  readonly accountLogging?: ApiAccountLogging;
  /**
   * The topic that is told of trouble, in the same account and region. CloudWatch must be allowed to publish there; an
   * `AlarmTopic` allows it.
   *
   * @default - a new encrypted `AlarmTopic`, to which somebody should subscribe
   */
  readonly alarmTopic?: sns.ITopic;
  /** @default - see `ApiAlarmThresholds` */
  readonly alarmThresholds?: ApiAlarmThresholds;
}

/** What the kinds of API set themselves. */
export interface RestApiKind {
  /** Endpoint configuration, resource policy and the like. */
  readonly rest: apigateway.RestApiProps;
  /** The TLS policy and access mode, which the L2 has no properties for. */
  readonly tls: Pick<apigateway.CfnRestApiProps, 'securityPolicy' | 'endpointAccessMode'>;
  /** More fields of the access log. */
  readonly accessLogFields?: Readonly<Record<string, string>>;
}

/** What a route asks for beside its method and path. */
export interface AddRouteOptions {
  /**
   * How callers of this route prove who they are.
   *
   * @default - as on the other routes
   */
  readonly authorization?: ApiAuthorization;
  /**
   * The schema of the body (JSON Schema draft 4). Requests of any content type that do not fit it get a 400.
   *
   * @default - none: routes that take a body (POST, PUT, PATCH, ANY) need one
   */
  readonly body?: apigateway.JsonSchema;
  /**
   * Parameters that requests may have (`false`) or must have (`true`), such as
   * `{ 'method.request.querystring.page': true }`.
   *
   * @default - none is asked for
   */
  readonly requestParameters?: Readonly<Record<string, boolean>>;
}

/**
 * The inside of REST APIs of every kind: a stage with masked logs, limits, metrics and alarms, and methods that ask
 * callers who they are and look at what they send.
 */
export class GuardedRestApi extends ApiBase {
  readonly restApiId: string;
  readonly stageName: string;
  /** The API underneath. Methods that are added to it are guarded too; what else is changed there is not checked. */
  readonly api: apigateway.RestApi;
  readonly logs: ApiLogs;
  /** One line of JSON for each request. */
  readonly accessLogGroup: logs.LogGroup;
  /** Looks at bodies and parameters. */
  readonly requestValidator: apigateway.RequestValidator;
  readonly alarms: ApiAlarms;
  readonly alarmTopic: sns.ITopic;
  /** Called for a route that a resource policy must allow to callers without a name. */
  onResourceAllow: (route: ApiRoute) => void = () => {};
  protected readonly apiName: string;
  private readonly bound = new Map<ApiAuthorization, MethodAuthorization>();

  constructor(scope: Construct, id: string, props: RestApiCommonProps, kind: RestApiKind) {
    super(scope, id);
    this.apiName = props.apiName ?? Names.uniqueResourceName(this, { maxLength: 100, separator: '-' });
    this.logs = new ApiLogs(this, 'Logs', {
      encryptionKey: props.encryptionKey,
      retention: props.logRetention,
    });
    this.accessLogGroup = this.logs.accessLogGroup;
    const stageName = props.stageName ?? DEFAULT_STAGE;
    checkStageName(this, stageName);
    this.api = new apigateway.RestApi(this, 'Api', {
      ...kind.rest,
      restApiName: this.apiName,
      description: props.description,
      cloudWatchRole: false,
      deployOptions: stageOptions(this, {
        stageName,
        logs: this.logs,
        throttling: props.throttling,
        accessLogFields: kind.accessLogFields,
      }),
    });
    // It names the default endpoint, which callers of a custom domain do not have.
    this.api.node.tryRemoveChild('Endpoint');
    const resource = this.api.node.defaultChild as apigateway.CfnRestApi;
    resource.securityPolicy = kind.tls.securityPolicy;
    resource.endpointAccessMode = kind.tls.endpointAccessMode;
    this.restApiId = this.api.restApiId;
    this.stageName = this.api.deploymentStage.stageName;
    this.prepareStage(stageName, props.accountLogging);

    this.requestValidator = new apigateway.RequestValidator(this, 'RequestValidator', {
      restApi: this.api,
      validateRequestBody: true,
      validateRequestParameters: true,
    });
    this.authorization = props.authorization ?? ApiAuthorization.iam();
    guardMethods(this.api, props);

    for (const counted of [THROTTLES, AUTHORIZATION_FAILURES]) {
      countAccess(this, this.accessLogGroup, this.restApiId, counted);
    }
    const { encryptionKey } = this.logs;
    this.alarmTopic = props.alarmTopic ?? new AlarmTopic(this, 'AlarmTopic', { encryptionKey }).topic;
    const thresholds = props.alarmThresholds;
    this.alarms = new ApiAlarms(this, 'Alarms', { api: this, topic: this.alarmTopic, thresholds });
  }

  /** How callers prove who they are, unless a route says otherwise. */
  readonly authorization: ApiAuthorization;

  /**
   * Adds a route: a method and a path, as in `GET /orders/{id}`, and what answers it.
   *
   * @param target a Lambda function, which gets requests as they are (proxy), or an integration
   */
  addRoute(
    route: string,
    target: lambda.IFunction | apigateway.Integration,
    { authorization = this.authorization, body, requestParameters }: AddRouteOptions = {},
  ): apigateway.Method {
    const { method, path } = parseRoute(this, 'route', route);
    if (body !== undefined && !hasBody(method)) {
      throw invalidProperty(
        this,
        `'body' cannot be set for ${route}, requests by ${method} have none, leave it out`,
      );
    }
    if (authorization.needsResourceAllow) this.onResourceAllow({ method, path });
    return this.api.root.resourceForPath(path).addMethod(method, integrationOf(target), {
      ...this.bind(authorization),
      requestValidator: this.requestValidator,
      requestParameters: requestParameters && { ...requestParameters },
      requestModels: body && { [ANY_CONTENT_TYPE]: this.modelOf(route, body) },
    });
  }

  /**
   * What a method asks of its callers, for `addMethod` of the API underneath. Routes for tokens of Cognito have to be added
   * by `addRoute` where there is a resource policy, which must allow them.
   */
  bind(authorization: ApiAuthorization): MethodAuthorization {
    const bound = this.bound.get(authorization);
    if (bound !== undefined) return bound;
    const { encryptionKey } = this.logs;
    const made = authorization._bind(this, `Authorizer${this.bound.size + 1}`, {
      encryptionKey,
      alarmTopic: this.alarmTopic,
    });
    this.bound.set(authorization, made);
    return made;
  }

  private modelOf(route: string, schema: apigateway.JsonSchema): apigateway.Model {
    return new apigateway.Model(this, `Body of ${route.replaceAll('/', '_')}`, {
      restApi: this.api,
      contentType: 'application/json',
      description: `The body of ${route}`,
      schema,
    });
  }

  private prepareStage(stageName: string, accountLogging: ApiAccountLogging | undefined): void {
    const { deploymentStage } = this.api;
    deploymentStage.node.addDependency(this.logs.addExecutionLogGroup(this.restApiId, stageName));
    if (accountLogging !== undefined) deploymentStage.node.addDependency(accountLogging.account);
  }
}

/** Without the permission by which the console tries methods out, going round authorizers. */
function integrationOf(target: lambda.IFunction | apigateway.Integration): apigateway.Integration {
  return target instanceof apigateway.Integration
    ? target
    : new apigateway.LambdaIntegration(target, { allowTestInvoke: false });
}
