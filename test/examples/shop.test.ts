import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, CfnResource, type IPolicyValidationPlugin, type Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import { context } from '../../cdk.json';
import shopCdk from '../../examples/shop/cdk.json';
import { buildShop } from '../../examples/shop/shop';
import * as library from '../../lib';
import type { Fact, Hop } from '../../lib/judge/hops';
import { resourcesOf } from '../_fixtures/construct-samples/synthesise';
import { costOf } from '../_fixtures/prices/cost';
import { synthesised } from '../checks/synthesised';

const FLAGS: Record<string, unknown> = shopCdk.context;
const allPacks = (app: App): IPolicyValidationPlugin[] => [
  new library.TransmissionChecks(app),
  new library.PciDss401Checks(app),
  new library.GdprChecks(app),
  new AwsSolutionsChecks(app),
];

describe('the shop', () => {
  test.each([
    ['its own flags', FLAGS],
    ['no feature flag at all', {}],
  ])('passes all four packs under %s, with nothing accepted but what the list says', (_, flags) => {
    const { findings, report } = synthesised((app) => void buildShop(app), allPacks, { context: flags });
    expect(findings).toEqual([]);
    const accepted = report.pluginReports.flatMap(({ suppressedViolations = [] }) =>
      suppressedViolations.flatMap(({ ruleName, violatingConstructs }) =>
        violatingConstructs.map(({ constructPath }) => `${ruleName} on ${constructPath}`),
      ),
    );
    expect(accepted.sort()).toEqual([
      'AwsSolutions-CFR3 on Edge/Distribution/Resource/Resource',
      'AwsSolutions-ECS2 on Shop/Service/TaskDefinition/Resource',
      'AwsSolutions-IAM5[Action::kms:GenerateDataKey*] on Shop/Service/TaskDefinition/TaskRole/DefaultPolicy/Resource',
      'AwsSolutions-IAM5[Resource::*] on Shop/Service/TaskDefinition/ExecutionRole/DefaultPolicy/Resource',
      'AwsSolutions-S1 on Data/Network/FlowLogs/Resource/Resource',
      'AwsSolutions-S1 on Edge/Distribution/Logs/Resource/Resource',
      'AwsSolutions-S1 on Shop/LoadBalancer/Logs/Resource/Resource',
      'GdprChecks-AccessHandlerIsNamed on Data/Shipments/DeadLetters/Resource/Resource',
      'GdprChecks-AccessHandlerIsNamed on Data/Shipments/Resource/Resource',
      'PciDss401Checks-CacheIsBackedUp on Data/Sessions/Resource',
      'PciDss401Checks-LogGroupHasOwnKey on Edge/Distribution/WebAcl/Log/Resource/Resource',
      'PciDss401Checks-StoreIsInBackupPlan on Data/Network/FlowLogs/Resource/Resource',
      'PciDss401Checks-StoreIsInBackupPlan on Data/Orders/Resource/Resource',
      'PciDss401Checks-StoreIsInBackupPlan on Data/Products/Resource/Resource',
      'PciDss401Checks-StoreIsInBackupPlan on Edge/Distribution/Logs/Resource/Resource',
      'PciDss401Checks-StoreIsInBackupPlan on Shop/LoadBalancer/Logs/Resource/Resource',
      'PciDss401Checks-TopicLogsDeliveries on Edge/Alarms/Resource/Resource',
      'PciDss401Checks-TopicLogsDeliveries on Shop/Certificate/AlarmTopic/Resource/Resource',
      'TransmissionChecks-LooseningIsWaived on Data/Network/S3/Resource',
    ]);
  });

  test('says of each store what it holds, and none holds card numbers', () => {
    const app = new App({ context: FLAGS });
    const said = Object.values(buildShop(app)).flatMap((stack) =>
      resourcesOf(Template.fromStack(stack).toJSON()).flatMap(({ logicalId, properties }) => {
        const tags: unknown = properties.Tags;
        const tag = (Array.isArray(tags) ? tags : []).find(({ Key }) => Key === 'data:classification');
        return tag === undefined ? [] : [`${logicalId.slice(0, -8)}: ${tag.Value}`];
      }),
    );
    expect(said.sort()).toEqual([
      'Alarms: internal',
      'CertificateAlarmTopic: internal',
      'DistributionLogs: personal-data',
      'DistributionWebAclLog: personal-data',
      'LoadBalancerLogs: personal-data',
      'NetworkFlowLogs: internal',
      'Orders: personal-data+payment-token',
      'OrdersLog: internal',
      'OrdersReader1: personal-data+payment-token',
      'OrdersRefusedLoginsLog: internal',
      'OrdersWriter: personal-data+payment-token',
      'Products: public',
      'ServiceLogs: internal',
      'Sessions: personal-data',
      'Shipments: personal-data',
      'ShipmentsDeadLetters: personal-data',
    ]);
  });

  test('has the flags of the baseline, and the templates need no look-up, no image build and no credentials', () => {
    expect(FLAGS).toEqual(context);
    const { outdir } = synthesised((app) => void buildShop(app), allPacks, { context: FLAGS });
    const manifest = JSON.parse(readFileSync(join(outdir, 'manifest.json'), 'utf8')) as Manifest;
    expect(manifest.missing).toBeUndefined();
    const images = readdirSync(outdir)
      .filter((name) => name.endsWith('.assets.json'))
      .map((name) => JSON.parse(readFileSync(join(outdir, name), 'utf8')).dockerImages);
    expect(images).toEqual([{}, {}, {}]);
    const environments = Object.values(manifest.artifacts).flatMap(({ type, environment = '' }) =>
      type === 'aws:cloudformation:stack' ? [environment] : [],
    );
    expect(environments.sort()).toEqual([
      'aws://unknown-account/eu-west-1',
      'aws://unknown-account/eu-west-1',
      'aws://unknown-account/us-east-1',
    ]);
  });

  test('makes everything that data passes or rests in by constructs of ours', () => {
    const app = new App({ context: FLAGS });
    buildShop(app);
    const ours = Object.values(library).filter((each) => typeof each === 'function');
    const foreign = app.node
      .findAll()
      .filter((construct) => CfnResource.isCfnResource(construct))
      .filter(({ node }) => !node.scopes.some((scope) => ours.some((one) => scope.constructor === one)))
      .map(({ cfnResourceType, node }) => `${cfnResourceType} ${node.path}`);
    expect(foreign.sort()).toEqual(
      [
        // A function of the CDK, which empties the default security group.
        'AWS::IAM::Role Data/Custom::VpcRestrictDefaultSGCustomResourceProvider/Role',
        'AWS::Lambda::Function Data/Custom::VpcRestrictDefaultSGCustomResourceProvider/Handler',
        'AWS::ECS::Cluster Shop/Cluster/Resource',
        'AWS::Route53::RecordSet Edge/Alias/Resource',
        'AWS::Route53::RecordSet Edge/AliasIpv6/Resource',
      ].sort(),
    );
  });
});

