import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { classify, LISTED_TYPES } from '../../../../lib/judge/hops/coverage';
import { JUDGED } from '../../../../lib/judge/hops/coverage/judged';
import { NEITHER } from '../../../../lib/judge/hops/coverage/neither';
import { NOT_YET } from '../../../../lib/judge/hops/coverage/not-yet';
import { page, render } from '../../../../tools/generate/coverage';

const ROOT = path.resolve(__dirname, '../../../..');
const CDK = path.dirname(require.resolve('aws-cdk-lib/package.json'));

/** Resource type to `aws-cdk-lib/aws-s3.CfnBucket`. */
const CLASSES: Readonly<Record<string, string>> = JSON.parse(
  readFileSync(path.join(CDK, 'cloudformation-include/cfn-types-2-classes.json'), 'utf8'),
);
const KNOWN_TYPES = Object.keys(CLASSES);

/** Types that templates hold and aws-cdk-lib has no class for. */
const WITHOUT_CLASS = ['AWS::CDK::Metadata'];

describe('the tables of coverage', () => {
  test('list every resource type of aws-cdk-lib', () => {
    const listed = new Set(LISTED_TYPES);
    expect(KNOWN_TYPES.length).toBeGreaterThan(1500);
    expect(KNOWN_TYPES.filter((type) => !listed.has(type))).toEqual([]);
  });

  test('list no type twice', () => {
    expect(LISTED_TYPES.filter((type, index) => LISTED_TYPES.indexOf(type) !== index)).toEqual([]);
  });

  test('list nothing that does not exist', () => {
    const known = new Set([...KNOWN_TYPES, ...WITHOUT_CLASS]);
    expect(LISTED_TYPES.filter((type) => !known.has(type))).toEqual([]);
  });

  const servicesOf: readonly (readonly [table: string, services: readonly string[]])[] = [
    ['judged', JUDGED.map(([service]) => service)],
    ['not yet', NOT_YET.map(([service]) => service)],
    ...Object.entries(NEITHER).map(([why, rows]) => [why, rows.map(([service]) => service)] as const),
  ];

  test.each(servicesOf)('are sorted by service: %s', (_table, services) => {
    expect(services).toEqual([...services].sort());
  });

  test('say of every type that is not judged what it carries, or why it carries nothing', () => {
    const silent = LISTED_TYPES.filter((type) => {
      const { judged, note } = classify(type);
      return !judged && (note ?? '').length < 10;
    });
    expect(silent).toEqual([]);
  });
});

