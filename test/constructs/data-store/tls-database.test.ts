import { App, CfnParameter, Duration, RemovalPolicy, Stack, Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { TlsDatabase, type TlsDatabaseProps } from '../../../lib/constructs/data-store';
import { PrivateNetwork } from '../../../lib/constructs/network';
import { rds as rdsConnector } from '../../../lib/judge/hops/connectors/rds';
import { findingsOf, nagErrorsOf } from '../judged';
import { FLAGS, rendered, resourcesOf, stackIn } from '../support';
import { factsIn } from './facts';
import { networkWith } from './network';

const KEY = 'OrdersKey6C690DD2';
const CLUSTER = 'Orders2A43276C';
const GROUP = 'OrdersParameters10B7E0D5';
const IDENTIFIER = 'stack-orders-eedb7941';
const REASON = 'The legacy ledger cannot speak TLS until it is replaced in March.';
const KEY_ARN = { 'Fn::GetAtt': [KEY, 'Arn'] };

function define(props: Partial<TlsDatabaseProps> = {}, flags: Record<string, unknown> = FLAGS) {
  const stack = stackIn('eu-west-1', flags);
  const vpc = props.vpc ?? networkWith(stack, 'isolated');
  return { stack, database: new TlsDatabase(stack, 'Orders', { ...props, vpc }) };
}

const roleIn = (stack: ReturnType<typeof stackIn>) =>
  new iam.Role(stack, 'Role', { assumedBy: new iam.AccountRootPrincipal() });

const statementsIn = (stack: ReturnType<typeof stackIn>) =>
  Object.values(resourcesOf(stack, 'AWS::IAM::Policy')).flatMap(
    ({ Properties }) => Properties.PolicyDocument.Statement,
  );

describe.each([
  ['under the flags of the baseline', FLAGS],
  ['without any feature flag', {}],
])('TlsDatabase %s', (_, flags) => {
  test('refuses plaintext and TLS below 1.2, and logs how each connection was encrypted', () => {
    const { stack } = define({}, flags);
    expect(resourcesOf(stack, 'AWS::RDS::DBClusterParameterGroup')).toEqual({
      [GROUP]: expect.objectContaining({
        DeletionPolicy: 'Retain',
        Properties: {
          Description: 'TLS 1.2 or newer only',
          Family: 'aurora-postgresql17',
          Parameters: {
            'rds.force_ssl': '1',
            ssl_min_protocol_version: 'TLSv1.2',
            log_connections: '1',
            log_disconnections: '1',
          },
        },
      }),
    });
    rendered(stack).hasResourceProperties('AWS::RDS::DBCluster', {
      DBClusterParameterGroupName: { Ref: GROUP },
    });
  });

  test('encrypts with a key of its own, asks IAM, keeps backups, and outlives the stack', () => {
    const { stack } = define({}, flags);
    rendered(stack).hasResource('AWS::RDS::DBCluster', {
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        Engine: 'aurora-postgresql',
        EngineVersion: '17.9',
        StorageEncrypted: true,
        KmsKeyId: KEY_ARN,
        EnableIAMDatabaseAuthentication: true,
        DeletionProtection: true,
        BackupRetentionPeriod: 14,
        DeleteAutomatedBackups: false,
        CopyTagsToSnapshot: true,
        Port: 5433,
      },
    });
    rendered(stack).hasResource('AWS::KMS::Key', {
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: { EnableKeyRotation: true, RotationPeriodInDays: 365 },
    });
  });

  test('has its password made and replaced by RDS, encrypted with the key, and no function for it', () => {
    const { stack } = define({}, flags);
    const [cluster] = Object.values(resourcesOf(stack, 'AWS::RDS::DBCluster'));
    expect(cluster?.Properties).toMatchObject({
      ManageMasterUserPassword: true,
      MasterUserSecret: { KmsKeyId: KEY_ARN },
    });
    expect(cluster?.Properties).not.toHaveProperty('MasterUserPassword');
    rendered(stack).resourceCountIs('AWS::Lambda::Function', 0);
    rendered(stack).resourceCountIs('AWS::SecretsManager::Secret', 0);
  });

  test('two instances hold certificates of the ECDSA authority, and have no public address', () => {
    const { stack } = define({}, flags);
    rendered(stack).resourceCountIs('AWS::RDS::DBInstance', 2);
    rendered(stack).allResourcesProperties('AWS::RDS::DBInstance', {
      CACertificateIdentifier: 'rds-ca-ecc384-g1',
      PubliclyAccessible: false,
      AutoMinorVersionUpgrade: true,
      DBInstanceClass: 'db.serverless',
    });
  });

  test('its logs are encrypted, end, and are there before it is', () => {
    const { stack } = define({}, flags);
    const groups = resourcesOf(stack, 'AWS::Logs::LogGroup');
    expect(Object.values(groups).map(({ Properties }) => Properties)).toEqual(
      ['postgresql', 'iam-db-auth-error'].map((log) => ({
        LogGroupName: `/aws/rds/cluster/${IDENTIFIER}/${log}`,
        KmsKeyId: KEY_ARN,
        RetentionInDays: 400,
      })),
    );
    rendered(stack).hasResource('AWS::RDS::DBCluster', {
      DependsOn: Object.keys(groups),
      Properties: {
        DBClusterIdentifier: IDENTIFIER,
        EnableCloudwatchLogsExports: ['postgresql', 'iam-db-auth-error'],
      },
    });
  });
});

