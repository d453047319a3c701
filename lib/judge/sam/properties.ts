/** What becomes of each property of each kind of SAM's resources. One that is in no list is told as *not judged*. */
export interface PropertyTable {
  /** Handed on under the same name to the resource of the same logical id. */
  readonly same: readonly string[];
  /** Handed on under another name. */
  readonly renamed: Readonly<Record<string, string>>;
  /** Read by the code beside this table. */
  readonly read: readonly string[];
  /** Of no concern to what travels or rests: names, permissions, how a new version is rolled out. */
  readonly neither: readonly string[];
}

const words = (text: string): readonly string[] => text.split(/\s+/).filter((word) => word !== '');

/** By kind, without `AWS::Serverless::`. Source: AWS SAM Developer Guide, reference of resources and properties. */
export const PROPERTY_TABLES: Readonly<Record<string, PropertyTable>> = {
  Function: {
    same: words(`
      Architectures CodeSigningConfigArn Description Environment EphemeralStorage FileSystemConfigs FunctionName
      Handler ImageConfig KmsKeyArn Layers LoggingConfig MemorySize PackageType RecursiveLoop
      ReservedConcurrentExecutions Runtime RuntimeManagementConfig SnapStart Timeout VpcConfig`),
    renamed: { Tracing: 'TracingConfig.Mode', DeadLetterQueue: 'DeadLetterConfig' },
    read: words(`
      AutoPublishAlias CodeUri EventInvokeConfig Events FunctionUrlConfig ImageUri InlineCode Policies Role
      SourceKMSKeyArn`),
    neither: words(`
      AssumeRolePolicyDocument AutoPublishAliasAllProperties AutoPublishCodeSha256 DeploymentPreference
      PermissionsBoundary PropagateTags ProvisionedConcurrencyConfig RolePath Tags VersionDeletionPolicy
      VersionDescription`),
  },
  Api: {
    same: words(`
      ApiKeySourceType BinaryMediaTypes Description DisableExecuteApiEndpoint EndpointAccessMode FailOnWarnings
      MinimumCompressionSize Mode Name Policy SecurityPolicy`),
    renamed: {},
    read: words(`
      AccessLogSetting CacheClusterEnabled CacheClusterSize CanarySetting DefinitionBody DefinitionUri Domain
      EndpointConfiguration MethodSettings OpenApiVersion StageName TracingEnabled Variables`),
    neither: words('AlwaysDeploy Auth Cors GatewayResponses Models PropagateTags Tags'),
  },
  HttpApi: {
    same: words('Description DisableExecuteApiEndpoint FailOnWarnings Name'),
    renamed: {},
    read: words(`
      AccessLogSettings DefaultRouteSettings DefinitionBody DefinitionUri Domain RouteSettings StageName
      StageVariables`),
    neither: words('Auth CorsConfiguration PropagateTags Tags'),
  },
  SimpleTable: {
    same: words('PointInTimeRecoverySpecification ProvisionedThroughput SSESpecification TableName'),
    renamed: {},
    read: ['PrimaryKey'],
    neither: ['Tags'],
  },
  StateMachine: {
    same: words('Definition DefinitionSubstitutions EncryptionConfiguration'),
    renamed: {
      DefinitionUri: 'DefinitionS3Location',
      Logging: 'LoggingConfiguration',
      Name: 'StateMachineName',
      Role: 'RoleArn',
      Tracing: 'TracingConfiguration',
      Type: 'StateMachineType',
    },
    read: ['Events'],
    neither: words(`
      AutoPublishAlias DeploymentPreference PermissionsBoundary Policies PropagateTags RolePath Tags
      UseAliasAsEventTarget`),
  },
  GraphQLApi: {
    same: words('Name OwnerContact Visibility XrayEnabled'),
    renamed: { Logging: 'LogConfig' },
    read: words('Cache DomainName'),
    neither: words(`
      ApiKeys Auth DataSources Functions IntrospectionConfig QueryDepthLimit Resolvers ResolverCountLimit SchemaInline
      SchemaUri Tags`),
  },
  Application: {
    same: words('NotificationARNs Parameters TimeoutInMinutes'),
    renamed: { Location: 'TemplateURL' },
    read: [],
    neither: ['Tags'],
  },
  LayerVersion: {
    same: words('CompatibleArchitectures CompatibleRuntimes Description LayerName LicenseInfo'),
    renamed: { ContentUri: 'Content' },
    read: [],
    neither: words('PublishLambdaVersion RetentionPolicy'),
  },
};