describe('a resource type', () => {
  test.each([
    ['a service of which every type needs no judging', 'AWS::Budgets::Wiretap'],
    ['a service of which every type is judged', 'AWS::Elasticsearch::Wiretap'],
    ['a service that did not exist', 'AWS::Wiretap::Tap'],
    ['another party', 'Datadog::Monitors::Monitor'],
    ['a module', 'My::Company::Thing::MODULE'],
    ['no service, but a property of every object', 'constructor'],
    ['no service, but the prototype of every object', '__proto__'],
    ['no name', ''],
  ])('of %s is not listed and may carry anything', (_what, type) => {
    expect(classify(type)).toEqual({ traffic: true, store: true, judged: false, listed: false });
  });

  test.each(['AWS::CloudFormation::CustomResource', 'Custom::S3AutoDeleteObjects'])(
    'that is a custom resource is not judged: %s',
    (type) => {
      expect(classify(type)).toMatchObject({
        traffic: true,
        store: true,
        judged: false,
        note: 'custom resource: what it makes is not in the template',
      });
    },
  );

  test.each([
    'AWS::CDK::Metadata',
    'AWS::CloudFormation::WaitCondition',
    'AWS::CloudFormation::WaitConditionHandle',
    'AWS::IAM::InstanceProfile',
    'AWS::IAM::AccessKey',
    'AWS::Budgets::Budget',
    'AWS::CloudWatch::Alarm',
    'AWS::Lambda::Permission',
    'AWS::Organizations::OrganizationalUnit',
    'AWS::EC2::SubnetRouteTableAssociation',
    'AWS::ApplicationAutoScaling::ScalingPolicy',
  ])('that neither carries nor keeps data needs no judging: %s', (type) => {
    expect(classify(type)).toMatchObject({ traffic: false, store: false, judged: false, listed: true });
  });

  test.each([
    ['AWS::AppSync::GraphQLApi', 'traffic'],
    ['AWS::AppRunner::Service', 'traffic'],
    ['AWS::VpcLattice::ResourceGateway', 'traffic'],
    ['AWS::GlobalAccelerator::Listener', 'traffic'],
    ['AWS::Cognito::UserPoolDomain', 'traffic'],
    ['AWS::ElasticLoadBalancingV2::TrustStore', 'traffic'],
    ['AWS::IAM::ServerCertificate', 'traffic'],
    ['AWS::IoT::TopicRule', 'traffic'],
    ['AWS::EC2::VPNConnection', 'traffic'],
    ['AWS::EC2::NetworkAclEntry', 'traffic'],
    ['AWS::Glue::Connection', 'traffic'],
    ['AWS::Logs::SubscriptionFilter', 'traffic'],
    ['AWS::S3::AccessPoint', 'traffic'],
    ['AWS::CloudTrail::EventDataStore', 'store'],
    ['AWS::SSM::Parameter', 'store'],
    ['AWS::EC2::Volume', 'store'],
    ['AWS::Kinesis::Stream', 'both'],
    ['AWS::EFS::FileSystem', 'both'],
    ['AWS::FSx::FileSystem', 'both'],
    ['AWS::Lightsail::Instance', 'both'],
    ['AWS::Lambda::Function', 'both'],
    ['AWS::EC2::Instance', 'both'],
    ['AWS::CloudFormation::Stack', 'both'],
    ['AWS::Serverless::Api', 'both'],
  ])('that carries or keeps data without a connector is not judged: %s, %s', (type, carries) => {
    expect(classify(type)).toMatchObject({
      traffic: carries !== 'store',
      store: carries !== 'traffic',
      judged: false,
      listed: true,
    });
  });

  const JUDGED_TYPES = {
    traffic: [
      'AWS::ApiGateway::BasePathMapping',
      'AWS::ApiGateway::BasePathMappingV2',
      'AWS::ApiGateway::Deployment',
      'AWS::ApiGateway::DomainName',
      'AWS::ApiGateway::DomainNameV2',
      'AWS::ApiGateway::Method',
      'AWS::ApiGateway::RestApi',
      'AWS::ApiGateway::VpcLink',
      'AWS::ApiGatewayV2::Api',
      'AWS::ApiGatewayV2::ApiMapping',
      'AWS::ApiGatewayV2::DomainName',
      'AWS::ApiGatewayV2::Integration',
      'AWS::ApiGatewayV2::Stage',
      'AWS::ApiGatewayV2::VpcLink',
      'AWS::CertificateManager::Certificate',
      'AWS::CloudFront::Distribution',
      'AWS::CloudFront::FieldLevelEncryptionConfig',
      'AWS::CloudFront::OriginAccessControl',
      'AWS::CloudFront::ResponseHeadersPolicy',
      'AWS::CloudFront::VpcOrigin',
      'AWS::DMS::Endpoint',
      'AWS::DocDB::DBClusterParameterGroup',
      'AWS::DocDB::DBInstance',
      'AWS::ECS::Service',
      'AWS::ECS::TaskDefinition',
      'AWS::ElasticLoadBalancing::LoadBalancer',
      'AWS::ElasticLoadBalancingV2::Listener',
      'AWS::ElasticLoadBalancingV2::ListenerCertificate',
      'AWS::ElasticLoadBalancingV2::ListenerRule',
      'AWS::ElasticLoadBalancingV2::LoadBalancer',
      'AWS::ElasticLoadBalancingV2::TargetGroup',
      'AWS::Events::ApiDestination',
      'AWS::Events::EventBusPolicy',
      'AWS::Events::Rule',
      'AWS::IoT::DomainConfiguration',
      'AWS::Lambda::Url',
      'AWS::Neptune::DBClusterParameterGroup',
      'AWS::Neptune::DBInstance',
      'AWS::RDS::DBClusterParameterGroup',
      'AWS::RDS::DBParameterGroup',
      'AWS::RDS::DBProxy',
      'AWS::Redshift::ClusterParameterGroup',
      'AWS::S3::BucketPolicy',
      'AWS::SES::ConfigurationSet',
      'AWS::RedshiftServerless::Workgroup',
      'AWS::SNS::Subscription',
      'AWS::SNS::TopicInlinePolicy',
      'AWS::SNS::TopicPolicy',
      'AWS::SQS::QueueInlinePolicy',
      'AWS::SQS::QueuePolicy',
      'AWS::SecretsManager::ResourcePolicy',
      'AWS::Transfer::Connector',
      'AWS::Transfer::Server',
      'AWS::EC2::SecurityGroup',
      'AWS::EC2::SecurityGroupIngress',
      'AWS::EC2::VPC',
      'AWS::EC2::VPCEncryptionControl',
      'AWS::Logs::Delivery',
      'AWS::Logs::DeliverySource',
      'AWS::Route53::DNSSEC',
      'AWS::Route53::HostedZone',
      'AWS::Route53::KeySigningKey',
      'AWS::Route53::RecordSet',
      'AWS::Route53::RecordSetGroup',
      'AWS::SecretsManager::RotationSchedule',
      'AWS::VpcLattice::Listener',
      'AWS::VpcLattice::Rule',
      'AWS::VpcLattice::Service',
      'AWS::VpcLattice::ServiceNetwork',
      'AWS::VpcLattice::ServiceNetworkServiceAssociation',
      'AWS::VpcLattice::TargetGroup',
      'AWS::WAFv2::LoggingConfiguration',
    ],
    store: [
      'AWS::Events::Archive',
      'AWS::CloudTrail::Trail',
      'AWS::KMS::Key',
      'AWS::Logs::LogGroup',
      'AWS::RedshiftServerless::Namespace',
      'AWS::SecretsManager::Secret',
    ],
    neither: [
      'AWS::IAM::Group',
      'AWS::IAM::GroupPolicy',
      'AWS::IAM::ManagedPolicy',
      'AWS::IAM::Policy',
      'AWS::IAM::Role',
      'AWS::IAM::RolePolicy',
      'AWS::IAM::User',
      'AWS::IAM::UserPolicy',
    ],
    both: [
      'AWS::AmazonMQ::Broker',
      'AWS::ApiGateway::Stage',
      'AWS::DAX::Cluster',
      'AWS::DocDB::DBCluster',
      'AWS::DynamoDB::GlobalTable',
      'AWS::DynamoDB::Table',
      'AWS::ECR::Repository',
      'AWS::EKS::Cluster',
      'AWS::EMR::Cluster',
      'AWS::EMR::SecurityConfiguration',
      'AWS::ElastiCache::CacheCluster',
      'AWS::ElastiCache::ReplicationGroup',
      'AWS::ElastiCache::ServerlessCache',
      'AWS::Elasticsearch::Domain',
      'AWS::Events::Connection',
      'AWS::Events::EventBus',
      'AWS::KinesisFirehose::DeliveryStream',
      'AWS::MSK::Cluster',
      'AWS::MSK::ServerlessCluster',
      'AWS::MemoryDB::Cluster',
      'AWS::Neptune::DBCluster',
      'AWS::OpenSearchService::Domain',
      'AWS::RDS::DBCluster',
      'AWS::RDS::DBInstance',
      'AWS::Redshift::Cluster',
      'AWS::S3::Bucket',
      'AWS::SNS::Topic',
      'AWS::SQS::Queue',
    ],
  };

  test.each(Object.entries(JUDGED_TYPES).flatMap(([carries, types]) => types.map((type) => [type, carries])))(
    'that a connector reads is judged: %s, %s',
    (type, carries) => {
      expect(classify(type)).toEqual({
        traffic: carries === 'traffic' || carries === 'both',
        store: carries === 'store' || carries === 'both',
        judged: true,
        listed: true,
      });
    },
  );

  test('is judged when it is one of those above, and else not', () => {
    const judged = LISTED_TYPES.filter((type) => classify(type).judged);
    expect([...judged].sort()).toEqual(Object.values(JUDGED_TYPES).flat().sort());
  });
});

