import type { PackRule } from '../../packs/pack';
import { takesIn } from '../../policy/glob';
import { type Cursor, Unresolved, type Value, type ValueMap } from '../../template';
import { isClusterMember } from '../cluster-member';
import { placeOfHolding } from '../held';
import { eachAllowed, elementsOf, POLICY_HOLDERS, patternOf, unknown, violation } from '../property';
import { COMPLIANT, NOT_APPLICABLE, type Verdict } from '../rule';
import { ACCOUNT_DATA, HOLDER_TYPES, whereHeld } from './account-data';
import { mayComputeMac } from './mac-permission';
import { cardholderRow } from './row';

/**
 * Stores whose only encryption of their own is that of a disk or a volume: whoever may mount it, or log in to the
 * database, reads in clear. Objects of S3 and items of DynamoDB are encrypted one by one, by whom a key policy admits.
 */
export const DISKS: readonly string[] = [
  'AWS::AmazonMQ::Broker',
  'AWS::DocDB::DBCluster',
  'AWS::DocDBElastic::Cluster',
  'AWS::EC2::Instance',
  'AWS::EC2::Snapshot',
  'AWS::EC2::Volume',
  'AWS::EFS::FileSystem',
  'AWS::ElastiCache::CacheCluster',
  'AWS::ElastiCache::ReplicationGroup',
  'AWS::ElastiCache::ServerlessCache',
  'AWS::Elasticsearch::Domain',
  'AWS::FSx::FileSystem',
  'AWS::FSx::StorageVirtualMachine',
  'AWS::FSx::Volume',
  'AWS::Lightsail::Database',
  'AWS::Lightsail::Disk',
  'AWS::Lightsail::Instance',
  'AWS::MSK::Cluster',
  'AWS::MSK::ServerlessCluster',
  'AWS::MemoryDB::Cluster',
  'AWS::Neptune::DBCluster',
  'AWS::NeptuneGraph::Graph',
  'AWS::OpenSearchServerless::Collection',
  'AWS::OpenSearchService::Domain',
  'AWS::RDS::DBCluster',
  'AWS::RDS::DBInstance',
  'AWS::Redshift::Cluster',
  'AWS::RedshiftServerless::Namespace',
  'AWS::SageMaker::NotebookInstance',
  'AWS::Timestream::InfluxDBInstance',
  'AWS::WorkSpaces::Workspace',
];

const TABLES = ['AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable'];

/** Names that say that an attribute is a card number, and not a hash or a token of it. */
const CARD_NUMBER = /^(pan|card_?(number|no)|(primary_?)?account_?number|credit_?card(_?number)?)$/;

/** Rules on card numbers where they are stored and sent, with their levels. */
export const CARD_NUMBER_ROWS: readonly PackRule[] = [
  cardholderRow(
    'error',
    {
      id: 'CardNumbersAreEncryptedBeforeTheDisk',
      title: 'card numbers are protected by more than the encryption of a disk',
      risk: 'The encryption of a disk helps when the disk is stolen: whoever logs in to the machine or the database, or gets a dump of it, reads every card number in clear.',
      fix: 'Encrypt card numbers before they are stored, or keep tokens, truncated numbers or keyed hashes in their place, and say so in the tag data:protection (field-encryption, file-encryption, keyed-hash, truncation, index-token). CDK: protections of DataClassification.of(database).holdsCardholderData({ protections: ["field-encryption"] }).',
      references: { pciDss: ['3.5.1', '3.5.1.2'], gdpr: ['32(1)(a)'], cwe: ['CWE-311'] },
      resourceTypes: DISKS,
      test: whereHeld(['cardholder-data'], (properties, { protections = [] }) => {
        // What is in a cluster is said, and judged, of the cluster.
        if (isClusterMember(properties)) return NOT_APPLICABLE;
        if (protections.length > 0) return COMPLIANT;
        const want =
          'data:protection with field-encryption, file-encryption, keyed-hash, truncation or index-token';
        return {
          verdict: 'violation',
          ...placeOfHolding(properties),
          got: 'cardholder-data on a disk',
          want,
        };
      }),
    },
    'warning',
  ),
  cardholderRow('warning', {
    id: 'CardNumberHashIsKeyed',
    title: 'hashes of card numbers are made with a secret key',
    risk: 'There are so few card numbers that all hashes without a key can be computed in an afternoon: such a hash is the card number.',
    fix: 'Make an AWS::KMS::Key with KeyUsage GENERATE_VERIFY_MAC and KeySpec HMAC_256, and let the role that makes hashes call kms:GenerateMac with it: for each hash, or once for the key from which the index key is derived. CDK: keyUsage: KeyUsage.GENERATE_VERIFY_MAC and keySpec: KeySpec.HMAC_256 of Key, and key.grantGenerateMac(role).',
    references: { pciDss: ['3.5.1.1', '3.6.1'], gdpr: ['32(1)(a)'], cwe: ['CWE-328', 'CWE-916'] },
    resourceTypes: HOLDER_TYPES,
    test: whereHeld([...ACCOUNT_DATA, 'payment-token'], (properties, { protections = [] }) =>
      protections.includes('keyed-hash') ? isKeyed(properties) : NOT_APPLICABLE,
    ),
  }),
  cardholderRow('warning', {
    id: 'HashingIsGrantedPerKey',
    title: 'an IAM policy allows the computing of keyed hashes with named keys only',
    risk: 'Who can compute the hash of any number finds the card behind a hash by trying: with every key, that of the card numbers is among them.',
    fix: 'Name the ARN of the key in Resource of statements with kms:GenerateMac or kms:VerifyMac. CDK: key.grantGenerateMac(role) and key.grantVerifyMac(role) instead of a PolicyStatement with resources of *.',
    references: {
      pciDss: ['3.5.1.1', '3.6.1.2', '3.6.1.3', '7.2.5'],
      gdpr: ['32(1)(a)', '32(4)'],
      cwe: ['CWE-732'],
    },
    resourceTypes: POLICY_HOLDERS,
    test: eachAllowed(hashesWithEveryKey),
  }),
  cardholderRow('warning', {
    id: 'CardNumberIsNoTableKey',
    title: 'a card number is no key of a table',
    risk: 'Keys of entries stand in requests, in logs of them, in Contributor Insights and in streams: there the card number is in clear, whatever encrypts the table.',
    fix: 'Use a token, or a keyed hash of the number, as AttributeName in KeySchema. CDK: partitionKey and sortKey of Table and TableV2.',
    references: { pciDss: ['3.5.1', '3.4.1'], gdpr: ['5(1)(c)', '32(1)(a)'], cwe: ['CWE-312'] },
    resourceTypes: TABLES,
    test: whereHeld(ACCOUNT_DATA, (properties, { protections = [] }) =>
      protections.includes('keyed-hash') || protections.includes('index-token')
        ? NOT_APPLICABLE
        : hasNoCardNumberAsKey(properties),
    ),
  }),
  cardholderRow(
    'error',
    {
      id: 'AccountDataStaysOutOfChats',
      title: 'account data is not sent into a chat',
      risk: 'A chat keeps every message, with everybody who ever joined, at a company that is no part of the environment: nobody can take a card number back.',
      fix: 'Remove the topic from SnsTopicArns of AWS::Chatbot::SlackChannelConfiguration or MicrosoftTeamsChannelConfiguration, and send alarms without account data to a topic of their own. CDK: notificationTopics of SlackChannelConfiguration.',
      references: { pciDss: ['4.2.2'], gdpr: ['32(1)(a)', '25(2)'], cwe: ['CWE-319'] },
      resourceTypes: ['AWS::SNS::Topic'],
      test: whereHeld(ACCOUNT_DATA, isInNoChat),
    },
    'warning',
  ),
];

