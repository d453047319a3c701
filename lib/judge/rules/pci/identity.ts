import type { PackRule } from '../../packs/pack';
import { takesIn } from '../../policy/glob';
import { type Cursor, isValueMap, Unresolved, type Value, type ValueMap } from '../../template';
import {
  eachAllowed,
  elementsOf,
  POLICY_HOLDERS,
  patternOf,
  pointingAt,
  propertyRow,
  type StatementFault,
  unknown,
  violation,
} from '../property';
import { COMPLIANT, type Verdict } from '../rule';
import { ACCESS } from './requirements';

const USER = 'AWS::IAM::User';
const GROUP = 'AWS::IAM::Group';
const ADDITION = 'AWS::IAM::UserToGroupAddition';

const ONE_PERSON_ONE_ACCOUNT = ['8.2.1', '8.2.2', '8.2.4', '8.2.5', '8.3.11'];

/** Every key of an account: none is named. */
const EVERY_KEY = /^(\*|arn:[^:]*:kms:[^:]*:[^:]*:(\*|key\/\*))$/;
/** Actions that turn ciphertext into something that somebody else can read. */
const DECRYPTION = ['kms:decrypt', 'kms:reencryptfrom'];
/** Condition keys that pick keys out where the Resource names none. */
const PICKS_KEYS = /^(kms:(resourcealiases|requestalias)$|aws:resourcetag\/)/;

/** Rules on identities and what they may do, with their levels. */
export const IDENTITY_ROWS: readonly PackRule[] = [
  propertyRow('warning', {
    id: 'PolicyAllowsNoWholeService',
    title: 'no IAM policy allows every action of a service',
    risk: 'Whoever gets the credential can delete, share and reconfigure what the workload only reads, and every action that AWS adds later comes along.',
    fix: 'Name the actions in Action, and use no NotAction in a statement that allows. CDK: grant methods such as grantRead() name them; look for actions like s3:* in a PolicyStatement.',
    references: {
      pciDss: ACCESS,
      gdpr: ['32(1)(b)', '32(4)'],
      securityHub: ['IAM.21'],
      cwe: ['CWE-250'],
      awsConfig: ['IAM_POLICY_NO_STATEMENTS_WITH_FULL_ACCESS'],
    },
    resourceTypes: POLICY_HOLDERS,
    test: eachAllowed(wholeService),
  }),
  propertyRow('warning', {
    id: 'DecryptionIsGrantedPerKey',
    title: 'an IAM policy allows decryption with named keys only',
    risk: 'Decryption with every key opens what other teams encrypted with theirs: the key stops being a boundary.',
    fix: 'Name the ARNs of keys in Resource of statements with kms:Decrypt or kms:ReEncryptFrom, or pick keys with kms:ResourceAliases or aws:ResourceTag in Condition. CDK: key.grantDecrypt(grantee) instead of a PolicyStatement with resources of *.',
    references: {
      pciDss: ['3.6.1', '3.6.1.2', '3.6.1.3', '3.7.6', '7.2.1', '7.2.2', '7.2.5', '7.3.1', '7.3.2', '7.3.3'],
      gdpr: ['32(1)(a)', '32(4)'],
      securityHub: ['KMS.1', 'KMS.2'],
      cwe: ['CWE-732'],
      awsConfig: ['IAM_CUSTOMER_POLICY_BLOCKED_KMS_ACTIONS', 'IAM_INLINE_POLICY_BLOCKED_KMS_ACTIONS'],
    },
    resourceTypes: POLICY_HOLDERS,
    test: eachAllowed(decryptionOfEverything),
  }),
  propertyRow('info', {
    id: 'UserHasNoPolicies',
    title: 'an IAM user gets its permissions from groups',
    risk: 'Permissions of single persons are what reviews miss: they stay when the person changes jobs.',
    fix: 'Leave out Policies and ManagedPolicyArns of AWS::IAM::User, and Users of policies; attach them to a group. CDK: group.addManagedPolicy() and group.addUser() instead of user.addToPolicy(), which writes an AWS::IAM::Policy with Users.',
    references: {
      pciDss: ACCESS,
      gdpr: ['32(4)'],
      securityHub: ['IAM.2'],
      cwe: ['CWE-284'],
      awsConfig: ['IAM_USER_NO_POLICIES_CHECK'],
    },
    resourceTypes: [USER, 'AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy', 'AWS::IAM::UserPolicy'],
    test: hasNoUsers,
  }),
  propertyRow('info', {
    id: 'UserIsInGroup',
    title: 'an IAM user is in a group',
    risk: 'Who is in no group has permissions of his own or none at all: nobody can tell from a role what he may do.',
    fix: 'Name a group in Groups of the AWS::IAM::User, or add an AWS::IAM::UserToGroupAddition. CDK: groups of User, or group.addUser(user). Better no users: let persons sign in by IAM Identity Center and workloads take roles.',
    references: {
      pciDss: [...ONE_PERSON_ONE_ACCOUNT, '7.2.1', '7.2.2', '7.2.6'],
      gdpr: ['32(4)'],
      cwe: ['CWE-284'],
      awsConfig: ['IAM_USER_GROUP_MEMBERSHIP_CHECK'],
    },
    resourceTypes: [USER],
    test: isInGroup,
  }),
  propertyRow('info', {
    id: 'GroupHasUsers',
    title: 'an IAM group has users',
    risk: 'A group that nobody is in keeps permissions that nobody reviews, until somebody is put into it.',
    fix: 'Add users by Groups of AWS::IAM::User or by AWS::IAM::UserToGroupAddition, or remove the group. CDK: group.addUser(user).',
    references: {
      pciDss: ['7.2.4', '7.2.5.1', '8.2.6', ...ONE_PERSON_ONE_ACCOUNT],
      gdpr: ['32(4)'],
      cwe: ['CWE-284'],
      awsConfig: ['IAM_GROUP_HAS_USERS_CHECK'],
    },
    resourceTypes: [GROUP],
    test: hasUsers,
  }),
];

