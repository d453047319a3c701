import fc from 'fast-check';
import { FORMATS } from '../../lib/report/format-names';
import { run, write } from './support';

/** Where people put secrets into templates: properties that are meant for them, and those that are not. */
function resourcesWith(secret: string): Readonly<Record<string, object>> {
  const url = `https://shop:${secret}@partner.example/hook`;
  const variables = { DATABASE_URL: `postgresql://shop:${secret}@db/shop`, TOKEN: secret };
  const list = Object.entries(variables).map(([Name, Value]) => ({ Name, Value }));
  const of = (Type: string, Properties: object) => ({ Type, Properties });
  return {
    Db: of('AWS::RDS::DBInstance', { Engine: 'postgres', MasterUsername: 'a', MasterUserPassword: secret }),
    DbCluster: of('AWS::RDS::DBCluster', { Engine: 'aurora-mysql', MasterUserPassword: secret }),
    DocDb: of('AWS::DocDB::DBCluster', { MasterUsername: 'a', MasterUserPassword: secret }),
    Warehouse: of('AWS::Redshift::Cluster', {
      MasterUserPassword: secret,
      NodeType: 'ra3',
      ClusterType: 'x',
    }),
    Cache: of('AWS::ElastiCache::ReplicationGroup', { AuthToken: secret, TransitEncryptionEnabled: false }),
    CacheUser: of('AWS::ElastiCache::User', { Engine: 'redis', Passwords: [secret], UserId: 'a' }),
    CacheMode: of('AWS::ElastiCache::User', {
      Engine: 'redis',
      AuthenticationMode: { Type: 'password', Passwords: [secret] },
    }),
    Broker: of('AWS::AmazonMQ::Broker', {
      EngineType: 'ACTIVEMQ',
      Users: [{ Username: 'a', Password: secret }],
      PubliclyAccessible: true,
    }),
    Source: of('AWS::DMS::Endpoint', {
      EndpointType: 'source',
      EngineName: 'mysql',
      Password: secret,
      ServerName: 'db.example',
      SslMode: 'none',
      ExtraConnectionAttributes: `password=${secret};x=1`,
      MongoDbSettings: { Password: secret },
      KafkaSettings: { SaslPassword: secret, SecurityProtocol: 'plaintext' },
    }),
    Stream: of('AWS::KinesisFirehose::DeliveryStream', {
      HttpEndpointDestinationConfiguration: {
        EndpointConfiguration: { Url: `http://shop:${secret}@partner.example/`, AccessKey: secret },
        RequestConfiguration: { CommonAttributes: [{ AttributeName: 'token', AttributeValue: secret }] },
      },
      RedshiftDestinationConfiguration: {
        ClusterJDBCURL: `jdbc:redshift://db.example:5439/a?ssl=false&password=${secret}`,
        Password: secret,
        Username: 'a',
      },
    }),
    Splunk: of('AWS::KinesisFirehose::DeliveryStream', {
      SplunkDestinationConfiguration: { HECEndpoint: `http://a:${secret}@splunk.example`, HECToken: secret },
    }),
    Hook: of('AWS::SNS::Subscription', {
      Protocol: 'http',
      Endpoint: `http://shop:${secret}@partner.example/`,
    }),
    Hooks: of('AWS::SNS::Topic', { Subscription: [{ Protocol: 'https', Endpoint: url }] }),
    Cdn: of('AWS::CloudFront::Distribution', {
      DistributionConfig: {
        Enabled: true,
        DefaultCacheBehavior: { TargetOriginId: 'a', ViewerProtocolPolicy: 'allow-all' },
        Origins: [
          {
            Id: 'a',
            DomainName: 'origin.example',
            CustomOriginConfig: { OriginProtocolPolicy: 'http-only' },
            OriginCustomHeaders: [{ HeaderName: 'X-Origin-Verify', HeaderValue: secret }],
          },
        ],
      },
    }),
    Connection: of('AWS::Events::Connection', {
      AuthorizationType: 'API_KEY',
      AuthParameters: {
        ApiKeyAuthParameters: { ApiKeyName: 'a', ApiKeyValue: secret },
        BasicAuthParameters: { Username: 'a', Password: secret },
        OAuthParameters: {
          AuthorizationEndpoint: `http://shop:${secret}@partner.example/token`,
          ClientParameters: { ClientID: 'a', ClientSecret: secret },
          HttpMethod: 'POST',
        },
      },
    }),
    Destination: of('AWS::Events::ApiDestination', {
      ConnectionArn: 'any',
      HttpMethod: 'POST',
      InvocationEndpoint: `http://shop:${secret}@partner.example/`,
    }),
    Handler: of('AWS::Lambda::Function', {
      Code: { ZipFile: `const token = '${secret}';` },
      Environment: { Variables: variables },
      Role: 'any',
    }),
    Task: of('AWS::ECS::TaskDefinition', {
      ContainerDefinitions: [{ Name: 'a', Image: 'a', Environment: list, Command: [`--token=${secret}`] }],
    }),
    Build: of('AWS::CodeBuild::Project', {
      Source: { Type: 'GITHUB', Location: `https://shop:${secret}@github.com/example/shop` },
      Environment: { EnvironmentVariables: list },
    }),
    Instance: of('AWS::EC2::Instance', { UserData: `export TOKEN=${secret}` }),
    Api: of('AWS::ApiGateway::Method', {
      HttpMethod: 'GET',
      ResourceId: 'a',
      RestApiId: 'a',
      Integration: {
        Type: 'HTTP_PROXY',
        IntegrationHttpMethod: 'GET',
        Uri: `http://a:${secret}@partner.example/`,
      },
    }),
    Bus: of('AWS::ApiGatewayV2::Integration', {
      ApiId: 'a',
      IntegrationType: 'HTTP_PROXY',
      IntegrationUri: `http://shop:${secret}@partner.example/`,
    }),
    Idp: of('AWS::Cognito::UserPoolIdentityProvider', {
      ProviderType: 'OIDC',
      ProviderDetails: {
        client_secret: secret,
        oidc_issuer: `http://a:${secret}@idp.example`,
        authorize_url: url,
      },
    }),
    Ldap: of('AWS::AppSync::DataSource', {
      Type: 'HTTP',
      ApiId: 'a',
      Name: 'a',
      HttpConfig: { Endpoint: `http://shop:${secret}@partner.example` },
    }),
    Glue: of('AWS::Glue::Connection', {
      CatalogId: 'a',
      ConnectionInput: {
        ConnectionType: 'JDBC',
        ConnectionProperties: {
          JDBC_CONNECTION_URL: `jdbc:mysql://db/a?password=${secret}`,
          PASSWORD: secret,
        },
      },
    }),
    Stored: of('AWS::SecretsManager::Secret', { SecretString: `{"password":"${secret}"}` }),
    Policy: of('AWS::S3::BucketPolicy', {
      Bucket: 'shop',
      PolicyDocument: {
        Statement: [
          {
            Effect: 'Deny',
            Principal: '*',
            Action: 's3:*',
            Resource: '*',
            Condition: { StringEquals: { 'aws:Referer': secret }, Bool: { 'aws:SecureTransport': 'false' } },
          },
        ],
      },
    }),
    Custom: of('Custom::Thing', { ServiceToken: 'any', Password: secret }),
  };
}

