import { classify, LISTED_TYPES } from '../hops/coverage';
import { typesOf } from '../hops/coverage/row';

/**
 * Types that the coverage tables take for stores, in doubt or for their settings, and that keep no data of their own: by
 * the reason, service and types. Everything else that the tables call a store has to say what it holds.
 */
// biome-ignore format: a table is read by the row
const HOLD_NOTHING: Readonly<Record<string, readonly (readonly [service: string, types: string])[]>> = {
  'it makes other resources: those say what they hold, where they are declared': [
    ['AWS::CloudFormation', 'ChangeSet CustomResource Stack StackSet'],
    ['AWS::DataZone', 'Environment EnvironmentBlueprintConfiguration'],
    ['AWS::Proton', 'EnvironmentTemplate ServiceTemplate'],
    ['AWS::SageMaker', 'Pipeline Project'],
    ['AWS::Serverless', 'Api Application Function HttpApi LayerVersion SimpleTable StateMachine'],
    ['AWS::ServerlessRepo', 'Application'],
    ['AWS::ServiceCatalog', 'CloudFormationProduct CloudFormationProvisionedProduct'],
    ['AWS::SSMQuickSetup', 'ConfigurationManager LifecycleAutomation'],
  ],
  'it makes machines, whose disks live as long as they do': [
    ['AWS::AutoScaling', 'AutoScalingGroup LaunchConfiguration'],
    ['AWS::Batch', 'ComputeEnvironment JobDefinition'],
    ['AWS::Deadline', 'Fleet'],
    ['AWS::EC2', 'EC2Fleet LaunchTemplate SpotFleet'],
    ['AWS::ECS', 'CapacityProvider Cluster'],
    ['AWS::EKS', 'Nodegroup'],
    ['AWS::EMR', 'InstanceFleetConfig InstanceGroupConfig'],
    ['AWS::GameLift', 'GameServerGroup'],
    ['AWS::Lambda', 'CapacityProvider'],
    ['AWS::PCS', 'ComputeNodeGroup'],
  ],
  'it is code: what it keeps, it keeps elsewhere': [
    ['AWS::CodeBuild', 'Project'],
    ['AWS::CodePipeline', 'Pipeline'],
    ['AWS::ImageBuilder', 'Component ContainerRecipe DistributionConfiguration ImageRecipe InfrastructureConfiguration Workflow'],
    ['AWS::Lambda', 'Function MicrovmImage WebFunction WebFunctionEndpoint WebFunctionRevision'],
    ['AWS::NovaAct', 'WorkflowDefinition'],
  ],
  'it is a setting of stores that say what they hold': [
    ['AWS::ApiGateway', 'Stage'],
    ['AWS::Backup', 'BackupAccessPoint BackupPlan LegalHold RestoreTestingPlan RestoreTestingSelection'],
    ['AWS::CloudTrail', 'Trail'],
    ['AWS::Config', 'DeliveryChannel'],
    ['AWS::DLM', 'LifecyclePolicy'],
    ['AWS::DRS', 'ReplicationConfigurationTemplate'],
    ['AWS::ECR', 'RepositoryCreationTemplate'],
    ['AWS::EFS', 'MountTarget'],
    ['AWS::EMR', 'SecurityConfiguration'],
    ['AWS::EMRContainers', 'SecurityConfiguration'],
    ['AWS::Glue', 'DataCatalogEncryptionSettings SecurityConfiguration'],
    ['AWS::IoT', 'EncryptionConfiguration'],
    ['AWS::Logs', 'AccountPolicy LogAnomalyDetector'],
    ['AWS::OpenSearchServerless', 'LifecyclePolicy SecurityPolicy'],
    ['AWS::Rbin', 'Rule'],
    ['AWS::Redshift', 'SnapshotCopyGrant'],
    ['AWS::S3Files', 'FileSystemPolicy MountTarget'],
    ['AWS::SSM', 'Association Document MaintenanceWindowTask'],
    ['AWS::XRay', 'TransactionSearchConfig'],
  ],
  'it keeps keys, which are protected as such': [
    ['AWS::KMS', 'Key ReplicaKey'],
    ['AWS::CloudHSM', 'Cluster'],
    ['AWS::PaymentCryptography', 'Key'],
  ],
};

const REASONS: ReadonlyMap<string, string> = new Map(
  Object.entries(HOLD_NOTHING).flatMap(([reason, rows]) =>
    rows.flatMap(([service, types]) => typesOf(service, [types]).map((type) => [type, reason] as const)),
  ),
);

/**
 * Why a type that the coverage tables call a store need not say what it holds; `undefined` where it must.
 */
export function whyHoldsNothing(type: string): string | undefined {
  return REASONS.get(type);
}

/**
 * Whether resources of a type keep data, so that somebody must say what. Types that nobody has decided about, those of
 * other parties and custom resources do not: what is kept behind them is in no template.
 */
export function keepsData(type: string): boolean {
  const { store, listed } = classify(type);
  return store && listed && !REASONS.has(type);
}

/** All types that keep data. */
export const DATA_STORE_TYPES: readonly string[] = LISTED_TYPES.filter(keepsData);

/** The types that hold nothing, for tests of the table. */
export const TYPES_WITHOUT_DATA: readonly string[] = [...REASONS.keys()];
