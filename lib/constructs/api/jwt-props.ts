import type { Duration } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type { JwtAlgorithm, JwtAudienceClaim } from './runtime/jwt/settings';

/** Properties of a `JwtAuthorizer`. */
export interface JwtAuthorizerProps {
  /**
   * The issuer, as the claim `iss` has it, to the letter: an https:// URL without credentials, query and fragment. It may be
   * one that only the deployment knows, such as that of a user pool.
   */
  readonly issuer: string;
  /**
   * For whom tokens must have been issued: one of these must stand in `audienceClaim`, to the letter. Without it a token that
   * the issuer gave out for any other service would let its bearer in here. At most 20.
   */
  readonly audience: readonly string[];
  /**
   * The claim that says for whom a token was issued: `aud` (RFC 7519), or `client_id`, which access tokens of Cognito have in
   * its place.
   *
   * @default 'aud'
   */
  readonly audienceClaim?: JwtAudienceClaim;
  /**
   * Scopes of which the token must have one, in `scope` or `scp`; callers without any get a 403. Routes that ask for other
   * scopes take an authorization of their own, which is a function of its own.
   *
   * @default - none is asked for; the backend gets those of the token
   */
  readonly scopes?: readonly string[];
  /**
   * How the issuer may sign. A token that names another algorithm is refused, whatever keys the issuer has; there is no
   * `none`, and no secret that both sides share (HS256).
   *
   * @default ['RS256', 'ES256']
   */
  readonly algorithms?: readonly JwtAlgorithm[];
  /**
   * Whether the header must say that it is an access token (`typ` is `at+jwt`, RFC 9068). Few issuers do unless they are told
   * to; those that do not tell their identity tokens apart by the audience alone.
   *
   * @default false - `typ` may be absent or `JWT` too; tokens for other purposes, such as `logout+jwt`, are refused
   */
  readonly accessTokensOnly?: boolean;
  /**
   * What the claim `token_use` must say, by which Cognito tells its tokens apart.
   *
   * @default - `access`, where a token has the claim
   */
  readonly tokenUse?: 'access' | 'id';
  /**
   * Whether tokens must be bound to the certificate that the client shows (mutual TLS, RFC 8705), so that a stolen one lets
   * nobody else in. Tokens that are bound are compared in any case; those that are bound to a key (DPoP) are refused.
   *
   * @default false
   */
  readonly certificateBound?: boolean;
  /**
   * How far the clocks of issuer and function may be apart: whole seconds, at most 60.
   *
   * @default Duration.seconds(30)
   */
  readonly clockTolerance?: Duration;
  /**
   * How long ago a token may have been issued (`iat`), whatever end it names: a second to 30 days.
   *
   * @default - until it ends: `exp` is asked for in any case
   */
  readonly maxTokenAge?: Duration;
  /**
   * The length of the longest token, in characters: 256 to 10240, which is what API Gateway takes of all headers together.
   *
   * @default 8192
   */
  readonly maxTokenLength?: number;
  /**
   * Where the issuer publishes its keys (JWK Set): an https:// URL. They are fetched from there and nowhere else: no redirect
   * is followed, and no address that stands in a token.
   *
   * @default - `<issuer>/.well-known/jwks.json`
   */
  readonly jwksUri?: string;
  /**
   * The keys of the issuer themselves, as the text of a JWK Set, for networks without a way out: they are deployed with the
   * code, nothing is fetched, and a new key is a deployment.
   *
   * @default - they are fetched from `jwksUri`
   */
  readonly jwks?: string;
  /**
   * Authorities by which the server of `jwksUri` is verified, as PEM: those of a private issuer.
   *
   * @default - public ones
   */
  readonly caCertificates?: string;
  /**
   * The network from which keys are fetched: that of an issuer which the internet does not reach.
   *
   * @default - none: the function reaches the internet and nothing else
   */
  readonly vpc?: ec2.IVpc;
  /** @default - those of the network that have a way out, else all private ones */
  readonly vpcSubnets?: ec2.SubnetSelection;
  /**
   * At most so many requests are decided at a time, and so many can always be: 1 to 10000.
   *
   * @default - as many as the account allows
   */
  readonly reservedConcurrentExecutions?: number;
  /**
   * Encrypts the log and the environment of the function. A key that AWS manages is refused.
   *
   * @default - that of the logs of the API; a new one, rotated every year and retained, where no API makes this
   */
  readonly encryptionKey?: kms.IKey;
  /**
   * Is told when the keys of the issuer cannot be fetched, and when tokens cannot be verified.
   *
   * @default - that of the API; there are no alarms where no API makes this
   */
  readonly alarmTopic?: sns.ITopic;
}
