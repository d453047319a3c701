import { Token } from 'aws-cdk-lib';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { IConstruct } from 'constructs';
import { invalidProperty } from '../invalid-property';

/** The limits of Elastic Load Balancing (API Reference, `JwtValidationActionConfig` and `…AdditionalClaim`). */
const MAX_URL = 256;
const MAX_CLAIMS = 10;
const MAX_VALUES = 10;
const MAX_VALUE = 256;
/** What every token is checked for, which the API refuses to be told again. */
const ALWAYS_CHECKED = ['exp', 'iss', 'nbf', 'iat'];

/** How a token writes the value of a claim. */
export enum ClaimFormat {
  /** One text: `"aud": "shop"`. */
  SINGLE_STRING = 'single-string',
  /** A list of texts: `"groups": ["clerks", "auditors"]`. */
  STRING_ARRAY = 'string-array',
  /** Texts in one, with spaces between: `"scope": "orders:read orders:write"`. */
  SPACE_SEPARATED_VALUES = 'space-separated-values',
}

/** A claim that a token must hold beside `iss` and `exp`. */
export interface RequiredClaim {
  /** The name, such as `aud` or `scope`. Not `exp`, `iss`, `nbf` or `iat`, which are checked always. */
  readonly name: string;
  /** The values: 1 to 10, each of at most 256 characters; one only for `SINGLE_STRING`. */
  readonly values: string[];
  /**
   * How a token writes the value.
   *
   * @default ClaimFormat.SINGLE_STRING
   */
  readonly format?: ClaimFormat;
}

/**
 * Which tokens (JWT, RFC 7519) let a client in, which it sends as `Authorization: Bearer`.
 *
 * The load balancer verifies the signature (RS256, no other), the issuer and the times, and hands the token on. It is
 * made for services, not for browsers, which it does not send to a login.
 *
 * It must be able to fetch the keys. AWS does not say whether they come by its network; its security group lets it
 * connect to nobody, so open the way where valid tokens are refused: `connections.allowToAnyIpv4(Port.HTTPS)`.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-verify-jwt.html
 */
export interface JwtValidation {
  /** The URL of the issuer, as the claim `iss` has it, to the letter: HTTPS, at most 256 characters. */
  readonly issuer: string;
  /**
   * The URL at which the issuer publishes its keys: HTTPS, at most 256 characters, reachable from the internet, with at
   * most 10 keys in at most 150 KB.
   */
  readonly jwksEndpoint: string;
  /**
   * Claims that a token must hold besides, at most 10. Ask for `aud` wherever the issuer serves more than one
   * application.
   *
   * @default - none: every token of the issuer lets a client in, whatever it was issued for
   */
  readonly requiredClaims?: RequiredClaim[];
}

/** An action that comes after the token of the client was found valid. */
class TokensFirst extends elbv2.ListenerAction {
  constructor({ issuer, jwksEndpoint, requiredClaims = [] }: JwtValidation, next: elbv2.ListenerAction) {
    // `ListenerAction.authenticateJwt` of the CDK is the same without claims (aws/aws-cdk#36099).
    const additionalClaims = requiredClaims.map(({ name, values, format = ClaimFormat.SINGLE_STRING }) => ({
      format,
      name,
      values,
    }));
    const claims = additionalClaims.length === 0 ? {} : { additionalClaims };
    super({ type: 'jwt-validation', jwtValidationConfig: { issuer, jwksEndpoint, ...claims } }, next);
  }
}

/** The action, behind the validation of tokens where that is asked for. */
export function behindTokens(
  jwtValidation: JwtValidation | undefined,
  action: elbv2.ListenerAction,
): elbv2.ListenerAction {
  return jwtValidation === undefined ? action : new TokensFirst(jwtValidation, action);
}

/** Refuses URLs that are not HTTPS, and claims that Elastic Load Balancing does not take. */
export function checkJwtValidation(scope: IConstruct, jwtValidation: JwtValidation | undefined): void {
  if (jwtValidation === undefined) return;
  const { issuer, jwksEndpoint, requiredClaims = [] } = jwtValidation;
  const problems = [
    problemOfUrl('issuer', issuer),
    problemOfUrl('jwksEndpoint', jwksEndpoint),
    requiredClaims.length > MAX_CLAIMS
      ? `'jwtValidation.requiredClaims' must hold at most ${MAX_CLAIMS} claims, got ${requiredClaims.length}, have the targets check the others`
      : undefined,
    ...requiredClaims.map((claim, index) => problemOfClaim(`'jwtValidation.requiredClaims[${index}]`, claim)),
  ];
  const problem = problems.find((each) => each !== undefined);
  if (problem !== undefined) throw invalidProperty(scope, problem);
}

function problemOfUrl(property: keyof JwtValidation, url: string): string | undefined {
  const must = `'jwtValidation.${property}' must be an HTTPS URL of at most ${MAX_URL} characters`;
  if (Token.isUnresolved(url)) {
    return /^http:/i.test(url) ? `${must}, got one that begins with "http:", use https` : undefined;
  }
  if (url.length > MAX_URL) return `${must}, got ${url.length} characters, use a shorter one`;
  if (!URL.canParse(url)) return `${must}, got ${JSON.stringify(url)}, name the whole URL`;
  const { protocol, username, password } = new URL(url);
  if (username !== '' || password !== '') return `${must}, got one with credentials in it, take them out`;
  return protocol === 'https:' ? undefined : `${must}, got ${JSON.stringify(url)}, use https`;
}

function problemOfClaim(place: string, { name, values, format }: RequiredClaim): string | undefined {
  if (name === '' || ALWAYS_CHECKED.includes(name)) {
    return `${place}.name' must be a claim beside ${ALWAYS_CHECKED.join(', ')}, which are checked always, got ${JSON.stringify(name)}, remove it`;
  }
  if (Token.isUnresolved(values)) return undefined;
  const most = (format ?? ClaimFormat.SINGLE_STRING) === ClaimFormat.SINGLE_STRING ? 1 : MAX_VALUES;
  if (values.length < 1 || values.length > most) {
    return most === 1
      ? `${place}.values' must hold one value, got ${values.length}, set 'format' where tokens hold several`
      : `${place}.values' must hold 1 to ${most} values, got ${values.length}, remove some or add one`;
  }
  const bad = values.find((value) => !Token.isUnresolved(value) && !fits(value, format));
  if (bad === undefined) return undefined;
  return `${place}.values' must be of 1 to ${MAX_VALUE} characters, without spaces for SPACE_SEPARATED_VALUES, got ${JSON.stringify(bad.slice(0, 40))}, split or shorten it`;
}

function fits(value: string, format: ClaimFormat | undefined): boolean {
  if (value === '' || value.length > MAX_VALUE) return false;
  return format !== ClaimFormat.SPACE_SEPARATED_VALUES || !value.includes(' ');
}
