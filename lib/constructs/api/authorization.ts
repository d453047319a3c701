import { Duration } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import type * as cognito from 'aws-cdk-lib/aws-cognito';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { invalidProperty } from '../invalid-property';
import { JwtAuthorizer } from './jwt-authorizer';
import type { JwtAuthorizerProps } from './jwt-props';

/** The longest that API Gateway keeps the answer of an authorizer. */
const LONGEST_CACHE = Duration.hours(1);

/** What a method asks of its callers, as `addMethod` takes it. */
export type MethodAuthorization = Pick<
  apigateway.MethodOptions,
  'authorizationType' | 'authorizer' | 'authorizationScopes'
>;

/** What an authorizer takes from its API where it is not told otherwise. */
type AuthorizerDefaults = Pick<JwtAuthorizerProps, 'encryptionKey' | 'alarmTopic'>;

/** How an authorizer of Cognito decides. */
export interface CognitoAuthorizationOptions {
  /** Scopes of which the access token must have one. Without any, the identity token is asked for. */
  readonly scopes?: string[];
}

/** How a Lambda authorizer is asked. */
export interface LambdaAuthorizationOptions {
  /**
   * What it decides by: a request that lacks one of them is refused before it is asked, and with `cacheTtl` its answer
   * is kept for their values.
   *
   * @default - the header `Authorization`
   */
  readonly identitySources?: string[];
  /**
   * How long its answer is kept, for all methods of the API: up to an hour. A token that was taken back works on for as
   * long, and an answer that names one method only refuses all others.
   *
   * @default - none: it is asked each time
   */
  readonly cacheTtl?: Duration;
}

/** How callers of a REST API prove who they are. There is no way to ask for nothing. */
export abstract class ApiAuthorization {
  /** Signatures of AWS (SigV4): whoever has an IAM policy that allows it, see `grantInvoke`. */
  static iam(): ApiAuthorization {
    return new Authorization(false, () => ({ authorizationType: apigateway.AuthorizationType.IAM }));
  }

  /** Tokens of Cognito user pools. */
  static cognito(
    userPools: cognito.IUserPool[],
    { scopes }: CognitoAuthorizationOptions = {},
  ): ApiAuthorization {
    return new Authorization(true, (scope, id) => {
      if (userPools.length === 0) {
        throw invalidProperty(scope, "'userPools' must not be empty, name at least one");
      }
      const authorizer = new apigateway.CognitoUserPoolsAuthorizer(scope, id, {
        cognitoUserPools: userPools,
        identitySource: apigateway.IdentitySource.header('Authorization'),
      });
      return {
        authorizationType: apigateway.AuthorizationType.COGNITO,
        authorizer,
        authorizationScopes: scopes,
      };
    });
  }

  /**
   * Tokens (JWT) of any issuer, in the header `Authorization: Bearer …`. REST APIs verify none themselves: each API that asks
   * for it gets a function that does, see `JwtAuthorizer`. It is encrypted with the key of the API's logs and tells the
   * API's topic, unless the properties name others.
   */
  static jwt(props: JwtAuthorizerProps): ApiAuthorization {
    return new Authorization(false, (scope, id, ofApi) => {
      const { fn } = new JwtAuthorizer(scope, `${id}Tokens`, { ...ofApi, ...props });
      return ApiAuthorization.lambda(fn)._bind(scope, id);
    });
  }

  /** A function of yours. */
  static lambda(handler: lambda.IFunction, options: LambdaAuthorizationOptions = {}): ApiAuthorization {
    const identitySources = options.identitySources ?? [apigateway.IdentitySource.header('Authorization')];
    const cacheTtl = options.cacheTtl ?? Duration.seconds(0);
    return new Authorization(false, (scope, id) => {
      checkLambdaOptions(scope, identitySources, cacheTtl);
      const authorizer = new apigateway.RequestAuthorizer(scope, id, {
        handler,
        identitySources,
        resultsCacheTtl: cacheTtl,
      });
      return { authorizationType: apigateway.AuthorizationType.CUSTOM, authorizer };
    });
  }

  /**
   * Whether the resource policy of an API that has one must allow such routes to callers without a name: Cognito asks for
   * that. With a Lambda authorizer it would let in whom the function did not.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html
   */
  abstract readonly needsResourceAllow: boolean;

  /**
   * The options of a method; made once for each API, since an authorizer belongs to one.
   *
   * @internal
   */
  abstract _bind(scope: Construct, id: string, ofApi?: AuthorizerDefaults): MethodAuthorization;
}

class Authorization extends ApiAuthorization {
  constructor(
    readonly needsResourceAllow: boolean,
    private readonly make: (scope: Construct, id: string, ofApi?: AuthorizerDefaults) => MethodAuthorization,
  ) {
    super();
  }

  override _bind(scope: Construct, id: string, ofApi?: AuthorizerDefaults): MethodAuthorization {
    return this.make(scope, id, ofApi);
  }
}

function checkLambdaOptions(scope: Construct, identitySources: string[], cacheTtl: Duration): void {
  if (identitySources.length === 0) {
    throw invalidProperty(
      scope,
      "'identitySources' must not be empty, since the function would be asked about requests without any proof, name what it decides by",
    );
  }
  if (cacheTtl.isUnresolved() || cacheTtl.toSeconds() <= LONGEST_CACHE.toSeconds()) return;
  throw invalidProperty(
    scope,
    `'cacheTtl' must be at most an hour, which is what API Gateway takes, got ${cacheTtl.toSeconds()} seconds, shorten it`,
  );
}