describe('TlsDatabase', () => {
  test('our own pack and cdk-nag find nothing', () => {
    const { stack, database } = define({ performanceInsights: true });
    database.connections.allowDefaultPortFrom(ec2.Peer.ipv4('10.0.0.0/24'));
    database.grantConnect(roleIn(stack), 'shop');
    expect(findingsOf(stack)).toEqual([]);
    expect(nagErrorsOf(stack)).toEqual([]);
  });

  test('the judge sees TLS 1.2 or newer, logins by IAM, and a key of the account', () => {
    const { stack } = define();
    expect(factsIn(stack, rdsConnector)).toEqual([
      expect.objectContaining({
        fact: 'hop',
        kind: 'rds.database',
        from: { what: 'vpc', name: 'clients in the VPC' },
        protocol: expect.objectContaining({ value: 'tls' }),
        floor: expect.objectContaining({ value: 'TLSv1.2' }),
        clientAuthentication: expect.objectContaining({ value: 'iam' }),
      }),
      expect.objectContaining({
        fact: 'store',
        encryption: expect.objectContaining({ value: 'customer-key' }),
        key: expect.objectContaining({ logicalId: KEY }),
      }),
    ]);
  });

  test('logical ids of what holds state do not change', () => {
    const { stack } = define();
    expect(Object.keys(resourcesOf(stack, 'AWS::KMS::Key'))).toEqual([KEY]);
    expect(Object.keys(resourcesOf(stack, 'AWS::RDS::DBCluster'))).toEqual([CLUSTER]);
    expect(Object.keys(resourcesOf(stack, 'AWS::RDS::DBInstance')).sort()).toEqual([
      'OrdersReader1A4D25B62',
      'OrdersWriter9EC817F4',
    ]);
    expect(Object.keys(resourcesOf(stack, 'AWS::Logs::LogGroup')).sort()).toEqual([
      'OrdersLogE0C9BE2B',
      'OrdersRefusedLoginsLogA8FC1420',
    ]);
    expect(Object.keys(resourcesOf(stack, 'AWS::RDS::DBSubnetGroup'))).toEqual(['OrdersSubnets3D6E0452']);
  });

  test('nobody may connect until connections says so, and it connects to nobody', () => {
    const { stack, database } = define();
    expect(Object.values(resourcesOf(stack, 'AWS::EC2::SecurityGroup'))).toEqual([
      expect.objectContaining({
        DeletionPolicy: 'Retain',
        Properties: {
          GroupDescription: 'Connections to a database that speaks TLS only',
          VpcId: 'vpc-1',
          SecurityGroupEgress: [expect.objectContaining({ CidrIp: '255.255.255.255/32' })],
        },
      }),
    ]);
    const opened = define({ port: 6000 });
    opened.database.connections.allowDefaultPortFrom(ec2.Peer.ipv4('10.0.0.0/24'));
    rendered(opened.stack).hasResourceProperties('AWS::EC2::SecurityGroup', {
      SecurityGroupIngress: [{ CidrIp: '10.0.0.0/24', IpProtocol: 'tcp', FromPort: 6000, ToPort: 6000 }],
    });
    expect(database.connections.securityGroups).toHaveLength(1);
  });

  test('the key lets CloudWatch Logs in for the logs of this cluster alone', () => {
    const { stack } = define({ clusterIdentifier: 'orders' });
    rendered(stack).hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: {
        Statement: [
          {},
          {
            Effect: 'Allow',
            Condition: {
              ArnLike: {
                'kms:EncryptionContext:aws:logs:arn': {
                  'Fn::Join': [
                    '',
                    [
                      'arn:aws:logs:eu-west-1:',
                      { Ref: 'AWS::AccountId' },
                      ':log-group:/aws/rds/cluster/orders/*',
                    ],
                  ],
                },
              },
            },
          },
        ],
      },
    });
  });

  test('takes a version, a name, sizes, readers, times and a key', () => {
    const stack = stackIn('eu-west-1');
    const arn = 'arn:aws:kms:eu-west-1:111122223333:key/orders';
    new TlsDatabase(stack, 'Orders', {
      vpc: networkWith(stack, 'private'),
      version: rds.AuroraPostgresEngineVersion.VER_16_13,
      clusterIdentifier: 'orders',
      databaseName: 'shop',
      minCapacity: 1,
      maxCapacity: 16,
      readers: 2,
      encryptionKey: kms.Key.fromKeyArn(stack, 'Key', arn),
      certificateAuthority: rds.CaCertificate.RDS_CA_RSA4096_G1,
      backupRetention: Duration.days(35),
      logRetention: logs.RetentionDays.TWO_YEARS,
      parameters: { log_disconnections: '0', ssl_ciphers: 'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384' },
      deletionProtection: false,
    });
    rendered(stack).resourceCountIs('AWS::KMS::Key', 0);
    rendered(stack).hasResourceProperties('AWS::RDS::DBCluster', {
      DatabaseName: 'shop',
      EngineVersion: '16.13',
      KmsKeyId: arn,
      MasterUserSecret: { KmsKeyId: arn },
      BackupRetentionPeriod: 35,
      DeletionProtection: false,
      ServerlessV2ScalingConfiguration: { MinCapacity: 1, MaxCapacity: 16 },
    });
    rendered(stack).resourceCountIs('AWS::RDS::DBInstance', 3);
    rendered(stack).allResourcesProperties('AWS::RDS::DBInstance', {
      CACertificateIdentifier: 'rds-ca-rsa4096-g1',
    });
    rendered(stack).allResourcesProperties('AWS::Logs::LogGroup', { KmsKeyId: arn, RetentionInDays: 731 });
    rendered(stack).hasResourceProperties('AWS::RDS::DBClusterParameterGroup', {
      Family: 'aurora-postgresql16',
      Parameters: {
        log_connections: '1',
        log_disconnections: '0',
        'rds.force_ssl': '1',
        ssl_ciphers: 'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384',
      },
    });
    rendered(stack).hasResourceProperties('AWS::RDS::DBSubnetGroup', { SubnetIds: ['subnet-1', 'subnet-2'] });
  });

  test.each([
    ['without a way out', {}],
    ['with a way out', { publicSubnets: true, natGateways: 1 }],
  ])('stands in the private subnets of a PrivateNetwork %s', (_, props) => {
    const stack = stackIn('eu-west-1');
    const { vpc } = new PrivateNetwork(stack, 'Network', props);
    new TlsDatabase(stack, 'Orders', { vpc });
    const [subnets] = Object.values(resourcesOf(stack, 'AWS::RDS::DBSubnetGroup'));
    expect(subnets?.Properties.SubnetIds).toEqual([
      { Ref: expect.stringContaining('PrivateSubnet1') },
      { Ref: expect.stringContaining('PrivateSubnet2') },
    ]);
  });

  test('takes instances of a fixed size', () => {
    const { stack } = define({ instanceType: new ec2.InstanceType('r8g.large') });
    rendered(stack).resourceCountIs('AWS::RDS::DBInstance', 2);
    rendered(stack).allResourcesProperties('AWS::RDS::DBInstance', {
      DBInstanceClass: 'db.r8g.large',
      CACertificateIdentifier: 'rds-ca-ecc384-g1',
      PubliclyAccessible: false,
    });
    expect(findingsOf(stack)).toEqual([]);
  });

  test('keeps which statements took how long only if asked, with its key', () => {
    rendered(define({ performanceInsights: true }).stack).hasResourceProperties('AWS::RDS::DBCluster', {
      PerformanceInsightsEnabled: true,
      PerformanceInsightsKmsKeyId: KEY_ARN,
      PerformanceInsightsRetentionPeriod: 7,
    });
    rendered(define({ performanceInsights: true }).stack).allResourcesProperties('AWS::RDS::DBInstance', {
      EnablePerformanceInsights: true,
      PerformanceInsightsKMSKeyId: KEY_ARN,
    });
    const { stack } = define();
    const [cluster] = Object.values(resourcesOf(stack, 'AWS::RDS::DBCluster'));
    expect(cluster?.Properties).not.toHaveProperty('PerformanceInsightsEnabled');
  });

  test.each([
    [RemovalPolicy.DESTROY, 'Delete', 'Delete', 'Delete'],
    [RemovalPolicy.SNAPSHOT, 'Snapshot', 'Retain', 'Delete'],
  ])(
    'with %s logs and what protects it go along as far as they can',
    (removalPolicy, cluster, log, other) => {
      const { stack } = define({ removalPolicy });
      rendered(stack).hasResource('AWS::RDS::DBCluster', { DeletionPolicy: cluster });
      rendered(stack).allResources('AWS::Logs::LogGroup', { DeletionPolicy: log });
      rendered(stack).allResources('AWS::RDS::DBClusterParameterGroup', { DeletionPolicy: other });
      rendered(stack).allResources('AWS::EC2::SecurityGroup', { DeletionPolicy: other });
      rendered(stack).hasResource('AWS::KMS::Key', { DeletionPolicy: 'Retain' });
    },
  );

  test('the reason for plaintext opens it, and leaves the finding, with the sentence in the template', () => {
    const { stack } = define({ plaintextClientsReason: REASON });
    rendered(stack).hasResource('AWS::RDS::DBClusterParameterGroup', {
      Metadata: { SecureTransmission: { plaintextClients: REASON } },
      Properties: { Parameters: { 'rds.force_ssl': '0', ssl_min_protocol_version: 'TLSv1.2' } },
    });
    expect(findingsOf(stack).filter((finding) => finding.startsWith('error'))).toEqual([
      `error TransmissionChecks-DatabaseRequiresTls ${GROUP} Properties.Parameters.rds.force_ssl`,
    ]);
  });
});

