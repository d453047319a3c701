import type { PackRule } from '../../packs/pack';
import { type Cursor, isValueList, isValueMap, Unresolved, type Value, type ValueMap } from '../../template';
import { DEPLOYMENT, ofStage, STAGE } from '../pci/api-stage';
import {
  allOf,
  each,
  elementsOf,
  isFalse,
  isNoneOf,
  isPresent,
  isTrue,
  onlyWhere,
  patternOf,
  unknown,
  violation,
} from '../property';
import { COMPLIANT, NOT_APPLICABLE, type Verdict } from '../rule';
import { accountDataIn } from './account-data';
import { cardholderRow } from './row';
import { scopeOf } from './scope';

const LOG_GROUP = 'AWS::Logs::LogGroup';
const ACCOUNT_POLICY = 'AWS::Logs::AccountPolicy';

/**
 * What has to be masked, as CloudWatch Logs calls it.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL-managed-data-identifiers.html
 */
const MASKED = ['CreditCardNumber', 'CreditCardSecurityCode'];

/** Headers that hold credentials, as AWS WAF has them in logs. */
const CREDENTIAL_HEADERS = ['authorization', 'cookie'];

/** Rules on what gets into logs by mistake, with their levels. */
export const LOG_CONTENT_ROWS: readonly PackRule[] = [
  cardholderRow('warning', {
    id: 'LogGroupMasksCardNumbers',
    title: 'a log group beside account data masks card numbers',
    risk: 'One line of a program that logs a request too much, and card numbers lie in a log for a year, for everybody who may read logs.',
    fix: 'Set DataProtectionPolicy with the data identifiers CreditCardNumber and CreditCardSecurityCode and the operation Deidentify, or an AWS::Logs::AccountPolicy of type DATA_PROTECTION_POLICY for the whole account. CDK: dataProtectionPolicy: new DataProtectionPolicy({ identifiers: [DataIdentifier.CREDITCARDNUMBER, DataIdentifier.CREDITCARDSECURITYCODE] }) of LogGroup.',
    references: {
      pciDss: ['3.3.1', '3.4.1', '3.5.1', '10.3.1'],
      gdpr: ['5(1)(c)', '25(1)'],
      cwe: ['CWE-532'],
    },
    resourceTypes: [LOG_GROUP],
    test: masksCardNumbers,
  }),
  cardholderRow('warning', {
    id: 'ApiStageLogsNoBodies',
    title: 'a stage of a REST API does not log what is in requests and answers',
    risk: 'With data tracing API Gateway writes requests and answers into the log as they are: card numbers, passwords and tokens among them.',
    fix: 'Remove DataTraceEnabled from MethodSettings, or set it to false. CDK: dataTraceEnabled of deployOptions and methodOptions, false when left out.',
    references: {
      pciDss: ['3.3.1', '3.4.1', '8.3.2', '10.3.1'],
      gdpr: ['5(1)(c)', '25(2)'],
      cwe: ['CWE-532'],
    },
    resourceTypes: [STAGE, DEPLOYMENT],
    test: ofStage(
      allOf(
        isFalse('DataTraceEnabled', { absent: 'compliant' }),
        each('MethodSettings', isFalse('DataTraceEnabled', { absent: 'compliant' })),
      ),
    ),
  }),
  cardholderRow('warning', {
    id: 'GraphQlLogOmitsContent',
    title: 'the log of a GraphQL API does not hold what is in requests and answers',
    risk: 'AppSync logs headers, arguments and evaluated templates as they are: whatever people send to the API stands in the log.',
    fix: 'Set LogConfig.ExcludeVerboseContent to true. CDK: excludeVerboseContent: true in logConfig of GraphqlApi, which is false by default.',
    references: {
      pciDss: ['3.3.1', '3.4.1', '8.3.2', '10.3.1'],
      gdpr: ['5(1)(c)', '25(2)'],
      cwe: ['CWE-532'],
    },
    resourceTypes: ['AWS::AppSync::GraphQLApi'],
    test: onlyWhere(
      allOf(isPresent('LogConfig'), isNoneOf('LogConfig.FieldLogLevel', ['NONE'])),
      isTrue('LogConfig.ExcludeVerboseContent'),
    ),
  }),
  cardholderRow('warning', {
    id: 'StateMachineLogOmitsData',
    title: 'the log of a state machine does not hold what its steps hand on',
    risk: 'Input and output of every step stand in the log: what the workflow does with card numbers, it does in the log too.',
    fix: 'Remove LoggingConfiguration.IncludeExecutionData, or set it to false. CDK: includeExecutionData: false in logs of StateMachine, which is true by default.',
    references: { pciDss: ['3.3.1', '3.4.1', '10.3.1'], gdpr: ['5(1)(c)', '25(2)'], cwe: ['CWE-532'] },
    resourceTypes: ['AWS::StepFunctions::StateMachine'],
    test: onlyWhere(
      isNoneOf('LoggingConfiguration.Level', ['OFF'], { absent: 'notApplicable' }),
      isFalse('LoggingConfiguration.IncludeExecutionData', { absent: 'compliant' }),
    ),
  }),
  cardholderRow('warning', {
    id: 'WafLogOmitsCredentials',
    title: 'the log of a web ACL holds no credentials',
    risk: 'AWS WAF logs every header: whoever reads the log takes the cookie of a session, or the token, and is that customer.',
    fix: `Name the headers ${CREDENTIAL_HEADERS.join(' and ')} in RedactedFields as SingleHeader, or mask them for samples too in DataProtectionConfig of the AWS::WAFv2::WebACL. CDK: there is no L2 construct; redactedFields of CfnLoggingConfiguration, or WebAcl of this library, which masks both.`,
    references: { pciDss: ['8.3.2', '10.3.1'], gdpr: ['5(1)(c)', '25(2)', '32(1)(b)'], cwe: ['CWE-532'] },
    resourceTypes: ['AWS::WAFv2::LoggingConfiguration'],
    test: omitsCredentials,
  }),
];