const CHATS = ['AWS::Chatbot::SlackChannelConfiguration', 'AWS::Chatbot::MicrosoftTeamsChannelConfiguration'];

function isInNoChat({ resource, world }: Cursor): Verdict {
  const chats = CHATS.flatMap((type) => world.app.resourcesOfType(type)).filter((chat) => world.exists(chat));
  let hidden: Verdict | undefined;
  for (const topics of chats.map((chat) => world.view(chat).at('SnsTopicArns'))) {
    const list = topics.list();
    if (list.state === 'unresolved') hidden ??= unknown(topics, list.why);
    for (const topic of topics.items()) {
      if (topic.reference() === resource) {
        return violation(topic, resource.logicalId, 'a topic without account data');
      }
      const value = topic.value();
      if (value instanceof Unresolved) hidden ??= unknown(topic, value.why);
    }
  }
  return hidden ?? COMPLIANT;
}

/** Somebody can compute hashes with a key that only KMS knows. */
function isKeyed(properties: Cursor): Verdict {
  const permission = mayComputeMac(properties.world);
  if (permission === true) return COMPLIANT;
  const place = placeOfHolding(properties);
  if (permission instanceof Unresolved) return { verdict: 'unknown', ...place, why: permission.why };
  const want = 'an HMAC key of KMS, and a role that may call kms:GenerateMac';
  return { verdict: 'violation', ...place, got: 'keyed-hash without a key', want };
}

const EVERY_KEY = /^(\*|arn:[^:]*:kms:[^:]*:[^:]*:(\*|key\/\*))$/;

/** Whoever may do everything with KMS, or everything at all, is found by other rules. */
function hashesWithEveryKey(content: ValueMap) {
  if (content.Condition !== undefined) return undefined;
  const actions = elementsOf(content.Action).map(patternOf);
  const hashing = actions.find((action) => typeof action === 'string' && isHashing(action));
  const isEveryKey = elementsOf(content.Resource)
    .map(patternOf)
    .some((resource) => typeof resource === 'string' && EVERY_KEY.test(resource));
  return typeof hashing === 'string' && isEveryKey
    ? { got: `${hashing} with every key`, want: 'the ARNs of keys in Resource' }
    : undefined;
}

function isHashing(action: string): boolean {
  const pattern = action.toLowerCase();
  const isEverything = /^(\*|\*:\*|kms:\*)$/.test(pattern);
  return !isEverything && ['kms:generatemac', 'kms:verifymac'].some((one) => takesIn(pattern, one));
}

/** Names of attributes that are keys of the table or of an index of it: no other attribute is defined. */
function hasNoCardNumberAsKey(properties: Cursor): Verdict | readonly Verdict[] {
  const attributes = properties.at('AttributeDefinitions');
  const list = attributes.list();
  if (list.state === 'unresolved') return unknown(attributes, list.why);
  const bad = attributes.items().flatMap((attribute): readonly Verdict[] => {
    const at = attribute.at('AttributeName');
    const name = at.string();
    if (name.state === 'unresolved') return [unknown(at, name.why)];
    return name.state === 'given' && CARD_NUMBER.test(snakeCase(name.value))
      ? [violation(at, name.value, 'a token, or a keyed hash')]
      : [];
  });
  return bad.length > 0 ? bad : COMPLIANT;
}

function snakeCase(name: Value): string {
  return String(name)
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replaceAll('-', '_')
    .toLowerCase();
}
