import { Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { TransmissionError } from '../core/errors';
import type { WaiverText } from '../core/waivers';
import { carryWaivers, WAIVER_METADATA } from './waiver-carrier';

/** A waiver: which rule, why, who answers for it, and until when. */
export interface WaiverProps extends WaiverText {}

/**
 * Accepts findings for a time, in the open: `Waivers.of(listener).add({ ... })`.
 *
 * A finding that is covered does not stop a synthesis and stays in every report, as suppressed, with reason, owner and
 * end. The waiver travels in the template, so that whoever checks the templates alone sees it too.
 *
 * It is judged like everything else: a waiver that is over, that says too little, that covers an app, or nothing, has no
 * effect and is a finding of its own, which no waiver covers. For rules of cdk-nag it takes effect where a pack of ours is
 * registered beside cdk-nag's.
 */
export class Waivers {
  /**
   * The waivers of a construct.
   *
   * @param construct what they cover, with all below it: the smallest that the finding is about, never an App or a Stage
   */
  static of(construct: IConstruct): Waivers {
    return new Waivers(construct);
  }

  private constructor(private readonly construct: IConstruct) {}

  /**
   * Adds a waiver.
   *
   * It ends at most a year ahead; for plaintext and TLS below 1.2 at most 90 days ahead, and then it needs
   * `compensatingControl` and `approvedBy` too. What is wrong with it is told by the pack, all at once, and not thrown.
   *
   * @throws TransmissionError where a text is an unresolved value: nobody could weigh it
   */
  add(waiver: WaiverProps): this {
    const { node } = this.construct;
    const unresolved = Object.entries(waiver).find(([, value]) => Token.isUnresolved(value));
    if (unresolved !== undefined) {
      const message = `'${unresolved[0]}' must be a literal text, got an unresolved value, write the text itself`;
      throw new TransmissionError('InvalidProperty', message, node.path);
    }
    node.addMetadata(WAIVER_METADATA, { ...waiver }, { stackTrace: true, traceFromFunction: this.add });
    carryWaivers(this.construct);
    return this;
  }
}
