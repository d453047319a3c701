import * as kms from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import type { HandedOverName } from '../../core/handover';
import { BaselineReference } from './baseline-reference';

/**
 * A key that the baseline hands over.
 *
 * Its policy stays as it is: a grant to a principal of the same account works, since the policy leaves the account to
 * IAM; a service of AWS that it does not name cannot use it.
 */
export class BaselineKey {
  /** The key that encrypts flow logs. */
  static readonly FLOW_LOGS = new BaselineKey('network/flow-log-key-arn');
  /** The key that encrypts alarms. Services that publish to a topic with it must be among those that it lets in. */
  static readonly ALARMS = new BaselineKey('alarms/key-arn');
  /** The key that encrypts the record of the audit trail. */
  static readonly AUDIT_TRAIL = new BaselineKey('audit/key-arn');
  /** The key that encrypts the logs of the distribution, in us-east-1. */
  static readonly DISTRIBUTION_LOGS = new BaselineKey('edge/log-key-arn');

  /**
   * The key, for a stack in its region.
   *
   * @throws TransmissionError where the baseline has no such key, or the stack is elsewhere
   */
  static fromBaseline(scope: Construct, id: string, which: BaselineKey): kms.IKey {
    return kms.Key.fromKeyArn(scope, id, BaselineReference.of(scope).value(scope, which.name));
  }

  private constructor(private readonly name: HandedOverName) {}
}