describe('TlsDatabase refuses', () => {
  const message = (text: string) => `Stack/Orders: ${text}`;

  test.each(['yes', 'because'])('a reason that is no sentence: %s', (plaintextClientsReason) => {
    expect(() => define({ plaintextClientsReason })).toThrow(
      message("'plaintextClientsReason' must be a sentence of 20 to 500 characters"),
    );
  });

  test.each([
    ['rds.force_ssl', ", or say why in 'plaintextClientsReason'"],
    ['RDS.FORCE_SSL', ", or say why in 'plaintextClientsReason'"],
    ['ssl', ''],
    ['ssl_min_protocol_version', ''],
    ['ssl_max_protocol_version', ''],
    ['rds.babelfish_status', ''],
    ['log_connections', ''],
  ])('the parameter %s', (name, remedy) => {
    expect(() => define({ parameters: { [name]: '0' } })).toThrow(
      message(`'parameters' must not set ${name}, which this construct decides, leave it out${remedy}`),
    );
  });

  test.each([
    'TLS_RSA_WITH_AES_256_GCM_SHA384',
    'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,TLS_RSA_WITH_AES_128_GCM_SHA256',
    'HIGH:!aNULL',
  ])('suites without forward secrecy: %s', (list) => {
    expect(() => define({ parameters: { ssl_ciphers: list } })).toThrow(
      message("'ssl_ciphers' must name suites with forward secrecy only"),
    );
  });

  test('suites, parameters and versions that are not known yet', () => {
    const unknown = new CfnParameter(stackIn('eu-west-1'), 'Unknown').valueAsString;
    expect(() => define({ parameters: { ssl_ciphers: unknown } })).toThrow(
      message("'ssl_ciphers' must be known at synthesis, got an unresolved value, give a literal"),
    );
    expect(() => define({ parameters: { [unknown]: '0' } })).toThrow(
      message("'parameters' must have names that are known at synthesis, got an unresolved one"),
    );
    expect(() => define({ version: rds.AuroraPostgresEngineVersion.of(unknown, unknown) })).toThrow(
      message("'version' must be known at synthesis, got an unresolved value, give a literal"),
    );
  });

  test('a version that cannot be told to refuse old TLS', () => {
    expect(() => define({ version: rds.AuroraPostgresEngineVersion.of('11.9', '11') })).toThrow(
      message(
        "'version' must be 13 or newer, since older ones cannot be told to refuse TLS below 1.2, got 11",
      ),
    );
  });

  test('public subnets, also where the network has no others', () => {
    const stack = stackIn('eu-west-1');
    const vpc = networkWith(stack, 'public');
    const vpcSubnets = { subnetType: ec2.SubnetType.PUBLIC };
    expect(() => new TlsDatabase(stack, 'Orders', { vpc, vpcSubnets })).toThrow(
      message("'vpcSubnets' must not be public, from which the internet is a hop away, name private ones"),
    );
    expect(() => new TlsDatabase(stack, 'Others', { vpc })).toThrow(
      "There are no 'Private' subnet groups in this VPC",
    );
  });

  test('subnets of one zone', () => {
    const stack = stackIn('eu-west-1');
    const vpc = networkWith(stack, 'isolated', ['subnet-1']);
    expect(() => new TlsDatabase(stack, 'Orders', { vpc })).toThrow(
      message("'vpcSubnets' must be in at least 2 availability zones, got 1"),
    );
  });

  test('subnets that lie in one zone, however many', () => {
    const stack = stackIn('eu-west-1');
    const subnetType = ec2.SubnetType.PRIVATE_ISOLATED;
    const subnetConfiguration = ['One', 'Other'].map((name) => ({ name, subnetType }));
    const vpc = new ec2.Vpc(stack, 'Vpc', { maxAzs: 1, natGateways: 0, subnetConfiguration });
    expect(() => new TlsDatabase(stack, 'Orders', { vpc })).toThrow(
      message("'vpcSubnets' must be in at least 2 availability zones, got 1"),
    );
  });

  test.each(['1shop', 'shop-orders', 'shop orders', '', 'o'.repeat(64)])(
    'the database name %j',
    (databaseName) => {
      expect(() => define({ databaseName })).toThrow(
        message(
          `'databaseName' must be 1 to 63 letters, digits and '_', the first a letter, got ${JSON.stringify(databaseName)}, leave it out for 'postgres' alone`,
        ),
      );
    },
  );

  test.each(['Orders', '1orders', 'orders--1', 'orders-', 'o'.repeat(64)])(
    'the identifier %s',
    (clusterIdentifier) => {
      expect(() => define({ clusterIdentifier })).toThrow(
        message(
          "'clusterIdentifier' must have at most 63 lower-case letters, digits and single '-' between them, the first a letter, " +
            `got ${JSON.stringify(clusterIdentifier)}, leave it out to have one made`,
        ),
      );
    },
  );

  test('an identifier that is not known yet, since the names of its logs hold it', () => {
    expect(() => define({ clusterIdentifier: Token.asString({ Ref: 'Name' }) })).toThrow(
      'got an unresolved value, leave it out to have one made',
    );
  });

  test.each([1149, 65_536, 5432.5])('the port %d', (port) => {
    expect(() => define({ port })).toThrow(
      message(`'port' must be a whole number from 1150 to 65535, got ${port}`),
    );
  });

  test.each([-1, 16, 0.5])('%d readers', (readers) => {
    expect(() => define({ readers })).toThrow(
      message(`'readers' must be a whole number from 0 to 15, got ${readers}`),
    );
  });

  test('readers whose number is not known yet, of which there would be none', () => {
    expect(() => define({ readers: Token.asNumber({ Ref: 'Readers' }) })).toThrow(
      message(
        "'readers' must be a literal, since each stands in the template, got an unresolved value, read it from configuration",
      ),
    );
  });

  test.each([
    [Duration.days(6), '6 days'],
    [Duration.days(36), '36 days'],
    [Duration.hours(180), '7 days 12 hours'],
  ])('backups for %s', (backupRetention, got) => {
    expect(() => define({ backupRetention })).toThrow(
      message(
        `'backupRetention' must be whole days, from 7, which AWS Security Hub asks for (RDS.11), to 35, got ${got}`,
      ),
    );
  });

  test('logs for less than a year', () => {
    expect(() => define({ logRetention: logs.RetentionDays.SIX_MONTHS })).toThrow(
      message("'logRetention' must be at least 365 days, which PCI DSS 10.5.1 asks for, got 180"),
    );
  });

  test('an authority that has expired', () => {
    expect(() => define({ certificateAuthority: rds.CaCertificate.of('rds-ca-2019') })).toThrow(
      message(
        "'certificateAuthority' must be in force, got rds-ca-2019, which has expired, use CaCertificate.RDS_CA_ECC384_G1",
      ),
    );
  });

  test('capacities for instances of a fixed size', () => {
    expect(() => define({ instanceType: new ec2.InstanceType('r8g.large'), maxCapacity: 8 })).toThrow(
      message(
        "'minCapacity' and 'maxCapacity' must be absent with 'instanceType', whose instances have a fixed size, leave them out",
      ),
    );
  });

  test('a key that AWS manages', () => {
    const stack = stackIn('eu-west-1');
    const encryptionKey = kms.Alias.fromAliasName(stack, 'Alias', 'alias/aws/rds');
    const vpc = networkWith(stack, 'isolated');
    expect(() => new TlsDatabase(stack, 'Orders', { vpc, encryptionKey })).toThrow(
      message("'encryptionKey' must be a key of the account"),
    );
  });
});

