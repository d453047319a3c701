import { defaultTlsPolicyOf } from '../../../../core/tls';
import { type Cursor, Unresolved } from '../../../template';
import { certificateBehind } from '../../certificate-arn';
import { type HopParts, hop, resourceParty } from '../../connector';
import type { ClientAuthentication, Fact, Hop, HopProtocol } from '../../fact';
import { hidden, none, type Observed, observe, stated } from '../../observed';
import { fieldEncryptionOf } from './field-encryption';
import { hstsOf } from './response-headers';

/** What viewers may ask for under one path, and how. */
export interface Behaviour {
  readonly cursor: Cursor;
  readonly label: string;
  /** `redirect-to-tls` stands for TLS with a redirect beside it. */
  readonly protocol: Observed<HopProtocol>;
}

/** The default behaviour first, then the others in their order. */
export function behavioursOf(config: Cursor): readonly Behaviour[] {
  const others = config.at('CacheBehaviors');
  const list = others.list();
  // As the console of CloudFront calls it; its path pattern cannot be changed.
  const standard = behaviour(config.at('DefaultCacheBehavior'), 'default (*)');
  if (list.state === 'unresolved') {
    return [standard, { cursor: others, label: 'other behaviours', protocol: hidden(others, list.why) }];
  }
  const items = list.state === 'given' ? list.value : [];
  return [
    standard,
    ...items.map((item) => {
      const path = item.at('PathPattern').string();
      return behaviour(item, path.state === 'given' ? path.value : item.path);
    }),
  ];
}

function behaviour(cursor: Cursor, label: string): Behaviour {
  const policy = cursor.at('ViewerProtocolPolicy');
  const protocol = observe<HopProtocol, string>(policy, policy.string(), {
    map: (value) => PROTOCOLS[value],
    // CloudFormation demands it; `allow-all` is what the service does where nothing restricts it.
    otherwise: 'tls-or-plaintext',
  });
  return { cursor, label, protocol };
}

const PROTOCOLS: Readonly<Record<string, HopProtocol>> = {
  'https-only': 'tls',
  'redirect-to-https': 'redirect-to-tls',
  'allow-all': 'tls-or-plaintext',
};

/**
 * A hop for every behaviour, and one more for its redirect.
 *
 * Every distribution answers HTTPS, whatever the behaviour says about HTTP, so that the TLS policy matters in any
 * case. It is the same for all behaviours.
 */
export function viewerFacts(config: Cursor, behaviours: readonly Behaviour[]): readonly Fact[] {
  const shared = {
    kind: 'cloudfront.viewer' as const,
    from: { what: 'internet' as const, name: 'viewers' },
    to: resourceParty(config.resource),
  };
  const tls = {
    ...viewerTls(config),
    clientAuthentication: viewerAuthentication(config),
    ...expiredViewers(config),
  };
  return behaviours.flatMap(({ cursor, label, protocol }) => {
    const writes = acceptsWrites(cursor);
    const own = {
      ...shared,
      ...(writes === undefined ? {} : { acceptsWrites: writes }),
    };
    const decides = protocol.value === 'tls' || protocol.value === 'tls-or-plaintext';
    const main = hop(cursor, {
      ...own,
      ...tls,
      label,
      protocol: decides ? protocol : stated(cursor, 'tls'),
      serverAuthenticated: stated(cursor, true),
      hsts: hstsOf(cursor.at('ResponseHeadersPolicyId')),
      ...fieldEncryptionOf(cursor),
    });
    if (decides) return [main];
    return [main, hop(cursor, { ...own, label: `${label}, in clear`, protocol })];
  });
}

/** Without `AllowedMethods`, GET and HEAD; `undefined` where it is hidden. */
function acceptsWrites(behaviour: Cursor): boolean | undefined {
  const list = behaviour.at('AllowedMethods').list();
  if (list.state === 'absent') return false;
  if (list.state === 'unresolved') return undefined;
  const methods = list.value.map((item) => item.string());
  if (methods.some((m) => m.state === 'given' && WRITES.has(m.value))) return true;
  return methods.some((m) => m.state === 'unresolved') ? undefined : false;
}

