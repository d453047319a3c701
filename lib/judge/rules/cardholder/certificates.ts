import { CERTIFICATE_FIELDS, CERTIFICATE_METADATA, readCertificateEntry } from '../../../core/inventory';
import type { Hop } from '../../hops';
import type { PackRule } from '../../packs/pack';
import { type Cursor, isValueMap, own, resourcesIn, Unresolved, type ValueMap } from '../../template';
import { defineRule } from '../define';
import { classified, speaksTls, unknown as unknownAt, violation as violationAt } from '../predicates';
import { elementsOf, unknown, violation } from '../property';
import { COMPLIANT, NOT_APPLICABLE, type RuleContext, type Verdict } from '../rule';
import { cardholderRow } from './row';
import { hearsOf } from './watched-events';

const CERTIFICATE = 'AWS::CertificateManager::Certificate';
const DAY = 86_400_000;

/** PCI DSS 12.3.3: once every twelve months. */
const LONGEST_SINCE_REVIEW = 365 * DAY;

/**
 * Where certificates come from whose owner has to keep account of them. AWS keeps account of its own, a private authority
 * of those that it issues, and those of IAM are told by rules that want them in ACM.
 */
const OWN_CERTIFICATES: readonly Hop['certificate']['value'][] = ['acm', 'acm-imported'];

/** Rules on what is known of certificates and cipher suites, with their levels. */
export const CERTIFICATE_ROWS: readonly PackRule[] = [
  {
    level: 'warning',
    unknown: 'info',
    rule: defineRule({
      id: 'CertificateIsInventoried',
      title: 'every certificate in use is made by a template, or described where it is named',
      risk: 'A certificate that nobody knows of expires on a Sunday, or stays trusted after its key was stolen.',
      fix: `Make the certificate as AWS::CertificateManager::Certificate in a template of the app, or describe it in Metadata ${CERTIFICATE_METADATA} of the resource that names it: ${CERTIFICATE_FIELDS.join(', ')}. CDK: ManagedCertificate of this library, or addMetadata("${CERTIFICATE_METADATA}", { ... }) on the L1 of the listener.`,
      references: { pciDss: ['4.2.1', '4.2.1.1', '12.3.3'], gdpr: ['32(1)(d)'], cwe: ['CWE-298'] },
      resourceTypes: ['*'],
      reads: 'hop',
      judge: isInventoried,
    }),
  },
  {
    level: 'warning',
    unknown: 'info',
    rule: defineRule({
      id: 'CipherSuitesAreReviewedYearly',
      title: 'somebody looked within a year at the cipher suites of every TLS policy in use',
      risk: 'Cipher suites age: what was strong when it was chosen is broken in public, and nobody looks it up.',
      fix: 'Update this package, whose catalogue is reviewed, or add the TLS policy in configuration with your own source and date of review. The inventory of what is in use is the posture (secure-transmission posture cdk.out). CDK: nothing to change in the app.',
      references: { pciDss: ['12.3.3'], gdpr: ['32(1)(d)'], cwe: ['CWE-327'] },
      resourceTypes: ['*'],
      reads: 'hop',
      judge: isReviewed,
    }),
  },
  cardholderRow('info', {
    id: 'CertificateExpiryIsWatched',
    title: 'somebody is told before a certificate expires',
    risk: 'Renewal fails in silence when a validation record is gone: one morning every client is turned away.',
    fix: 'Add an AWS::CloudWatch::Alarm on DaysToExpiry of AWS/CertificateManager, or an AWS::Events::Rule with source aws.acm and detail-type ACM Certificate Approaching Expiration, in the region of the certificate. CDK: CertificateMonitor of this library, or certificate.metricDaysToExpiry().createAlarm().',
    references: { pciDss: ['4.2.1', '4.2.1.1', '10.7.2'], gdpr: ['32(1)(b)'], cwe: ['CWE-298'] },
    resourceTypes: [CERTIFICATE],
    test: isExpiryWatched,
  }),
];

function isInventoried(hop: Hop, { now }: RuleContext): Verdict {
  const { certificate } = hop;
  // Without TLS there is a graver fault.
  if (!speaksTls(hop)) return NOT_APPLICABLE;
  if (hop.certificateResource !== undefined) return COMPLIANT;
  if (certificate.value !== undefined && !OWN_CERTIFICATES.includes(certificate.value)) return NOT_APPLICABLE;
  const section = own(certificate.resource.metadata, CERTIFICATE_METADATA);
  if (section === undefined) {
    if (certificate.unknown !== undefined) return unknownAt(certificate, certificate.unknown);
    return certificate.value === undefined
      ? NOT_APPLICABLE
      : violationAt(certificate, `a certificate of the app, or Metadata ${CERTIFICATE_METADATA}`);
  }
  const read = readCertificateEntry(section);
  const at = { ...certificate, path: `Metadata.${CERTIFICATE_METADATA}`, got: 'an entry' };
  if (read.state === 'wrong') return violationAt(at, `complete: ${read.problem}`);
  if (now === undefined)
    return unknownAt(at, `nobody said what time it is, and it expires on ${read.entry.expires}`);
  return read.expires < now
    ? violationAt({ ...at, got: read.entry.expires }, 'a day in the future')
    : COMPLIANT;
}

function isReviewed(hop: Hop, context: RuleContext): Verdict {
  const policy = speaksTls(hop) ? classified(hop, context) : undefined;
  if (policy === undefined) return NOT_APPLICABLE;
  const { now } = context;
  const { reviewed } = policy;
  if (now === undefined)
    return unknownAt(hop.tlsPolicy, `nobody said what time it is, and it was reviewed on ${reviewed}`);
  const since = now.getTime() - new Date(`${reviewed}T00:00:00Z`).getTime();
  return since <= LONGEST_SINCE_REVIEW
    ? COMPLIANT
    : violationAt(hop.tlsPolicy, 'one reviewed within a year', `${policy.name} was reviewed on ${reviewed}`);
}

function isExpiryWatched(certificate: Cursor): Verdict {
  const { world, resource } = certificate;
  if (hasAlarm(certificate)) return COMPLIANT;
  const isAbout = (pattern: ValueMap) => {
    const { resources } = pattern;
    return resources === undefined || resourcesIn(resources).includes(resource);
  };
  const answers = [
    hearsOf('aws.acm', 'ACM Certificate Approaching Expiration', world, isAbout),
    hearsOf('aws.health', 'AWS Health Event', world, ({ detail }) => {
      const service = isValueMap(detail) ? detail.service : undefined;
      return service === undefined || elementsOf(service).includes('ACM');
    }),
  ];
  if (answers.includes(true)) return COMPLIANT;
  const hidden = answers.find((answer) => answer instanceof Unresolved);
  return hidden instanceof Unresolved
    ? unknown(certificate, hidden.why)
    : violation(
        certificate,
        'nobody who is told of its end',
        'an alarm on DaysToExpiry, or a rule of EventBridge',
      );
}

/** Its own, by its ARN in the dimensions. */
function hasAlarm({ world, resource }: Cursor): boolean {
  return world.app
    .referring(resource, 'AWS::CloudWatch::Alarm', 'Dimensions')
    .filter((alarm) => world.exists(alarm))
    .some((alarm) => {
      const name = world.view(alarm).at('MetricName').string();
      return name.state === 'given' && name.value === 'DaysToExpiry';
    });
}
