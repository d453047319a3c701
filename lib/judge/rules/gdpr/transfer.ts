import {
  type DataDescription,
  isReviewDue,
  type TransferBasis,
  type TransferPlace,
  transferPlace,
} from '../../../core/classification';
import type { GdprParameters } from './parameters';

/** What is wrong with a place for personal data: what should be, or why it cannot be told. */
export type PlaceFault =
  | { readonly want: string; readonly detail?: string }
  | { readonly why: string }
  | undefined;

const OTHER_BASIS = 'a basis of GDPR 46 or 49 in data:transfer-basis, such as standard-contractual-clauses';

/** Whether personal data may be in a region, by Chapter V of the GDPR and by what the organisation allows. */
export function faultOfPlace(
  region: string,
  { transferBases = [] }: Pick<DataDescription, 'transferBases'>,
  { transferLists: lists, allowedRegions }: Pick<GdprParameters, 'transferLists' | 'allowedRegions'>,
  now: Date | undefined,
): PlaceFault {
  if (allowedRegions !== undefined && !allowedRegions.includes(region)) {
    return { want: `one of ${allowedRegions.join(', ')}`, detail: 'the organisation allows no other region' };
  }
  // Who gives no time is told what was so when somebody last looked.
  const found = transferPlace(region, now ?? new Date(lists.reviewed), lists);
  if (found.place === 'unknown') return { why: `nobody has entered where the region ${region} is` };
  if (found.place === 'eea') return undefined;
  if (transferBases.includes('no-transfer')) {
    const detail = `data:transfer-basis says no-transfer, and ${region} is in ${found.country}`;
    return { want: 'a region within the European Economic Area', detail };
  }
  if (transferBases.some(isOfItsOwn)) return undefined;
  return found.place === 'third-country'
    ? noBasis(region, found)
    : byDecision(region, found, transferBases, lists, now);
}

/** Bases that need no decision of the Commission. */
function isOfItsOwn(basis: TransferBasis): boolean {
  return basis !== 'no-transfer' && basis !== 'adequacy-decision';
}

function noBasis(
  region: string,
  { country, ended }: Extract<TransferPlace, { readonly place: 'third-country' }>,
): PlaceFault {
  const detail =
    ended === undefined
      ? `${region} is in ${country}, which no decision of the Commission finds adequate`
      : `${region} is in ${country}, whose decision ${ended.decision} ended on ${ended.ends ?? 'some day'}`;
  return { want: `a region within the European Economic Area, or ${OTHER_BASIS}`, detail };
}

function byDecision(
  region: string,
  { place, country, decision }: Extract<TransferPlace, { readonly decision: unknown }>,
  transferBases: readonly TransferBasis[],
  lists: GdprParameters['transferLists'],
  now: Date | undefined,
): PlaceFault {
  if (place === 'adequate-in-part' && !transferBases.includes('adequacy-decision')) {
    const { decision: number, covers = 'some' } = decision;
    const detail = `${region} is in ${country}, where decision ${number} covers: ${covers}`;
    return {
      want: `adequacy-decision in data:transfer-basis where it covers who receives it, or ${OTHER_BASIS}`,
      detail,
    };
  }
  if (now === undefined && decision.ends !== undefined) {
    return {
      why: `decision ${decision.decision} ends on ${decision.ends}, and when it is judged is not known`,
    };
  }
  if (now !== undefined && isReviewDue(lists, now)) {
    return {
      why: `the list of adequacy decisions was last reviewed on ${lists.reviewed}, more than a year ago`,
    };
  }
  return undefined;
}
