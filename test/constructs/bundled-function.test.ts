import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import { BundledFunction, type BundledFunctionProps } from '../../lib/constructs/bundled-function';
import { synthesised } from '../checks/synthesised';
import { allPacks } from './judged';
import { existingVpcIn, FLAGS, resourcesOf, stackIn } from './support';

type Wishes = (stack: Stack) => Partial<BundledFunctionProps>;

function define(stack: Stack, wishes: Wishes = () => ({})): BundledFunction {
  return new BundledFunction(stack, 'Watch', {
    handler: 'payment-page',
    description: 'Looks at something',
    encryptionKey: new kms.Key(stack, 'Key', {
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
    }),
    ...wishes(stack),
  });
}

function templateWith(wishes?: Wishes): Template {
  const stack = stackIn('eu-west-1');
  define(stack, wishes);
  return Template.fromStack(stack);
}

function only(template: Template, type: string) {
  const [resource, ...others] = Object.values(template.findResources(type));
  expect(others).toEqual([]);
  return resource?.Properties;
}

const statementsIn = (template: Template) => only(template, 'AWS::IAM::Policy').PolicyDocument.Statement;

/** Actions that stand for several, and resources that stand for all. */
const wildcardsIn = (statements: readonly { Action: string | string[]; Resource: unknown }[]) =>
  statements.flatMap(({ Action, Resource }) =>
    [...[Action].flat(), ...[Resource].flat()].filter(
      (each) => typeof each === 'string' && each.includes('*'),
    ),
  );

test('it runs on the newest Node of Lambda on ARM, from the file that the build made', () => {
  expect(only(templateWith(), 'AWS::Lambda::Function')).toMatchObject({
    Runtime: 'nodejs24.x',
    Architectures: ['arm64'],
    Handler: 'index.handler',
    Description: 'Looks at something',
    Timeout: 60,
    MemorySize: 256,
  });
});

test('time, memory, and how many run at a time are those that are given', () => {
  const template = templateWith(() => ({
    timeout: Duration.minutes(5),
    memorySize: 1024,
    reservedConcurrentExecutions: 2,
  }));
  expect(only(template, 'AWS::Lambda::Function')).toMatchObject({
    Timeout: 300,
    MemorySize: 1024,
    ReservedConcurrentExecutions: 2,
  });
});

