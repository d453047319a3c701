import type { PackRule } from '../packs/pack';
import { hopRule } from './define';
import { clientIsAuthenticated } from './predicates';
import type { Rule } from './rule';

/** Rules on Lambda function URLs, with their levels. */
export const LAMBDA_PACK_ROWS: readonly PackRule[] = [
  {
    level: 'warning',
    unknown: 'warning',
    rule: hopRule({
      id: 'FunctionUrlIsAuthenticated',
      title: 'a Lambda function URL asks callers who they are',
      risk: 'Anyone on the internet invokes the function, around every API, firewall and limit in front of it.',
      fix: 'Set AuthType to AWS_IAM, behind a CloudFront origin access control if browsers call it. CDK: addFunctionUrl() does so by default; remove authType: FunctionUrlAuthType.NONE.',
      references: { pciDss: ['7.2.1', '8.3.1'], gdpr: ['25(2)', '32(1)(b)'], cwe: ['CWE-306'] },
      resourceTypes: ['AWS::Lambda::Url'],
      hops: ['lambda.url'],
      judge: clientIsAuthenticated('AWS_IAM'),
    }),
  },
];

/** Rules on Lambda function URLs. */
export const LAMBDA_RULES: readonly Rule[] = LAMBDA_PACK_ROWS.map(({ rule }) => rule);