const WRITES: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

type ViewerTls = Pick<HopParts, 'policyService' | 'tlsPolicy' | 'certificate' | 'certificateResource'>;

function viewerTls(config: Cursor): ViewerTls {
  const viewer = config.at('ViewerCertificate');
  const whole = viewer.value();
  const service = { policyService: 'cloudfront-viewer' as const };
  if (whole instanceof Unresolved) {
    return { ...service, tlsPolicy: hidden(viewer, whole.why), certificate: hidden(viewer, whole.why) };
  }
  const acm = viewer.at('AcmCertificateArn');
  const iam = viewer.at('IamCertificateId');
  const minimum = viewer.at('MinimumProtocolVersion');
  const tlsPolicy = observe<string>(minimum, minimum.string(), {
    otherwise: defaultTlsPolicyOf('cloudfront-viewer')?.name,
  });
  if (isMultiTenant(config)) {
    const why = 'AWS does not say which TLS policy the tenants of a distribution have that names none';
    return {
      ...service,
      tlsPolicy: minimum.isPresent ? tlsPolicy : hidden(minimum, why),
      ...(acm.isPresent ? certificateBehind(acm) : { certificate: none(acm) }),
    };
  }
  const standard = viewer.at('CloudFrontDefaultCertificate');
  const reading = standard.boolean();
  if (reading.state === 'unresolved') {
    const why = `whether the default certificate is used is not known: ${reading.why}`;
    return { ...service, tlsPolicy: hidden(standard, why), certificate: hidden(standard, why) };
  }
  const usesDefault = reading.state === 'given' && reading.value;
  if (usesDefault || !(acm.isPresent || iam.isPresent)) {
    // CloudFront sets the policy to `TLSv1` "regardless of the value that you set".
    const place = usesDefault ? standard : viewer;
    return {
      ...service,
      tlsPolicy: stated(place, defaultTlsPolicyOf('cloudfront-viewer')?.name ?? 'TLSv1'),
      certificate: stated(place, 'service-default', { given: place.isPresent }),
    };
  }
  if (!acm.isPresent) {
    return { ...service, tlsPolicy, certificate: stated(iam, 'iam-server-certificate', { given: true }) };
  }
  // The property takes ARNs of ACM only, so that a hidden one is one too.
  const behind = certificateBehind(acm);
  const certificate =
    behind.certificate.value === undefined
      ? stated(acm, 'acm' as const, { given: true })
      : behind.certificate;
  return { ...service, tlsPolicy, ...behind, certificate };
}

function isMultiTenant(config: Cursor): boolean {
  const mode = config.at('ConnectionMode').string();
  return mode.state === 'given' && mode.value === 'tenant-only';
}

/** `required` is the default of viewer mTLS; with `passthrough` the edge verifies nothing and hands it on. */
export function viewerAuthentication(config: Cursor): Observed<ClientAuthentication> {
  const mutual = config.at('ViewerMtlsConfig');
  const mode = mutual.at('Mode');
  return observe<ClientAuthentication, string>(mode, mode.string(), {
    map: (value) => MUTUAL_TLS[value],
    otherwise: mutual.isPresent ? 'mutual-tls' : 'none',
  });
}

/** Whether certificates are taken after their end, where the edge verifies them at all. */
function expiredViewers(config: Cursor): Pick<Hop, 'takesExpiredClients'> {
  const mutual = config.at('ViewerMtlsConfig');
  const mode = mutual.at('Mode').string();
  if (!mutual.isPresent || (mode.state === 'given' && mode.value === 'passthrough')) return {};
  const ignored = mutual.at('TrustStoreConfig', 'IgnoreCertificateExpiry');
  return { takesExpiredClients: observe(ignored, ignored.boolean(), { otherwise: false }) };
}

const MUTUAL_TLS: Readonly<Record<string, ClientAuthentication>> = {
  required: 'mutual-tls',
  optional: 'mutual-tls-optional',
  passthrough: 'mutual-tls-optional',
};
