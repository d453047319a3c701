import type { PackRule } from '../../packs/pack';
import { type Cursor, Unresolved } from '../../template';
import { propertyRow, unknown, violation } from '../property';
import { COMPLIANT, NOT_APPLICABLE, type Verdict } from '../rule';
import { isMaintained, LAMBDA_RUNTIMES } from './compute-lifecycle';
import { EXPOSURE } from './requirements';

const PERMISSION = 'AWS::Lambda::Permission';

/** Rules on Lambda functions, with their levels. */
export const FUNCTION_ROWS: readonly PackRule[] = [
  propertyRow('error', {
    id: 'FunctionIsNotPublic',
    title: 'no permission lets everybody invoke a Lambda function',
    risk: 'Any account of AWS invokes the function with what it likes, reads what it answers and spends your money.',
    fix: 'Name an account, an ARN or a service in Principal, or add PrincipalOrgID, SourceArn or SourceAccount. CDK: fn.grantInvoke(principal); look for new AnyPrincipal() or a CfnPermission with principal *.',
    references: {
      pciDss: EXPOSURE,
      gdpr: ['25(2)', '32(1)(b)'],
      securityHub: ['Lambda.1'],
      cwe: ['CWE-306'],
      awsConfig: ['LAMBDA_FUNCTION_PUBLIC_ACCESS_PROHIBITED'],
    },
    resourceTypes: [PERMISSION],
    test: isNotPublic,
  }),
  propertyRow('warning', {
    id: 'BucketOfOneAccountInvokesFunction',
    title: 'a permission for S3 names the account of the bucket',
    risk: 'Names of buckets are free again when a bucket is deleted: whoever takes the name invokes the function with his own events.',
    fix: 'Set SourceAccount to the account of the bucket beside SourceArn. CDK: bucket.addEventNotification() sets both; addPermission() needs sourceAccount.',
    references: {
      pciDss: ['7.2.5', '1.4.2'],
      gdpr: ['32(1)(b)'],
      securityHub: ['Lambda.1'],
      cwe: ['CWE-441'],
    },
    resourceTypes: [PERMISSION],
    test: namesAccountOfBucket,
  }),
  propertyRow('info', {
    id: 'FunctionRuntimeIsMaintained',
    title: 'the runtime of a Lambda function gets security updates',
    risk: 'A hole in the language or in a library of the runtime stays open, and its description is public.',
    fix: `Set Runtime to a version that AWS maintains (${LAMBDA_RUNTIMES.source}). CDK: runtime of Function, such as Runtime.NODEJS_24_X; deprecated ones are struck out in the editor.`,
    references: {
      pciDss: ['6.3.3'],
      gdpr: ['32(1)(b)'],
      securityHub: ['Lambda.2'],
      cwe: ['CWE-1104'],
      awsConfig: ['LAMBDA_FUNCTION_SETTINGS_CHECK'],
    },
    resourceTypes: ['AWS::Lambda::Function'],
    test: (properties, { now }) => isMaintained(properties.at('Runtime'), LAMBDA_RUNTIMES, now),
  }),
];

/** What narrows a permission down from everybody. */
const NARROWING = ['SourceArn', 'SourceAccount', 'PrincipalOrgID', 'EventSourceToken'];

function isNotPublic(properties: Cursor): Verdict {
  const principal = properties.at('Principal');
  const reading = principal.string();
  const isNarrowed = NARROWING.some((name) => properties.at(name).isPresent);
  // A public function URL is found where it stands, and not a second time by the permission that comes with it.
  const ofUrl = properties.at('FunctionUrlAuthType').string();
  const isOfUrl = properties.at('InvokedViaFunctionUrl').isPresent;
  if (isNarrowed || isOfUrl || (ofUrl.state === 'given' && ofUrl.value === 'NONE')) return COMPLIANT;
  if (reading.state === 'unresolved')
    return canBeAnybody(principal) ? unknown(principal, reading.why) : COMPLIANT;
  const isEverybody = reading.state === 'given' && reading.value.trim() === '*';
  return isEverybody ? violation(principal, '*', 'an account, an ARN or a service') : COMPLIANT;
}

function namesAccountOfBucket(properties: Cursor): Verdict {
  const account = properties.at('SourceAccount');
  if (account.isPresent) return COMPLIANT;
  const principal = properties.at('Principal');
  const reading = principal.string();
  // Whether everybody is meant is asked by another rule, where nothing narrows it down.
  const hasSource = properties.at('SourceArn').isPresent;
  if (reading.state === 'unresolved' && hasSource && canBeAnybody(principal)) {
    return unknown(principal, reading.why);
  }
  const isBucket = reading.state === 'given' && /^s3\.amazonaws\.com/.test(reading.value);
  return isBucket ? violation(account, 'absent', 'the account of the bucket') : NOT_APPLICABLE;
}

/** An ARN with hidden parts names somebody, as does the account of the stack; what is hidden as a whole may be `*`. */
function canBeAnybody(principal: Cursor): boolean {
  const value = principal.value();
  return value instanceof Unresolved && value.symbol?.startsWith('AWS::') !== true;
}
