import { LEVELS } from '../judge/packs/pack';
import type { FindingView, Suppression } from './view';

/** Why a finding does not count. */
export interface Accepted {
  /** `suppressed`: acknowledged or waived; `known`: a file of known findings accepts it for a time. */
  readonly how: 'suppressed' | 'known';
  /** The reason, and who answers for it until when, as it was given: hostile like everything of a template. */
  readonly why: string;
}

/** Why a finding does not count; `undefined` where it does. */
export function acceptedAs({ suppressed, known }: FindingView): Accepted | undefined {
  if (suppressed !== undefined) {
    return { how: 'suppressed', why: `${suppressed.reason}${answeredBy(suppressed)}` };
  }
  if (known === undefined) return undefined;
  return { how: 'known', why: `since ${known.since} (owner ${known.owner}, until ${known.expires})` };
}

/** ` (owner web-team, ticket SHOP-12, until 2027-01-31)`; an acknowledgement has neither owner nor end. */
function answeredBy({ owner, ticket, expires, approvedBy }: Suppression): string {
  const parts = [
    ['owner', owner],
    ['approved by', approvedBy],
    ['ticket', ticket],
    ['until', expires],
  ].flatMap(([what, value]) => (value === undefined ? [] : [`${what} ${value}`]));
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
}

/** What counts before what is accepted, the gravest first, else in the order given: what a limit cuts off is the least. */
export function gravestFirst(findings: readonly FindingView[]): FindingView[] {
  const rank = (finding: FindingView) =>
    (acceptedAs(finding) === undefined ? 0 : LEVELS.length) + LEVELS.indexOf(finding.level);
  return [...findings].sort((a, b) => rank(a) - rank(b));
}
