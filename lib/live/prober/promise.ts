import { TransmissionError } from '../../core/errors';
import type { StatedEndpoint } from '../../core/statement';
import { didYouMean } from '../../core/suggest';
import { lookUpTlsPolicy, type TlsPolicyService, type TlsVersion, tlsPoliciesOf } from '../../core/tls';
import type { HstsTold } from './http';

/**
 * What a host was promised to do, as plain data: the templates say it, or whoever deploys a prober. What is left out is
 * not compared.
 */
export interface HostPromise {
  /** The oldest version that is accepted. */
  readonly oldest?: TlsVersion;
  /** The newest version that is accepted. */
  readonly newest?: TlsVersion;
  /** Every cipher suite has forward secrecy. */
  readonly forwardSecret?: boolean;
  /** No CBC suite is accepted. */
  readonly noCbc?: boolean;
  /** A hybrid with ML-KEM is accepted for the agreement on keys. */
  readonly postQuantum?: boolean;
  /** What becomes of a request in clear. */
  readonly plaintext?: Exclude<StatedEndpoint['plaintext'], 'not-known'>;
  readonly hsts?: HstsTold | 'none';
  /** Whether clients are asked for a certificate. */
  readonly clientCertificates?: 'required' | 'optional' | 'none';
  /** Where it was promised: paths of constructs, names of TLS policies. */
  readonly by?: readonly string[];
}

/**
 * What a named TLS policy promises, as the catalogue knows it.
 *
 * @throws TransmissionError where nobody has classified the name
 */
export function promiseOfTlsPolicy(service: TlsPolicyService, name: string): HostPromise {
  const found = lookUpTlsPolicy(service, name);
  if (!found.known) {
    const known = tlsPoliciesOf(service).map((policy) => policy.name);
    const message = `is no TLS policy of ${service} that is classified${didYouMean(name, known)}, write the promise out instead`;
    throw new TransmissionError('InvalidTlsPolicy', message, name);
  }
  const { oldest, newest, forwardSecret, cbc, postQuantum } = found.policy;
  return {
    ...(oldest === 'SSH-2.0' ? {} : { oldest }),
    ...(newest === 'SSH-2.0' ? {} : { newest }),
    ...(forwardSecret ? { forwardSecret } : {}),
    ...(cbc ? {} : { noCbc: true }),
    ...(postQuantum ? { postQuantum } : {}),
    by: [name],
  };
}