function wholeService(content: ValueMap): StatementFault {
  const want = 'the actions that are needed';
  if (content.Action === undefined && content.NotAction !== undefined) {
    return { got: 'every action but some', want };
  }
  const actions = elementsOf(content.Action).map(patternOf);
  const resources = elementsOf(content.Resource).map(patternOf);
  const found = actions.find((action) => typeof action === 'string' && isWholeService(action, resources));
  if (typeof found === 'string') return { got: found, want };
  const hidden = actions.find((action) => action instanceof Unresolved);
  return hidden instanceof Unresolved ? { why: hidden.why } : undefined;
}

/** Every action on everything, and decryption with every key, are faults of other rules. */
function isWholeService(action: string, resources: readonly (string | Unresolved)[]): boolean {
  const isEverything = /^\*(:\*)?$/.test(action);
  if (isEverything) return !resources.some((resource) => /^(\*|arn:\*|arn:[^:]*:\*)$/.test(String(resource)));
  if (/^kms:\*$/i.test(action)) return !resources.some((resource) => EVERY_KEY.test(String(resource)));
  return /^[a-z0-9-]+:\*+$/i.test(action);
}

function decryptionOfEverything(content: ValueMap): StatementFault {
  const actions = elementsOf(content.Action).map(patternOf);
  // Who may do everything to everything is found by another rule.
  const decrypting = actions.find(
    (action) =>
      typeof action === 'string' &&
      !/^\*(:\*)?$/.test(action) &&
      DECRYPTION.some((one) => takesIn(action.toLowerCase(), one)),
  );
  const hiddenAction = actions.find((action) => action instanceof Unresolved);
  if ((decrypting === undefined && hiddenAction === undefined) || picksKeys(content.Condition))
    return undefined;
  const resources = elementsOf(content.Resource).map(patternOf);
  const isEveryKey = resources.some((resource) => typeof resource === 'string' && EVERY_KEY.test(resource));
  const hiddenResource = resources.find((resource) => resource instanceof Unresolved);
  if (typeof decrypting === 'string' && isEveryKey) {
    return { got: `${decrypting} with every key`, want: 'the ARNs of keys in Resource' };
  }
  // Either half may hide what the other half completes.
  if (decrypting !== undefined) {
    return hiddenResource instanceof Unresolved ? { why: hiddenResource.why } : undefined;
  }
  return isEveryKey && hiddenAction instanceof Unresolved ? { why: hiddenAction.why } : undefined;
}

