import type { Cursor, Reading } from './cursor';
import { own } from './rendered-app';
import { isValueList, isValueMap, type Value } from './value';

/** A resource's tags by key; a value that the template hides is `undefined`. */
export type Tags = ReadonlyMap<string, string | undefined>;

/** Where a resource type keeps its tags when not in `Tags`. */
const TAG_PROPERTIES: Readonly<Record<string, string>> = {
  'AWS::Backup::BackupPlan': 'BackupPlan.BackupPlanTags',
  'AWS::Backup::BackupVault': 'BackupVaultTags',
  'AWS::Backup::Framework': 'FrameworkTags',
  'AWS::Backup::LogicallyAirGappedBackupVault': 'BackupVaultTags',
  'AWS::Backup::ReportPlan': 'ReportPlanTags',
  'AWS::Cognito::IdentityPool': 'IdentityPoolTags',
  'AWS::Backup::TieringConfiguration': 'TieringConfigurationTags',
  'AWS::Budgets::Budget': 'ResourceTags',
  'AWS::Budgets::BudgetsAction': 'ResourceTags',
  'AWS::CE::AnomalyMonitor': 'ResourceTags',
  'AWS::CE::AnomalySubscription': 'ResourceTags',
  'AWS::Cognito::UserPool': 'UserPoolTags',
  'AWS::Cognito::UserPoolRegionalConfigurationAttachment': 'UserPoolTags',
  'AWS::Cognito::UserPoolReplica': 'UserPoolTagsAtCreate',
  'AWS::DataPipeline::Pipeline': 'PipelineTags',
  'AWS::Invoicing::InvoiceUnit': 'ResourceTags',
  'AWS::EFS::AccessPoint': 'AccessPointTags',
  'AWS::EFS::FileSystem': 'FileSystemTags',
  'AWS::Lex::Bot': 'BotTags',
  'AWS::Lex::BotAlias': 'BotAliasTags',
  'AWS::Route53::HostedZone': 'HostedZoneTags',
  'AWS::Route53::HealthCheck': 'HealthCheckTags',
};

/** Where the tags of a resource stand: `Tags`, but for a few types. */
export function tagsPlace(properties: Cursor): Cursor {
  const property = own(TAG_PROPERTIES, properties.resource.type);
  return property === undefined ? properties.at('Tags') : properties.at(...property.split('.'));
}

/**
 * The tags of a resource, written as a list (`[{ Key, Value }]`) or as a map (`{ key: value }`).
 *
 * A tag whose key is hidden may be any: then all of them are unresolved, so that nobody takes a tag for missing.
 */
export function tagsOf(properties: Cursor): Reading<Tags> {
  // What is held, the scope and the environment are said there: rule after rule asks.
  return properties.world.once(properties, 'tags', () => readTags(properties));
}

function readTags(properties: Cursor): Reading<Tags> {
  const place = tagsPlace(properties);
  const value = place.value();
  if (value === undefined || value === null) return { state: 'absent' };
  if (isValueMap(value)) {
    return {
      state: 'given',
      value: new Map(Object.entries(value).map(([key, text]) => [key, textOf(text)])),
    };
  }
  if (!isValueList(value)) return { state: 'unresolved', why: 'its tags are neither a list nor a map' };
  const tags = new Map<string, string | undefined>();
  for (const item of value) {
    const key = isValueMap(item) ? textOf(item.Key) : undefined;
    if (!isValueMap(item) || key === undefined)
      return { state: 'unresolved', why: 'the key of a tag is not known' };
    tags.set(key, textOf(item.Value));
  }
  return { state: 'given', value: tags };
}

function textOf(value: Value | undefined): string | undefined {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : undefined;
}
