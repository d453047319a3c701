import { type Document, type Protected, readDocument } from '../../policy';
import { type Cursor, concatenate, Reference, type Value } from '../../template';
import { accountOf, arnOf, regionOf } from '../aws-arn';
import type { Connector } from '../connector';
import { encryptionOf, keyOf, store } from '../data-store';
import type { Fact, Store } from '../fact';
import { hidden, type Observed, observe, stated } from '../observed';
import { type DenialService, endpointHop, plaintextDenial } from '../plaintext-denial';

const TABLE = 'AWS::DynamoDB::Table';

/**
 * The endpoints of tables and of streams answer HTTP and HTTPS, those for FIPS alone HTTPS only.
 *
 * https://docs.aws.amazon.com/general/latest/gr/ddb.html
 */
const TABLE_SERVICE: DenialService = { kind: 'dynamodb.table', plaintextEndpoint: true };
const STREAM_SERVICE: DenialService = { kind: 'dynamodb.stream', plaintextEndpoint: true };

/**
 * DynamoDB tables and their streams. A global table, which is what `TableV2` makes, has one of each, and a policy for
 * either, in every region that it is kept in.
 *
 * Every table is encrypted: without `SSEEnabled`, with a key that DynamoDB owns.
 */
export const dynamoDb: Connector = {
  service: 'dynamodb',
  types: [TABLE, 'AWS::DynamoDB::GlobalTable'],
  facts(resource, world): readonly Fact[] {
    const view = world.view(resource);
    const stream = view.at('StreamSpecification');
    if (resource.type === TABLE) {
      const place = { at: view, label: undefined, region: resource.template.region };
      return [
        ...endpointFacts(view, place),
        ...(stream.isPresent ? streamFacts(view, { ...place, at: stream, label: 'stream' }) : []),
        storeOf(view, view),
      ];
    }
    const replicas = view.at('Replicas');
    const list = replicas.list();
    if (list.state !== 'given') {
      const why = list.state === 'unresolved' ? list.why : 'a global table has to have one';
      return hiddenReplicas(view, replicas, why);
    }
    return list.value.flatMap((replica) => {
      const region = regionAt(view, replica);
      const place = { at: replica, label: region, region };
      const own = replica.at('ReplicaStreamSpecification');
      const label = region === undefined ? 'stream' : `stream in ${region}`;
      return [
        ...endpointFacts(view, place),
        // Whether there are streams is said once for all replicas.
        ...(stream.isPresent ? streamFacts(view, { at: own, label, region }) : []),
        { ...storeOf(view, replica), region },
      ];
    });
  },
};

/** Where a policy would stand, and what tells it from the others of its table. */
interface PolicyHolder {
  readonly at: Cursor;
  readonly label: string | undefined;
  readonly region: string | undefined;
}

function endpointFacts(view: Cursor, holder: PolicyHolder): Fact[] {
  const examples = ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query', 'dynamodb:DescribeTable'];
  return policyFacts(view, holder, TABLE_SERVICE, [
    { suffix: '', name: 'the table', examples },
    // The policy of a table is the one of its indexes too.
    { suffix: '/index/*', name: 'an index of the table', examples: ['dynamodb:Query', 'dynamodb:Scan'] },
  ]);
}

function streamFacts(view: Cursor, holder: PolicyHolder): Fact[] {
  const examples = ['dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:DescribeStream'];
  // The name of a stream is the time at which it was made.
  return policyFacts(view, holder, STREAM_SERVICE, [{ suffix: '/stream/*', name: 'the stream', examples }]);
}

function policyFacts(
  view: Cursor,
  { at, label, region }: PolicyHolder,
  service: DenialService,
  parts: Protected['parts'],
): Fact[] {
  const policy = at.at('ResourcePolicy');
  const places = policy.isPresent ? [policyIn(policy)] : [];
  const target = protectedTable(view, region, parts);
  const denial = { ...plaintextDenial(policy, places, target, service), region };
  return [denial, { ...endpointHop(view, denial), label, region }];
}

function policyIn(policy: Cursor): { readonly at: Cursor; readonly document: Document } {
  const at = policy.at('PolicyDocument');
  return { at, document: readDocument(at) };
}

function protectedTable(view: Cursor, region: string | undefined, parts: Protected['parts']): Protected {
  const { resource } = view;
  const name: Value = view.at('TableName').value() ?? new Reference(resource, 'Ref');
  const where = [region ?? regionOf(resource), ':', accountOf(resource)];
  const arn = concatenate([arnOf('dynamodb'), ':', ...where, ':table/', name]);
  return {
    type: resource.type,
    arn,
    // A policy that stands in the table cannot refer to it.
    resolve: () => undefined,
    actions: ['dynamodb:*'],
    parts,
  };
}

/** `Ref: AWS::Region` is the stack's, where that is known at all. */
function regionAt(view: Cursor, replica: Cursor): string | undefined {
  const region = replica.at('Region').string();
  return region.state === 'given' ? region.value : view.resource.template.region;
}

function hiddenReplicas(view: Cursor, replicas: Cursor, why: string): Fact[] {
  const document: Document = { state: 'unresolved', why };
  const target = protectedTable(view, undefined, []);
  const denial = plaintextDenial(replicas, [{ at: replicas, document }], target, TABLE_SERVICE);
  const encryption = hidden<NonNullable<Store['encryption']['value']>>(replicas, why);
  return [
    denial,
    endpointHop(view, denial),
    store(view, { kind: 'dynamodb', encryption, pointInTimeRecovery: hidden(replicas, why) }),
  ];
}

/** What is kept of a table in one place: all of it, or one replica. */
function storeOf(view: Cursor, at: Cursor): Store {
  const key = at.at('SSESpecification', 'KMSMasterKeyId');
  return store(view, {
    kind: 'dynamodb',
    encryption: tableEncryption(view, key),
    key: keyOf(key),
    pointInTimeRecovery: recoveryOf(at),
  });
}

function tableEncryption(view: Cursor, key: Cursor): Store['encryption'] {
  const enabled = view.at('SSESpecification', 'SSEEnabled');
  const on = enabled.boolean();
  if (on.state === 'unresolved') return hidden(enabled, on.why);
  if (on.state === 'absent' || !on.value) return stated(enabled, 'service-key', { given: enabled.isPresent });
  return encryptionOf({ key, withoutKey: 'aws-managed-key' });
}

function recoveryOf(at: Cursor): Observed<boolean> {
  const enabled = at.at('PointInTimeRecoverySpecification', 'PointInTimeRecoveryEnabled');
  return observe(enabled, enabled.boolean(), { otherwise: false });
}
