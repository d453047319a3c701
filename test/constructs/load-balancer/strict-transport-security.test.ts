import { Duration } from 'aws-cdk-lib';
import {
  type StrictTransportSecurity,
  strictTransportSecurityHeader,
} from '../../../lib/constructs/load-balancer/strict-transport-security';
import { stackIn } from '../support';

const header = (options?: StrictTransportSecurity) => strictTransportSecurityHeader(stackIn(), options);

describe('Strict-Transport-Security', () => {
  test.each<[StrictTransportSecurity | undefined, string]>([
    [undefined, 'max-age=31536000; includeSubDomains'],
    [{ maxAge: Duration.minutes(5) }, 'max-age=300; includeSubDomains'],
    [{ includeSubDomains: false }, 'max-age=31536000'],
    [{ maxAge: Duration.days(730), preload: true }, 'max-age=63072000; includeSubDomains; preload'],
  ])('%j', (options, value) => {
    expect(header(options)).toBe(value);
  });

  test('refuses to switch itself off', () => {
    expect(() => header({ maxAge: Duration.seconds(0) })).toThrow(
      "Stack: 'strictTransportSecurity.maxAge' must be longer than nothing, which switches it off",
    );
  });

  test.each<[StrictTransportSecurity, string]>([
    [{ preload: true, includeSubDomains: false }, 'got false and 31536000 seconds'],
    [{ preload: true, maxAge: Duration.days(364) }, 'got true and 31449600 seconds'],
  ])('refuses to be preloaded on terms that browsers do not take: %j', (options, got) => {
    expect(() => header(options)).toThrow(
      `Stack: 'strictTransportSecurity.preload' must be false unless 'includeSubDomains' is true and 'maxAge' is at least 365 days, ${got}`,
    );
  });
});
