import { defaultTlsPolicyOf } from '../../../core/tls';
import type { Cursor } from '../../template';
import { type CertificateBehind, certificateBehind } from '../certificate-arn';
import { type Connector, hop, resourceParty } from '../connector';
import { INTERNET } from '../data-store';
import type { ClientAuthentication, Fact } from '../fact';
import { hidden, none, observe, stated } from '../observed';

const SERVICE = 'iot';

/** `DEFAULT` takes X.509 certificates on MQTT and X.509 or signatures on HTTPS and WebSockets. */
const AUTHENTICATION_TYPES: Readonly<Record<string, ClientAuthentication>> = {
  DEFAULT: 'mutual-tls',
  AWS_X509: 'mutual-tls',
  CUSTOM_AUTH_X509: 'mutual-tls',
  CUSTOM_AUTH: 'token',
  AWS_SIGV4: 'iam',
};

/** The endpoints that devices connect to. */
export const iot: Connector = {
  service: 'iot',
  types: ['AWS::IoT::DomainConfiguration'],
  facts(resource, world): readonly Fact[] {
    const view = world.view(resource);
    const status = view.at('DomainConfigurationStatus').string();
    if (status.state === 'given' && status.value === 'DISABLED') return [];
    const policy = view.at('TlsConfig', 'SecurityPolicy');
    const standard = defaultTlsPolicyOf(
      SERVICE,
      isGovCloud(resource.template.region) ? 'aws-us-gov' : undefined,
    );
    const authentication = view.at('AuthenticationType');
    return [
      hop(view, {
        kind: 'iot.domain',
        from: INTERNET,
        to: resourceParty(resource),
        protocol: stated(view, 'tls'),
        policyService: SERVICE,
        tlsPolicy: observe(policy, policy.string(), { otherwise: standard?.name }),
        clientAuthentication: observe<ClientAuthentication, string>(authentication, authentication.string(), {
          map: (value) => AUTHENTICATION_TYPES[value.toUpperCase()],
          otherwise: 'mutual-tls',
        }),
        ...certificateOf(view),
        acceptsWrites: true,
      }),
    ];
  },
};

/** A domain takes one certificate; without a name of its own it keeps that of AWS. */
function certificateOf(view: Cursor): CertificateBehind {
  const at = view.at('ServerCertificateArns');
  const list = at.list();
  if (list.state === 'unresolved') return { certificate: hidden(at, list.why) };
  const first = list.state === 'given' ? list.value[0] : undefined;
  if (first !== undefined) return certificateBehind(first);
  return { certificate: view.at('DomainName').isPresent ? none(at) : stated(at, 'service-owned') };
}

function isGovCloud(region: string | undefined): boolean {
  return region?.startsWith('us-gov-') ?? false;
}
