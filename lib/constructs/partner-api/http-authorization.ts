import { Duration, Token } from 'aws-cdk-lib';
import type * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import {
  HttpIamAuthorizer,
  HttpJwtAuthorizer,
  HttpLambdaAuthorizer,
  HttpLambdaResponseType,
} from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { invalidProperty, type Place } from '../invalid-property';

/** The longest that API Gateway keeps the answer of an authorizer. */
const LONGEST_CACHE = Duration.hours(1);
const TOKEN_HEADER = '$request.header.Authorization';

/** Which tokens (JWT) let callers in. */
export interface JwtAuthorizationOptions {
  /** The issuer, as the claim `iss` has it, to the letter: an https:// URL under which it publishes its keys. */
  readonly issuer: string;
  /**
   * For whom tokens must have been issued: one of these must stand in the claim `aud`, or `client_id` where there is
   * none. Without it a token that the issuer gave out for any other service would let its bearer in here.
   */
  readonly audience: string[];
  /**
   * Scopes of which the token must have one.
   *
   * @default - none is asked for
   */
  readonly scopes?: string[];
}

/** How a Lambda authorizer of an HTTP API is asked. */
export interface HttpLambdaAuthorizationOptions {
  /**
   * What it decides by: a request that lacks one of them is refused before it is asked.
   *
   * @default - the header `Authorization`
   */
  readonly identitySources?: string[];
  /**
   * How long its answer is kept for the same values: up to an hour. What was taken back works on for as long.
   *
   * @default - none: it is asked each time
   */
  readonly cacheTtl?: Duration;
}

/** What a route asks of its callers, as `addRoutes` takes it. */
export interface HttpRouteAuthorization {
  readonly authorizer: apigatewayv2.IHttpRouteAuthorizer;
  readonly authorizationScopes?: string[];
}

/** How callers of an HTTP API prove who they are. There is no way to ask for nothing. */
export class HttpApiAuthorization {
  /** Signatures of AWS (SigV4): whoever has an IAM policy that allows it, see `grantInvoke`. */
  static iam(): HttpApiAuthorization {
    return new HttpApiAuthorization(() => ({ authorizer: new HttpIamAuthorizer() }));
  }

  /** Tokens (JWT) that API Gateway verifies itself: signature, issuer, audience, end, scopes. */
  static jwt({ issuer, audience, scopes }: JwtAuthorizationOptions): HttpApiAuthorization {
    return new HttpApiAuthorization((place, id) => {
      checkIssuer(place, issuer);
      if (!Token.isUnresolved(audience) && (audience.length === 0 || audience.includes(''))) {
        throw invalidProperty(
          place,
          "'audience' must name for whom tokens are issued, got nothing, or tokens for other services of the issuer would do",
        );
      }
      const authorizer = new HttpJwtAuthorizer(id, issuer, { jwtAudience: audience });
      return { authorizer, authorizationScopes: scopes };
    });
  }

  /** A function of yours. It gets headers and the client's certificate, never the body. */
  static lambda(
    handler: lambda.IFunction,
    { identitySources = [TOKEN_HEADER], cacheTtl = Duration.seconds(0) }: HttpLambdaAuthorizationOptions = {},
  ): HttpApiAuthorization {
    return new HttpApiAuthorization((place, id) => {
      if (identitySources.length === 0) {
        throw invalidProperty(
          place,
          "'identitySources' must not be empty, since the function would be asked about requests without any proof, name what it decides by",
        );
      }
      if (!cacheTtl.isUnresolved() && cacheTtl.toSeconds() > LONGEST_CACHE.toSeconds()) {
        throw invalidProperty(
          place,
          `'cacheTtl' must be at most an hour, which is what API Gateway takes, got ${cacheTtl.toSeconds()} seconds, shorten it`,
        );
      }
      const authorizer = new HttpLambdaAuthorizer(id, handler, {
        identitySource: identitySources,
        resultsCacheTtl: cacheTtl,
        responseTypes: [HttpLambdaResponseType.SIMPLE],
      });
      return { authorizer };
    });
  }

  private constructor(
    /**
     * The options of a route; made once for each API, since an authorizer belongs to one.
     *
     * @internal
     */
    readonly _bind: (place: Place, id: string) => HttpRouteAuthorization,
  ) {}
}

function checkIssuer(place: Place, issuer: string): void {
  const must = "'issuer' must be an https:// URL, as the claim iss has it";
  if (Token.isUnresolved(issuer)) {
    if (!/^http:/i.test(issuer)) return;
    throw invalidProperty(place, `${must}, got one that begins with "http:", use https`);
  }
  const got = JSON.stringify(issuer.replace(/\/\/[^/]*@/, '//').slice(0, 80));
  if (!URL.canParse(issuer)) throw invalidProperty(place, `${must}, got ${got}, name the whole URL`);
  const { protocol, username, password, search, hash } = new URL(issuer);
  if (protocol !== 'https:') throw invalidProperty(place, `${must}, got ${got}, use https`);
  if (username === '' && password === '' && search === '' && hash === '') return;
  throw invalidProperty(place, `${must}, without credentials, query and fragment, got some, take them out`);
}
