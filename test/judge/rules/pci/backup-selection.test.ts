import { BACKUP_ROWS } from '../../../../lib/judge/rules/pci/backup';
import { BACKED_UP_TYPES } from '../../../../lib/judge/rules/pci/backup-selection';
import type { JsonMap } from '../../../../lib/judge/template';
import { HIDDEN, it as one, says } from './support';

const TABLE = 'AWS::DynamoDB::Table';
const TAGS: JsonMap = { Tags: [{ Key: 'backup', Value: 'daily' }] };
const NOT_TAKEN = ['info violation It.Properties: no backup plan'];

const selection = (BackupSelection: JsonMap): JsonMap => ({
  Type: 'AWS::Backup::BackupSelection',
  Properties: { BackupPlanId: 'plan', BackupSelection },
});
const table = (BackupSelection: JsonMap, Properties: JsonMap = {}): JsonMap => ({
  ...one(TABLE, Properties),
  Selection: selection(BackupSelection),
});
const tagged = (ConditionKey: string, ConditionValue: JsonMap | string): JsonMap => ({
  ConditionType: 'STRINGEQUALS',
  ConditionKey,
  ConditionValue,
});
const whether = (resources: JsonMap) => says(BACKUP_ROWS, 'StoreIsInBackupPlan', resources);

describe('a store is in a backup plan', () => {
  test.each<[string, JsonMap, JsonMap?]>([
    ['by its ARN', { Resources: [{ 'Fn::GetAtt': ['It', 'Arn'] }] }],
    [
      'by an ARN made of its name',
      { Resources: [{ 'Fn::Sub': 'arn:aws:dynamodb:eu-west-1:1:table/${It}' }] },
    ],
    ['as everything is', { Resources: ['*'] }],
    ['where a selection names nothing, which is everything', { SelectionName: 'all' }],
    ['as all tables are', { Resources: ['arn:aws:dynamodb:*:*:table/*'] }],
    [
      'as all tables of the account are, in any partition',
      { Resources: [{ 'Fn::Sub': 'arn:${AWS::Partition}:dynamodb:*:${AWS::AccountId}:table/*' }] },
    ],
    ['by a tag', { ListOfTags: [tagged('owner', 'x'), tagged('backup', 'daily')] }, TAGS],
    ['by a tag under its long name', { ListOfTags: [tagged('aws:ResourceTag/backup', 'daily')] }, TAGS],
    [
      'by a tag, where names name another',
      { Resources: ['arn:aws:rds:*:*:db:*'], ListOfTags: [tagged('backup', 'daily')] },
      TAGS,
    ],
    [
      'under conditions that hold',
      {
        Resources: ['*'],
        Conditions: {
          StringEquals: [{ ConditionKey: 'aws:ResourceTag/backup', ConditionValue: 'daily' }],
          StringLike: [{ ConditionKey: 'aws:ResourceTag/backup', ConditionValue: 'da*' }],
          StringNotEquals: [{ ConditionKey: 'aws:ResourceTag/stage', ConditionValue: 'test' }],
          StringNotLike: [{ ConditionKey: 'aws:ResourceTag/stage', ConditionValue: 't*' }],
        },
      },
      TAGS,
    ],
    ['where others are left out', { Resources: ['*'], NotResources: ['arn:aws:s3:::*'] }],
  ])('%s', (...[, made, properties]) => {
    expect(whether(table(made, properties))).toEqual([]);
  });

  test.each<[string, JsonMap, JsonMap?]>([
    ['where another is named', { Resources: ['arn:aws:rds:*:*:db:*'] }],
    ['where another of the app is', { Resources: [{ 'Fn::GetAtt': ['Selection', 'Id'] }] }],
    ['where another tag is asked for', { ListOfTags: [tagged('backup', 'weekly')] }, TAGS],
    ['where it has no tags', { ListOfTags: [tagged('backup', 'daily')] }],
    [
      'where one condition does not hold',
      {
        Resources: ['*'],
        Conditions: {
          StringEquals: [
            { ConditionKey: 'aws:ResourceTag/backup', ConditionValue: 'daily' },
            { ConditionKey: 'aws:ResourceTag/stage', ConditionValue: 'production' },
          ],
        },
      },
      TAGS,
    ],
    [
      'where a tag keeps it out',
      {
        Resources: ['*'],
        Conditions: { StringNotLike: [{ ConditionKey: 'aws:ResourceTag/backup', ConditionValue: 'd*' }] },
      },
      TAGS,
    ],
    ['where it is left out', { Resources: ['*'], NotResources: [{ 'Fn::GetAtt': ['It', 'Arn'] }] }],
  ])('or is not, %s', (...[, made, properties]) => {
    expect(whether(table(made, properties))).toEqual(NOT_TAKEN);
  });

  test.each<[string, JsonMap, JsonMap?]>([
    ['a hidden name', { Resources: [HIDDEN] }],
    ['a name that may be its own', { Resources: ['arn:aws:dynamodb:eu-west-1:111122223333:table/orders'] }],
    ['a hidden tag', { ListOfTags: [tagged('backup', HIDDEN)] }, TAGS],
    [
      'a tag of its own that is hidden',
      { ListOfTags: [tagged('backup', 'daily')] },
      { Tags: [{ Key: 'backup', Value: HIDDEN }] },
    ],
    ['hidden conditions', { Resources: ['*'], Conditions: HIDDEN }],
    ['a hidden exception', { Resources: ['*'], NotResources: [HIDDEN] }],
    ['an operator that AWS Backup has not', { Conditions: { StringMatches: [] } }],
  ])('or cannot be told, for %s', (...[, made, properties]) => {
    expect(whether(table(made, properties))).toEqual(['info unknown It.Properties']);
  });

  test.each(BACKED_UP_TYPES)('of type %s, of which it is a fault to be in none', (type) => {
    expect(whether(one(type))).toEqual(NOT_TAKEN);
  });

  test('or, for a member of a cluster, the cluster is', () => {
    expect(whether(one('AWS::RDS::DBInstance', { DBClusterIdentifier: 'shop' }))).toEqual([]);
  });

  test('of a cluster that gives itself a name, too', () => {
    expect(whether(one('AWS::RDS::DBCluster', { DBClusterIdentifier: 'shop' }))).toEqual(NOT_TAKEN);
  });

  test('or, for a file system, in the one that EFS makes', () => {
    const files = (Status: string | JsonMap) => one('AWS::EFS::FileSystem', { BackupPolicy: { Status } });
    expect(whether(files('ENABLED'))).toEqual([]);
    expect(whether(files('DISABLED'))).toEqual(NOT_TAKEN);
    expect(whether(files(HIDDEN))).toEqual(['info unknown It.Properties.BackupPolicy.Status']);
  });

  test('of the world in which the selection exists', () => {
    const resources = { ...one(TABLE), Selection: { ...selection({ Resources: ['*'] }), Condition: 'Live' } };
    const parts = {
      Parameters: { Stage: { Type: 'String' } },
      Conditions: { Live: { 'Fn::Equals': [{ Ref: 'Stage' }, 'live'] } },
    };
    expect(says(BACKUP_ROWS, 'StoreIsInBackupPlan', resources, parts)).toEqual(NOT_TAKEN);
  });
});
