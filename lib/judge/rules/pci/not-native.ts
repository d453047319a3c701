/** A managed rule of AWS Config that no rule of ours asks, and why. */
export interface NotNative {
  /** Its identifier: `EC2_EBS_ENCRYPTION_BY_DEFAULT`. */
  readonly configRule: string;
  /**
   * `delegated`: the account or what runs in it decides, so that AWS Config has to look. `listed`: it asks for nothing
   * that a template should have.
   */
  readonly kind: 'delegated' | 'listed';
  /** A sentence without a full stop. */
  readonly why: string;
}
