/**
 * The largest code that CloudFront takes (CloudFront Developer Guide, "cloudfront-limits", quotas on CloudFront
 * Functions): 10 KB, and no increase.
 */
export const MOST_FUNCTION_BYTES = 10_240;

/** The longest name of a function, which is unique in an account (CloudFront API Reference, `FunctionSummary`). */
export const MOST_FUNCTION_NAME = 64;
