import type { Protected, ProtectedPart } from '../../policy';
import { type Cursor, concatenate, Reference, type Resource, type Value, type World } from '../../template';
import { arnOf } from '../aws-arn';
import { type Connector, hop, resourceParty } from '../connector';
import { encryptionOf, INTERNET, keyOf, store } from '../data-store';
import type { Fact, Hop, HopProtocol, PlaintextDenial, Store } from '../fact';
import { hidden, none, type Observed, stated } from '../observed';
import {
  type DenialService,
  endpointHop,
  foreignDenials,
  type PolicyPlace,
  type PolicyType,
  plaintextDenial,
  policiesFor,
  policyDocument,
} from '../plaintext-denial';

const BUCKET = 'AWS::S3::Bucket';

const BUCKET_POLICY: PolicyType = {
  type: 'AWS::S3::BucketPolicy',
  target: 'Bucket',
  document: policyDocument,
};

const SERVICE: DenialService = { kind: 's3.bucket', plaintextEndpoint: true, hasTlsVersionKey: true };

const PARTS: readonly ProtectedPart[] = [
  {
    suffix: '/*',
    name: 'an object of the bucket',
    examples: [
      's3:GetObject',
      's3:PutObject',
      's3:DeleteObject',
      's3:GetObjectVersion',
      's3:GetObjectTagging',
      's3:AbortMultipartUpload',
    ],
  },
  {
    suffix: '',
    name: 'the bucket',
    examples: ['s3:ListBucket', 's3:GetBucketPolicy', 's3:ListBucketVersions', 's3:GetBucketTagging'],
  },
];

/** S3: buckets, what their policies refuse, and their website endpoints. */
export const s3: Connector = {
  service: 's3',
  types: [BUCKET, BUCKET_POLICY.type],
  facts(resource: Resource, world: World): readonly Fact[] {
    const view = world.view(resource);
    return resource.type === BUCKET
      ? bucketFacts(view)
      : foreignDenials(view, [BUCKET_POLICY], SERVICE, BUCKET, (bucket) =>
          protectedBucket(concatenate([arnOf('s3'), ':::', bucket.value() ?? '']), () => undefined),
        );
  },
};

function bucketFacts(view: Cursor): Fact[] {
  const denial = plaintextDenial(view, bucketPolicies(view), ownBucket(view), SERVICE);
  return [denial, endpointHop(view, denial), ...websiteHops(view, denial), bucketStore(view)];
}

/** The policies of a bucket; it has one, and of several the last to be deployed wins. */
export function bucketPolicies(view: Cursor): readonly PolicyPlace[] {
  return policiesFor(view.resource, view.world, [BUCKET_POLICY]);
}

/** A bucket of this app, as policies speak of it. */
export function ownBucket(view: Cursor): Protected {
  const { resource } = view;
  const name: Value = view.at('BucketName').value() ?? new Reference(resource, 'Ref');
  const arn = concatenate([arnOf('s3'), ':::', name]);
  return protectedBucket(arn, (reference) => {
    if (reference.resource !== resource) return undefined;
    return reference.attribute === 'Arn' ? arn : reference.attribute === 'Ref' ? name : undefined;
  });
}

function protectedBucket(arn: Value, resolve: Protected['resolve']): Protected {
  return { type: BUCKET, arn, resolve, actions: ['s3:*'], parts: PARTS };
}

/** Website endpoints speak HTTP only. */
function websiteHops(view: Cursor, { denial }: PlaintextDenial): Hop[] {
  const website = view.at('WebsiteConfiguration');
  if (!website.isPresent) return [];
  return [
    hop(view, {
      kind: 's3.bucket',
      label: 'website',
      from: INTERNET,
      to: resourceParty(view.resource),
      protocol: websiteProtocol(website, denial),
      serverAuthenticated: none(website),
    }),
  ];
}