describe('a type that needs no judging', () => {
  const ABOUT_ENCRYPTION =
    /[kK]ms|[cC]mk|customerManagedKey|[eE]ncrypt|^ssl|Ssl|SSL|^tls|Tls|TLS|[cC]ertificate/;

  /** Types that name a key or a certificate and decide about no encryption with it. */
  const ONLY_NAMES_IT: Readonly<Record<string, string>> = {
    'AWS::ACMPCA::Permission': 'the authority that somebody may use',
    'AWS::IoT::AccountAuditConfiguration': 'checks of certificates that an audit makes',
    'AWS::IoT::MitigationAction': 'what is done with a certificate after an audit',
    'AWS::IoTCoreDeviceAdvisor::SuiteDefinition': 'the certificate of a device under test',
    'AWS::Location::APIKey': 'who may use an API key',
    'AWS::RolesAnywhere::Profile': 'the field of a certificate that names a session',
    'AWS::SupportAuthZ::SupportPermit': 'the key that signs a permit',
  };

  test('has no property about encryption, TLS or certificates', () => {
    const types = LISTED_TYPES.filter((type) => {
      const { traffic, store, listed } = classify(type);
      return listed && !traffic && !store && type in CLASSES;
    });
    const found = types.filter((type) => propertiesOf(type).some((name) => ABOUT_ENCRYPTION.test(name)));
    expect(types.length).toBeGreaterThan(500);
    expect(found.sort()).toEqual(Object.keys(ONLY_NAMES_IT).sort());
  });

  test.each([
    'AWS::EC2::VPC',
    'AWS::AmazonMQ::Broker',
    'AWS::ElasticLoadBalancingV2::Listener',
    'AWS::SNS::Topic',
    'AWS::QuickSight::DataSource',
  ])('is told by its properties from one that needs judging: %s', (type) => {
    expect(propertiesOf(type)).toContainEqual(expect.stringMatching(ABOUT_ENCRYPTION));
  });
});

const declarations = new Map<string, string>();

/** The names of all properties of a type, nested ones too, as aws-cdk-lib declares them. */
function propertiesOf(type: string): string[] {
  const [folder = '', name = ''] = (CLASSES[type] ?? '').replace(/^aws-cdk-lib\//, '').split('.');
  const text = declarations.get(folder) ?? readDeclarations(path.join(CDK, folder, 'lib'));
  declarations.set(folder, text);
  return [`export interface ${name}Props `, `export declare namespace ${name} `].flatMap((start) => {
    const from = text.indexOf(start);
    const body = from < 0 ? '' : text.slice(from, text.indexOf('\n}', from));
    return [...body.matchAll(/readonly (\w+)\??:/g)].map(([, property = '']) => property);
  });
}

function readDeclarations(folder: string): string {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.generated.d.ts'))
    .map((name) => readFileSync(path.join(folder, name), 'utf8'))
    .join('\n');
}

describe('the page about coverage', () => {
  test('is what its generator renders', () => {
    expect(readFileSync(path.join(ROOT, page), 'utf8')).toBe(render());
  });
});
