import { PCI_SCOPES, SCOPE_TAG } from '../../../core/classification';
import type { PackRule } from '../../packs/pack';
import { type App, type Cursor, explore, type Resource, resourcesIn, tagsOf } from '../../template';
import { unknown, violation } from '../property';
import { COMPLIANT, NOT_APPLICABLE, type Verdict } from '../rule';
import { ACCOUNT_DATA, HOLDER_TYPES, whereHeld } from './account-data';
import { cardholderRow } from './row';
import { scopeOf } from './scope';

const WORDS = Object.keys(PCI_SCOPES).join(', ');

/** What takes part in the flow of data, or decides who does, and has tags. */
// biome-ignore format: a table is read by the row
export const SCOPED_TYPES: readonly string[] = [
  'AWS::ApiGateway::RestApi', 'AWS::ApiGatewayV2::Api', 'AWS::AppRunner::Service', 'AWS::AppSync::GraphQLApi',
  'AWS::AutoScaling::AutoScalingGroup', 'AWS::Batch::ComputeEnvironment', 'AWS::CloudFront::Distribution',
  'AWS::CloudTrail::Trail', 'AWS::CodeBuild::Project', 'AWS::Cognito::UserPool', 'AWS::DAX::Cluster',
  'AWS::DMS::Endpoint', 'AWS::DocDB::DBCluster', 'AWS::DynamoDB::GlobalTable', 'AWS::DynamoDB::Table',
  'AWS::EC2::Instance', 'AWS::EC2::SecurityGroup', 'AWS::EC2::Subnet', 'AWS::EC2::VPC', 'AWS::EC2::Volume',
  'AWS::ECS::Cluster', 'AWS::ECS::Service', 'AWS::ECS::TaskDefinition', 'AWS::EFS::FileSystem', 'AWS::EKS::Cluster',
  'AWS::ElastiCache::ReplicationGroup', 'AWS::ElasticLoadBalancingV2::LoadBalancer',
  'AWS::ElasticLoadBalancingV2::TargetGroup', 'AWS::IAM::Role', 'AWS::IAM::User', 'AWS::KMS::Key',
  'AWS::Kinesis::Stream', 'AWS::KinesisFirehose::DeliveryStream', 'AWS::Lambda::Function', 'AWS::Logs::LogGroup',
  'AWS::MSK::Cluster', 'AWS::MemoryDB::Cluster', 'AWS::OpenSearchService::Domain', 'AWS::RDS::DBCluster',
  'AWS::RDS::DBInstance', 'AWS::RDS::DBProxy', 'AWS::Redshift::Cluster', 'AWS::S3::Bucket', 'AWS::SNS::Topic',
  'AWS::SQS::Queue', 'AWS::SecretsManager::Secret', 'AWS::StepFunctions::StateMachine', 'AWS::WAFv2::WebACL',
];

/** What has no scope of its own, and joins others. */
const LINKS: readonly string[] = [
  'AWS::EC2::Route',
  'AWS::EC2::SecurityGroupEgress',
  'AWS::EC2::SecurityGroupIngress',
  'AWS::EC2::VPCPeeringConnection',
  'AWS::Events::Rule',
  'AWS::IAM::ManagedPolicy',
  'AWS::IAM::Policy',
  'AWS::IAM::RolePolicy',
  'AWS::KMS::Alias',
  'AWS::Lambda::EventSourceMapping',
  'AWS::Lambda::Permission',
  'AWS::Pipes::Pipe',
  'AWS::S3::BucketPolicy',
  'AWS::SNS::Subscription',
  'AWS::SQS::QueuePolicy',
  'AWS::SecretsManager::SecretTargetAttachment',
];

/** Rules on what is in the scope of PCI DSS, with their levels. */
export const SCOPE_ROWS: readonly PackRule[] = [
  cardholderRow('warning', {
    id: 'ScopeIsKnown',
    title: 'what a resource says of its scope is one of the words for it',
    risk: 'A word that nobody knows is read as nothing: the resource is neither protected as part of the environment nor kept away from it.',
    fix: `Set the tag ${SCOPE_TAG} to one of ${WORDS}, spelt like that. CDK: Tags.of(scope).add("${SCOPE_TAG}", "cde").`,
    references: { pciDss: ['12.5.2'], cwe: ['CWE-1059'] },
    resourceTypes: SCOPED_TYPES,
    test: isAKnownScope,
  }),
  cardholderRow('warning', {
    id: 'AccountDataIsInScope',
    title: 'what holds account data is part of the cardholder data environment',
    risk: 'The assessor looks where the scope says: a store of card numbers outside of it is protected by nobody, and a breach of it is a breach of the promise that there is none.',
    fix: `Set the tag ${SCOPE_TAG} of the store to cde; where its type has no tags, write it into Metadata SecureTransmissionData. CDK: Tags.of(store).add("${SCOPE_TAG}", "cde"), or around everything of the environment.`,
    references: { pciDss: ['12.5.2', '12.5.1', '1.2.4'], gdpr: ['30(1)(g)'], cwe: ['CWE-1059'] },
    resourceTypes: HOLDER_TYPES,
    test: whereHeld(ACCOUNT_DATA, isInEnvironment),
  }),
  cardholderRow('info', {
    id: 'ScopeIsSaidOfEverything',
    title: 'where some resources say their scope, all do',
    risk: 'What says nothing is in scope until somebody shows that it is not: the diagram of the environment has a hole, and the assessment grows.',
    fix: `Set the tag ${SCOPE_TAG} to one of ${WORDS}. CDK: Tags.of(stack).add("${SCOPE_TAG}", "out"), nearer tags win.`,
    references: { pciDss: ['12.5.2', '1.2.4'], cwe: ['CWE-1059'] },
    resourceTypes: SCOPED_TYPES,
    test: saysItsScope,
  }),
  cardholderRow('warning', {
    id: 'OutOfScopeIsSeparate',
    title: 'nothing joins the cardholder data environment with what is out of scope',
    risk: 'What can reach the environment is in scope, whatever its tag says: an attacker takes the way that no assessor has seen.',
    fix: `Remove the reference (security group, role, key, subnet), or set ${SCOPE_TAG} of what reaches the environment to connected. CDK: Tags.of(scope).add("${SCOPE_TAG}", "connected").`,
    references: { pciDss: ['12.5.2', '1.2.4', '1.4.1', 'A1.1.2'], gdpr: ['32(1)(b)'], cwe: ['CWE-653'] },
    resourceTypes: [...SCOPED_TYPES, ...LINKS],
    test: joinsNothing,
  }),
];

