import type { NotNative } from './managed-config-rule';
import { atChangesOf, DAILY, DAILY_OF_ACCOUNT, delegated, listed } from './not-native';

/** Rules of AWS Config on identities, keys, logging, compute and delivery that no rule of ours stands for. */
export const IDENTITY_NOT_NATIVE: readonly NotNative[] = [
  delegated('ACCESS_KEYS_ROTATED', 'how old an access key is, only the account knows', DAILY_OF_ACCOUNT),
  delegated(
    'ACCOUNT_PART_OF_ORGANIZATIONS',
    'whether an account is in an organisation is a state of the account',
    DAILY_OF_ACCOUNT,
  ),
  delegated(
    'ACM_CERTIFICATE_EXPIRATION_CHECK',
    'the end of a certificate is set when it is issued, after deployment',
    atChangesOf('AWS::ACM::Certificate'),
  ),
  delegated(
    'EC2_MANAGEDINSTANCE_ASSOCIATION_COMPLIANCE_STATUS_CHECK',
    'whether an association has been applied, only Systems Manager knows',
    atChangesOf('AWS::SSM::AssociationCompliance'),
  ),
  delegated(
    'EC2_MANAGEDINSTANCE_PATCH_COMPLIANCE_STATUS_CHECK',
    'whether patches are installed, only Systems Manager knows',
    atChangesOf('AWS::SSM::PatchCompliance'),
  ),
  delegated(
    'GUARDDUTY_ENABLED_CENTRALIZED',
    'a detector is there once per account and region, whoever made it',
    DAILY,
  ),
  delegated(
    'IAM_PASSWORD_POLICY',
    'the password policy of an account has no CloudFormation type',
    DAILY_OF_ACCOUNT,
  ),
  delegated('IAM_POLICY_IN_USE', 'a policy may be attached by anybody in the account', DAILY_OF_ACCOUNT),
  delegated(
    'IAM_ROOT_ACCESS_KEY_CHECK',
    'the keys of the root user are a state of the account',
    DAILY_OF_ACCOUNT,
  ),
  delegated('IAM_USER_MFA_ENABLED', 'people enrol devices after deployment', DAILY_OF_ACCOUNT),
  delegated(
    'IAM_USER_UNUSED_CREDENTIALS_CHECK',
    'when a credential was last used, only the account knows',
    DAILY_OF_ACCOUNT,
  ),
  delegated(
    'KMS_CMK_NOT_SCHEDULED_FOR_DELETION',
    'the deletion of a key is scheduled by a call, not by what a template says',
    DAILY,
  ),
  delegated('MACIE_AUTO_SENSITIVE_DATA_DISCOVERY_CHECK', 'AWS::Macie::Session has no property for it', DAILY),
  delegated('MACIE_STATUS_CHECK', 'a session is there once per account and region, whoever made it', DAILY),
  delegated('MFA_ENABLED_FOR_IAM_CONSOLE_ACCESS', 'people enrol devices after deployment', DAILY_OF_ACCOUNT),
  delegated(
    'ROOT_ACCOUNT_HARDWARE_MFA_ENABLED',
    'the devices of the root user are a state of the account',
    DAILY_OF_ACCOUNT,
  ),
  delegated(
    'ROOT_ACCOUNT_MFA_ENABLED',
    'the devices of the root user are a state of the account',
    DAILY_OF_ACCOUNT,
  ),
  delegated(
    'SECRETSMANAGER_SCHEDULED_ROTATION_SUCCESS_CHECK',
    'whether a rotation went well is known afterwards',
    atChangesOf('AWS::SecretsManager::Secret'),
  ),
  delegated('SECRETSMANAGER_SECRET_UNUSED', 'when a secret was last read, only the account knows', DAILY),
  delegated('SECURITYHUB_ENABLED', 'a hub is there once per account and region, whoever made it', DAILY),
  delegated(
    'SECURITY_ACCOUNT_INFORMATION_PROVIDED',
    'the contacts of an account have no CloudFormation type',
    DAILY_OF_ACCOUNT,
  ),
  delegated(
    'SERVICE_CATALOG_SHARED_WITHIN_ORGANIZATION',
    'AWS::ServiceCatalog::PortfolioShare shares with single accounts only; shares with an organisation are made elsewhere',
    atChangesOf('AWS::ServiceCatalog::Portfolio'),
  ),
  delegated('SSM_DOCUMENT_NOT_PUBLIC', 'AWS::SSM::Document has no property for who may use it', DAILY),
  listed(
    'CLOUDFORMATION_STACK_NOTIFICATION_CHECK',
    'the topics of a stack are given when it is deployed: they are in the manifest of the assembly, not in the template',
  ),
  listed(
    'CLOUDWATCH_ALARM_RESOURCE_CHECK',
    'it asks for the metric and the resource type that a parameter names, and has no default for either',
  ),
  listed(
    'CLOUDWATCH_ALARM_SETTINGS_CHECK',
    'it compares alarms with the metric and threshold that parameters name, and has no default for them',
  ),
  listed(
    'CODEPIPELINE_DEPLOYMENT_COUNT_CHECK',
    'every stack of CDK Pipelines is two deploy actions of one stage (prepare and deploy), so that all of them break it',
  ),
  listed(
    'EC2_INSTANCE_MANAGED_BY_SSM',
    "no requirement of 4.0.1 is mapped to it, and whether an agent runs is no template's to say",
  ),
  listed(
    'EC2_MANAGEDINSTANCE_APPLICATIONS_REQUIRED',
    'it asks for the applications that a parameter names, and has no default for them',
  ),
  listed(
    'IAM_NO_INLINE_POLICY_CHECK',
    'grant methods of CDK write inline policies by design; what they allow is judged by PolicyAllowsNoWholeService and NobodyIsAdministrator',
  ),
  listed(
    'IAM_ROLE_MANAGED_POLICY_CHECK',
    'it asks for the managed policies that a parameter names, and has no default for them',
  ),
  listed(
    'LAMBDA_INSIDE_VPC',
    'no pack of AWS for PCI DSS holds it: a function outside a VPC is reached by calls of the Lambda API only, and who may call is judged by FunctionIsNotPublic',
  ),
];