describe('from the viewer to the stores', () => {
  const app = new App({ context: FLAGS });
  const { data, shop, edge } = buildShop(app);
  const [dataTemplate, shopTemplate, edgeTemplate] = [data, shop, edge].map((stack) =>
    Template.fromStack(stack),
  ) as [Template, Template, Template];

  test('the distribution ends TLS 1.2 or newer, and refuses writes in clear', () => {
    edgeTemplate.hasResourceProperties('AWS::CloudFront::Distribution', {
      DistributionConfig: {
        Aliases: ['shop.example.com'],
        ViewerCertificate: { MinimumProtocolVersion: 'TLSv1.2_2025', SslSupportMethod: 'sni-only' },
        DefaultCacheBehavior: {
          AllowedMethods: ['GET', 'HEAD'],
          ViewerProtocolPolicy: 'redirect-to-https',
        },
        CacheBehaviors: [
          Match.objectLike({
            PathPattern: '/orders/*',
            AllowedMethods: Match.arrayWith(['POST']),
            ViewerProtocolPolicy: 'https-only',
          }),
        ],
      },
    });
  });

  test('CloudFront reaches the load balancer over TLS 1.2 or newer, and nobody else reaches it', () => {
    edgeTemplate.resourceCountIs('AWS::CloudFront::VpcOrigin', 1);
    edgeTemplate.hasResourceProperties('AWS::CloudFront::VpcOrigin', {
      VpcOriginEndpointConfig: { OriginProtocolPolicy: 'https-only', OriginSSLProtocols: ['TLSv1.2'] },
    });
    shopTemplate.hasResourceProperties('AWS::ElasticLoadBalancingV2::LoadBalancer', { Scheme: 'internal' });
    shopTemplate.resourceCountIs('AWS::ElasticLoadBalancingV2::Listener', 1);
    shopTemplate.hasResourceProperties('AWS::ElasticLoadBalancingV2::Listener', {
      Port: 443,
      Protocol: 'HTTPS',
      SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09',
    });
    const [balancer] = Object.values(shopTemplate.findResources('AWS::ElasticLoadBalancingV2::LoadBalancer'));
    const [group]: unknown[] = balancer?.Properties.SecurityGroups ?? [];
    const admitted = Object.values(shopTemplate.findResources('AWS::EC2::SecurityGroupIngress'))
      .map(({ Properties }) => Properties)
      .filter(({ GroupId }) => JSON.stringify(GroupId) === JSON.stringify(group));
    // What AWS calls `com.amazonaws.global.cloudfront.origin-facing` in eu-west-1.
    expect(admitted).toEqual([
      expect.objectContaining({ SourcePrefixListId: 'pl-4fa04526', FromPort: 443, ToPort: 443 }),
    ]);
  });

  test('the load balancer reaches and checks containers over TLS, and they take TLS 1.2 or newer', () => {
    shopTemplate.resourceCountIs('AWS::ElasticLoadBalancingV2::TargetGroup', 1);
    shopTemplate.hasResourceProperties('AWS::ElasticLoadBalancingV2::TargetGroup', {
      Protocol: 'HTTPS',
      HealthCheckProtocol: 'HTTPS',
      HealthCheckPath: '/health',
    });
    expect(environmentOf(shopTemplate)).toMatchObject({
      TARGET_TLS_SOURCE: 'process',
      TARGET_TLS_MIN_VERSION: 'TLSv1.2',
    });
  });

  test('the container is named by its digest', () => {
    shopTemplate.hasResourceProperties('AWS::ECS::TaskDefinition', {
      ContainerDefinitions: [
        Match.objectLike({
          Image: {
            'Fn::Join': ['', Match.arrayWith([Match.stringLikeRegexp('/shop@sha256:[0-9a-f]{64}$')])],
          },
        }),
      ],
    });
  });

  test('clients of the database verify it, and it refuses plaintext', () => {
    expect(environmentOf(shopTemplate)).toMatchObject({
      PGSSLMODE: 'verify-full',
      PGSSLROOTCERT: '/opt/rds/global-bundle.pem',
      PGPORT: { 'Fn::ImportValue': expect.any(String) },
    });
    dataTemplate.hasResourceProperties('AWS::RDS::DBClusterParameterGroup', {
      Parameters: { 'rds.force_ssl': '1', ssl_min_protocol_version: 'TLSv1.2' },
    });
  });

  test('the log of the database, which is said to be about nobody, has no statement and no row in it', () => {
    dataTemplate.hasResourceProperties('AWS::RDS::DBClusterParameterGroup', {
      Parameters: { log_min_error_statement: 'panic', log_error_verbosity: 'terse' },
    });
    dataTemplate.hasResourceProperties('AWS::RDS::DBClusterParameterGroup', {
      Parameters: { log_statement: Match.absent(), log_min_duration_statement: Match.absent() },
    });
  });

  test('nothing in the network has a way to the internet', () => {
    for (const type of ['AWS::EC2::NatGateway', 'AWS::EC2::Route', 'AWS::EC2::EIP']) {
      dataTemplate.resourceCountIs(type, 0);
    }
    const egress = [dataTemplate, shopTemplate].flatMap((template) => [
      ...Object.values(template.findResources('AWS::EC2::SecurityGroupEgress')),
      ...Object.values(template.findResources('AWS::EC2::SecurityGroup')).flatMap(
        ({ Properties: { SecurityGroupEgress = [] } }) => SecurityGroupEgress,
      ),
    ]);
    expect(egress.length).toBeGreaterThan(0);
    // Where nobody may connect, the CDK writes a rule that matches nothing: the address of nobody.
    const ranges = egress.flatMap(({ CidrIp, Properties }) => CidrIp ?? Properties?.CidrIp ?? []);
    expect([...new Set(ranges)]).toEqual(['255.255.255.255/32']);
  });

  test('table and queue deny every request in clear, and the cache has no port for one', () => {
    const denial = Match.objectLike({
      Effect: 'Deny',
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    });
    const documents = [
      ['AWS::SQS::QueuePolicy', { PolicyDocument: { Statement: Match.arrayWith([denial]) } }],
      [
        'AWS::DynamoDB::Table',
        { ResourcePolicy: { PolicyDocument: { Statement: Match.arrayWith([denial]) } } },
      ],
    ] as const;
    for (const [type, properties] of documents) dataTemplate.allResourcesProperties(type, properties);
    dataTemplate.hasResourceProperties('AWS::ElastiCache::ServerlessCache', { Engine: 'valkey' });
    dataTemplate.resourceCountIs('AWS::ElastiCache::ReplicationGroup', 0);
  });

  test('no hop is in clear, and only those are unverified that the README explains', () => {
    const checked = new App({ context: FLAGS });
    buildShop(checked);
    const checks = new library.TransmissionChecks(checked);
    checks.validateScope(checked);
    const hops = (checks.judgement?.facts ?? []).filter((fact: Fact): fact is Hop => fact.fact === 'hop');
    // A redirect is what CloudFront answers to who asks in clear: it holds nothing of anyone.
    const inClear = hops.filter(({ protocol }) => !['tls', 'redirect-to-tls'].includes(`${protocol.value}`));
    expect(inClear.map(({ kind }) => kind)).toEqual([]);
    const unverified = hops
      .filter(({ protocol, serverAuthenticated }) => protocol.value === 'tls' && !serverAuthenticated.value)
      .map(({ kind }) => kind);
    expect([...new Set(unverified)].sort()).toEqual([
      // What clients of stores verify is up to their code: `container/stores.ts` says and its test shows.
      'elasticache.cluster',
      // Load balancers take any certificate of a target.
      'elbv2.health-check',
      'elbv2.target',
      'rds.database',
    ]);
  });
});

