import { instantText } from '../../core/instant';
import type { PackRule } from '../packs/pack';
import { short } from '../statement';
import { defineRule } from './define';
import { unknown, violation } from './predicates';
import { COMPLIANT, type FactOf, NOT_APPLICABLE, type RuleContext, type Verdict } from './rule';

const DAY = 86_400_000;
/** Time in which somebody reads a report and acts. */
const NOTICE = 30 * DAY;
/** RFC 9116, 2.5.5: "less than a year into the future". */
const YEAR = 366 * DAY;

const TYPES = ['AWS::CloudFront::Function'];
const REFERENCES = { pciDss: ['6.3.1'], gdpr: ['32(1)(d)'] } as const;
const RENEW =
  'Read security.txt again, then run secure-transmission statement cdk.out --output trust/ --expires DATE, check the file in and deploy. CDK: the directory of WellKnownDocuments is that folder.';

/** Rules on what templates publish about themselves, with their levels. */
export const PUBLISHED_DOCUMENTS_PACK_ROWS: readonly PackRule[] = [
  {
    level: 'warning',
    unknown: 'warning',
    rule: defineRule({
      id: 'PublishedStatementIsCurrent',
      title: 'the published transmission statement says what the templates say',
      risk: 'Customers are told of a protection that is no longer there, or not told of one that is.',
      fix: 'Run secure-transmission statement cdk.out --output trust/ after a synthesis, review what changed, check it in and synthesise again. CDK: the directory of WellKnownDocuments is that folder.',
      references: { pciDss: ['12.3.3'], gdpr: ['5(1)(a)', '32(1)(d)'] },
      resourceTypes: TYPES,
      reads: 'published-documents',
      judge: ({ resource, statementDigest: digest }, context) => {
        if (digest.unknown !== undefined) return unknown(digest, digest.unknown);
        const current = context.statementDigests(resource);
        if (digest.value !== undefined && current.includes(digest.value)) return COMPLIANT;
        return violation(digest, `${short(current[0] ?? '')}, the digest of what the templates say now`);
      },
    }),
  },
  {
    level: 'warning',
    unknown: 'warning',
    rule: defineRule({
      id: 'SecurityTxtIsNotExpired',
      title: 'the published security.txt is not expired',
      risk: 'Researchers do not use a file that has expired: who found a hole has nobody to tell.',
      fix: RENEW,
      references: REFERENCES,
      resourceTypes: TYPES,
      reads: 'published-documents',
      judge: (fact, context) =>
        byTimeLeft(fact, context, (left, at) =>
          left > 0 ? COMPLIANT : violation(at, 'a date in the future'),
        ),
    }),
  },
  {
    level: 'info',
    unknown: 'info',
    rule: defineRule({
      id: 'SecurityTxtIsRenewedInTime',
      title: 'the published security.txt does not expire within 30 days',
      risk: 'A file that nobody renews is soon one that researchers do not use.',
      fix: RENEW,
      references: REFERENCES,
      resourceTypes: TYPES,
      reads: 'published-documents',
      judge: (fact, context) =>
        onlyKnown(fact, context, (left, at) => {
          if (left <= 0) return NOT_APPLICABLE;
          return left > NOTICE ? COMPLIANT : violation(at, 'a date more than 30 days from now');
        }),
    }),
  },
  {
    level: 'info',
    unknown: 'info',
    rule: defineRule({
      id: 'SecurityTxtExpiresWithinAYear',
      title: 'the published security.txt expires within a year (RFC 9116, 2.5.5)',
      risk: 'Nobody looks whether the contacts are still right until the file expires.',
      fix: RENEW,
      references: REFERENCES,
      resourceTypes: TYPES,
      reads: 'published-documents',
      judge: (fact, context) =>
        onlyKnown(fact, context, (left, at) =>
          left < YEAR ? COMPLIANT : violation(at, 'a date within a year from now'),
        ),
    }),
  },
];

type Published = FactOf<'published-documents'>;
type Judged = (left: number, at: Published['securityTxtExpires']) => Verdict;

/** Without a clock nothing is said to be in time. */
function byTimeLeft({ securityTxtExpires: at }: Published, { now }: RuleContext, judged: Judged): Verdict {
  if (at.unknown !== undefined) return unknown(at, at.unknown);
  if (at.value === undefined) return NOT_APPLICABLE;
  if (now === undefined) {
    return unknown(at, `nobody said what time it is, and it expires at ${instantText(at.value)}`);
  }
  return judged(at.value.getTime() - now.getTime(), at);
}

/** What cannot be told is told once, by `SecurityTxtIsNotExpired`. */
function onlyKnown(fact: Published, context: RuleContext, judged: Judged): Verdict {
  const verdict = byTimeLeft(fact, context, judged);
  return verdict.verdict === 'unknown' ? NOT_APPLICABLE : verdict;
}
