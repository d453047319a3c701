import { ArnFormat, Names, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as wafv2 from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';
import { recordLoosening } from '../loosening';

/** AWS WAF refuses destinations whose name begins otherwise. */
const NAME_PREFIX = 'aws-waf-logs-';

/** Headers that hold credentials. AWS WAF compares names without regard to case, and wants them in lower case. */
export const CREDENTIAL_HEADERS: readonly string[] = [
  'authorization',
  'cookie',
  'proxy-authorization',
  'x-amz-security-token',
  'x-api-key',
];

/** What the Metadata calls it when query strings are logged. */
export const QUERY_STRINGS_IN_LOGS = 'queryStringsInLogs';

/**
 * What AWS WAF masks wherever it stores requests: logs, samples, and what a rule matched. Redaction of logs alone
 * would leave the samples in the console as they came.
 */
export function dataProtection(withQueryStrings: boolean): wafv2.CfnWebACL.DataProtectionConfigProperty {
  const mask = (fieldType: string, fieldKeys?: string[]) => ({
    action: 'SUBSTITUTION',
    field: { fieldType, fieldKeys },
  });
  return {
    dataProtections: [
      mask('SINGLE_HEADER', [...CREDENTIAL_HEADERS]),
      mask('SINGLE_COOKIE'),
      mask('BODY'),
      ...(withQueryStrings ? [] : [mask('QUERY_STRING')]),
    ],
  };
}

/** Properties of a `WebAclLog`. */
export interface WebAclLogProps {
  readonly webAcl: wafv2.CfnWebACL;
  /** Why query strings are logged; absent where they are not. */
  readonly queryStringsReason: string | undefined;
}

/** The log of a web ACL, kept for 400 days, without credentials. */
export class WebAclLog extends Construct {
  readonly logGroup: logs.LogGroup;

  constructor(scope: Construct, id: string, { webAcl, queryStringsReason }: WebAclLogProps) {
    super(scope, id);
    const stack = Stack.of(this);
    this.logGroup = new logs.LogGroup(this, 'Resource', {
      logGroupName: NAME_PREFIX + Names.uniqueResourceName(this, { maxLength: 200, separator: '-' }),
      // PCI DSS 10.5.1 asks for twelve months: this is 400 days.
      retention: logs.RetentionDays.THIRTEEN_MONTHS,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const configuration = new wafv2.CfnLoggingConfiguration(this, 'Configuration', {
      resourceArn: webAcl.attrArn,
      logDestinationConfigs: [
        // The ARN of the log group ends in `:*`, which AWS WAF refuses.
        stack.formatArn({
          service: 'logs',
          resource: 'log-group',
          arnFormat: ArnFormat.COLON_RESOURCE_NAME,
          resourceName: this.logGroup.logGroupName,
        }),
      ],
      redactedFields: [
        ...CREDENTIAL_HEADERS.map((name) => ({ singleHeader: { Name: name } })),
        ...(queryStringsReason === undefined ? [{ queryString: {} }] : []),
      ],
    });
    const { statementAdded, policyDependable } = this.admitDelivery(stack);
    if (statementAdded && policyDependable !== undefined) configuration.node.addDependency(policyDependable);
    if (queryStringsReason !== undefined)
      recordLoosening(configuration, QUERY_STRINGS_IN_LOGS, queryStringsReason);
  }

  /** By name: AWS WAF would otherwise write a policy of its own, which no template shows. */
  private admitDelivery(stack: Stack): iam.AddToResourcePolicyResult {
    return this.logGroup.addToResourcePolicy(
      new iam.PolicyStatement({
        principals: [new iam.ServicePrincipal('delivery.logs.amazonaws.com')],
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [this.logGroup.logGroupArn],
        conditions: {
          StringEquals: { 'aws:SourceAccount': stack.account },
          ArnLike: { 'aws:SourceArn': stack.formatArn({ service: 'logs', resource: '*' }) },
        },
      }),
    );
  }
}