test('its role writes one log: no managed IAM policy, no wildcard, no service but Lambda', () => {
  const template = templateWith();
  const role = only(template, 'AWS::IAM::Role');
  expect(role.ManagedPolicyArns).toBeUndefined();
  expect(role.AssumeRolePolicyDocument.Statement).toEqual([
    { Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' } },
  ]);
  const [log] = Object.keys(template.findResources('AWS::Logs::LogGroup'));
  const statements = statementsIn(template);
  expect(statements).toEqual([
    {
      Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      Effect: 'Allow',
      Resource: { 'Fn::GetAtt': [log, 'Arn'] },
    },
  ]);
  expect(wildcardsIn(statements)).toEqual([]);
});

test('in a network its role lets Lambda make interfaces there, and the code of the function not', () => {
  const template = templateWith((stack) => ({ vpc: existingVpcIn(stack) }));
  expect(only(template, 'AWS::Lambda::Function').VpcConfig.SubnetIds).toEqual(['subnet-1', 'subnet-2']);
  const [inside, ...others] = statementsIn(template).filter(({ Action }: { Action: string | string[] }) =>
    [Action].flat().some((action) => action.startsWith('ec2:')),
  );
  expect(others).toEqual([]);
  expect(inside).toEqual({
    // Those of the managed policy AWSLambdaVPCAccessExecutionRole, without what it may write.
    Action: [
      'ec2:AssignPrivateIpAddresses',
      'ec2:CreateNetworkInterface',
      'ec2:DeleteNetworkInterface',
      'ec2:DescribeNetworkInterfaces',
      'ec2:DescribeSubnets',
      'ec2:UnassignPrivateIpAddresses',
    ],
    Effect: 'Allow',
    Resource: '*',
    Condition: { Null: { 'lambda:SourceFunctionArn': 'true' } },
  });
  expect(only(template, 'AWS::IAM::Role').ManagedPolicyArns).toBeUndefined();
});

test.each<[string, logs.RetentionDays | undefined, number]>([
  ['for thirteen months', undefined, 400],
  ['as long as is wished', logs.RetentionDays.ONE_WEEK, 7],
])('its log is kept %s, under the key, also when the stack is gone', (_long, logRetention, days) => {
  const template = templateWith(() => (logRetention === undefined ? {} : { logRetention }));
  const [key] = Object.keys(template.findResources('AWS::KMS::Key'));
  const [[id, log] = ['', undefined]] = Object.entries(template.findResources('AWS::Logs::LogGroup'));
  expect(log?.Properties).toMatchObject({ KmsKeyId: { 'Fn::GetAtt': [key, 'Arn'] }, RetentionInDays: days });
  expect([log?.DeletionPolicy, log?.UpdateReplacePolicy]).toEqual(['Retain', 'Retain']);
  expect(only(template, 'AWS::Lambda::Function').LoggingConfig).toEqual({
    LogFormat: 'JSON',
    LogGroup: { Ref: id },
  });
});

test('the key lets CloudWatch Logs in for log groups of this account and region, and for nothing else', () => {
  const { Statement: statements } = only(templateWith(), 'AWS::KMS::Key').KeyPolicy;
  const ofLogs = statements.filter(({ Principal }: { Principal: unknown }) =>
    JSON.stringify(Principal).includes('logs.'),
  );
  expect(ofLogs).toHaveLength(1);
  expect(JSON.stringify(ofLogs[0].Condition)).toContain('kms:EncryptionContext:aws:logs:arn');
});

test('its environment is encrypted with the key; without one there is nothing to encrypt', () => {
  const template = templateWith(() => ({ environment: { REGIONS: 'eu-west-1' } }));
  const [key] = Object.keys(template.findResources('AWS::KMS::Key'));
  expect(only(template, 'AWS::Lambda::Function')).toMatchObject({
    Environment: { Variables: { REGIONS: 'eu-west-1' } },
    KmsKeyArn: { 'Fn::GetAtt': [key, 'Arn'] },
  });
  expect(only(templateWith(), 'AWS::Lambda::Function').KmsKeyArn).toBeUndefined();
});

test('texts stand beside its code, and what the package holds stays as it is', () => {
  const app = new App({ context: FLAGS });
  define(new Stack(app, 'Stack', { env: { region: 'eu-west-1' } }), () => ({
    files: { 'hosts.json': '[]' },
  }));
  const { directory } = app.synth();
  const asset = readdirSync(directory).find((name) => name.startsWith('asset.')) ?? '';
  expect(readdirSync(join(directory, asset)).sort()).toEqual(['hosts.json', 'index.js']);
  expect(readFileSync(join(directory, asset, 'hosts.json'), 'utf8')).toBe('[]');
});

test('the same code and texts are the same asset', () => {
  const keyOf = (text: string) =>
    only(
      templateWith(() => ({ files: { 'hosts.json': text } })),
      'AWS::Lambda::Function',
    ).Code.S3Key;
  expect(keyOf('[]')).toBe(keyOf('[]'));
  expect(keyOf('[]')).not.toBe(keyOf('[1]'));
});

test.each<[string, Wishes, readonly string[]]>([
  ['', () => ({}), []],
  [' with an environment', () => ({ environment: { A: 'b' } }), []],
  // The actions know no resource; only Lambda can use them.
  [
    ' in a network',
    (stack) => ({ vpc: existingVpcIn(stack) }),
    ['AwsSolutions-IAM5[Resource::*] Stack/Watch/Role/DefaultPolicy/Resource'],
  ],
])('a function%s has of its own no finding under any pack but what is said here', (_what, wishes, left) => {
  const { findings } = synthesised(
    (app) => {
      define(new Stack(app, 'Stack', { env: { region: 'eu-west-1' } }), wishes);
    },
    allPacks,
    { context: FLAGS },
  );
  const own = findings
    .map(({ rule, constructPath }) => `${rule} ${constructPath}`)
    // What its log holds the app says, and the network is the app's.
    .filter(
      (each) => each.includes('Stack/Watch') && !each.startsWith('PciDss401Checks-DataStoreIsClassified'),
    );
  expect(own).toEqual(left);
});

test('what is not bundled is refused', () => {
  expect(() => define(stackIn('eu-west-1'), () => ({ handler: 'no-such-handler' }))).toThrow(
    "lacks the code of the function 'no-such-handler', install it again, in its sources run npm run build",
  );
});

test('an imported key is used as it is', () => {
  const stack = stackIn('eu-west-1');
  const arn = 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
  define(stack, (scope) => ({
    encryptionKey: kms.Key.fromKeyArn(scope, 'Imported', arn),
    environment: { A: 'b' },
  }));
  const [fn] = Object.values(resourcesOf(stack, 'AWS::Lambda::Function'));
  expect(fn?.Properties.KmsKeyArn).toBe(arn);
});
