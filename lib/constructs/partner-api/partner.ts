import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import type * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { ApiRoute, ApiThrottling } from '../api';
import { invalidProperty } from '../invalid-property';
import { checkWholeNumber } from '../whole-number';

const DEFAULT_RATE = 10;
const DEFAULT_BURST = 20;
/** What API Gateway takes for a quota, and what an account has by quota (requests per second, burst). */
const MOST_REQUESTS = 2_147_483_647;
const ACCOUNT_RATE = 10_000;
const ACCOUNT_BURST = 5_000;

/** How many requests a partner may send over a longer time. */
export interface PartnerQuota {
  /** Requests. */
  readonly limit: number;
  /** @default Period.DAY */
  readonly period?: apigateway.Period;
}

/** How much a partner may ask for. */
export interface PartnerProps {
  /** What people call it, as the console shows it. */
  readonly description?: string;
  /**
   * Requests per second and at the same moment. The limit of the stage holds for all partners together.
   *
   * @default - 10 requests per second, 20 at the same moment
   */
  readonly throttling?: ApiThrottling;
  /** @default - none */
  readonly quota?: PartnerQuota;
  /**
   * The accounts, roles or users of the partner's own AWS account that may sign requests (SigV4). The partner's IAM
   * policies have to allow it too. Those of this account are let in by `grantInvoke`.
   *
   * @default - none: the partner signs as somebody of this account, or shows a token
   */
  readonly principals?: iam.IPrincipal[];
  /**
   * What `principals` may call.
   *
   * @default - every route that asks for signatures
   */
  readonly routes?: ApiRoute[];
  /**
   * The key that its requests are counted by, where an authorizer names it (`ApiKeySourceType.AUTHORIZER`), such as
   * `apiKeyOf` of a `SignedRequests`: nobody has to send it, and nobody can spend the limits of another partner.
   *
   * @default - a new key, which the partner sends as `X-Api-Key`
   */
  readonly apiKey?: apigateway.IApiKey;
  /**
   * Whether its key is taken. Where it is not, each request of the partner gets a 403.
   *
   * @default true
   */
  readonly enabled?: boolean;
}

/**
 * A partner of an API: an API key that tells its requests from those of others, and its limits.
 *
 * The key lets nobody in: it counts requests. Who calls is proved by the authorization of the method and the certificate
 * of the client. `aws apigateway get-api-key --include-value` prints it for the partner.
 */
export class Partner extends Construct {
  /** The key, whose id stands in the access log (`apiKeyId`). */
  readonly apiKey: apigateway.IApiKey;
  /** Bounds what the partner may ask for. */
  readonly usagePlan: apigateway.UsagePlan;

  constructor(scope: Construct, id: string, props: PartnerProps & { readonly api: apigateway.RestApi }) {
    super(scope, id);
    const { api, description, quota } = props;
    const { rateLimit = DEFAULT_RATE, burstLimit = DEFAULT_BURST } = props.throttling ?? {};
    checkWholeNumber(this, 'throttling.rateLimit', rateLimit, 1, ACCOUNT_RATE);
    checkWholeNumber(this, 'throttling.burstLimit', burstLimit, 1, ACCOUNT_BURST);
    if (quota !== undefined) checkWholeNumber(this, 'quota.limit', quota.limit, 1, MOST_REQUESTS);

    if (props.apiKey !== undefined && props.enabled !== undefined) {
      throw invalidProperty(
        this,
        "'enabled' is for a key that is made here, got one in 'apiKey', leave one out",
      );
    }
    this.apiKey =
      props.apiKey ?? new apigateway.ApiKey(this, 'Key', { description, enabled: props.enabled ?? true });
    this.usagePlan = new apigateway.UsagePlan(this, 'Resource', {
      description,
      throttle: { rateLimit, burstLimit },
      quota: quota && { limit: quota.limit, period: quota.period ?? apigateway.Period.DAY },
      apiStages: [{ api, stage: api.deploymentStage }],
    });
    this.usagePlan.addApiKey(this.apiKey);
  }
}
