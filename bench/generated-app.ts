import {
  App,
  aws_dynamodb as dynamodb,
  aws_ec2 as ec2,
  aws_elasticloadbalancingv2 as elbv2,
  aws_iam as iam,
  aws_kms as kms,
  aws_lambda as lambda,
  aws_logs as logs,
  Stack,
  aws_s3 as s3,
  aws_sns as sns,
  aws_sqs as sqs,
} from 'aws-cdk-lib';

/** CloudFormation allows 500 resources in a stack. */
const PER_STACK = 450;

/**
 * An app of about `resources` resources, of the kinds that real apps hold most of, one in ten at fault.
 *
 * Path metadata is on, as under the CDK command line.
 *
 * @param perStack how many of them stand in one stack
 */
export function generatedApp(resources: number, outdir: string, perStack = PER_STACK): App {
  const app = new App({
    outdir,
    context: { 'aws:cdk:enable-path-metadata': true },
    analyticsReporting: false,
  });
  let made = 0;
  for (let index = 0; made < resources; index++) {
    const stack = new Stack(app, `Stack${index}`, { env: { region: 'eu-west-1' } });
    const target = Math.min(perStack, resources - made);
    made += fill(stack, target);
  }
  return app;
}

function fill(stack: Stack, target: number): number {
  const vpc = new ec2.CfnVPC(stack, 'Vpc', { cidrBlock: '10.0.0.0/16' });
  const balancer = new elbv2.CfnLoadBalancer(stack, 'Balancer', { type: 'application' });
  let count = 2;
  for (let i = 0; count < target; i++) count += group(stack, i, vpc, balancer);
  return count;
}

/** A slice of an app: about fourteen resources that refer to each other. */
function group(stack: Stack, i: number, vpc: ec2.CfnVPC, balancer: elbv2.CfnLoadBalancer): number {
  const good = i % 10 !== 0;
  const before = stack.node.findAll().length;
  new s3.Bucket(stack, `Bucket${i}`, {
    enforceSSL: good,
    versioned: good,
    minimumTLSVersion: good ? 1.2 : undefined,
  });
  new sqs.Queue(stack, `Queue${i}`, { enforceSSL: good });
  new sns.Topic(stack, `Topic${i}`, { enforceSSL: good });
  new kms.Key(stack, `Key${i}`, { enableKeyRotation: good });
  new dynamodb.Table(stack, `Table${i}`, {
    partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
  });
  new logs.LogGroup(stack, `Logs${i}`);
  const handler = new lambda.Function(stack, `Function${i}`, {
    runtime: lambda.Runtime.NODEJS_22_X,
    handler: 'index.handler',
    code: lambda.Code.fromInline('exports.handler = async () => {};'),
  });
  handler.addToRolePolicy(new iam.PolicyStatement({ actions: ['dynamodb:GetItem'], resources: ['*'] }));
  new ec2.CfnSecurityGroup(stack, `Group${i}`, { groupDescription: `group ${i}`, vpcId: vpc.ref });
  const targets = new elbv2.CfnTargetGroup(stack, `Targets${i}`, {
    port: good ? 443 : 80,
    protocol: good ? 'HTTPS' : 'HTTP',
    vpcId: vpc.ref,
  });
  new elbv2.CfnListener(stack, `Listener${i}`, {
    loadBalancerArn: balancer.ref,
    port: 1000 + i,
    protocol: good ? 'HTTPS' : 'HTTP',
    sslPolicy: good ? 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09' : undefined,
    certificates: good ? [{ certificateArn: 'arn:aws:acm:eu-west-1:111122223333:certificate/x' }] : undefined,
    defaultActions: [{ type: 'forward', targetGroupArn: targets.ref }],
  });
  return stack.node
    .findAll()
    .slice(before)
    .filter((construct) => 'cfnResourceType' in construct).length;
}
