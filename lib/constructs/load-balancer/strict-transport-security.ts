import { Duration } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { invalidProperty } from '../invalid-property';

const YEAR = Duration.days(365);

/** What browsers are told about the names of an endpoint: to use TLS only, and for how long (RFC 6797). */
export interface StrictTransportSecurity {
  /**
   * How long browsers remember it. Begin with minutes where names may still need plaintext: it cannot be recalled.
   *
   * @default Duration.days(365)
   */
  readonly maxAge?: Duration;
  /**
   * Whether it holds for every name below this one too.
   *
   * @default true
   */
  readonly includeSubDomains?: boolean;
  /**
   * Whether browsers may ship with it. Leaving their list takes months; it asks for `includeSubDomains` and a year.
   *
   * @default false
   */
  readonly preload?: boolean;
}

/** The value of the header `Strict-Transport-Security`. */
export function strictTransportSecurityHeader(
  scope: IConstruct,
  { maxAge = YEAR, includeSubDomains = true, preload = false }: StrictTransportSecurity = {},
): string {
  const seconds = maxAge.isUnresolved() ? Number.NaN : maxAge.toSeconds({ integral: false });
  const problem = problemOf(seconds, includeSubDomains, preload);
  if (problem !== undefined) throw invalidProperty(scope, problem);
  return [`max-age=${seconds}`, includeSubDomains && 'includeSubDomains', preload && 'preload']
    .filter((directive) => directive !== false)
    .join('; ');
}

function problemOf(seconds: number, includeSubDomains: boolean, preload: boolean): string | undefined {
  if (!Number.isInteger(seconds))
    return "'strictTransportSecurity.maxAge' must be whole seconds that are known when the app is synthesised, set it to a number";
  if (seconds <= 0)
    return "'strictTransportSecurity.maxAge' must be longer than nothing, which switches it off";
  if (!preload || (includeSubDomains && seconds >= YEAR.toSeconds())) return undefined;
  return (
    "'strictTransportSecurity.preload' must be false unless 'includeSubDomains' is true and 'maxAge' is at least 365 days, " +
    `got ${includeSubDomains} and ${seconds} seconds`
  );
}
