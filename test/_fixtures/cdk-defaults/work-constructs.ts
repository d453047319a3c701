import * as autoscaling from 'aws-cdk-lib/aws-autoscaling';
import * as cloudtrail from 'aws-cdk-lib/aws-cloudtrail';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as codebuild from 'aws-cdk-lib/aws-codebuild';
import * as codedeploy from 'aws-cdk-lib/aws-codedeploy';
import * as codepipeline from 'aws-cdk-lib/aws-codepipeline';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as patterns from 'aws-cdk-lib/aws-ecs-patterns';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as stepfunctions from 'aws-cdk-lib/aws-stepfunctions';
import * as synthetics from 'aws-cdk-lib/aws-synthetics';
import type { DefaultConstruct } from './default-construct';
import { functionOf } from './given';

const IMAGE = ecs.ContainerImage.fromRegistry('shop');
const MACHINE = {
  instanceType: ec2.InstanceType.of(ec2.InstanceClass.M7G, ec2.InstanceSize.LARGE),
  machineImage: ec2.MachineImage.genericLinux({ 'eu-west-1': 'ami-0123456789abcdef0' }),
};

/** What computes, who may do what, and the record of it. */
export const WORK_CONSTRUCTS: readonly DefaultConstruct[] = [
  {
    name: 'aws-autoscaling.AutoScalingGroup',
    build: (stack, { vpc }) => void new autoscaling.AutoScalingGroup(stack, 'It', { vpc, ...MACHINE }),
  },
  { name: 'aws-cloudtrail.Trail', build: (stack) => void new cloudtrail.Trail(stack, 'It') },
  {
    name: 'aws-cloudwatch.Alarm',
    build: (stack) => {
      const metric = new cloudwatch.Metric({ namespace: 'shop', metricName: 'errors' });
      new cloudwatch.Alarm(stack, 'It', { metric, threshold: 1, evaluationPeriods: 1 });
    },
  },
  {
    name: 'aws-cloudwatch.CompositeAlarm',
    build: (stack) => {
      const alarm = cloudwatch.Alarm.fromAlarmName(stack, 'Alarm', 'errors');
      const alarmRule = cloudwatch.AlarmRule.fromAlarm(alarm, cloudwatch.AlarmState.ALARM);
      new cloudwatch.CompositeAlarm(stack, 'It', { alarmRule });
    },
  },
  {
    name: 'aws-codebuild.Project',
    build: (stack) => {
      const buildSpec = codebuild.BuildSpec.fromObject({ version: '0.2' });
      new codebuild.Project(stack, 'It', { buildSpec });
    },
  },
  {
    name: 'aws-codedeploy.LambdaDeploymentGroup',
    build: (stack, { handler }) => {
      new codedeploy.LambdaDeploymentGroup(stack, 'It', { alias: handler.addAlias('live') });
    },
  },
  {
    name: 'aws-codepipeline.Pipeline',
    build: (stack) => {
      const it = new codepipeline.Pipeline(stack, 'It');
      const action = (stage: 'Source' | 'Approve') => actionOf(stage);
      it.addStage({ stageName: 'Source', actions: [action('Source')] });
      it.addStage({ stageName: 'Approve', actions: [action('Approve')] });
    },
  },
  {
    name: 'aws-ec2.Instance',
    build: (stack, { vpc }) => void new ec2.Instance(stack, 'It', { vpc, ...MACHINE }),
  },
  {
    name: 'aws-ec2.BastionHostLinux',
    build: (stack, { vpc }) => void new ec2.BastionHostLinux(stack, 'It', { vpc }),
  },
  { name: 'aws-ec2.LaunchTemplate', build: (stack) => void new ec2.LaunchTemplate(stack, 'It') },
  {
    name: 'aws-ecs.FargateTaskDefinition',
    build: (stack) => void new ecs.FargateTaskDefinition(stack, 'It').addContainer('Web', { image: IMAGE }),
  },
  {
    name: 'aws-ecs.Ec2TaskDefinition',
    build: (stack) =>
      void new ecs.Ec2TaskDefinition(stack, 'It').addContainer('Web', { image: IMAGE, memoryLimitMiB: 512 }),
  },
  {
    name: 'aws-ecs.FargateService',
    build: (stack, { cluster, task }) =>
      void new ecs.FargateService(stack, 'It', { cluster, taskDefinition: task }),
  },
  {
    name: 'aws-ecs-patterns.ApplicationLoadBalancedFargateService',
    build: (stack, { vpc }) =>
      void new patterns.ApplicationLoadBalancedFargateService(stack, 'It', {
        vpc,
        taskImageOptions: { image: IMAGE },
      }),
  },
  {
    name: 'aws-ecs-patterns.NetworkLoadBalancedFargateService',
    build: (stack, { vpc }) =>
      void new patterns.NetworkLoadBalancedFargateService(stack, 'It', {
        vpc,
        taskImageOptions: { image: IMAGE },
      }),
  },
  {
    name: 'aws-ecs-patterns.QueueProcessingFargateService',
    build: (stack, { vpc }) =>
      void new patterns.QueueProcessingFargateService(stack, 'It', { vpc, image: IMAGE }),
  },
  {
    name: 'aws-eks-v2.Cluster',
    build: (stack) => void new eks.Cluster(stack, 'It', { version: eks.KubernetesVersion.V1_34 }),
  },
  { name: 'aws-iam.Group', build: (stack) => void new iam.Group(stack, 'It') },
  {
    name: 'aws-iam.Role',
    build: (stack) =>
      void new iam.Role(stack, 'It', { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') }),
  },
  { name: 'aws-iam.User', build: (stack) => void new iam.User(stack, 'It') },
  { name: 'aws-lambda.Function', build: (stack) => void functionOf(stack, 'It') },
  {
    name: 'aws-stepfunctions.StateMachine',
    build: (stack) => {
      const definitionBody = stepfunctions.DefinitionBody.fromChainable(
        new stepfunctions.Pass(stack, 'Pass'),
      );
      new stepfunctions.StateMachine(stack, 'It', { definitionBody });
    },
  },
  {
    name: 'aws-synthetics.Canary',
    build: (stack) => {
      const code = synthetics.Code.fromInline('exports.handler = async () => {};');
      const test = synthetics.Test.custom({ code, handler: 'index.handler' });
      new synthetics.Canary(stack, 'It', {
        test,
        runtime: synthetics.Runtime.SYNTHETICS_NODEJS_PUPPETEER_9_1,
      });
    },
  },
];

/** The least that a pipeline takes: a source, and somebody who approves. */
function actionOf(stage: 'Source' | 'Approve'): codepipeline.IAction {
  const isSource = stage === 'Source';
  const artifact = new codepipeline.Artifact('code');
  const actionProperties: codepipeline.ActionProperties = {
    actionName: stage,
    provider: isSource ? 'S3' : 'Manual',
    category: isSource ? codepipeline.ActionCategory.SOURCE : codepipeline.ActionCategory.APPROVAL,
    artifactBounds: {
      minInputs: 0,
      maxInputs: 0,
      minOutputs: isSource ? 1 : 0,
      maxOutputs: isSource ? 1 : 0,
    },
    ...(isSource ? { outputs: [artifact] } : {}),
  };
  return {
    actionProperties,
    bind: () => ({ configuration: isSource ? { S3Bucket: 'code', S3ObjectKey: 'shop.zip' } : {} }),
    onStateChange: () => {
      throw new RangeError('nobody listens');
    },
  };
}
