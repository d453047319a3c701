import { API_GATEWAY, API_GATEWAY_V2 } from './policies/api-gateway';
import { CLOUDFRONT_ORIGIN, CLOUDFRONT_VIEWER } from './policies/cloudfront';
import { COGNITO } from './policies/cognito';
import { ELB_CLASSIC } from './policies/elb-classic';
import { ELBV2, ELBV2_BACKEND } from './policies/elbv2';
import { IOT } from './policies/iot';
import { LIGHTSAIL } from './policies/lightsail';
import { OPENSEARCH } from './policies/opensearch';
import { TRANSFER, TRANSFER_CONNECTOR } from './policies/transfer';
import type { TlsDefaultCase, TlsPolicy, TlsPolicyLookup, TlsPolicyService } from './tls-policy';

const BY_SERVICE: Readonly<Record<TlsPolicyService, readonly TlsPolicy[]>> = {
  elbv2: ELBV2,
  'elbv2-backend': ELBV2_BACKEND,
  'elb-classic': ELB_CLASSIC,
  'cloudfront-viewer': CLOUDFRONT_VIEWER,
  'cloudfront-origin': CLOUDFRONT_ORIGIN,
  apigateway: API_GATEWAY,
  apigatewayv2: API_GATEWAY_V2,
  opensearch: OPENSEARCH,
  transfer: TRANSFER,
  'transfer-connector': TRANSFER_CONNECTOR,
  iot: IOT,
  lightsail: LIGHTSAIL,
  cognito: COGNITO,
};

/** Every TLS policy that this package has classified, service by service. */
export const ALL_TLS_POLICIES: readonly TlsPolicy[] = Object.values(BY_SERVICE).flat();

const BY_NAME: ReadonlyMap<string, TlsPolicy> = new Map(
  ALL_TLS_POLICIES.map((policy) => [keyOf(policy.service, policy.name), policy]),
);

/**
 * What the TLS policy of that name allows.
 *
 * Names are compared exactly, as the services do. A name that is neither in the catalogue nor in `extra` is
 * unknown, whatever it looks like: `known: false` is never *fine*.
 *
 * @param extra policies added in configuration; the catalogue goes first
 */
export function lookUpTlsPolicy(
  service: TlsPolicyService,
  name: string,
  extra: readonly TlsPolicy[] = [],
): TlsPolicyLookup {
  const policy =
    BY_NAME.get(keyOf(service, name)) ??
    extra.find((added) => added.service === service && added.name === name);
  return policy === undefined ? { known: false, service, name } : { known: true, policy };
}

/** The TLS policies of one service; general-purpose and newer ones stand first. */
export function tlsPoliciesOf(service: TlsPolicyService): readonly TlsPolicy[] {
  return BY_SERVICE[service];
}

/**
 * The TLS policy that a service applies when the template names none; `undefined` where AWS does not say.
 *
 * @param when a case in which the service has another default than its usual one
 */
export function defaultTlsPolicyOf(service: TlsPolicyService, when?: TlsDefaultCase): TlsPolicy | undefined {
  const policies = tlsPoliciesOf(service);
  const special =
    when === undefined ? undefined : policies.find((policy) => policy.defaultFor?.includes(when));
  return special ?? policies.find((policy) => policy.isServiceDefault);
}

/**
 * The name of the TLS policy that a load balancer uses towards its targets (service `elbv2-backend`): it follows
 * from the listener's, and no property selects it.
 *
 * @param listener the listener's TLS policy; without one (an HTTP or TCP listener) the service's default holds
 */
export function backEndTlsPolicyNameOf(listener: TlsPolicy | undefined): string {
  if (listener?.name.includes('-RFC9151-'))
    return 'ELBSecurityPolicy-TLS13-1-2-RFC9151-INTEROP4-FIPS-2023-07';
  if (listener?.fips) return 'ELBSecurityPolicy-TLS13-1-0-FIPS-2023-04';
  if (listener?.newest === 'TLSv1.3') return 'ELBSecurityPolicy-TLS13-1-0-2021-06';
  return 'ELBSecurityPolicy-2016-08';
}

function keyOf(service: TlsPolicyService, name: string): string {
  return `${service} ${name}`;
}
