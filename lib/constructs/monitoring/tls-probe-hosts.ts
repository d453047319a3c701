import { Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { isTransmissionError } from '../../core/errors';
import { TLS_VERSIONS } from '../../core/tls';
import { type HostPromise, type ProbeRequest, parseTarget, targetName } from '../../live/prober';
import { invalidProperty } from '../invalid-property';

/** A host that a `TlsProbe` asks. */
export interface ProbedHost {
  /** Its name, with a port where that is not 443: `shop.example.com`, `mqtt.example.com:8883`. */
  readonly host: string;
  /**
   * What it was promised to do: write it out, or take it from a TLS policy with `promiseOfTlsPolicy`.
   *
   * @default - TLS 1.2 and 1.3, forward secrecy always
   */
  readonly promised?: HostPromise;
}

/** What every endpoint of this package does. */
const DEFAULT_PROMISE: HostPromise = { oldest: 'TLSv1.2', newest: 'TLSv1.3', forwardSecret: true };

/** More would not be asked in the time that a function has. */
const MOST_HOSTS = 20;

/** The hosts as the function reads them. */
export function probedHosts(scope: Construct, hosts: readonly ProbedHost[]): readonly ProbeRequest[] {
  if (Token.isUnresolved(hosts) || hosts.length < 1 || hosts.length > MOST_HOSTS) {
    const got = Token.isUnresolved(hosts) ? 'an unresolved value' : hosts.length;
    throw invalidProperty(
      scope,
      `'hosts' must be a list of 1 to ${MOST_HOSTS}, got ${got}, define a second probe for more`,
    );
  }
  const requests = hosts.map((host) => requestOf(scope, host));
  const names = requests.map(targetName);
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice !== undefined)
    throw invalidProperty(scope, `'hosts' must name each host once, got ${twice} twice, remove one`);
  return requests;
}

function requestOf(scope: Construct, { host, promised = DEFAULT_PROMISE }: ProbedHost): ProbeRequest {
  if (Token.isUnresolved(host)) {
    throw invalidProperty(
      scope,
      "'hosts' must hold names that are known at synthesis, since they are deployed with the code, got an unresolved value, write the name of the DNS record",
    );
  }
  if (Token.isUnresolved(promised) || Object.values(promised).some((value) => Token.isUnresolved(value))) {
    throw invalidProperty(
      scope,
      `'promised' of ${host} must be known at synthesis, got an unresolved value, write it out`,
    );
  }
  const { oldest, newest } = promised;
  for (const version of [oldest, newest]) {
    if (version === undefined || TLS_VERSIONS.includes(version)) continue;
    throw invalidProperty(
      scope,
      `'promised' of ${host} must name one of ${TLS_VERSIONS.join(', ')}, got ${JSON.stringify(version)}`,
    );
  }
  if (
    oldest !== undefined &&
    newest !== undefined &&
    TLS_VERSIONS.indexOf(oldest) > TLS_VERSIONS.indexOf(newest)
  ) {
    throw invalidProperty(
      scope,
      `'promised' of ${host} must have an oldest version that is not above the newest, got ${oldest} and ${newest}`,
    );
  }
  return { ...targetOf(scope, host), promised };
}

function targetOf(scope: Construct, host: string) {
  try {
    return parseTarget(host);
  } catch (error) {
    if (!isTransmissionError(error)) throw error;
    throw invalidProperty(scope, `'hosts': ${error.message}`);
  }
}
