import { daysLeft, NOTICE_DAYS, type WaiverProblem } from '../../core/waivers';
import type { PackRule } from '../packs/pack';
import { defineRule } from '../rules/define';
import { COMPLIANT, type FactOf, NOT_APPLICABLE, type RuleContext, type Verdict } from '../rules/rule';

const REFERENCES = { pciDss: ['6.5.1', '12.3.1'], gdpr: ['32(1)(d)'] } as const;
const COMMON = { references: REFERENCES, resourceTypes: ['*'] } as const;

const QUALIFY =
  "Write the id with the name of its pack, Pack::Pack-Rule, so that the finding stays in the report with its reason; or, with an owner and an end, a waiver. CDK: Validations.of(construct).acknowledge({ id: 'AwsSolutions::AwsSolutions-S1', reason }), or Waivers.of(construct).add({ ... }).";

/**
 * Rules on waivers and acknowledgements themselves, with their levels. No waiver covers what they find.
 *
 * None is an error: a waiver that does not hold covers nothing, and then what it was written for stands at its own level.
 */
export const EXEMPTION_PACK_ROWS: readonly PackRule[] = [
  {
    level: 'warning',
    unknown: 'warning',
    rule: defineRule({
      ...COMMON,
      id: 'WaiverIsNarrow',
      title: 'a waiver covers one rule on what was weighed, never an app',
      risk: 'It covers what nobody has looked at, and all that is added later. It has no effect.',
      fix: 'Name one rule, and the smallest construct, resource or template that the finding is about. CDK: call Waivers.of() with that construct, not with an App or a Stage.',
      reads: 'waiver',
      judge: ({ resource, broad, about }) => ofProblems(resource, broad, about),
    }),
  },
  {
    level: 'warning',
    unknown: 'warning',
    rule: defineRule({
      ...COMMON,
      id: 'WaiverIsComplete',
      title: 'a waiver says which rule, why, who answers for it, where it is followed up, and when it ends',
      risk: 'Nobody can tell whether somebody has decided it, or who repairs it and when. It has no effect.',
      fix: 'Give rule, reason, owner, ticket and expires; for plaintext or TLS below 1.2 compensatingControl and approvedBy as well, and at most 90 days. CDK: they are properties of Waivers.of(construct).add().',
      reads: 'waiver',
      judge: ({ resource, broad, incomplete, about }) =>
        broad.length > 0 ? NOT_APPLICABLE : ofProblems(resource, incomplete, about),
    }),
  },
  {
    level: 'warning',
    unknown: 'warning',
    rule: defineRule({
      ...COMMON,
      id: 'WaiverIsCurrent',
      title: 'a waiver is not over',
      risk: 'What was accepted for a time is still there, and nobody has decided again. It has no effect: the finding counts.',
      fix: 'Repair what the finding says and remove the waiver; or have it decided again, with a new date. CDK: expires of Waivers.of(construct).add().',
      reads: 'waiver',
      judge: (fact, context) =>
        byDaysLeft(fact, context, (left) =>
          left >= 0 ? COMPLIANT : expiryViolation(fact, 'a day that is not past'),
        ),
    }),
  },
  {
    level: 'warning',
    unknown: 'warning',
    rule: defineRule({
      ...COMMON,
      id: 'WaiverIsRenewedInTime',
      title: `a waiver does not end within ${NOTICE_DAYS} days`,
      risk: 'On the day after its last, the finding counts again, and may stop a release that nobody expected it to stop.',
      fix: 'Repair what the finding says and remove the waiver; or have it decided again before it ends. CDK: expires of Waivers.of(construct).add().',
      reads: 'waiver',
      judge: (fact, context) => {
        const verdict = byDaysLeft(fact, context, (left) => {
          if (left < 0) return NOT_APPLICABLE;
          const last = left === 0 ? 'today is its last day' : `it holds for ${left} more days`;
          return left > NOTICE_DAYS
            ? COMPLIANT
            : expiryViolation(fact, `a day more than ${NOTICE_DAYS} days from now, or gone: ${last}`);
        });
        // That nobody knows the time is told once, by `WaiverIsCurrent`.
        return verdict.verdict === 'unknown' ? NOT_APPLICABLE : verdict;
      },
    }),
  },
  {
    level: 'warning',
    unknown: 'info',
    rule: defineRule({
      ...COMMON,
      id: 'WaiverIsUsed',
      title: 'a waiver covers something that is found',
      risk: 'What it was written for is repaired or renamed, and it waits to cover a fault that nobody has weighed.',
      fix: 'Remove it; or correct its rule and its scope, where the finding is still there under another name. CDK: Waivers.of() takes the construct that the finding stands on.',
      reads: 'waiver',
      judge: (fact, context) => {
        const { resource, use, about } = fact;
        // Without a clock none holds, and none could cover anything.
        if (context.now === undefined) return NOT_APPLICABLE;
        return byDaysLeft(fact, context, (left) => {
          if (left < 0 || use.is === 'elsewhere') return NOT_APPLICABLE;
          if (use.is === 'used') return COMPLIANT;
          if (use.is === 'unknown') return { verdict: 'unknown', resource, path: 'rule', why: use.why };
          const want = 'about a finding, or gone';
          return { verdict: 'violation', resource, path: 'Properties', got: use.got, want, detail: about };
        });
      },
    }),
  },
  {
    level: 'warning',
    unknown: 'warning',
    rule: defineRule({
      ...COMMON,
      id: 'AcknowledgementIsQualified',
      title: 'an acknowledgement names the pack of its rule',
      risk: "Without the pack, an acknowledgement of a rule of ours has no effect, and one of cdk-nag's rules erases the finding: no report tells that it was there, or why it was accepted.",
      fix: QUALIFY,
      reads: 'acknowledgement',
      judge: ({ resource, id, bare }) => {
        if (bare === undefined) return COMPLIANT;
        const { effect, qualified: want } = bare;
        const got = JSON.stringify(id);
        const detail = effect === 'none' ? 'it has no effect' : 'it erases the finding without a trace';
        return { verdict: 'violation', resource, path: 'Properties', got, want, detail };
      },
    }),
  },
  {
    level: 'warning',
    unknown: 'warning',
    rule: defineRule({
      ...COMMON,
      id: 'AcknowledgementIsNarrow',
      title: 'an acknowledgement stands on what it is about, not on an app',
      risk: 'It covers every finding of the rule, those that are added later too. A hook that any package can set can do so before a line of the app runs.',
      fix: 'Acknowledge on the construct that the finding is about; look which package made it, where a hook did. CDK: Validations.of(construct), not Validations.of(app).',
      reads: 'acknowledgement',
      judge: ({ resource, id, on, byHook }) => {
        if (on === 'construct') return COMPLIANT;
        const got = `${JSON.stringify(id)} for ${on === 'app' ? 'the whole app' : 'a whole Stage'}`;
        const want = 'on the construct that the finding is about';
        const detail = byHook ? 'an App init hook made it, before the app' : undefined;
        const violation = { verdict: 'violation', resource, path: 'Properties', got, want } as const;
        return detail === undefined ? violation : { ...violation, detail };
      },
    }),
  },
] as readonly PackRule[];

