import { PAYMENT_PAGE_ROLES, PAYMENT_PAGE_TAG } from '../../../core/classification';
import type { PackRule } from '../../packs/pack';
import { type Cursor, Text, tagsPlace } from '../../template';
import { unknown, violation } from '../property';
import { COMPLIANT, NOT_APPLICABLE, type Verdict } from '../rule';
import {
  type ContentSecurityPolicy,
  parsePolicy,
  reportsViolations,
  unnamedScripts,
} from './content-security-policy';
import { roleOf } from './payment-page-role';
import { isWatchedWeekly } from './payment-page-watch';
import { cardholderRow } from './row';

const DISTRIBUTION = 'AWS::CloudFront::Distribution';
const HEADERS = 'AWS::CloudFront::ResponseHeadersPolicy';
const LISTENER = 'AWS::ElasticLoadBalancingV2::Listener';
const WORDS = Object.keys(PAYMENT_PAGE_ROLES).join(', ');

/** What can serve a page, and says so by a tag. */
const PAGES = [DISTRIBUTION, LISTENER];

/** Rules on pages on which people enter card numbers, with their levels. */
export const PAYMENT_PAGE_ROWS: readonly PackRule[] = [
  cardholderRow('warning', {
    id: 'PaymentPageRoleIsKnown',
    title: `what a resource has to do with payment pages is one of ${WORDS}`,
    risk: 'A word that nobody knows is read as nothing: the page is protected like any other.',
    fix: `Set the tag ${PAYMENT_PAGE_TAG} to one of ${WORDS}. CDK: Tags.of(distribution).add("${PAYMENT_PAGE_TAG}", "serves").`,
    references: { pciDss: ['6.4.3', '11.6.1'], cwe: ['CWE-1059'] },
    resourceTypes: [...PAGES, 'AWS::Lambda::Function', 'AWS::Synthetics::Canary'],
    test: isAKnownRole,
  }),
  cardholderRow('warning', {
    id: 'PaymentPageNamesItsScripts',
    title: 'a payment page runs scripts that it names, and no others',
    risk: 'One line in a script of somebody else, or one injected into the page, sends every card number to a thief while people type.',
    fix: "Set ContentSecurityPolicy with Override true in SecurityHeadersConfig of the AWS::CloudFront::ResponseHeadersPolicy of each behaviour, or the listener attribute routing.http.response.content_security_policy.header_value, with a script-src of hosts, nonces or hashes: no 'unsafe-inline', 'unsafe-eval', * or schemes. CDK: securityHeadersBehavior.contentSecurityPolicy of ResponseHeadersPolicy.",
    references: { pciDss: ['6.4.3', '11.6.1'], gdpr: ['32(1)(b)'], cwe: ['CWE-79', 'CWE-829'] },
    resourceTypes: PAGES,
    test: onPages(({ policy, at }) => {
      const unnamed = unnamedScripts(policy);
      return unnamed === undefined
        ? COMPLIANT
        : violation(at, unnamed, 'a script-src of hosts, nonces or hashes');
    }),
  }),
  cardholderRow('info', {
    id: 'PaymentPageReportsScripts',
    title: 'browsers tell of scripts that a payment page did not run',
    risk: 'The first sign that somebody changed the page is a script that the browser stopped: nobody hears of it.',
    fix: 'Add report-to with a Reporting-Endpoints header, or report-uri, to the ContentSecurityPolicy of the page. CDK: contentSecurityPolicy of securityHeadersBehavior, and customHeadersBehavior for the endpoints.',
    references: { pciDss: ['11.6.1'], gdpr: ['33(1)'], cwe: ['CWE-778'] },
    resourceTypes: PAGES,
    // Without any policy the other rule tells it.
    test: onPages(({ policy, at }) =>
      policy.size === 0 || reportsViolations(policy)
        ? COMPLIANT
        : violation(at, 'without report-to and report-uri', 'one of them'),
    ),
  }),
  cardholderRow('warning', {
    id: 'PaymentPageIsWatched',
    title: 'something looks every week whether a payment page is what it should be',
    risk: 'A page that was changed works as before, and takes cards for months.',
    fix: `Add an AWS::Synthetics::Canary, or a function on a schedule, that compares headers and scripts of the page, with the tag ${PAYMENT_PAGE_TAG} watches, a Schedule of seven days or less and an AWS::CloudWatch::Alarm on it. CDK: schedule: Schedule.rate(Duration.days(1)) of Canary, canary.metricFailed() and an Alarm with an action.`,
    references: { pciDss: ['11.6.1', '12.10.5'], gdpr: ['32(1)(d)', '33(1)'], cwe: ['CWE-353'] },
    resourceTypes: PAGES,
    test: (page) => (roleOf(page).role === 'serves' ? isWatchedWeekly(page) : NOT_APPLICABLE),
  }),
];