describe('clients', () => {
  test('are told to verify the server, and where it is', () => {
    const { stack, database } = define({ databaseName: 'shop' });
    expect(stack.resolve(database.clientEnvironment({ user: 'app' }))).toEqual({
      PGHOST: { 'Fn::GetAtt': [CLUSTER, 'Endpoint.Address'] },
      PGPORT: { 'Fn::GetAtt': [CLUSTER, 'Endpoint.Port'] },
      PGDATABASE: 'shop',
      PGUSER: 'app',
      PGSSLMODE: 'verify-full',
      PGSSLROOTCERT: '/opt/rds/global-bundle.pem',
      PGSSLMINPROTOCOLVERSION: 'TLSv1.2',
    });
  });

  test('verify the server also where the database was opened for others', () => {
    const { database } = define({ plaintextClientsReason: REASON });
    expect(database.clientEnvironment()).toMatchObject({ PGSSLMODE: 'verify-full' });
  });

  test('may ask for the readers, another database and another file', () => {
    const { stack, database } = define();
    const environment = database.clientEnvironment({
      readOnly: true,
      databaseName: 'reports',
      rootCertificatePath: '/var/runtime/ca-cert.pem',
    });
    expect(stack.resolve(environment)).toMatchObject({
      PGHOST: { 'Fn::GetAtt': [CLUSTER, 'ReadEndpoint.Address'] },
      PGDATABASE: 'reports',
      PGSSLROOTCERT: '/var/runtime/ca-cert.pem',
    });
    expect(database.clientEnvironment()).toMatchObject({ PGDATABASE: 'postgres' });
    expect(database.clientEnvironment()).not.toHaveProperty('PGUSER');
  });

  test.each(['system', 'ca.pem', ''])('do not trust %j', (rootCertificatePath) => {
    const { database } = define();
    expect(() => database.clientEnvironment({ rootCertificatePath })).toThrow(
      `Stack/Orders: 'rootCertificatePath' must be an absolute path, got ${JSON.stringify(rootCertificatePath)}, the certificates of RDS are in no trust store of a system`,
    );
  });

  test('connect as one user', () => {
    const { stack, database } = define();
    database.grantConnect(roleIn(stack), 'shop').assertSuccess();
    expect(statementsIn(stack)).toEqual([
      expect.objectContaining({
        Action: 'rds-db:connect',
        Resource: {
          'Fn::Join': [
            '',
            [
              'arn:aws:rds-db:eu-west-1:',
              { Ref: 'AWS::AccountId' },
              ':dbuser:',
              { 'Fn::GetAtt': [CLUSTER, 'DBClusterResourceId'] },
              '/shop',
            ],
          ],
        },
      }),
    ]);
  });

  test.each(['*', 'shop*', '', 'a b'])('do not connect as %j', (user) => {
    const { stack, database } = define();
    expect(() => database.grantConnect(roleIn(stack), user)).toThrow(
      `Stack/Orders: 'user' must be the name of one user of the database, got ${JSON.stringify(user)}, grant each of several`,
    );
  });

  test('read the password, and decrypt by Secrets Manager alone', () => {
    const { stack, database } = define();
    database.grantReadCredentials(roleIn(stack)).assertSuccess();
    expect(statementsIn(stack)).toEqual([
      expect.objectContaining({
        Action: ['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue'],
        Resource: { 'Fn::GetAtt': [CLUSTER, 'MasterUserSecret.SecretArn'] },
      }),
      expect.objectContaining({
        Action: 'kms:Decrypt',
        Resource: KEY_ARN,
        Condition: { StringEquals: { 'kms:ViaService': 'secretsmanager.eu-west-1.amazonaws.com' } },
      }),
    ]);
  });

  test('read the password from another stack, which needs the database and is not needed by it', () => {
    const app = new App({ context: FLAGS });
    const env = { region: 'eu-west-1' };
    const [data, shop] = [new Stack(app, 'Data', { env }), new Stack(app, 'Shop', { env })];
    const database = new TlsDatabase(data, 'Orders', { vpc: networkWith(data, 'isolated') });
    const role = roleIn(shop);
    database.grantConnect(role, 'shop').assertSuccess();
    database.grantReadCredentials(role).assertSuccess();
    app.synth();
    expect(data.dependencies).toEqual([]);
    expect(shop.dependencies).toEqual([data]);
  });
});

