import { overlap, takesIn } from '../../policy/glob';
import {
  type Cursor,
  isValueList,
  isValueMap,
  type Resource,
  resourcesIn,
  type Tags,
  Text,
  tagsOf,
  Unresolved,
  type Value,
} from '../../template';
import { type Answer, anyAnswer } from '../answer';
import { arbitrate } from '../arbiter';
import { isClusterMember } from '../cluster-member';
import { heldBy } from '../held';
import { type PropertyTest, unknown, violation } from '../property';
import { COMPLIANT, NOT_APPLICABLE } from '../rule';

const SELECTION = 'AWS::Backup::BackupSelection';

/** ARNs of what can be backed up, from the service up to the name; whatever the partition. */
const NAMES: Readonly<Record<string, string>> = {
  'AWS::DynamoDB::GlobalTable': 'dynamodb:*:*:table/',
  'AWS::DynamoDB::Table': 'dynamodb:*:*:table/',
  'AWS::EC2::Instance': 'ec2:*:*:instance/',
  'AWS::EC2::Volume': 'ec2:*:*:volume/',
  'AWS::EFS::FileSystem': 'elasticfilesystem:*:*:file-system/',
  'AWS::FSx::FileSystem': 'fsx:*:*:file-system/',
  'AWS::RDS::DBCluster': 'rds:*:*:cluster:',
  'AWS::RDS::DBInstance': 'rds:*:*:db:',
  'AWS::S3::Bucket': 's3:::',
};

/** What a backup plan of the app can hold. */
export const BACKED_UP_TYPES = Object.keys(NAMES);

/**
 * Some selection of a backup plan must take the resource in: by reference, by a pattern of ARNs, or by its tags.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_BackupSelection.html
 */
export const isInBackupPlan: PropertyTest = (properties) => {
  // Members are backed up with their cluster.
  if (isClusterMember(properties)) return NOT_APPLICABLE;
  // What must not be kept, or erases by being destroyed, is in no backup.
  if (arbitrate('backups', { holds: heldBy(properties) }).ruling === 'yields') return NOT_APPLICABLE;
  const { world } = properties;
  // A plan that AWS makes and keeps takes it in.
  const own = properties.at('BackupPolicy', 'Status').string();
  if (own.state === 'given' && own.value === 'ENABLED') return COMPLIANT;
  if (own.state === 'unresolved') return unknown(properties.at('BackupPolicy', 'Status'), own.why);
  let hidden: string | undefined;
  for (const selection of world.app.resourcesOfType(SELECTION)) {
    if (!world.exists(selection)) continue;
    const answer = selects(world.view(selection).at('BackupSelection'), properties);
    if (answer === true) return COMPLIANT;
    if (answer instanceof Unresolved) hidden ??= `${answer.why}, in ${selection.logicalId}`;
  }
  if (hidden !== undefined) return unknown(properties, hidden);
  return violation(properties, 'no backup plan', 'one that takes it in', 'of these templates');
};

/** Named or tagged, and in line with all conditions, and not left out. */
export function selects(selection: Cursor, properties: Cursor): Answer {
  const named = selection.at('Resources');
  const tagged = selection.at('ListOfTags');
  const isEverything = !isGiven(named) && !isGiven(tagged);
  const taken =
    isEverything || anyAnswer([nameAnswer(named, properties.resource), tagAnswer(tagged, properties)]);
  const spared = nameAnswer(selection.at('NotResources'), properties.resource);
  return allOf([taken, conditionAnswer(selection.at('Conditions'), properties), not(spared)]);
}

function isGiven(place: Cursor): boolean {
  const value = place.value();
  return value !== undefined && !(isValueList(value) && value.length === 0);
}

function allOf(answers: readonly Answer[]): Answer {
  if (answers.includes(false)) return false;
  return answers.find((answer) => answer instanceof Unresolved) ?? true;
}

function not(answer: Answer): Answer {
  return answer instanceof Unresolved ? answer : !answer;
}

function nameAnswer(place: Cursor, target: Resource): Answer {
  const value = place.value();
  const list = value === undefined ? [] : isValueList(value) ? value : [value];
  return anyAnswer(list.map((name) => isNamed(name, target)));
}

function isNamed(name: Value, target: Resource): Answer {
  const referred = resourcesIn(name);
  if (referred.length > 0) return referred.includes(target);
  const pattern = patternOf(name);
  if (pattern instanceof Unresolved) return pattern;
  if (pattern === '*') return true;
  // How it ends is known at deployment only.
  const arn = `${NAMES[target.type] ?? ''}*`;
  if (takesIn(pattern, arn)) return true;
  return overlap(pattern, arn) && new Unresolved(`whether its ARN is ${pattern} is only known at deployment`);
}

/** An ARN without its partition, with stars for what every resource of the stack has in common. */
function patternOf(name: Value): string | Unresolved {
  if (name instanceof Unresolved) return name;
  const parts = name instanceof Text ? name.parts : [String(name)];
  const spelt = parts.map((part) =>
    part instanceof Unresolved && !part.symbol?.startsWith('AWS::')
      ? part
      : typeof part === 'string'
        ? part
        : '*',
  );
  const hidden = spelt.find((part) => part instanceof Unresolved);
  if (hidden instanceof Unresolved) return hidden;
  return spelt.join('').replace(/^arn:[^:]*:/, '');
}

/** One of the tags suffices. */
function tagAnswer(place: Cursor, properties: Cursor): Answer {
  const list = place.list();
  if (list.state === 'unresolved') return new Unresolved(list.why);
  if (list.state === 'absent') return false;
  return anyAnswer(
    list.value.map((item) => holdsTag(item.value(), properties, (value, wanted) => value === wanted)),
  );
}

const COMPARISONS: Readonly<Record<string, (value: string | undefined, wanted: string) => boolean>> = {
  StringEquals: (value, wanted) => value === wanted,
  StringLike: (value, wanted) => value !== undefined && takesIn(wanted, value),
  StringNotEquals: (value, wanted) => value !== wanted,
  StringNotLike: (value, wanted) => value === undefined || !takesIn(wanted, value),
};

/** All conditions have to hold. */
function conditionAnswer(place: Cursor, properties: Cursor): Answer {
  const entries = place.entries();
  if (entries.state === 'unresolved') return new Unresolved(entries.why);
  if (entries.state === 'absent') return true;
  return allOf(
    entries.value.flatMap(([operator, keys]) => {
      const compare = COMPARISONS[operator];
      const list = keys.list();
      if (compare === undefined) return [new Unresolved(`${operator} is no operator of AWS Backup`)];
      if (list.state === 'unresolved') return [new Unresolved(list.why)];
      const items = list.state === 'given' ? list.value : [];
      return items.map((item) => holdsTag(item.value(), properties, compare));
    }),
  );
}

function holdsTag(
  wanted: Value | undefined,
  properties: Cursor,
  compare: (value: string | undefined, wanted: string) => boolean,
): Answer {
  if (wanted instanceof Unresolved) return wanted;
  const { ConditionKey: key, ConditionValue: value } = isValueMap(wanted) ? wanted : {};
  if (typeof key !== 'string' || typeof value !== 'string') {
    return new Unresolved('the tag that it asks for is not known');
  }
  const tags = tagsOf(properties);
  if (tags.state === 'unresolved') return new Unresolved(tags.why);
  const held: Tags = tags.state === 'given' ? tags.value : new Map();
  const name = key.replace(/^aws:ResourceTag\//, '');
  if (held.has(name) && held.get(name) === undefined) {
    return new Unresolved(`the value of tag ${name} is not known`);
  }
  return compare(held.get(name), value);
}
