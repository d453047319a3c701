/** A rule that was proposed, and the rules that ask what it asks, or why none does. */
export type ProposedRule =
  | {
      readonly proposed: string;
      readonly by: readonly string[];
      /** The part that no template tells. */
      readonly notAsked?: string;
    }
  | { readonly proposed: string; readonly why: string };

/** Rules on what travels, for whatever stands before personal data: of each kind of endpoint those that errors come from. */
const EVERY_ENDPOINT: readonly string[] = [
  'ListenerIsEncrypted',
  'ListenerRequiresTls12',
  'ListenerRuleForwardsOnlyTls',
  'TargetGroupIsEncrypted',
  'ClassicListenerIsEncrypted',
  'ClassicListenerRequiresTls12',
  'DistributionServesOnlyTls',
  'DistributionRequiresTls12',
  'OriginIsEncrypted',
  'ApiDomainRequiresTls12',
  'ApiEndpointRequiresTls12',
  'BucketDeniesPlaintext',
  'TopicDeniesPlaintext',
  'QueueDeniesPlaintext',
  'TableDeniesPlaintext',
  'DatabaseRequiresTls',
  'DocumentDbRequiresTls',
  'NeptuneRequiresTls',
  'RedshiftRequiresTls',
  'CacheRequiresTls',
  'OpenSearchRequiresHttps',
  'KafkaClientsRequireTls',
  'FirehoseDestinationIsEncrypted',
  'SesRequiresTls',
];