/** Of no shape that can be known again: only who knows what a property is for can leave it out. */
const password = fc.stringMatching(/^[a-z][A-Za-z0-9]{14}[A-Z]$/);

/** Of a shape that can. */
const shaped = fc.constantFrom('AKIAIOSFODNN7EXAMPLE', '4111111111111111', `ghp_${'a1B2'.repeat(9)}`);

test('no format prints a secret that stands where secrets do', () => {
  fc.assert(
    fc.property(fc.oneof({ weight: 3, arbitrary: password }, shaped), (secret) => {
      const resources = resourcesWith(secret);
      write('secrets.json', { Resources: resources });
      for (const format of FORMATS) {
        const { code, out, err } = run([
          'check',
          'secrets.json',
          '--format',
          format,
          '--pack',
          'pci-dss-401',
        ]);
        expect([code, err]).toEqual([1, '']);
        const lines = out.split('\n').filter((line) => line.includes(secret));
        expect(lines).toEqual([]);
      }
    }),
    { numRuns: 6 },
  );
});

test.each(['AKIAIOSFODNN7EXAMPLE', '4111111111111111'])(
  'nor %s where nobody expects one: as the name of a resource, in a protocol',
  (secret) => {
    const listener = {
      Type: 'AWS::ElasticLoadBalancingV2::Listener',
      Properties: { Protocol: secret, Port: 80 },
    };
    write('names.json', { Resources: { [`Listener${secret}`]: listener, [secret]: listener } });
    for (const format of FORMATS) {
      const { out } = run(['check', 'names.json', '--format', format]);
      expect(out.split(/\W/)).not.toContain(secret);
      expect(out).toContain('(redacted)');
    }
  },
);