function picksKeys(condition: Value | undefined): boolean {
  if (!isValueMap(condition)) return false;
  return Object.values(condition).some(
    (keys) => isValueMap(keys) && Object.keys(keys).some((key) => PICKS_KEYS.test(key.toLowerCase())),
  );
}

/** Of users: no policies of their own. Of policies: no users. */
function hasNoUsers(properties: Cursor): Verdict | readonly Verdict[] {
  if (properties.resource.type === 'AWS::IAM::UserPolicy') {
    return violation(properties.at('UserName'), 'a policy of a user', 'a policy of a group');
  }
  const places = properties.resource.type === USER ? ['Policies', 'ManagedPolicyArns'] : ['Users'];
  const bad = places.flatMap((place) => isEmpty(properties.at(place)));
  return bad.length > 0 ? bad : COMPLIANT;
}

function isEmpty(at: Cursor): readonly Verdict[] {
  const list = at.list();
  if (list.state === 'unresolved') return [unknown(at, list.why)];
  const count = list.state === 'given' ? list.value.length : 0;
  return count === 0 ? [] : [violation(at, `${count} given`, 'left out')];
}

function isInGroup(properties: Cursor): Verdict | readonly Verdict[] {
  const { world } = properties;
  const { found } = pointingAt(properties, ADDITION, 'Users');
  if (found.length > 0 || isNamed(properties, 'UserName', ADDITION, 'Users')) return COMPLIANT;
  const groups = properties.at('Groups');
  const list = groups.list();
  if (list.state === 'unresolved') return unknown(groups, list.why);
  if (list.state === 'given' && list.value.length > 0) return COMPLIANT;
  const hidden = world.app.resourcesOfType(ADDITION).find((from) => {
    const users = elementsOf(world.view(from).at('Users').value());
    return users.some((user) => user instanceof Unresolved) && world.exists(from);
  });
  if (hidden !== undefined) return unknown(groups, `${hidden.logicalId} does not tell whom it adds`);
  return violation(groups, list.state === 'given' ? 'empty' : 'absent', 'the name of a group');
}

function hasUsers(properties: Cursor): Verdict | readonly Verdict[] {
  const members = pointingAt(properties, USER, 'Groups');
  const additions = pointingAt(properties, ADDITION, 'GroupName');
  const isUsed =
    members.found.length + additions.found.length > 0 ||
    isNamed(properties, 'GroupName', USER, 'Groups') ||
    isNamed(properties, 'GroupName', ADDITION, 'GroupName');
  if (isUsed) return COMPLIANT;
  const hidden = members.hidden ?? additions.hidden;
  if (hidden !== undefined)
    return unknown(properties, `${hidden.resource.logicalId} does not tell which group it means`);
  const name = properties.at('GroupName');
  const reading = name.string();
  // Somebody else may call it by a name that the template hides.
  if (reading.state === 'unresolved') return unknown(name, reading.why);
  return violation(properties, 'no users', 'one at least');
}

/** Whether another resource calls this one by its literal name. */
function isNamed(properties: Cursor, name: string, type: string, property: string): boolean {
  const { world } = properties;
  const own = properties.at(name).string();
  if (own.state !== 'given') return false;
  return world.app.resourcesOfType(type).some((from) => {
    const called = elementsOf(world.view(from).at(property).value());
    return called.includes(own.value) && world.exists(from);
  });
}
