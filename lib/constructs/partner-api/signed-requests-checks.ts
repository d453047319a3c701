import { type Duration, Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { isTransmissionError } from '../../core/errors';
import { PartnerKeys } from '../../target/message-signatures/partner-keys';
import { invalidProperty } from '../invalid-property';
import type { SignedRequestsProps } from './signed-requests-props';

/** A host name, with a port where it is not 443, as `URL` writes it. */
const AUTHORITY =
  /^(?=.{1,253}(:|$))[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+(:\d{1,5})?$/;
/** The environment of a function has 4 KB. */
const MOST_NAMES = 20;
const TAG = /^[A-Za-z0-9._:/-]{1,64}$/;
/** A header field by its name in small letters (RFC 9110, 5.6.2), without what parts the list. */
const FIELD = /^[!#$%&'*+\-.^_`|~0-9a-z]{1,64}$/;
const ITSELF = ['signature', 'signature-input'];

/** Refuses what the function could not start with, or what would let in what should stay out. */
export function checkSignedRequests(scope: Construct, props: SignedRequestsProps): void {
  const { partnerKeys, authorities, window, clockSkew, tag, alsoCovered = [] } = props;
  checkKeys(scope, partnerKeys);
  checkAuthorities(scope, authorities);
  checkSeconds(scope, 'window', window, 30, 3600);
  checkSeconds(scope, 'clockSkew', clockSkew, 0, 120);
  if (tag !== undefined && !TAG.test(tag)) {
    throw invalidProperty(
      scope,
      `'tag' must be 1 to 64 letters, digits and . _ : / -, got ${JSON.stringify(tag).slice(0, 80)}`,
    );
  }
  const wrong = alsoCovered.find((name) => !FIELD.test(name) || ITSELF.includes(name));
  if (wrong !== undefined || alsoCovered.length > MOST_NAMES) {
    throw invalidProperty(
      scope,
      `'alsoCovered' must be at most ${MOST_NAMES} names of header fields in small letters, none of the signature itself, got ${JSON.stringify(wrong ?? alsoCovered.length)}`,
    );
  }
}

function checkKeys(scope: Construct, keys: SignedRequestsProps['partnerKeys']): void {
  try {
    PartnerKeys.of(keys);
  } catch (thrown) {
    if (!isTransmissionError(thrown)) throw thrown;
    throw invalidProperty(scope, `'partnerKeys': ${thrown.problem}`);
  }
}

function checkAuthorities(scope: Construct, authorities: readonly string[]): void {
  const wrong = authorities.find((name) => !Token.isUnresolved(name) && !AUTHORITY.test(name));
  if (Token.isUnresolved(authorities) || authorities.length === 0 || authorities.length > MOST_NAMES) {
    throw invalidProperty(
      scope,
      `'authorities' must be a list of 1 to ${MOST_NAMES} host names, got ${Token.isUnresolved(authorities) ? 'an unresolved value' : authorities.length}, name those under which partners reach the API`,
    );
  }
  if (wrong !== undefined) {
    throw invalidProperty(
      scope,
      `'authorities' must be host names in small letters, without scheme and path, got ${JSON.stringify(wrong).slice(0, 80)}`,
    );
  }
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