function websiteProtocol(website: Cursor, denial: PlaintextDenial['denial']): Observed<HopProtocol> {
  // The website endpoint asks the bucket policy too, and its requests come in clear.
  if (denial.value === 'denied') return stated(website, 'refuses-plaintext', { given: true });
  const entries = website.entries();
  if (entries.state === 'unresolved') return hidden(website, entries.why);
  const redirect = website.at('RedirectAllRequestsTo');
  if (redirect.isPresent) {
    const protocol = redirect.at('Protocol').string();
    if (protocol.state === 'unresolved') return hidden(redirect.at('Protocol'), protocol.why);
    if (protocol.state === 'given' && protocol.value === 'https') {
      return stated(redirect, 'redirect-to-tls', { given: true });
    }
  }
  if (denial.unknown !== undefined) return hidden(website, denial.unknown);
  const place = stated<HopProtocol>(website, 'plaintext', { given: true });
  return { ...place, got: redirect.isPresent ? 'a redirect that keeps HTTP' : 'a website endpoint' };
}

/** The default encryption; a bucket takes one. */
function encryptionRule(view: Cursor): Cursor {
  const rules = view.at('BucketEncryption', 'ServerSideEncryptionConfiguration');
  const list = rules.list();
  const rule = list.state === 'given' && list.value[0] !== undefined ? list.value[0] : rules.at(0);
  return rule.at('ServerSideEncryptionByDefault');
}

/** How a bucket is encrypted, at the place that says by which algorithm. */
export function bucketAlgorithm(view: Cursor): Store['encryption'] {
  const { path, got } = stated(encryptionRule(view).at('SSEAlgorithm'), undefined);
  return { ...bucketStore(view).encryption, path, got };
}

function bucketStore(view: Cursor): Store {
  const rules = view.at('BucketEncryption', 'ServerSideEncryptionConfiguration').list();
  const rule = encryptionRule(view);
  const key = rule.at('KMSMasterKeyID');
  return store(view, {
    kind: 's3',
    encryption:
      rules.state === 'unresolved' ? hidden(view.at('BucketEncryption'), rules.why) : encryptionBy(rule, key),
    key: keyOf(key),
    retentionDays: expiryOf(view.at('LifecycleConfiguration', 'Rules')),
  });
}

function encryptionBy(rule: Cursor, key: Cursor): Store['encryption'] {
  const algorithm = rule.at('SSEAlgorithm');
  const named = algorithm.string();
  if (named.state === 'unresolved') return hidden(algorithm, named.why);
  // S3 encrypts every object with its own keys where nothing else is said.
  if (named.state === 'absent') return stated(algorithm, 'service-key');
  if (named.value === 'AES256') return stated(algorithm, 'service-key', { given: true });
  return encryptionOf({ key, withoutKey: 'aws-managed-key' });
}

/** The soonest expiry of a rule that holds for every object. */
function expiryOf(rules: Cursor): Observed<number> {
  const list = rules.list();
  if (list.state === 'absent') return none(rules);
  if (list.state === 'unresolved') return hidden(rules, list.why);
  let soonest: Observed<number> = none(rules);
  for (const rule of list.value) {
    const narrowed = ['Prefix', 'TagFilters', 'ObjectSizeGreaterThan', 'ObjectSizeLessThan'];
    const status = rule.at('Status').string();
    const isOff = status.state === 'given' && status.value !== 'Enabled';
    const place = rule.at('ExpirationInDays');
    if (isOff || !place.isPresent || narrowed.some((key) => isNarrowed(rule.at(key)))) continue;
    const days = place.number();
    if (days.state !== 'given') {
      return hidden(place, days.state === 'unresolved' ? days.why : 'it is no number');
    }
    if (soonest.value === undefined || days.value < soonest.value) {
      soonest = stated(place, days.value, { given: true });
    }
  }
  return soonest;
}

function isNarrowed(filter: Cursor): boolean {
  const value = filter.value();
  return value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0);
}
