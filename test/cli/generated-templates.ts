import fc from 'fast-check';
import type { Json } from '../../lib/judge/template';

/** Types of which connectors read much, with properties that they look at. */
const SHAPES: Readonly<Record<string, readonly string[]>> = {
  'AWS::ElasticLoadBalancingV2::Listener': [
    'Protocol',
    'SslPolicy',
    'Certificates',
    'DefaultActions',
    'Port',
  ],
  'AWS::CloudFront::Distribution': ['DistributionConfig'],
  'AWS::S3::Bucket': ['BucketName', 'BucketEncryption', 'WebsiteConfiguration'],
  'AWS::S3::BucketPolicy': ['Bucket', 'PolicyDocument'],
  'AWS::SQS::QueuePolicy': ['Queues', 'PolicyDocument'],
  'AWS::ApiGateway::RestApi': ['Body', 'BodyS3Location', 'EndpointConfiguration', 'SecurityPolicy'],
  'AWS::ApiGatewayV2::DomainName': ['DomainNameConfigurations', 'MutualTlsAuthentication'],
  'AWS::RDS::DBInstance': ['Engine', 'DBParameterGroupName', 'StorageEncrypted', 'KmsKeyId'],
  'AWS::RDS::DBParameterGroup': ['Family', 'Parameters'],
  'AWS::EC2::SecurityGroup': ['SecurityGroupIngress', 'Tags'],
  'AWS::KMS::Key': ['KeyPolicy', 'EnableKeyRotation'],
  'AWS::CloudFormation::Stack': ['TemplateURL', 'Parameters'],
  'AWS::CloudFormation::StackSet': ['TemplateBody', 'Parameters', 'StackInstancesGroup'],
  'AWS::Serverless::Function': ['Events', 'FunctionUrlConfig', 'EventInvokeConfig', 'Policies', 'CodeUri'],
  'AWS::Serverless::Api': [
    'StageName',
    'Domain',
    'DefinitionBody',
    'EndpointConfiguration',
    'MethodSettings',
  ],
  'AWS::Serverless::HttpApi': ['StageName', 'Domain', 'DefinitionBody'],
  'AWS::Serverless::SimpleTable': ['SSESpecification', 'PrimaryKey'],
  'Custom::AWS': ['Create', 'Update'],
  'Foo::Bar::MODULE': ['Any'],
  'AWS::CDK::Metadata': ['Analytics'],
};
const TYPES = Object.keys(SHAPES);

const NAMES = [
  'A',
  'B',
  'C',
  'P',
  'Cond',
  'constructor',
  '__proto__',
  'toString',
  'AWS::NoValue',
  'AWS::Region',
];
const name = fc.constantFrom(...NAMES);

/** Text that templates hold, and text that they should not. */
export const text = fc.oneof(
  fc.constantFrom(
    'HTTP',
    'HTTPS',
    'TLS_1_0',
    'ELBSecurityPolicy-2016-08',
    'true',
    '',
    '*',
    'http://example.com',
    '{{resolve:ssm:/a}}',
    '{{resolve:',
    '${A}',
    '${A.Arn}',
    '${!A}',
    '2012-10-17',
    'Deny',
    'Resources: {A: {Type: A::B::C}}',
    '{"service":"S3"}',
    './t.json',
    '../t.json',
    '.',
    '\u0000',
    '\ud800',
    '🔒',
    '\u001b[31m',
    '::error::x',
    '<script>',
    '%0A',
    'Action',
    'Statement',
  ),
  fc.string({ unit: 'binary', maxLength: 8 }),
);

