import { ArnFormat, Aws, Fn, Names, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as wafv2 from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';
import { recordLoosening } from '../loosening';

/** AWS WAF refuses destinations whose name begins otherwise. */
const NAME_PREFIX = 'aws-waf-logs-';

/** CloudWatch Logs documents no limit on the name of a policy; this is far below what others have. */
const MAX_POLICY_NAME = 128;

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
  /** How long it is kept. */
  readonly retention: logs.RetentionDays;
}

/**
 * The log of a web ACL, without credentials.
 *
 * AWS WAF decides how its name begins, so that it needs one; it ends in the id of the stack. The log outlives the stack,
 * and one with the same name would stand in the way of the next deployment.
 */
export class WebAclLog extends Construct {
  readonly logGroup: logs.LogGroup;

  constructor(scope: Construct, id: string, { webAcl, queryStringsReason, retention }: WebAclLogProps) {
    super(scope, id);
    const stack = Stack.of(this);
    this.logGroup = new logs.LogGroup(this, 'Resource', {
      logGroupName: `${NAME_PREFIX}${this.uniqueName(200)}-${idOfStack()}`,
      retention,
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
    configuration.node.addDependency(this.admitDelivery(stack));
    if (queryStringsReason !== undefined)
      recordLoosening(configuration, QUERY_STRINGS_IN_LOGS, queryStringsReason);
  }

  /** By name: AWS WAF would otherwise write a policy of its own, which no template shows. */
  private admitDelivery(stack: Stack): logs.ResourcePolicy {
    return new logs.ResourcePolicy(this, 'Policy', {
      // Unique in account and region: the name that the CDK makes up leaves out that of the stack.
      resourcePolicyName: this.uniqueName(MAX_POLICY_NAME),
      policyStatements: [
        new iam.PolicyStatement({
          principals: [new iam.ServicePrincipal('delivery.logs.amazonaws.com')],
          actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
          resources: [this.logGroup.logGroupArn],
          conditions: {
            StringEquals: { 'aws:SourceAccount': stack.account },
            ArnLike: { 'aws:SourceArn': stack.formatArn({ service: 'logs', resource: '*' }) },
          },
        }),
      ],
    });
  }

  private uniqueName(maxLength: number): string {
    return Names.uniqueResourceName(this, { maxLength, separator: '-' });
  }
}

/** The last part of the stack's ARN, which no other stack has, and the next one with its name neither. */
function idOfStack(): string {
  return Fn.select(2, Fn.split('/', Aws.STACK_ID));
}