/** Tags of AWS are case-sensitive: one that is ours but for capitals says nothing. */
const MISSPELT = /^pci[:_-]?scope$/i;

function isAKnownScope(view: Cursor): Verdict {
  const { value, got, hidden, path } = scopeOf(view);
  const { resource } = view;
  if (hidden !== undefined) return { verdict: 'unknown', resource, path, why: hidden };
  const want = `${SCOPE_TAG} with one of ${WORDS}`;
  if (got !== undefined) {
    return value === undefined
      ? { verdict: 'violation', resource, path, got: bounded(got), want }
      : COMPLIANT;
  }
  const tags = tagsOf(view);
  const keys = tags.state === 'given' ? [...tags.value.keys()] : [];
  const misspelt = keys.find((key) => key !== SCOPE_TAG && MISSPELT.test(key));
  return misspelt === undefined
    ? NOT_APPLICABLE
    : { verdict: 'violation', resource, path, got: misspelt, want };
}

function bounded(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

function isInEnvironment(view: Cursor): Verdict {
  const { value, got, hidden, path } = scopeOf(view);
  if (value === 'cde') return COMPLIANT;
  // What is hidden is told by `ScopeIsKnown`, where that asks.
  const place = { resource: view.resource, path };
  if (hidden !== undefined) return { verdict: 'unknown', ...place, why: hidden };
  return {
    verdict: 'violation',
    ...place,
    got: got === undefined ? 'absent' : bounded(got),
    want: `${SCOPE_TAG} cde`,
  };
}

function saysItsScope(view: Cursor): Verdict {
  const { got, hidden, path } = scopeOf(view);
  if (got !== undefined || hidden !== undefined) return COMPLIANT;
  if (!saysScopes(view.world.app)) return NOT_APPLICABLE;
  const { resource } = view;
  return { verdict: 'violation', resource, path, got: 'absent', want: `${SCOPE_TAG} with one of ${WORDS}` };
}

/** Whether anybody has begun to say it. */
function saysScopes(app: App): boolean {
  return app.memo(saysScopes, 'somebody says a scope', () =>
    SCOPED_TYPES.some((type) =>
      app
        .resourcesOfType(type)
        .some((resource) => inSomeWorld(app, (world) => scopeOf(world.view(resource)).got !== undefined)),
    ),
  );
}

function inSomeWorld(app: App, holds: (world: Cursor['world']) => boolean): boolean {
  return explore(app, holds).outcomes.some(({ value }) => value);
}

/** An edge between what is in the environment and what is out: from here, or by way of this. */
function joinsNothing(view: Cursor): Verdict | readonly Verdict[] {
  const { world } = view;
  if (!saysScopes(world.app)) return NOT_APPLICABLE;
  const entries = view.entries();
  if (entries.state === 'unresolved') return unknown(view, entries.why);
  if (entries.state === 'absent') return COMPLIANT;
  const own = scopeOf(view).value;
  const ends = entries.value.flatMap(([, at]) =>
    resourcesIn(at.value())
      .filter((other) => other !== view.resource && world.exists(other))
      .flatMap((other) => {
        const scope = scopeOf(world.view(other)).value;
        return scope === 'cde' || scope === 'out' ? [{ at, other, scope }] : [];
      }),
  );
  const against = own === 'cde' ? 'out' : own === 'out' ? 'cde' : undefined;
  if (against !== undefined) {
    const bad = ends.filter(({ scope }) => scope === against);
    return bad.length === 0 ? COMPLIANT : unique(bad.map(({ at, other }) => edge(at, other, against)));
  }
  // What says another scope of its own stands between.
  if (own !== undefined || !LINKS.includes(view.resource.type)) return COMPLIANT;
  const [inside] = ends.filter(({ scope }) => scope === 'cde');
  const [outside] = ends.filter(({ scope }) => scope === 'out');
  if (inside === undefined || outside === undefined) return COMPLIANT;
  return violation(
    outside.at,
    `${outside.other.logicalId}, which is out of scope`,
    `kept from ${inside.other.logicalId}, which is of the environment`,
  );
}

function edge(at: Cursor, other: Resource, scope: string): Verdict {
  return violation(
    at,
    `${other.logicalId}, whose ${SCOPE_TAG} is ${scope}`,
    scope === 'out' ? 'nothing that is out of scope' : 'nothing of the cardholder data environment',
  );
}

/** One place names one thing often more than once. */
function unique(verdicts: readonly Verdict[]): readonly Verdict[] {
  const seen = new Set<string>();
  return verdicts.filter((verdict) => {
    const key = verdict.verdict === 'violation' ? `${verdict.path} ${verdict.got}` : verdict.verdict;
    return !seen.has(key) && seen.add(key);
  });
}
