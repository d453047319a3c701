import { X509Certificate } from 'node:crypto';
import { type Duration, Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { invalidProperty } from '../invalid-property';
import { checkWholeNumber } from '../whole-number';
import type { JwtAuthorizerProps } from './jwt-props';
import { JWT_ALGORITHMS, type JwtAlgorithm } from './runtime/jwt/settings';
import { fits, signatureKeysOf } from './runtime/jwt/signature-keys';

/** The environment of a function has 4 KB. */
const MOST_AUDIENCES = 20;
const MOST_SCOPES = 50;
const LONGEST_NAME = 255;
const LONGEST_AGE_SECONDS = 30 * 24 * 60 * 60;
/** RFC 6749, 3.3. */
const SCOPE = /^[\x21\x23-\x5b\x5d-\x7e]+$/;
const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/** Refuses what the function could not start with, or what would let in what should stay out. */
export function checkJwtAuthorizer(scope: Construct, props: JwtAuthorizerProps): void {
  const { audienceClaim = 'aud', tokenUse = 'access', algorithms, jwksUri } = props;
  checkAddress(scope, 'issuer', props.issuer, false);
  if (jwksUri !== undefined) checkAddress(scope, 'jwksUri', jwksUri, true);
  checkNames(scope, 'audience', props.audience, 1, MOST_AUDIENCES);
  checkNames(scope, 'scopes', props.scopes ?? [], 0, MOST_SCOPES);
  const wrongScope = (props.scopes ?? []).find((each) => !Token.isUnresolved(each) && !SCOPE.test(each));
  if (wrongScope !== undefined) {
    throw invalidProperty(
      scope,
      `'scopes' must be names without spaces, quotation marks and backslashes, got ${quoted(wrongScope)}, name one each`,
    );
  }
  checkOneOf(scope, 'audienceClaim', audienceClaim, ['aud', 'client_id']);
  checkOneOf(scope, 'tokenUse', tokenUse, ['access', 'id']);
  if (algorithms?.length === 0) {
    throw invalidProperty(
      scope,
      "'algorithms' must name at least one, got none, leave it out for RS256 and ES256",
    );
  }
  for (const algorithm of algorithms ?? []) checkOneOf(scope, 'algorithms', algorithm, JWT_ALGORITHMS);
  checkSeconds(scope, 'clockTolerance', props.clockTolerance, 0, 60);
  checkSeconds(scope, 'maxTokenAge', props.maxTokenAge, 1, LONGEST_AGE_SECONDS);
  checkWholeNumber(scope, 'maxTokenLength', props.maxTokenLength ?? 8192, 256, 10_240);
  checkWholeNumber(scope, 'reservedConcurrentExecutions', props.reservedConcurrentExecutions ?? 1, 1, 10_000);
  if (props.caCertificates !== undefined) checkAuthorities(scope, props.caCertificates);
  if (props.jwks !== undefined) checkKeys(scope, props, props.jwks);
}

function checkAddress(scope: Construct, property: string, address: string, mayHaveQuery: boolean): void {
  const must = `'${property}' must be an https:// URL`;
  if (Token.isUnresolved(address)) {
    if (!/^http:/i.test(address)) return;
    throw invalidProperty(scope, `${must}, got one that begins with "http:", use https`);
  }
  const got = quoted(address.replace(/\/\/[^/]*@/, '//'));
  if (!URL.canParse(address)) throw invalidProperty(scope, `${must}, got ${got}, name the whole URL`);
  const { protocol, username, password, search } = new URL(address);
  if (protocol !== 'https:') throw invalidProperty(scope, `${must}, got ${got}, use https`);
  const hasQuery = search !== '' && !mayHaveQuery;
  // An empty fragment or query is none to `URL`, but not to a reader who compares.
  if (username === '' && password === '' && !hasQuery && !/#|\?$/.test(address)) return;
  const without = mayHaveQuery ? 'credentials and fragment' : 'credentials, query and fragment';
  throw invalidProperty(scope, `${must} without ${without}, got some, take them out`);
}

function checkNames(
  scope: Construct,
  property: string,
  names: readonly string[],
  least: number,
  most: number,
): void {
  const must = `'${property}' must be a list of ${least} to ${most} names, of at most ${LONGEST_NAME} characters each`;
  if (Token.isUnresolved(names)) {
    throw invalidProperty(scope, `${must}, got an unresolved value, list them, each of which may be one`);
  }
  if (names.length < least || names.length > most) {
    throw invalidProperty(scope, `${must}, got ${names.length}`);
  }
  const wrong = names.find(
    (name) =>
      !Token.isUnresolved(name) && (typeof name !== 'string' || name === '' || name.length > LONGEST_NAME),
  );
  if (wrong !== undefined) throw invalidProperty(scope, `${must}, got ${quoted(wrong)}`);
}

function checkOneOf(scope: Construct, property: string, value: string, allowed: readonly string[]): void {
  if (allowed.includes(value)) return;
  throw invalidProperty(scope, `'${property}' must be one of ${allowed.join(', ')}, got ${quoted(value)}`);
}

function checkSeconds(
  scope: Construct,
  property: string,
  duration: Duration | undefined,
  least: number,
  most: number,
): void {
  if (duration === undefined) return;
  if (duration.isUnresolved()) {
    throw invalidProperty(
      scope,
      `'${property}' must be known at synthesis, got an unresolved value, give a literal`,
    );
  }
  const seconds = duration.toMilliseconds() / 1000;
  if (Number.isInteger(seconds) && seconds >= least && seconds <= most) return;
  throw invalidProperty(
    scope,
    `'${property}' must be whole seconds, from ${least} to ${most}, got ${duration.toHumanString()}`,
  );
}

/** Beside certificates there may be comments, but no key. */
function checkAuthorities(scope: Construct, pem: string): void {
  const certificates = Token.isUnresolved(pem) ? [] : (pem.match(CERTIFICATE) ?? []);
  if (certificates.length > 0 && certificates.every(isCertificate) && !pem.includes('PRIVATE KEY')) return;
  throw invalidProperty(
    scope,
    "'caCertificates' must be certificates as PEM, known at synthesis, without private keys, got none or something else, read them from a file",
  );
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).raw.length > 0;
  } catch {
    return false;
  }
}