function isAKnownRole(view: Cursor): Verdict {
  const { role, got, why } = roleOf(view);
  const at = tagsPlace(view);
  if (why !== undefined) return unknown(at, why);
  if (got === undefined) return NOT_APPLICABLE;
  return role === undefined
    ? violation(at, got.slice(0, 60), `${PAYMENT_PAGE_TAG} with one of ${WORDS}`)
    : COMPLIANT;
}

/** The policy that a place sends with pages; empty where it sends none. */
interface SentPolicy {
  readonly policy: ContentSecurityPolicy;
  readonly at: Cursor;
}

function onPages(judge: (sent: SentPolicy) => Verdict) {
  return (page: Cursor): Verdict | readonly Verdict[] => {
    if (roleOf(page).role !== 'serves') return NOT_APPLICABLE;
    const sent = page.resource.type === LISTENER ? [policyOfListener(page)] : policiesOf(page);
    return sent.map((one) => ('verdict' in one ? one : judge(one)));
  };
}

const NOTHING: ContentSecurityPolicy = new Map();
const ATTRIBUTE = 'routing.http.response.content_security_policy.header_value';

function policyOfListener(listener: Cursor): SentPolicy | Verdict {
  const at = listener.at('ListenerAttributes');
  const list = at.list();
  if (list.state === 'unresolved') return unknown(at, list.why);
  const attribute = at.items().find((one) => {
    const key = one.at('Key').string();
    return key.state === 'given' && key.value === ATTRIBUTE;
  });
  return attribute === undefined ? { policy: NOTHING, at } : policyAt(attribute.at('Value'));
}

/** One policy for each behaviour. */
function policiesOf(distribution: Cursor): readonly (SentPolicy | Verdict)[] {
  const config = distribution.at('DistributionConfig');
  const others = config.at('CacheBehaviors');
  const list = others.list();
  if (list.state === 'unresolved') return [unknown(others, list.why)];
  return [config.at('DefaultCacheBehavior'), ...others.items()].map(policyOfBehavior);
}

function policyOfBehavior(behavior: Cursor): SentPolicy | Verdict {
  const at = behavior.at('ResponseHeadersPolicyId');
  if (!at.isPresent) return { policy: NOTHING, at };
  const made = at.reference();
  if (made?.type !== HEADERS) {
    // What AWS makes sends none; those of others are not at hand.
    const name = at.string();
    return name.state === 'given' && AWS_POLICIES.has(name.value)
      ? { policy: NOTHING, at }
      : unknown(at, 'the response headers policy is not in a template at hand');
  }
  const header = at.world
    .view(made)
    .at('ResponseHeadersPolicyConfig', 'SecurityHeadersConfig', 'ContentSecurityPolicy');
  const override = header.at('Override').boolean();
  if (header.isPresent && override.state === 'given' && !override.value) {
    return violation(header.at('Override'), 'false', 'true, or the origin may send another');
  }
  return header.isPresent ? policyAt(header.at('ContentSecurityPolicy')) : { policy: NOTHING, at };
}

/**
 * Managed policies, of which none has a Content-Security-Policy.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-response-headers-policies.html
 */
const AWS_POLICIES = new Set([
  '5cc3b908-e619-4b99-88e5-2cf7f45965bd',
  '60669652-455b-4ae9-85a4-c4c02393f86c',
  '67f7725c-6f97-4210-82d7-5512b31e9d03',
  'e61eb60c-9c35-4d20-a928-2b84e02af89c',
  'eaab4381-ed33-4a86-88ca-d9558dc6cd63',
]);

/** Hosts that are known at deployment only are hosts all the same. */
function policyAt(at: Cursor): SentPolicy | Verdict {
  const value = at.value();
  if (value instanceof Text) {
    const text = value.parts.map((part) => (typeof part === 'string' ? part : 'host')).join('');
    return { policy: parsePolicy(text), at };
  }
  const text = at.string();
  if (text.state === 'unresolved') return unknown(at, text.why);
  return { policy: text.state === 'given' ? parsePolicy(text.value) : NOTHING, at };
}
