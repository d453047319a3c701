import type { PackRule } from '../../packs/pack';
import { type Cursor, isValueList, isValueMap, type Value, whyUnresolved } from '../../template';
import { placesAt } from '../places';
import { unknown, violation } from '../property';
import { COMPLIANT, NOT_APPLICABLE, type Verdict } from '../rule';
import { DEFAULT_GDPR_PARAMETERS, type GdprParameters } from './parameters';
import { personalDataAt } from './personal-data';
import { personalDataRow } from './row';

/** Rules on how much personal data gets where, with their levels. */
export function minimisationRows(parameters: GdprParameters): readonly PackRule[] {
  return [
    personalDataRow('warning', {
      id: 'LogMasksPersonalData',
      title: 'a log that holds personal data masks addresses and names',
      risk: 'Everyone who looks for a fault reads who the customers are; copies of the log go to places that nobody counts as stores of personal data.',
      fix: `Set DataProtectionPolicy with an Audit and a Deidentify statement for ${parameters.maskedIdentifiers.join(', ')}. CDK: dataProtectionPolicy: new DataProtectionPolicy({ identifiers: [DataIdentifier.EMAILADDRESS, …] }) on LogGroup.`,
      references: { gdpr: ['5(1)(c)', '25(1)'], cwe: ['CWE-532'] },
      resourceTypes: ['AWS::Logs::LogGroup'],
      test: (properties) =>
        personalDataAt(properties) === undefined || isWrittenByService(properties)
          ? NOT_APPLICABLE
          : masks(properties.at('DataProtectionPolicy'), parameters.maskedIdentifiers),
    }),
    personalDataRow('info', {
      id: 'UserPoolAsksForFewAttributes',
      title: 'nobody has to say more of themselves to sign up than the service needs',
      risk: 'What is asked of everyone has to be protected, corrected and erased for everyone, and is lost with everyone in one breach.',
      fix: `Set Required to false in Schema for all but ${parameters.userAttributes.join(', ')}. CDK: standardAttributes of UserPool, with required: false.`,
      references: { gdpr: ['5(1)(c)', '25(2)'] },
      resourceTypes: ['AWS::Cognito::UserPool'],
      test: (properties) =>
        placesAt(properties, 'Schema.*').map((place) =>
          'why' in place ? unknown(place.at, place.why) : asksForLittle(place, parameters.userAttributes),
        ),
    }),
  ];
}

/** Logs whose entries a service of AWS writes: what is in them, it decides, and other rules ask. */
const WRITTEN_BY_SERVICES: readonly (readonly [type: string, property: string])[] = [
  ['AWS::ApiGateway::Stage', 'AccessLogSetting.DestinationArn'],
  ['AWS::ApiGatewayV2::Stage', 'AccessLogSettings.DestinationArn'],
  ['AWS::CloudTrail::Trail', 'CloudWatchLogsLogGroupArn'],
  ['AWS::EC2::FlowLog', 'LogDestination'],
  ['AWS::EC2::FlowLog', 'LogGroupName'],
  ['AWS::Logs::DeliveryDestination', 'DestinationResourceArn'],
  ['AWS::Route53::HostedZone', 'QueryLoggingConfig.CloudWatchLogsLogGroupArn'],
  ['AWS::WAFv2::LoggingConfiguration', 'LogDestinationConfigs'],
];

/** Who did what has to stay readable in the record of it (PCI DSS 10.2.2). */
function isWrittenByService({ resource, world }: Cursor): boolean {
  return WRITTEN_BY_SERVICES.some(([type, property]) =>
    world.app.referring(resource, type, property).some((from) => world.exists(from)),
  );
}

function asksForLittle(attribute: Cursor, allowed: readonly string[]): Verdict {
  const required = attribute.at('Required');
  const isRequired = required.boolean();
  if (isRequired.state === 'absent' || (isRequired.state === 'given' && !isRequired.value)) return COMPLIANT;
  const name = attribute.at('Name').string();
  if (name.state === 'given' && allowed.includes(name.value)) return COMPLIANT;
  if (isRequired.state === 'unresolved') return unknown(required, isRequired.why);
  if (name.state === 'unresolved') return unknown(attribute.at('Name'), name.why);
  return violation(
    required,
    `true for ${name.state === 'given' ? name.value : 'an attribute without a name'}`,
    'false',
  );
}

/**
 * A statement with `Deidentify` masks what its identifiers find.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch-logs-data-protection-policies.html
 */
function masks(at: Cursor, wanted: readonly string[]): Verdict {
  const want = `a policy with Deidentify for ${wanted.join(', ')}`;
  const policy = at.value();
  if (policy === undefined) return violation(at, 'absent', want);
  const parsed = typeof policy === 'string' ? parsedOf(policy) : policy;
  const statements = isValueMap(parsed) ? parsed.Statement : undefined;
  if (statements === undefined || !isValueList(statements)) {
    const why = whyUnresolved(parsed);
    return why === undefined ? violation(at, 'a policy without statements', want) : unknown(at, why);
  }
  const masked = statements.flatMap((statement) =>
    isValueMap(statement) && isValueMap(statement.Operation) && statement.Operation.Deidentify !== undefined
      ? identifiersIn(statement.DataIdentifier)
      : [],
  );
  const missing = wanted.filter((identifier) => !masked.includes(identifier));
  if (missing.length === 0) return COMPLIANT;
  const why = whyUnresolved(statements.map((one) => (isValueMap(one) ? (one.DataIdentifier ?? '') : one)));
  if (masked.length === 0 && why !== undefined) return unknown(at, why);
  return violation(at, `without ${missing.join(', ')}`, want);
}

function parsedOf(text: string): Value | undefined {
  try {
    return JSON.parse(text) as Value;
  } catch {
    return undefined;
  }
}

/** Identifiers are ARNs that end in their names; the partition is only known at deployment. */
function identifiersIn(value: Value | undefined): readonly string[] {
  const items = value === undefined ? [] : isValueList(value) ? value : [value];
  return items.map((item) => String(item).replace(/^.*data-identifier\//, ''));
}

/** Rules on how much personal data gets where, with their levels. */
export const MINIMISATION_ROWS = minimisationRows(DEFAULT_GDPR_PARAMETERS);
