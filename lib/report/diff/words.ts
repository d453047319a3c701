import { counted } from '../phrase';
import { countsAt, isAtLeast } from '../report';
import type { DiffReport, ExemptionChange } from './diff-report';

/** What a comparison ended with, in one sentence. */
export function diffOutcome({ findings, weakened, exemptions, failOn, exitCode }: DiffReport): string {
  const failed = findings.filter(({ verdict, state }) => verdict === 'failed' && state !== 'fixed').length;
  if (failed > 0) return `failed: ${counted(failed, 'check')} could not run`;
  if (exitCode === 0) return `passed: nothing new at level ${failOn} or above, no new exemption`;
  const grave = findings.filter((finding) => finding.state === 'new' && countsAt(finding, failOn)).length;
  const weaker = weakened.filter((change) => isAtLeast(change, failOn)).length;
  const excused = exemptions.filter(({ fails }) => fails).length;
  const parts = [
    ...(excused === 0 ? [] : [counted(excused, 'new exemption')]),
    ...(grave === 0 ? [] : [`${counted(grave, 'new finding')} at level ${failOn} or above`]),
    ...(weaker === 0
      ? []
      : [`${counted(weaker, 'hop or store', 'hops or stores')} weaker at level ${failOn} or above`]),
  ];
  return `failed: ${parts.join(', ')}`;
}

/** `waiver added: ListenerIsEncrypted on Shop/Web`. */
export function exemptionTitle({ kind, change, about }: ExemptionChange): string {
  return `${kind} ${change}: ${about}`;
}

/** What it was and is, who answers for it, and why: as it was given, hostile like everything of a template. */
export function exemptionDetail({ before, after, owner, reason }: ExemptionChange): string {
  const parts = [
    ...(before === undefined ? [] : [`was ${before}`]),
    ...(after === undefined ? [] : [before === undefined ? after : `is ${after}`]),
    ...(owner === undefined ? [] : [`owner ${owner}`]),
    ...(reason === undefined || reason === '' ? [] : [`reason: ${reason}`]),
  ];
  return parts.join('; ');
}
