/** A rule that was proposed, and the rules that ask what it asks, or why none does. */
export type ProposedRule =
  | { readonly proposed: string; readonly by: readonly string[]; readonly notAsked?: string }
  | { readonly proposed: string; readonly why: string };

/**
 * The 41 rules that a study proposed for PCI DSS v4.0.1, with the rules that ask for them. `notAsked` is the part that no
 * template tells.
 */
// biome-ignore format: a table is read by the row
export const PROPOSED_PCI_RULES: readonly ProposedRule[] = [
  { proposed: 'Pci401-CloudFrontViewerHttpsOnly', by: ['DistributionServesOnlyTls', 'DistributionWritesOverHttpsOnly'] },
  { proposed: 'Pci401-CloudFrontViewerTlsPolicy', by: ['DistributionHasOwnCertificate', 'DistributionRequiresTls12', 'DistributionTlsPolicyIsClassified', 'DistributionTlsPolicyIsOnSecurityHubList', 'DistributionTlsPolicyIsForwardSecret'] },
  { proposed: 'Pci401-CloudFrontOriginTls', by: ['OriginIsEncrypted', 'OriginRequiresTls12', 'VpcOriginIsEncrypted', 'VpcOriginNamesItsProtocol', 'WebsiteEndpointIsNotUsed'] },
  { proposed: 'Pci401-Elbv2ListenerTlsPolicy', by: ['ListenerRequiresTls12', 'ListenerTlsPolicyIsClassified', 'ListenerTlsPolicyIsOnSecurityHubList'] },
  { proposed: 'Pci401-Elbv2NoPlaintextForward', by: ['ListenerIsEncrypted', 'ListenerRuleForwardsOnlyTls', 'ListenerIsNotPassedThrough'] },
  { proposed: 'Pci401-Elbv2TargetGroupEncrypted', by: ['TargetGroupIsEncrypted'], notAsked: 'the policy towards targets of an Application Load Balancer cannot be chosen' },
  { proposed: 'Pci401-EndpointHsts', by: ['ListenerSendsHsts', 'DistributionSendsHsts'] },
  { proposed: 'Pci401-ApiGwTlsPolicy', by: ['ApiDomainRequiresTls12', 'ApiDomainTlsPolicyIsClassified', 'ApiEndpointRequiresTls12', 'ApiEndpointTlsPolicyIsClassified', 'ApiEndpointAccessIsStrict', 'MappedApiRequiresTls12'] },
  { proposed: 'Pci401-ApiGwDefaultEndpointDisabled', by: ['ApiDefaultEndpointIsDisabled'] },
  { proposed: 'Pci401-ApiGwPrivateForCde', by: ['CardholderApiIsPrivate'], notAsked: 'VpcEndpointIds are names that resolve, and let nobody in: the policy decides' },
  { proposed: 'Pci401-OpenSearchHttps', by: ['OpenSearchRequiresHttps', 'OpenSearchRequiresTls12', 'OpenSearchTlsPolicyIsClassified'] },
  { proposed: 'Pci401-DbTransitTls', by: ['DatabaseRequiresTls', 'DatabaseRequiresTls12', 'DatabaseProxyRequiresTls', 'DocumentDbRequiresTls', 'DocumentDbRequiresTls12', 'NeptuneRequiresTls', 'RedshiftRequiresTls', 'RedshiftServerlessRequiresTls'] },
  { proposed: 'Pci401-CacheTransitTls', by: ['CacheRequiresTls', 'MemoryDbRequiresTls', 'DaxRequiresTls'] },
  { proposed: 'Pci401-StreamTransitTls', by: ['KafkaClientsRequireTls', 'KafkaBrokersUseTls', 'KafkaClientsAreAuthenticated', 'DmsEndpointIsEncrypted', 'DmsEndpointVerifiesServer', 'FirehoseDestinationIsEncrypted', 'IotDomainRequiresTls12', 'IotDomainTlsPolicyIsClassified'] },
  { proposed: 'Pci401-TransferServerTls', by: ['TransferServerIsEncrypted', 'TransferServerRequiresTls12', 'TransferServerTlsPolicyIsClassified', 'TransferConnectorIsEncrypted', 'TransferConnectorPolicyIsClassified'] },
  { proposed: 'Pci401-QueueTopicBucketTls', by: ['BucketDeniesPlaintext', 'TopicDeniesPlaintext', 'QueueDeniesPlaintext', 'SecretPolicyIsUnweakened', 'EventBusPolicyIsUnweakened', 'RepositoryPolicyIsUnweakened', 'TableDeniesPlaintext'] },
  { proposed: 'Pci401-NoPanOverMessaging', by: ['SubscriptionAvoidsMailAndSms', 'SesRequiresTls', 'AccountDataStaysOutOfChats'], notAsked: 'what a program puts into a mail, no template shows; e-mail and SMS are found on every topic, also on those that say nothing' },
  { proposed: 'Pci401-CertificateInventory', by: ['CertificateIsInventoried'], notAsked: 'trust stores, client certificates and authorities are resources of templates, which the posture lists; a bill of materials of cryptography is made from it' },
  { proposed: 'Pci401-CertificateStrength', by: ['CertificateKeyIsStrong', 'CertificateIsValidatedByDns', 'CertificateIsLoggedTransparently', 'CertificateIsNotWildcard', 'RootCertificateAuthorityIsDisabled'], notAsked: 'every key algorithm that ACM Private CA takes is strong' },
  { proposed: 'Pci401-CertificateExpiryAlarm', by: ['CertificateExpiryIsWatched'] },
  { proposed: 'Pci401-CipherSuiteInventoryReviewed', by: ['CipherSuitesAreReviewedYearly', 'PublishedStatementIsCurrent'], notAsked: 'the purpose of a protocol, and that somebody weighed the review, people say' },
  { proposed: 'Pci401-PqcReadiness (info)', by: ['ListenerTlsPolicyIsPostQuantum', 'DistributionTlsPolicyIsPostQuantum', 'ApiDomainIsPostQuantum', 'ApiEndpointIsPostQuantum', 'TransferServerIsPostQuantum'] },
  { proposed: 'Pci401-KmsRotationPeriod', by: ['KeyRotatesWithinAYear'] },
  { proposed: 'Pci401-KmsDutySeparation', by: ['KeyDutiesAreSeparate', 'PolicyAllowsNoWholeService', 'DecryptionIsGrantedPerKey'], notAsked: 'how many people stand behind a role, the account knows' },
  { proposed: 'Pci401-KmsKeyDedicated', by: ['AccountDataKeyIsDedicated', 'AccountDataKeyWaitsBeforeDeletion'], notAsked: 'DeletionPolicy stands beside the properties, which facts do not read yet' },
  { proposed: 'Pci401-VaultKeyedHash', by: ['CardNumberHashIsKeyed', 'HashingIsGrantedPerKey', 'CardNumberIsNoTableKey'] },
  { proposed: 'Pci401-NoDiskOnlyEncryption', by: ['CardNumbersAreEncryptedBeforeTheDisk'] },
  { proposed: 'Pci401-SadNotPersisted', by: ['SensitiveAuthenticationDataIsShortLived', 'SensitiveAuthenticationDataIsNotCopied'] },
  { proposed: 'Pci401-NoPanInLogs', by: ['LogGroupMasksCardNumbers', 'ApiStageLogsNoBodies', 'GraphQlLogOmitsContent', 'StateMachineLogOmitsData', 'WafLogOmitsCredentials', 'LogOmitsQueryStrings'] },
  { proposed: 'Pci401-WafBlocking', by: ['WebAclBlocks', 'WebAclHasRules', 'WebAclIsMeasured', 'PublicEndpointHasWebAcl', 'DistributionHasWebAcl', 'LoginHasWebAcl'], notAsked: 'samples of requests hold personal data: nobody is asked to keep them' },
  { proposed: 'Pci401-PaymentPageCsp', by: ['PaymentPageNamesItsScripts', 'PaymentPageRoleIsKnown'], notAsked: 'why a script is needed, people say' },
  { proposed: 'Pci401-PaymentPageTamperDetection', by: ['PaymentPageIsWatched', 'PaymentPageReportsScripts'], notAsked: 'what a canary compares, is in its code' },
  { proposed: 'Pci401-CdeEgressRestricted', by: ['CardholderEgressIsLimited'] },
  { proposed: 'Pci401-CdeIngressNormalised', by: ['AdministrationPortsAreNotOpenToAnyone', 'DataPortsAreNotOpenToAnyone', 'OnlyWebPortsAreOpenToAnyone'] },
  { proposed: 'Pci401-TrailComplete', by: ['TrailIsLogging', 'TrailCoversEveryRegion', 'TrailFilesAreValidated', 'TrailHasOwnKey', 'TrailRecordsEveryManagementEvent', 'TrailRecordsObjectAccess', 'AccountDataAccessIsRecorded'] },
  { proposed: 'Pci401-AuditStoreImmutable', by: ['TrailBucketLocksObjects', 'BucketKeepsVersions', 'LogRetentionCoversAYear', 'AuditLogStaysOnline', 'AuditLogIsKeptAYear', 'AuditLogGroupResistsDeletion'], notAsked: 'a Deny of deletion is not asked beside a lock, which holds against the root of the account too' },
  { proposed: 'Pci401-ControlFailureAlarms', by: ['ControlFailureRaisesAlarm', 'AlarmHasAction'] },
  { proposed: 'Pci401-NoHardcodedSecrets', by: ['PasswordIsNotInTemplate', 'VariableHoldsNoSecret', 'AccessKeyIsNotIssued', 'ContainersHoldNoCredentials', 'BuildHoldsNoCredentials', 'BuildSourceHoldsNoCredentials'], notAsked: 'what is in the code of a function or an image' },
  { proposed: 'Pci401-NoLongLivedUsers', by: ['AccessKeyIsNotIssued', 'UserHasNoConsolePassword', 'MachineHasNoKeyPair'] },
  { proposed: 'Pci401-ScopeTagging', by: ['ScopeIsKnown', 'AccountDataIsInScope', 'ScopeIsSaidOfEverything', 'OutOfScopeIsSeparate'] },
  { proposed: 'Pci401-EnvironmentSeparation', by: ['LiveCardNumbersStayInProduction', 'CardholderEnvironmentHasOwnAccount', 'PreproductionUsesNothingOfProduction'] },
];