function checkKeys(scope: Construct, props: JwtAuthorizerProps, text: string): void {
  const unused = (['jwksUri', 'caCertificates', 'vpc', 'vpcSubnets'] as const).find(
    (property) => props[property] !== undefined,
  );
  if (unused !== undefined) {
    throw invalidProperty(
      scope,
      `'${unused}' is for keys that are fetched, and 'jwks' holds them, leave out one of both`,
    );
  }
  const must = "'jwks' must be the text of a JWK Set with public keys for signatures";
  const keys = Token.isUnresolved(text) ? undefined : signatureKeysOf(text);
  if (keys === undefined) {
    throw invalidProperty(scope, `${must}, known at synthesis, got something else, copy it from the issuer`);
  }
  const [unusable] = keys.unusable;
  if (unusable !== undefined) throw invalidProperty(scope, `${must}, got another: ${unusable}, take it out`);
  if (keys.byId.size === 0) throw invalidProperty(scope, `${must}, got none, copy it from the issuer`);
  const algorithms: readonly JwtAlgorithm[] = props.algorithms ?? DEFAULT_ALGORITHMS;
  for (const [id, key] of keys.byId) {
    if (algorithms.some((algorithm) => fits(key, algorithm))) continue;
    throw invalidProperty(
      scope,
      `${must}, got ${quoted(id)}, which none of 'algorithms' (${algorithms.join(', ')}) takes, take it out or add its algorithm`,
    );
  }
}

/** What nearly all issuers sign with. */
export const DEFAULT_ALGORITHMS: readonly JwtAlgorithm[] = ['RS256', 'ES256'];

function quoted(value: unknown): string {
  return JSON.stringify(String(value).slice(0, 80));
}