/** Keys of what connectors go down into. */
const key = fc.oneof(
  fc.constantFrom(
    'Statement',
    'Effect',
    'Action',
    'Principal',
    'Condition',
    'Bool',
    'aws:SecureTransport',
    'Type',
    'Properties',
    'DefaultCacheBehavior',
    'Origins',
    'ViewerCertificate',
    'paths',
    '/',
    'get',
    'x-amazon-apigateway-integration',
    'DomainName',
    'CertificateArn',
    'AuthType',
    'Key',
    'Value',
    'ParameterKey',
    'ParameterValue',
    'BasePath',
    'DestinationConfig',
    'OnSuccess',
    'rds.force_ssl',
    '__proto__',
    'constructor',
    'toString',
    'Fn::If',
    'Ref',
    'Fn::Transform',
  ),
  fc.string({ maxLength: 5 }),
);

/** Any value of a property, functions among them. */
export const value = fc.letrec<{ value: Json }>((tie) => {
  const call = (function_: string, ...items: fc.Arbitrary<unknown>[]) =>
    fc.tuple(...items).map((list) => ({ [function_]: list }) as unknown as Json);
  return {
    value: fc.oneof(
      { depthSize: 'small', maxDepth: 5, withCrossShrink: true },
      text,
      fc.constantFrom<Json>(0, -1, 1e308, 1e-308, 443, true, false, null),
      name.map((Ref): Json => ({ Ref })),
      fc.array(tie('value'), { maxLength: 3 }) as fc.Arbitrary<Json>,
      fc.dictionary(key, tie('value'), { maxKeys: 4, noNullPrototype: true }) as fc.Arbitrary<Json>,
      call('Fn::If', name, tie('value'), tie('value')),
      call('Fn::GetAtt', name, fc.constantFrom('Arn', 'Outputs.X')),
      call('Fn::Join', fc.constant(''), fc.array(tie('value'), { maxLength: 3 })),
      call('Fn::Select', fc.constantFrom(0, 9, 'x'), tie('value')),
      call('Fn::FindInMap', name, name, name),
      call('Fn::ForEach::X', name, tie('value'), tie('value')),
      fc
        .tuple(
          fc.constantFrom(
            'Fn::Sub',
            'Fn::ImportValue',
            'Fn::ToJsonString',
            'Fn::Length',
            'Fn::Mystery',
            'Fn::Base64',
            'Fn::Split',
            'Fn::Transform',
            'Fn::GetStackOutput',
          ),
          tie('value'),
        )
        .map(([function_, argument]): Json => ({ [function_]: argument })),
    ) as fc.Arbitrary<Json>,
  };
}).value;

const resource = fc.constantFrom(...TYPES).chain((Type) =>
  fc
    .record({
      properties: fc.oneof(
        {
          weight: 9,
          arbitrary: fc.record(Object.fromEntries((SHAPES[Type] ?? []).map((each) => [each, value])), {
            requiredKeys: [],
          }),
        },
        { weight: 1, arbitrary: value },
      ),
      more: fc.record({ Condition: name, Metadata: value, DependsOn: value }, { requiredKeys: [] }),
    })
    .map(({ properties, more }) => ({ Type, Properties: properties as Json, ...more })),
);

/** Templates of all sections, right and wrong. */
export const template = fc.record(
  {
    Transform: fc.constantFrom<Json>(
      'AWS::Serverless-2016-10-31',
      ['AWS::LanguageExtensions'],
      { Name: 'AWS::Include' },
      'X',
      7,
    ),
    Parameters: fc.oneof(fc.constant<Json>({ P: { Type: 'String', AllowedValues: ['a', 'b'] } }), value),
    Mappings: value,
    Conditions: fc.dictionary(name, value, { maxKeys: 2 }) as fc.Arbitrary<Json>,
    Globals: fc.constantFrom<Json>(
      { Function: { FunctionUrlConfig: { AuthType: 'NONE' } }, Api: 1 },
      [],
      'x',
    ),
    Outputs: value,
    Resources: fc.oneof(
      {
        weight: 9,
        arbitrary: fc.dictionary(name, resource, { minKeys: 1, maxKeys: 4 }) as unknown as fc.Arbitrary<Json>,
      },
      { weight: 1, arbitrary: value },
    ),
  },
  { requiredKeys: ['Resources'] },
) as unknown as fc.Arbitrary<Json>;