test('docs/building-the-edge.md says what the stacks cost while nobody comes', () => {
  const page = readFileSync(join(__dirname, '../../docs/building-the-edge.md'), 'utf8');
  const stacks = buildShop(new App({ context: FLAGS }));
  const rows = Object.values(stacks).map((stack: Stack) => {
    // A cluster is free; what runs in it is not.
    const resources = resourcesOf(Template.fromStack(stack).toJSON()).filter(
      ({ type }) => type !== 'AWS::ECS::Cluster',
    );
    const { monthly, parts } = costOf(resources);
    const isOpen = parts.some((part) => part.monthly === undefined);
    return `| ${stack.node.id} | ${monthly.toFixed(2)}${isOpen ? ' + ?' : ''} |`;
  });
  expect(rows).toHaveLength(3);
  expect(rows.filter((row) => !page.includes(row))).toEqual([]);
});

interface Manifest {
  readonly missing?: unknown;
  readonly artifacts: Readonly<Record<string, { readonly type: string; readonly environment?: string }>>;
}

/** The variables of the container. */
function environmentOf(template: Template): Record<string, unknown> {
  const [task] = Object.values(template.findResources('AWS::ECS::TaskDefinition'));
  const variables: { Name: string; Value: unknown }[] = task?.Properties.ContainerDefinitions[0].Environment;
  return Object.fromEntries(variables.map(({ Name, Value }) => [Name, Value]));
}
