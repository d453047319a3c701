import { readDocument, type Statement } from '../../policy';
import {
  type Cursor,
  isValueList,
  isValueMap,
  Reference,
  type Resource,
  resourcesIn,
  Text,
  Unresolved,
  type Value,
} from '../../template';

/** A policy that stands apart from what it is about. */
interface PolicyApart {
  readonly type: string;
  readonly target: string;
  readonly document: string;
}

/** Where the resource policies of a type stand. */
const POLICIES: Readonly<Record<string, { readonly own?: string; readonly apart?: readonly PolicyApart[] }>> =
  {
    'AWS::Backup::BackupVault': { own: 'AccessPolicy' },
    'AWS::DynamoDB::Table': { own: 'ResourcePolicy.PolicyDocument' },
    'AWS::EFS::FileSystem': { own: 'FileSystemPolicy' },
    'AWS::Kinesis::Stream': {
      apart: [{ type: 'AWS::Kinesis::ResourcePolicy', target: 'ResourceArn', document: 'ResourcePolicy' }],
    },
    'AWS::OpenSearchService::Domain': { own: 'AccessPolicies' },
    'AWS::S3::Bucket': {
      apart: [{ type: 'AWS::S3::BucketPolicy', target: 'Bucket', document: 'PolicyDocument' }],
    },
    'AWS::SNS::Topic': {
      apart: [
        { type: 'AWS::SNS::TopicPolicy', target: 'Topics', document: 'PolicyDocument' },
        { type: 'AWS::SNS::TopicInlinePolicy', target: 'TopicArn', document: 'PolicyDocument' },
      ],
    },
    'AWS::SQS::Queue': {
      apart: [
        { type: 'AWS::SQS::QueuePolicy', target: 'Queues', document: 'PolicyDocument' },
        { type: 'AWS::SQS::QueueInlinePolicy', target: 'Queue', document: 'PolicyDocument' },
      ],
    },
    'AWS::SecretsManager::Secret': {
      apart: [
        { type: 'AWS::SecretsManager::ResourcePolicy', target: 'SecretId', document: 'ResourcePolicy' },
      ],
    },
  };

/** Types with resource policies that can share them. */
export const SHARED_TYPES: readonly string[] = Object.keys(POLICIES);

/** A statement that allows something, or why it cannot be told what a policy does. */
export type Sharing =
  | {
      readonly statement: Statement;
      readonly principals: readonly Value[];
      readonly condition: Value | undefined;
    }
  | { readonly at: Pick<Cursor, 'resource' | 'path'>; readonly why: string };

/** Everything that the policies of a store allow, by the principals of AWS that they name. */
export function sharingOf(store: Cursor): readonly Sharing[] {
  const { own, apart = [] } = POLICIES[store.resource.type] ?? {};
  const documents = [
    ...(own === undefined ? [] : [store.at(...own.split('.'))]),
    ...apart.flatMap(({ type, target, document }) =>
      policiesOf(store, type, target).map((policy) => store.world.view(policy).at(document)),
    ),
  ];
  return documents.flatMap((at): readonly Sharing[] => {
    const document = readDocument(at);
    if (document.state === 'unresolved') return [{ at, why: document.why }];
    return document.state === 'given' ? document.statements.flatMap(sharing) : [];
  });
}

/** Policies of a type that are about a store, in its world. */
function policiesOf({ resource, world }: Cursor, type: string, target: string): readonly Resource[] {
  return world.app
    .referring(resource, type, target)
    .filter(
      (policy) =>
        world.exists(policy) && resourcesIn(world.view(policy).at(target).value()).includes(resource),
    );
}

function sharing(statement: Statement): readonly Sharing[] {
  const { content } = statement;
  if (content instanceof Unresolved) return [{ at: statement, why: content.why }];
  const { Effect: effect, NotPrincipal: except, Condition: condition } = content;
  // Everybody but some is everybody.
  const principal = except === undefined ? content.Principal : '*';
  if (effect instanceof Unresolved) return [{ at: statement, why: effect.why }];
  if (effect !== 'Allow' || principal === undefined) return [];
  const named = isValueMap(principal) ? principal.AWS : principal;
  if (named === undefined) return [];
  return [{ statement, principals: isValueList(named) ? named : [named], condition }];
}

/** The account of a principal: 12 digits, `own`, everybody, or why it cannot be told; `undefined` for what is no account. */
export function accountOf(principal: Value): string | 'own' | 'everybody' | Unresolved | undefined {
  if (principal instanceof Reference) return 'own';
  if (principal instanceof Unresolved) {
    return principal.symbol === 'AWS::AccountId' ? 'own' : principal;
  }
  if (principal instanceof Text) return accountIn(principal);
  const text = String(principal);
  if (text === '*') return 'everybody';
  return /(?:^|:)(\d{12})(?=$|:)/.exec(text)?.[1];
}

function accountIn(text: Text): string | 'own' | Unresolved | undefined {
  const literal = text.parts.filter((part) => typeof part === 'string').join('\u0000');
  const account = /(?:^|:)(\d{12})(?=$|:)/.exec(literal)?.[1];
  if (account !== undefined) return account;
  const hidden = text.parts.filter((part) => part instanceof Unresolved);
  if (hidden.some(({ symbol }) => symbol === 'AWS::AccountId')) return 'own';
  if (text.parts.some((part) => part instanceof Reference)) return 'own';
  // The partition alone tells nothing of the account.
  return hidden.find(({ symbol }) => symbol !== 'AWS::Partition');
}

/** Keys of conditions that let in only those whom one knows. */
const NARROWING =
  /^(aws:(source(ip|arn|vpc|vpce|vpcarn|account|owner|orgid|orgpaths)|principal(orgid|orgpaths|account|arn)|userid)|kms:.*|elasticfilesystem:accessedviamounttarget)$/i;
/** With `IfExists` or `ForAllValues` they also let in whoever brings no such key. */
const POSITIVE = /^(ForAnyValue:)?(StringEquals(IgnoreCase)?|StringLike|Arn(Equals|Like)|IpAddress|Bool)$/i;
/** Values that everybody has. */
const ANY = /^(\*+|0\.0\.0\.0\/0|::\/0)$/;

/** Whether a condition lets in only those whom one knows; what is hidden may. */
export function isNarrowed(condition: Value | undefined): boolean {
  if (condition instanceof Unresolved) return true;
  if (!isValueMap(condition)) return false;
  return Object.entries(condition).some(
    ([operator, keys]) =>
      POSITIVE.test(operator) &&
      isValueMap(keys) &&
      Object.entries(keys).some(([key, value]) => NARROWING.test(key) && !takesAny(value)),
  );
}

/** One value of several is enough. */
function takesAny(value: Value): boolean {
  return (isValueList(value) ? value : [value]).some((one) => typeof one === 'string' && ANY.test(one));
}