/** The 39 rules that a study proposed for the GDPR, with the rules that ask for them. */
// biome-ignore format: a table is read by the row
export const PROPOSED_GDPR_RULES: readonly ProposedRule[] = [
  { proposed: 'Gdpr-StackRegionPinned', by: ['PersonalDataStackNamesItsRegion', 'PersonalDataRegionIsAllowed'] },
  { proposed: 'Gdpr-DynamoDbReplicaRegionAllowed', by: ['TableReplicaRegionIsAllowed'] },
  { proposed: 'Gdpr-S3ReplicationRegionAllowed', by: ['BucketReplicaRegionIsAllowed'] },
  { proposed: 'Gdpr-S3MultiRegionAccessPointAllowed', by: ['AccessPointBucketRegionsAreAllowed'] },
  { proposed: 'Gdpr-BackupCopyRegionAllowed', by: ['BackupCopyRegionIsAllowed', 'DatabaseCopyRegionIsAllowed'] },
  { proposed: 'Gdpr-SecretReplicaRegionAllowed', by: ['SecretReplicaRegionIsAllowed'] },
  { proposed: 'Gdpr-KmsReplicaRegionAllowed', by: ['KeyReplicaRegionIsAllowed'] },
  { proposed: 'Gdpr-DatabaseCrossRegionAllowed', by: ['DatabaseCopyRegionIsAllowed', 'PersonalDataRegionIsAllowed'], notAsked: 'SourceRegion names where data comes from, and the store there is asked itself' },
  { proposed: 'Gdpr-NetworkPeeringRegionAllowed', by: ['PeeredNetworkRegionIsAllowed'] },
  { proposed: 'Gdpr-EdgeCacheDisabled', by: ['PersonalDataIsNotCachedAtEdge'], notAsked: 'what an origin that is no store of the app answers with, unless the distribution says it' },
  { proposed: 'Gdpr-EdgeGeoAllowList', why: 'no template says in which countries the persons are, and a customer on a journey has a right to the own data: to shut out countries is a decision of the business, not of the law' },
  { proposed: 'Gdpr-EdgeComputeLogging', by: ['PersonalDataIsNotProcessedAtEdge'], notAsked: 'real-time logs go to the stream that they name, which is asked as any store is' },
  { proposed: 'Gdpr-ExternalEndpointRegistered', by: ['ExternalRecipientIsNamed'], notAsked: 'the contract behind the entry of the register' },
  { proposed: 'Gdpr-CrossAccountRecipientRegistered', by: ['ForeignAccountIsNamed', 'PersonalDataIsNotPublic', 'BucketIsNotPublic'], notAsked: 'shares of AWS RAM name no store of personal data that has no policy' },
  { proposed: 'Gdpr-LogRetentionBounded', by: ['LogRetentionEnds', 'LogRetentionCoversAYear'] },
  { proposed: 'Gdpr-S3ExpiryConfigured', by: ['BucketForgetsObjects', 'BucketForgetsPersonalDataInTime', 'BucketForgetsOldVersions', 'BucketForgetsOldVersionsInTime', 'BucketForgetsUnfinishedUploads'] },
  { proposed: 'Gdpr-DynamoDbTtlConfigured', by: ['TableForgetsPersonalDataInTime', 'ErasureHandlerIsNamed'] },
  { proposed: 'Gdpr-BackupRetentionBounded', by: ['BackupOfPersonalDataEnds'] },
  { proposed: 'Gdpr-StreamRetentionBounded', by: ['StreamForgetsPersonalDataInTime'], notAsked: 'topics of Kafka, whose retention brokers and clients set' },
  { proposed: 'Gdpr-ImmutabilityErasureConflict', by: ['LockedPersonalDataCanBeErased'] },
  { proposed: 'Gdpr-CryptoShreddable', by: ['PersonalDataHasOwnKey', 'PersonalDataKeyIsNotShared', 'ErasureHandlerCanErase'] },
  { proposed: 'Gdpr-ErasureHandlerDeclared', by: ['ErasureHandlerIsNamed', 'ErasureHandlerCanErase'], notAsked: 'databases are erased by queries, which no policy shows' },
  { proposed: 'Gdpr-SubjectAccessExport', by: ['AccessHandlerIsNamed', 'AccessHandlerCanRead'] },
  { proposed: 'Gdpr-ClassificationTagPresent', by: ['DataStoreIsClassified'] },
  { proposed: 'Gdpr-RopaTagsComplete', by: ['ProcessingRecordIsComplete'], notAsked: 'the name of the controller is that of the organisation; the record itself is made from the tags' },
  { proposed: 'Gdpr-LawfulBasisValid', by: ['DataStoreIsClassified', 'ProcessingRecordIsComplete'], notAsked: 'whether a basis holds, and what was weighed for legitimate interests, people decide' },
  { proposed: 'Gdpr-DpiaReferencePresent', by: ['ImpactAssessmentIsCurrent'] },
  { proposed: 'Gdpr-PersonalDataCmk', by: ['PersonalDataHasOwnKey', 'BucketUsesKmsKey', 'TableUsesKmsKey', 'LogGroupHasOwnKey', 'SecretHasOwnKey', 'WarehouseUsesOwnKey', 'BackupVaultUsesOwnKey', 'KeyRotatesWithinAYear', 'StoreIsEncrypted'] },
  { proposed: 'Gdpr-PersonalDataTls', by: EVERY_ENDPOINT },
  { proposed: 'Gdpr-PersonalStoreNotPublic', by: ['PersonalDataIsNotPublic', 'BucketIsNotPublic', 'BucketBlocksPublicAccess', 'DatabaseIsNotPublic', 'WarehouseIsNotPublic', 'SearchDomainIsInVpc', 'FunctionUrlIsAuthenticated', 'DataPortsAreNotOpenToAnyone'] },
  { proposed: 'Gdpr-LogMasking', by: ['LogMasksPersonalData', 'ApiStageLogsNoBodies', 'StateMachineLogOmitsData', 'GraphQlLogOmitsContent', 'LogOmitsQueryStrings', 'WafLogOmitsCredentials'] },
  { proposed: 'Gdpr-MinimalUserAttributes', by: ['UserPoolAsksForFewAttributes'] },
  { proposed: 'Gdpr-NoPersonalDataInNonProd', by: ['TestEnvironmentHoldsNoPersonalData', 'PreproductionUsesNothingOfProduction', 'LiveCardNumbersStayInProduction'] },
  { proposed: 'Gdpr-AccessAuditCoverage', by: ['PersonalDataAccessIsRecorded', 'TrailRecordsObjectAccess', 'AccountDataAccessIsRecorded'], notAsked: 'where no trail is in a template at hand, that of the account may record it' },
  { proposed: 'Gdpr-BreachDetectionWired', by: ['DetectorFindingsReachSomebody', 'TrailEventsRaiseAlarms', 'ControlFailureRaisesAlarm'], notAsked: 'whether the account has a detector at all: AWS Config looks at it (GUARDDUTY_ENABLED_CENTRALIZED, MACIE_STATUS_CHECK, SECURITYHUB_ENABLED)' },
  { proposed: 'Gdpr-BreachNotificationOwned', by: ['BreachTopicReachesItsOwner', 'StoreIsEncrypted'] },
  { proposed: 'Gdpr-RestoreCapability', by: ['RestoreOfPersonalDataIsTested', 'StoreIsInBackupPlan', 'TableCanBeRestored', 'DatabaseIsBackedUp'] },
  { proposed: 'Gdpr-PseudonymisationKeySeparated', by: ['PseudonymsAreReadApart', 'PersonalDataKeyIsNotShared', 'KeyDutiesAreSeparate'] },
  { proposed: 'Gdpr-AiServicesOptOut', by: ['OrganizationOptsOutOfAiTraining'], notAsked: 'where the organisation is in no template at hand' },
];
