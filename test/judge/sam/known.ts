/** A function that has nothing else. */
export const FUNCTION = `  Fn:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: s3://bucket/key
      Handler: index.handler
      Runtime: nodejs22.x
`;

/** A function with one event. */
export const withEvent = (...lines: string[]) =>
  `${FUNCTION}      Events:\n        Ev:\n${lines.map((line) => `          ${line}\n`).join('')}`;

/**
 * Logical ids and types that the real translator writes, read in the inputs and outputs of its own tests
 * (aws/serverless-application-model, tests/translator, Apache-2.0): the templates here are ours, and ask for the same
 * features under our names. Each row names the pair it was read in.
 */
export const KNOWN: readonly [pair: string, resources: string, made: Readonly<Record<string, string>>][] = [
  ['basic_function', FUNCTION, { Fn: 'AWS::Lambda::Function', FnRole: 'AWS::IAM::Role' }],
  [
    'function_with_function_url_config',
    `${FUNCTION}      FunctionUrlConfig: {AuthType: NONE}\n`,
    { Fn: 'AWS::Lambda::Function', FnRole: 'AWS::IAM::Role', FnUrl: 'AWS::Lambda::Url' },
  ],
  [
    'function_with_deployment_preference',
    `${FUNCTION}      AutoPublishAlias: live\n`,
    { Fn: 'AWS::Lambda::Function', FnRole: 'AWS::IAM::Role', FnAliaslive: 'AWS::Lambda::Alias' },
  ],
  [
    's3',
    `${withEvent('Type: S3', 'Properties: {Bucket: !Ref B, Events: "s3:ObjectCreated:*"}')}  B: {Type: AWS::S3::Bucket}\n`,
    { Fn: 'AWS::Lambda::Function', FnRole: 'AWS::IAM::Role', B: 'AWS::S3::Bucket' },
  ],
  [
    'sqs',
    withEvent('Type: SQS', 'Properties: {Queue: "arn:q", BatchSize: 10}'),
    { Fn: 'AWS::Lambda::Function', FnRole: 'AWS::IAM::Role', FnEv: 'AWS::Lambda::EventSourceMapping' },
  ],
  [
    'sns',
    withEvent('Type: SNS', 'Properties: {Topic: "arn:t"}'),
    { Fn: 'AWS::Lambda::Function', FnRole: 'AWS::IAM::Role', FnEv: 'AWS::SNS::Subscription' },
  ],
  [
    'sns_sqs',
    withEvent('Type: SNS', 'Properties: {Topic: "arn:t", SqsSubscription: true}'),
    {
      Fn: 'AWS::Lambda::Function',
      FnRole: 'AWS::IAM::Role',
      FnEv: 'AWS::SNS::Subscription',
      FnEvQueue: 'AWS::SQS::Queue',
      FnEvQueuePolicy: 'AWS::SQS::QueuePolicy',
      FnEvEventSourceMapping: 'AWS::Lambda::EventSourceMapping',
    },
  ],
  [
    'eventbridgerule_with_dlq',
    withEvent('Type: Schedule', 'Properties: {Schedule: rate(1 minute), DeadLetterConfig: {Type: SQS}}'),
    {
      Fn: 'AWS::Lambda::Function',
      FnRole: 'AWS::IAM::Role',
      FnEv: 'AWS::Events::Rule',
      FnEvQueue: 'AWS::SQS::Queue',
      FnEvQueuePolicy: 'AWS::SQS::QueuePolicy',
    },
  ],
  [
    'implicit_http_api',
    withEvent('Type: HttpApi', 'Properties: {Path: /basic, Method: post}'),
    {
      Fn: 'AWS::Lambda::Function',
      FnRole: 'AWS::IAM::Role',
      ServerlessHttpApi: 'AWS::ApiGatewayV2::Api',
      ServerlessHttpApiApiGatewayDefaultStage: 'AWS::ApiGatewayV2::Stage',
    },
  ],
  [
    'explicit_http_api_minimum',
    `${withEvent('Type: HttpApi')}  Api: {Type: AWS::Serverless::HttpApi}\n`,
    {
      Fn: 'AWS::Lambda::Function',
      FnRole: 'AWS::IAM::Role',
      Api: 'AWS::ApiGatewayV2::Api',
      ApiApiGatewayDefaultStage: 'AWS::ApiGatewayV2::Stage',
      ServerlessHttpApi: 'AWS::ApiGatewayV2::Api',
      ServerlessHttpApiApiGatewayDefaultStage: 'AWS::ApiGatewayV2::Stage',
    },
  ],
  [
    'api_with_basic_custom_domain_security_policy',
    `  MyApi:
    Type: AWS::Serverless::Api
    Properties:
      OpenApiVersion: 3.0.1
      StageName: Prod
      Domain: {DomainName: example.com, CertificateArn: c, EndpointConfiguration: EDGE, BasePath: [/one]}
`,
    {
      MyApi: 'AWS::ApiGateway::RestApi',
      MyApiDeployment: 'AWS::ApiGateway::Deployment',
      MyApiProdStage: 'AWS::ApiGateway::Stage',
      ApiGatewayDomainName0caaf24ab1: 'AWS::ApiGateway::DomainName',
      MyApioneBasePathMapping: 'AWS::ApiGateway::BasePathMapping',
    },
  ],
  [
    'api_with_basic_custom_domain_http',
    `  MyApi:
    Type: AWS::Serverless::HttpApi
    Properties:
      StageName: Prod
      Domain: {DomainName: sam-v2-regional-test.com, CertificateArn: c, BasePath: [basic, begin-here]}
`,
    {
      MyApi: 'AWS::ApiGatewayV2::Api',
      MyApiProdStage: 'AWS::ApiGatewayV2::Stage',
      ApiGatewayDomainNameV2ab8e63947d: 'AWS::ApiGatewayV2::DomainName',
      MyApibasicApiMapping: 'AWS::ApiGatewayV2::ApiMapping',
      MyApibeginhereApiMapping: 'AWS::ApiGatewayV2::ApiMapping',
    },
  ],
  [
    'explicit_api',
    '  Api: {Type: AWS::Serverless::Api, Properties: {StageName: !Ref Unknown, DefinitionUri: "s3://b/k"}}\n',
    {
      Api: 'AWS::ApiGateway::RestApi',
      ApiDeployment: 'AWS::ApiGateway::Deployment',
      ApiStage: 'AWS::ApiGateway::Stage',
    },
  ],
  ['simpletable', '  T: {Type: AWS::Serverless::SimpleTable}\n', { T: 'AWS::DynamoDB::Table' }],
  [
    'basic_application',
    '  A: {Type: AWS::Serverless::Application, Properties: {Location: "https://s3.amazonaws.com/b/t.yaml"}}\n',
    { A: 'AWS::CloudFormation::Stack' },
  ],
  [
    'layers_with_intrinsics',
    '  L: {Type: AWS::Serverless::LayerVersion, Properties: {ContentUri: "s3://b/k", LayerName: n}}\n',
    { L: 'AWS::Lambda::LayerVersion' },
  ],
];