/** Where account data is, or who says so is: elsewhere nobody has a reason to expect card numbers. */
function masksCardNumbers(group: Cursor): Verdict {
  const isRelay = group.at('LogGroupClass').string();
  if (isRelay.state === 'given' && isRelay.value === 'DELIVERY') return NOT_APPLICABLE;
  const { template } = group.resource;
  const isBeside =
    scopeOf(group).value === 'cde' ||
    accountDataIn(group.world).some(({ resource }) => resource.template === template);
  if (!isBeside) return NOT_APPLICABLE;
  const at = group.at('DataProtectionPolicy');
  const missing = missingIn(at);
  if (isNothing(missing) || isMaskedForAccount(group)) return COMPLIANT;
  if (missing instanceof Unresolved) return unknown(at, missing.why);
  const got = at.isPresent ? `without ${missing.join(' and ')}` : 'absent';
  return violation(at, got, 'a policy that masks card numbers');
}

function isNothing(missing: readonly string[] | Unresolved): boolean {
  return !(missing instanceof Unresolved) && missing.length === 0;
}

/** A policy for every log group of the account and region. */
function isMaskedForAccount({ resource, world }: Cursor): boolean {
  const { region, source } = resource.template;
  return world.app
    .resourcesOfType(ACCOUNT_POLICY)
    .filter((policy) => world.exists(policy))
    .filter(({ template }) => template.region === region && template.source.account === source.account)
    .map((policy) => world.view(policy))
    .some((policy) => {
      const type = policy.at('PolicyType').string();
      const isMasking = type.state === 'given' && type.value === 'DATA_PROTECTION_POLICY';
      return (
        isMasking &&
        !policy.at('SelectionCriteria').isPresent &&
        isNothing(missingIn(policy.at('PolicyDocument')))
      );
    });
}

/** What a data protection policy does not mask; it is an object, or text as account policies have it. */
function missingIn(document: Cursor): readonly string[] | Unresolved {
  const value = document.value();
  if (value instanceof Unresolved) return value;
  const masked = statementsOf(value).flatMap(({ Operation: operation, DataIdentifier: identifiers }) =>
    isValueMap(operation) && operation.Deidentify !== undefined ? elementsOf(identifiers).map(patternOf) : [],
  );
  const missing = MASKED.filter(
    (name) => !masked.some((one) => typeof one === 'string' && one.split('/').at(-1) === name),
  );
  const hidden = masked.find((one) => one instanceof Unresolved);
  return missing.length > 0 && hidden instanceof Unresolved ? hidden : missing;
}

function statementsOf(value: Value | undefined): readonly ValueMap[] {
  if (isValueMap(value)) return listOf(value.Statement);
  const text = value === undefined ? '' : String(patternOf(value));
  try {
    const parsed = JSON.parse(text) as Value;
    return isValueMap(parsed) ? listOf(parsed.Statement) : [];
  } catch {
    return [];
  }
}

function listOf(value: Value | undefined): readonly ValueMap[] {
  return isValueList(value) ? value.filter(isValueMap) : isValueMap(value) ? [value] : [];
}

/** Masked in the log, or wherever AWS WAF keeps requests. */
function omitsCredentials(configuration: Cursor): Verdict {
  const fields = configuration.at('RedactedFields');
  const list = fields.list();
  if (list.state === 'unresolved') return unknown(fields, list.why);
  const redacted = fields.items().map((field) => field.at('SingleHeader', 'Name').string());
  const hidden = redacted.find((name) => name.state === 'unresolved');
  if (hidden?.state === 'unresolved') return unknown(fields, hidden.why);
  const names = redacted.flatMap((name) => (name.state === 'given' ? [name.value.toLowerCase()] : []));
  const masked = maskedByAcl(configuration);
  const missing = CREDENTIAL_HEADERS.filter((name) => !names.includes(name) && !masked.includes(name));
  return missing.length === 0
    ? COMPLIANT
    : violation(
        fields,
        fields.isPresent ? `without ${missing.join(' and ')}` : 'absent',
        CREDENTIAL_HEADERS.join(' and '),
      );
}

function maskedByAcl(configuration: Cursor): readonly string[] {
  const { world } = configuration;
  const acl = configuration.at('ResourceArn').reference();
  if (acl?.type !== 'AWS::WAFv2::WebACL') return [];
  return world
    .view(acl)
    .at('DataProtectionConfig', 'DataProtections')
    .items()
    .flatMap((protection) => {
      const type = protection.at('Field', 'FieldType').string();
      const keys = protection
        .at('Field', 'FieldKeys')
        .items()
        .map((key) => key.string());
      const names = keys.flatMap((key) => (key.state === 'given' ? [key.value.toLowerCase()] : []));
      if (type.state !== 'given') return [];
      // Without keys it is every cookie.
      if (type.value === 'SINGLE_COOKIE' && names.length === 0) return ['cookie'];
      return type.value === 'SINGLE_HEADER' ? names : [];
    });
}
