import { Names } from 'aws-cdk-lib';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import type { Construct } from 'constructs';

/**
 * The largest code that CloudFront takes (CloudFront Developer Guide, "cloudfront-limits", quotas on CloudFront
 * Functions): 10 KB, and no increase.
 */
export const MOST_FUNCTION_BYTES = 10_240;

/** The longest name of a function, which is unique in an account (CloudFront API Reference, `FunctionSummary`). */
const MAX_NAME = 64;

/** The function that a construct stands for, of the newest runtime whatever the feature flags. */
export function edgeFunction(scope: Construct, comment: string, code: string): cloudfront.Function {
  return new cloudfront.Function(scope, 'Resource', {
    // Unique in the account: the name that the CDK makes up leaves out that of the stack.
    functionName: Names.uniqueResourceName(scope, { maxLength: MAX_NAME, separator: '-' }),
    comment,
    code: cloudfront.FunctionCode.fromInline(code),
    runtime: cloudfront.FunctionRuntime.JS_2_0,
  });
}
