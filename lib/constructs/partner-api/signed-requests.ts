import { Duration, Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { HttpLambdaAuthorizer, HttpLambdaResponseType } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import {
  DEFAULT_NAMESPACE,
  idempotencyPrefix,
  isNamespace,
  REPLAY_PREFIX,
} from '../../target/message-signatures/partition-keys';
import { ApiAuthorization } from '../api';
import { BundledFunction } from '../bundled-function';
import { customerKey } from '../customer-key';
import { EncryptedTable } from '../data-store';
import { invalidProperty } from '../invalid-property';
import { HttpApiAuthorization } from './http-authorization';
import { SIGNED_REQUEST_ENVIRONMENT } from './runtime/signed-request-settings';
import { usageKeyOf } from './runtime/usage-key';
import { checkSignedRequests } from './signed-requests-checks';
import { partnerKeysLayer } from './signed-requests-keys';
import { SignedRequestsMetrics } from './signed-requests-metrics';
import type { SignedRequestsProps } from './signed-requests-props';

export type { SignatureAlgorithm } from '../../target/message-signatures/algorithm';
export type { PartnerKey } from '../../target/message-signatures/partner-keys';
export type { SignedRequestsProps } from './signed-requests-props';

/** A request without them is answered 401 before the function is asked. */
const SIGNATURE_FIELDS = ['Signature-Input', 'Signature'];
const REST_SOURCES = SIGNATURE_FIELDS.map((name) => `method.request.header.${name}`);
const HTTP_SOURCES = SIGNATURE_FIELDS.map((name) => `$request.header.${name}`);
/** How long API Gateway keeps an answer: never, see the class. */
const NEVER_KEPT = Duration.seconds(0);

/**
 * Lets only those requests of partners in that are signed (RFC 9421), fresh, and seen for the first time: a Lambda
 * authoriser for REST and HTTP APIs, with a table of the signatures that were seen.
 *
 * It sees no content. It verifies the signature over the digest of the content (RFC 9530) and hands that digest to the
 * backend, as `$context.authorizer.contentDigest`; the backend has to call `verifySignedBody` of
 * `cdk-secure-transmission/target`. Without that, a content is not verified.
 *
 * API Gateway keeps no answer of it. A kept answer would be given to the next request with the same signature without
 * asking: a replay is just that. While the table does not answer, every request is refused.
 */
export class SignedRequests extends Construct {
  /** The function that decides. */
  readonly fn: lambda.Function;
  /**
   * What was seen and, by `dynamoDbIdempotencyStore`, what was handled; both are forgotten in time. Its partition key is
   * `pk`.
   */
  readonly table: EncryptedTable;
  /** Encrypts what was seen, the log and the environment. */
  readonly encryptionKey: kms.IKey;
  private readonly metrics: SignedRequestsMetrics;
  private readonly partners: ReadonlySet<string>;
  /** Of two deployments of one app in an account, the stacks have other names. */
  private readonly usageScope: string;
  private readonly apiKeys = new Map<string, apigateway.ApiKey>();

  constructor(scope: Construct, id: string, props: SignedRequestsProps) {
    super(scope, id);
    checkSignedRequests(this, props);
    this.partners = new Set(props.partnerKeys.map(({ partner }) => partner));
    this.usageScope = `${Stack.of(this).stackName}/${this.node.addr}`;
    this.encryptionKey = customerKey(this, 'which requests of partners were seen', props.encryptionKey);
    this.table = new EncryptedTable(this, 'Seen', {
      partitionKey: { name: 'pk', type: dynamodb.AttributeType.STRING },
      timeToLiveAttribute: 'expiresAt',
      encryptionKey: this.encryptionKey,
      // What it holds ends within minutes or days: an older state would let replays in.
      recoveryPeriod: Duration.days(1),
    });

    const names = SIGNED_REQUEST_ENVIRONMENT;
    const authorizer = new BundledFunction(this, 'Authorizer', {
      handler: 'signed-request-authorizer',
      description: 'Verifies the signatures of requests of partners',
      encryptionKey: this.encryptionKey,
      // As long as an HTTP API waits for it: docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html
      timeout: Duration.seconds(10),
      // Verifying is work of the processor, whose share grows with the memory.
      memorySize: 512,
      reservedConcurrentExecutions: props.reservedConcurrentExecutions,
      environment: {
        [names.table]: this.table.tableName,
        [names.authorities]: props.authorities.join(','),
        [names.windowSeconds]: String((props.window ?? Duration.minutes(5)).toSeconds()),
        [names.skewSeconds]: String((props.clockSkew ?? Duration.seconds(30)).toSeconds()),
        [names.tag]: props.tag ?? 'partner-request',
        [names.alsoCovered]: (props.alsoCovered ?? []).join(','),
        [names.usageScope]: this.usageScope,
      },
    });
    this.fn = authorizer.fn;
    this.fn.addLayers(partnerKeysLayer(this, 'PartnerKeys', props.partnerKeys));
    this.grant(authorizer.role, ['dynamodb:PutItem'], REPLAY_PREFIX);

    this.metrics = new SignedRequestsMetrics(this, 'Metrics', this.fn, authorizer.logGroup);
    if (props.alarmTopic !== undefined)
      this.metrics.addAlarms(props.alarmTopic, props.refusedThreshold ?? 20);
  }

  /** For routes of `PartnerApi` and other REST APIs of this package. */
  authorization(): ApiAuthorization {
    return ApiAuthorization.lambda(this.fn, {
      identitySources: REST_SOURCES,
      cacheTtl: NEVER_KEPT,
    });
  }

  /** For routes of `PartnerHttpApi`. */
  httpAuthorization(): HttpApiAuthorization {
    return HttpApiAuthorization.lambda(this.fn, { identitySources: HTTP_SOURCES, cacheTtl: NEVER_KEPT });
  }

  /**
   * The API key that the function names for the requests of a partner, as `apiKey` of `PartnerApi.addPartner`: the API then
   * takes keys from the authorizer (`apiKeySource: ApiKeySourceType.AUTHORIZER`), partners send none, and none can spend the
   * limits of another.
   *
   * @param partner as in `partnerKeys`
   */
  apiKeyOf(partner: string): apigateway.IApiKey {
    if (!this.partners.has(partner)) {
      throw invalidProperty(
        this,
        `'partner' must be one of 'partnerKeys' (${[...this.partners].join(', ')}), got ${JSON.stringify(partner).slice(0, 80)}, add its key`,
      );
    }
    const made = this.apiKeys.get(partner);
    if (made !== undefined) return made;
    const value = usageKeyOf(this.usageScope, partner);
    const apiKey = new apigateway.ApiKey(this, `ApiKey-${partner}`, {
      description: `Counts the requests of ${partner}`,
      value,
    });
    this.apiKeys.set(partner, apiKey);
    return apiKey;
  }

  /** For methods of any other REST API: one for each API, since an authoriser belongs to one. */
  restAuthorizer(scope: Construct, id: string): apigateway.RequestAuthorizer {
    return new apigateway.RequestAuthorizer(scope, id, {
      handler: this.fn,
      identitySources: REST_SOURCES,
      resultsCacheTtl: NEVER_KEPT,
    });
  }

  /**
   * For routes of any other HTTP API: one for each API. Its stage is `$default`, and the mapping of its domain has no key:
   * API Gateway hands paths over with the name of any other stage, and without the key, so that no signature verifies.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
   */
  httpRouteAuthorizer(id: string): HttpLambdaAuthorizer {
    return new HttpLambdaAuthorizer(id, this.fn, {
      identitySource: HTTP_SOURCES,
      resultsCacheTtl: NEVER_KEPT,
      // Yes or no for this one request, where a policy is for an ARN.
      responseTypes: [HttpLambdaResponseType.SIMPLE],
    });
  }

  /**
   * Lets a REST API say, in the form of RFC 9457, what is wrong with a signature. Its status is 403, which is the only one
   * that API Gateway has for a refusal of an authoriser.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
   */
  explainRefusals(api: apigateway.RestApi): void {
    const texts = ['type', 'title', 'detail', 'code'].map(
      (name) => `"${name}":"$context.authorizer.${name}"`,
    );
    api.addGatewayResponse('SignatureRefused', {
      type: apigateway.ResponseType.ACCESS_DENIED,
      statusCode: '403',
      templates: { 'application/json': `{"status":403,${texts.join(',')}}` },
    });
  }

  /**
   * Lets a backend keep, in the table, which requests it handled; see `dynamoDbIdempotencyStore`.
   *
   * @param namespace whose requests they are, as the backend says it to the store: 1 to 64 letters, digits and `. _ -`.
   * Several backends have one each, so that none can answer, lock or free what another handles
   * @throws TransmissionError where the namespace is none
   */
  grantIdempotency(grantee: iam.IGrantable, namespace = DEFAULT_NAMESPACE): iam.Grant {
    if (!isNamespace(namespace)) {
      throw invalidProperty(
        this,
        `'namespace' must be 1 to 64 letters, digits and . _ -, got ${JSON.stringify(namespace).slice(0, 80)}, name it after the backend`,
      );
    }
    return this.grant(
      grantee,
      ['dynamodb:PutItem', 'dynamodb:GetItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'],
      idempotencyPrefix(namespace),
    );
  }

  /** Requests that were let in. */
  metricAdmitted(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metrics.metric('admitted', options);
  }

  /** Requests that were refused because of what they are. The log says for each what was wrong. */
  metricRefused(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metrics.metric('refused', options);
  }

  /** Requests that were refused because the table did not answer. */
  metricUnavailable(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metrics.metric('unavailable', options);
  }

  /** Of the table only the items of one kind. */
  private grant(grantee: iam.IGrantable, actions: string[], prefix: string): iam.Grant {
    const key = iam.Grant.addToPrincipal({
      grantee,
      actions: ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey'],
      resourceArns: [this.encryptionKey.keyArn],
    });
    const items = iam.Grant.addToPrincipal({
      grantee,
      actions,
      resourceArns: [this.table.tableArn],
      conditions: {
        'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [`${prefix}*`] },
        // Of no keys at all every one would fit.
        Null: { 'dynamodb:LeadingKeys': 'false' },
      },
    });
    return items.combine(key);
  }
}