/** Whether a rule is one of those on waivers and acknowledgements. */
export function isExemptionRule(id: string): boolean {
  return EXEMPTION_PACK_ROWS.some(({ rule }) => rule.id === id);
}

type WaiverFact = FactOf<'waiver'>;

function ofProblems(
  resource: WaiverFact['resource'],
  problems: readonly WaiverProblem[],
  about: string,
): Verdict {
  const [first, ...others] = problems;
  if (first === undefined) return COMPLIANT;
  const more = others.map(({ field, want }) => `${field === '' ? 'it' : field} must be ${want}`);
  const path = first.field === '' ? 'Properties' : first.field;
  const want = [first.want, ...more].join('; ');
  return { verdict: 'violation', resource, path, got: first.got, want, detail: about };
}

function expiryViolation({ resource, expires = '', about }: WaiverFact, want: string): Verdict {
  return { verdict: 'violation', resource, path: 'expires', got: expires, want, detail: about };
}

/** Of a waiver that is otherwise in order. Without a clock nothing is said to be in time. */
function byDaysLeft(
  { resource, broad, incomplete, expires, about }: WaiverFact,
  { now }: RuleContext,
  judged: (left: number) => Verdict,
): Verdict {
  if (expires === undefined || broad.length > 0 || incomplete.length > 0) return NOT_APPLICABLE;
  if (now !== undefined) return judged(daysLeft(expires, now));
  const why = `nobody said what time it is, and the ${about} ends on ${expires}`;
  return { verdict: 'unknown', resource, path: 'expires', why };
}