describe('an imported database', () => {
  const attributes = {
    clusterIdentifier: 'orders',
    clusterEndpointAddress: 'orders.cluster-abc.eu-west-1.rds.amazonaws.com',
    port: 5433,
    securityGroupId: 'sg-1',
  };

  test('tells clients to verify it, lets them connect, and can be measured', () => {
    const stack = stackIn('eu-west-1');
    const database = TlsDatabase.fromTlsDatabaseAttributes(stack, 'Orders', {
      ...attributes,
      databaseName: 'shop',
      clusterResourceIdentifier: 'cluster-ABC',
      credentials: secretsmanager.Secret.fromSecretCompleteArn(
        stack,
        'Secret',
        'arn:aws:secretsmanager:eu-west-1:111122223333:secret:orders-abcdef',
      ),
    });
    expect(database.clientEnvironment({ readOnly: true })).toEqual({
      PGHOST: attributes.clusterEndpointAddress,
      PGPORT: '5433',
      PGDATABASE: 'shop',
      PGSSLMODE: 'verify-full',
      PGSSLROOTCERT: '/opt/rds/global-bundle.pem',
      PGSSLMINPROTOCOLVERSION: 'TLSv1.2',
    });
    database.grantConnect(roleIn(stack), 'shop').assertSuccess();
    database.grantReadCredentials(
      new iam.Role(stack, 'Other', { assumedBy: new iam.AccountRootPrincipal() }),
    );
    database.connections.allowDefaultPortFrom(ec2.Peer.ipv4('10.0.0.0/24'));
    rendered(stack).hasResourceProperties('AWS::EC2::SecurityGroupIngress', {
      GroupId: 'sg-1',
      FromPort: 5433,
      ToPort: 5433,
    });
    expect(JSON.stringify(statementsIn(stack))).toContain(':dbuser:cluster-ABC/shop');
    expect(JSON.stringify(statementsIn(stack))).toContain('secret:orders-abcdef');
    expect(database.metricDatabaseConnections().dimensions).toEqual({ DBClusterIdentifier: 'orders' });
  });

  test('says what it needs to know', () => {
    const stack = stackIn('eu-west-1');
    const database = TlsDatabase.fromTlsDatabaseAttributes(stack, 'Orders', attributes);
    expect(() => database.grantConnect(roleIn(stack), 'shop')).toThrow(
      "Stack/Orders: 'clusterResourceIdentifier' must be among the attributes of an imported database to let anybody connect",
    );
    expect(() => database.grantReadCredentials(roleIn(stackIn()))).toThrow(
      "Stack/Orders: 'credentials' must be among the attributes of an imported database to let anybody read them",
    );
  });
});

test('a database that is kept once it was made keeps all that it cannot do without', () => {
  const { stack } = define({ removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE });
  const kept = [
    'AWS::RDS::DBCluster',
    'AWS::RDS::DBInstance',
    'AWS::RDS::DBSubnetGroup',
    'AWS::RDS::DBClusterParameterGroup',
    'AWS::EC2::SecurityGroup',
    'AWS::Logs::LogGroup',
  ];
  const policies = kept.flatMap((type) =>
    Object.values(resourcesOf(stack, type)).map(({ DeletionPolicy }) => `${type} ${DeletionPolicy}`),
  );
  expect(new Set(policies)).toEqual(new Set(kept.map((type) => `${type} RetainExceptOnCreate`)));
});

test.each([
  ['DatabaseConnections', 'metricDatabaseConnections'],
  ['ACUUtilization', 'metricCapacityUtilization'],
] as const)('%s is a metric of the cluster', (metricName, method) => {
  const { stack, database } = define();
  const metric = database[method]();
  expect(metric).toMatchObject({ namespace: 'AWS/RDS', metricName, statistic: 'Maximum' });
  expect(stack.resolve(metric.dimensions)).toEqual({ DBClusterIdentifier: { Ref: CLUSTER } });
});
