import { RemovalPolicy, Resource } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';

/**
 * Lets API Gateway write logs in this account and region: once for both, by whoever owns the account.
 *
 * No stage with a log can be deployed before. A second one in the same account and region takes the place of the first,
 * unseen. It outlives the stack, so that the logs of other stacks do not end with this one.
 *
 * The role has the managed IAM policy that AWS names for it, since API Gateway refuses roles with less: it may write to
 * every log group.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html
 */
export class ApiAccountLogging extends Resource {
  /** The role that API Gateway takes. */
  readonly role: iam.Role;
  /** The setting, which stages with logs depend on. */
  readonly account: apigateway.CfnAccount;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.role = new iam.Role(this, 'Role', {
      description: 'Lets API Gateway write access logs and execution logs',
      assumedBy: new iam.ServicePrincipal('apigateway.amazonaws.com'),
      managedPolicies: [
        iam.ManagedPolicy.fromAwsManagedPolicyName('service-role/AmazonAPIGatewayPushToCloudWatchLogs'),
      ],
    });
    this.role.applyRemovalPolicy(RemovalPolicy.RETAIN);
    this.account = new apigateway.CfnAccount(this, 'Resource', { cloudWatchRoleArn: this.role.roleArn });
    this.account.applyRemovalPolicy(RemovalPolicy.RETAIN);
  }
}
