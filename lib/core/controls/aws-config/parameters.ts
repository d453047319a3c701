import type { ConfigRuleParameter } from './managed-config-rule';

/** The parameters of a rule; rules that are not here have none. */
export interface ParametersOfRule {
  readonly parameters: readonly ConfigRuleParameter[];
  readonly needs?: 'all' | 'one';
}

const BLOCKS = {
  IgnorePublicAcls: 'True',
  BlockPublicPolicy: 'True',
  BlockPublicAcls: 'True',
  RestrictPublicBuckets: 'True',
};

/**
 * By rule. Names and defaults are those of the pages that AWS has for each rule, such as
 * https://docs.aws.amazon.com/config/latest/developerguide/access-keys-rotated.html
 *
 * Defaults are written out, as the packs of AWS do: the console fills them in, and nobody else.
 */
const PARAMETERS: Readonly<Partial<Record<string, ParametersOfRule>>> = {
  // 8.3.9 and 8.6.3: 90 days, the default of AWS.
  ACCESS_KEYS_ROTATED: fixed({ maxAccessKeyAge: '90' }),
  ACCOUNT_PART_OF_ORGANIZATIONS: optional('MasterAccountId'),
  // The default of AWS. ACM renews 45 days before the end: with the 90 of AWS's pack each certificate would be found.
  ACM_CERTIFICATE_EXPIRATION_CHECK: fixed({ daysToExpiration: '14' }),
  CLB_DESYNC_MODE_CHECK: fixed({ desyncMode: 'Defensive, Strictest' }),
  EC2_VOLUME_INUSE_CHECK: optional('deleteOnTermination'),
  FMS_SHIELD_RESOURCE_POLICY_CHECK: needed('all', 'webACLId', 'resourceTypes'),
  FMS_WEBACL_RESOURCE_POLICY_CHECK: needed('all', 'webACLId'),
  FMS_WEBACL_RULEGROUP_ASSOCIATION_CHECK: needed('all', 'ruleGroups'),
  GUARDDUTY_ENABLED_CENTRALIZED: optional('CentralMonitoringAccount'),
  // 8.3.6 (twelve characters, letters and digits), 8.3.7 and 8.3.9.
  IAM_PASSWORD_POLICY: fixed(
    {
      MinimumPasswordLength: '12',
      RequireLowercaseCharacters: 'true',
      RequireNumbers: 'true',
      PasswordReusePrevention: '4',
      MaxPasswordAge: '90',
    },
    'RequireUppercaseCharacters',
    'RequireSymbols',
  ),
  // As in AWS's pack: somebody can open a case with AWS Support. The construct puts in the partition.
  IAM_POLICY_IN_USE: fixed({ policyARN: 'arn:${AWS::Partition}:iam::aws:policy/AWSSupportAccess' }),
  // 8.2.6: 90 days.
  IAM_USER_UNUSED_CREDENTIALS_CHECK: fixed({ maxCredentialUsageAge: '90' }),
  // While nobody gives any, every gateway that is attached is found.
  INTERNET_GATEWAY_AUTHORIZED_VPC_ONLY: optional('AuthorizedVpcIds'),
  KMS_CMK_NOT_SCHEDULED_FOR_DELETION: optional('kmsKeyIds'),
  S3_ACCOUNT_LEVEL_PUBLIC_ACCESS_BLOCKS: fixed(BLOCKS),
  S3_ACCOUNT_LEVEL_PUBLIC_ACCESS_BLOCKS_PERIODIC: fixed(BLOCKS),
  S3_BUCKET_POLICY_GRANTEE_CHECK: needed(
    'one',
    'awsPrincipals',
    'servicePrincipals',
    'federatedUsers',
    'ipAddresses',
    'vpcIds',
  ),
  S3_BUCKET_POLICY_NOT_MORE_PERMISSIVE: needed('all', 'controlPolicy'),
  SECRETSMANAGER_SECRET_UNUSED: fixed({ unusedForDays: '90' }),
  SERVICE_VPC_ENDPOINT_ENABLED: needed('all', 'serviceName'),
  VPC_PEERING_DNS_RESOLUTION_CHECK: optional('vpcIds'),
};

/** The parameters of a rule. */
export function parametersOf(configRule: string): ParametersOfRule {
  return PARAMETERS[configRule] ?? { parameters: [] };
}

/** Those that only the account knows, and without which the rule asks all the same. */
function optional(...names: readonly string[]): ParametersOfRule {
  return { parameters: names.map((name) => ({ name })) };
}

/** Those that only the account knows, and without which the rule asks for nothing. */
function needed(needs: 'all' | 'one', ...names: readonly string[]): ParametersOfRule {
  return { parameters: names.map((name) => ({ name })), needs };
}

/** Those with a value of their own, and those that only the account knows. */
function fixed(values: Readonly<Record<string, string>>, ...others: readonly string[]): ParametersOfRule {
  const parameters = Object.entries(values).map(([name, value]) => ({ name, value }));
  return { parameters: [...parameters, ...optional(...others).parameters] };
}
