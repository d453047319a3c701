import { type Cursor, isSame, Unresolved } from '../../../template';
import { type HopParts, hop, resourceParty } from '../../connector';
import type { ClientAuthentication, Fact, Party } from '../../fact';
import { hidden, type Observed, stated } from '../../observed';
import { connectionTo, likeViewers } from './connection';
import { originAccessOf } from './origin-access';
import { apiBehind } from './origin-api';
import type { Behaviour } from './viewer';
import { vpcOriginHop } from './vpc-origin';

/** Where a distribution fetches what it does not have. */
export function originFacts(config: Cursor, behaviours: readonly Behaviour[]): readonly Fact[] {
  const origins = config.at('Origins');
  const list = origins.list();
  const ends = { from: resourceParty(config.resource), to: UNKNOWN_HOST };
  if (list.state === 'unresolved') {
    return [hop(origins, { kind: 'cloudfront.origin', ...ends, protocol: hidden(origins, list.why) })];
  }
  const items = list.state === 'given' ? list.value : [];
  return [
    ...items.map((origin) => originFact(config, origin, behaviours)),
    ...legacyFacts(config, behaviours),
  ];
}

function originFact(config: Cursor, origin: Cursor, behaviours: readonly Behaviour[]): Fact {
  const id = origin.at('Id');
  const label = id.string();
  const viewers = behavioursTo(config, id, behaviours);
  const ends = {
    label: label.state === 'given' ? label.value : undefined,
    from: resourceParty(config.resource),
    to: hostOf(origin.at('DomainName')),
  };
  const vpc = origin.at('VpcOriginConfig', 'VpcOriginId');
  if (vpc.isPresent) return vpcOriginHop(vpc, ends, viewers);
  const custom = origin.at('CustomOriginConfig');
  if (custom.isPresent) {
    const control = originAccessOf(origin);
    return hop(origin, {
      kind: 'cloudfront.origin',
      ...ends,
      ...connectionTo(custom, viewers),
      clientAuthentication: customAuthentication(custom, control),
      ...apiBehind(config, origin),
    });
  }
  if (origin.at('S3OriginConfig').isPresent) return s3Hop(origin, ends, viewers);
  const why = 'it says neither what kind of origin it is nor how to reach it';
  return hop(origin, { kind: 'cloudfront.origin', ...ends, protocol: hidden(origin, why) });
}

/** Shapes from before `Origins`; there is no other origin then. */
function legacyFacts(config: Cursor, behaviours: readonly Behaviour[]): readonly Fact[] {
  const custom = config.at('CustomOrigin');
  const s3 = config.at('S3Origin');
  const from = resourceParty(config.resource);
  return [
    ...(custom.isPresent
      ? [
          hop(custom, {
            kind: 'cloudfront.origin',
            label: 'legacy custom origin',
            from,
            to: hostOf(custom.at('DNSName')),
            ...connectionTo(custom, behaviours),
          }),
        ]
      : []),
    ...(s3.isPresent
      ? [s3Hop(s3, { label: 'legacy S3 origin', from, to: hostOf(s3.at('DNSName')) }, behaviours)]
      : []),
  ];
}

/**
 * To a bucket, CloudFront uses the protocol of the viewer, and no property changes that (Developer Guide,
 * "using-https-cloudfront-to-s3-origin"). With origin access control it "depends on your settings", which are not
 * told; the viewers decide it here too.
 */
function s3Hop(origin: Cursor, ends: Pick<HopParts, 'from' | 'to' | 'label'>, viewers: readonly Behaviour[]) {
  const access = originAccessOf(origin);
  return hop(origin, {
    kind: 'cloudfront.s3-origin',
    ...ends,
    protocol: likeViewers(origin, viewers),
    // AWS has retired TLS 1.0 and 1.1 from its own end points.
    floor: stated(origin, 'TLSv1.2' as const),
    serverAuthenticated: stated(origin, true),
    certificate: stated(origin, 'service-owned' as const),
    clientAuthentication:
      access.unknown !== undefined
        ? hidden(origin, access.unknown)
        : { ...access, value: access.value === 'none' ? 'none' : 'iam' },
    originAccess: access,
  });
}

/** The behaviours that can lead to an origin, itself or through a group; all of them where none is known to. */
function behavioursTo(config: Cursor, id: Cursor, behaviours: readonly Behaviour[]): readonly Behaviour[] {
  const origin = id.value();
  const groups = config
    .at('OriginGroups', 'Items')
    .items()
    .filter((group) =>
      group
        .at('Members', 'Items')
        .items()
        .some((member) => isSame(member.at('OriginId').value(), origin)),
    )
    .map((group) => group.at('Id').value());
  const targets = [origin, ...groups];
  const leading = behaviours.filter(({ cursor }) => {
    const target = cursor.at('TargetOriginId').value();
    return (
      target === undefined || target instanceof Unresolved || targets.some((known) => isSame(known, target))
    );
  });
  return leading.length === 0 ? behaviours : leading;
}

function customAuthentication(
  custom: Cursor,
  control: Observed<'control' | 'identity' | 'none'>,
): Observed<ClientAuthentication> {
  const certificate = custom.at('OriginMtlsConfig', 'ClientCertificateArn');
  if (certificate.isPresent) return stated(certificate, 'mutual-tls', { given: true });
  if (control.unknown !== undefined) return { ...control, value: undefined };
  return { ...control, value: control.value === 'control' ? 'iam' : 'none' };
}

const UNKNOWN_HOST: Party = { what: 'external', name: 'a host that is only known at deployment' };

function hostOf(domain: Cursor): Party {
  const resource = domain.reference();
  if (resource !== undefined) return resourceParty(resource);
  const name = domain.string();
  if (name.state !== 'given') return UNKNOWN_HOST;
  return {
    what: /\.amazonaws\.com(\.cn)?$|\.on\.aws$/.test(name.value) ? 'aws' : 'external',
    name: name.value,
  };
}
