/** What our functions measure about payment pages. */
export const PAGE_METRICS = {
  /** Pages that were looked at to the end. */
  checked: 'PaymentPagesChecked',
  /** Pages of which something could not be looked at. */
  unchecked: 'PaymentPagesNotChecked',
  /** Ways in which pages are not what was approved. */
  findings: 'PaymentPageFindings',
} as const;
