/**
 * A second evaluator of policies, written for tests only and on purpose in another way than the one under test: it
 * tries requests one by one, with regular expressions for patterns.
 */

import { BlockList } from 'node:net';

type OneOrMore = string | readonly string[];

/** A statement without anything unresolved. */
export interface PlainStatement {
  readonly Effect: string;
  readonly Principal?: '*' | { readonly AWS: OneOrMore };
  readonly NotPrincipal?: { readonly AWS: OneOrMore };
  readonly Action?: OneOrMore;
  readonly NotAction?: OneOrMore;
  readonly Resource?: OneOrMore;
  readonly NotResource?: OneOrMore;
  readonly Condition?: Readonly<
    Record<string, Readonly<Record<string, string | number | readonly string[]>>>
  >;
}

/** One request. */
export interface Request {
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  readonly context: Readonly<Record<string, string | undefined>>;
}

const PRINCIPALS = ['anonymous', 'arn:aws:iam::1:role/a', 'arn:aws:iam::1:role/b'];
const ACTIONS = [
  's3:GetObject',
  's3:PutObject',
  's3:SetObject',
  's3:GetBucketPolicy',
  's3:ListBucket',
  's3:ReplicateObjectTags',
];
const RESOURCES = [
  'arn:aws:s3:::b',
  'arn:aws:s3:::b/x',
  'arn:aws:s3:::b/public/x',
  'arn:aws:s3:::b/public/x.csv',
  'arn:aws:s3:::b/x.csv',
];
const FREE = [undefined, 'one', 'two', 'other'];

/** The first plaintext request that no Deny refuses. */
export function bruteForce(statements: readonly PlainStatement[]): Request | undefined {
  const denials = statements.filter((statement) => statement.Effect === 'Deny');
  for (const principal of PRINCIPALS) {
    for (const action of ACTIONS) {
      for (const resource of RESOURCES) {
        for (const vpc of FREE) {
          for (const organisation of FREE) {
            const context = {
              'aws:SecureTransport': 'false',
              's3:TlsVersion': undefined,
              'aws:SourceVpc': vpc,
              'aws:PrincipalOrgID': organisation,
            };
            const request: Request = { principal, action, resource, context };
            if (!denials.some((denial) => applies(denial, request))) return request;
          }
        }
      }
    }
  }
  return undefined;
}

/** Whether a Deny of one document refuses a request: whatever an Allow says, that is final. */
export function isDenied(statements: readonly PlainStatement[], request: Request): boolean {
  return statements.some((statement) => statement.Effect === 'Deny' && applies(statement, request));
}

function applies(statement: PlainStatement, request: Request): boolean {
  return (
    principalApplies(statement, request.principal) &&
    listApplies(statement.Action, statement.NotAction, (one) =>
      like(one.toLowerCase(), request.action.toLowerCase()),
    ) &&
    listApplies(statement.Resource, statement.NotResource, (one) => like(one, request.resource)) &&
    Object.entries(statement.Condition ?? {}).every(([operator, keys]) =>
      Object.entries(keys).every(([key, values]) =>
        conditionHolds(operator, request.context[key], list(values).map(String)),
      ),
    )
  );
}

function principalApplies({ Principal, NotPrincipal }: PlainStatement, principal: string): boolean {
  const isAmong = (names: OneOrMore) => list(names).some((name) => name === '*' || name === principal);
  if (Principal === '*') return true;
  if (Principal !== undefined) return isAmong(Principal.AWS);
  return NotPrincipal !== undefined && !isAmong(NotPrincipal.AWS);
}

function listApplies(
  wanted: OneOrMore | undefined,
  excluded: OneOrMore | undefined,
  matches: (one: string) => boolean,
): boolean {
  if (wanted !== undefined) return list(wanted).some(matches);
  return excluded !== undefined && !list(excluded).some(matches);
}

function conditionHolds(operator: string, found: string | undefined, wanted: readonly string[]): boolean {
  switch (operator) {
    case 'Bool':
      return found !== undefined && wanted.includes(found);
    case 'BoolIfExists':
      return found === undefined || wanted.includes(found);
    case 'Null':
      return wanted.includes(String(found === undefined));
    case 'NumericLessThan':
      return found !== undefined && wanted.some((one) => Number(found) < Number(one));
    case 'NumericLessThanIfExists':
      return found === undefined || wanted.some((one) => Number(found) < Number(one));
    case 'NumericNotEquals':
      return found === undefined || wanted.every((one) => Number(found) !== Number(one));
    case 'IpAddress':
      return found !== undefined && wanted.some((one) => isIn(one, found));
    case 'NotIpAddress':
      return found === undefined || !wanted.some((one) => isIn(one, found));
    case 'StringEquals':
    case 'ForAnyValue:StringEquals':
      return found !== undefined && wanted.includes(found);
    case 'StringEqualsIfExists':
      return found === undefined || wanted.includes(found);
    case 'StringNotEquals':
      return found === undefined || !wanted.includes(found);
    case 'StringLike':
      return found !== undefined && wanted.some((one) => like(one, found));
    case 'StringLikeIfExists':
    case 'ForAllValues:StringLike':
      return found === undefined || wanted.some((one) => like(one, found));
    case 'StringNotLike':
      return found === undefined || !wanted.some((one) => like(one, found));
    default:
      throw new TypeError(`the brute force does not know ${operator}`);
  }
}

function isIn(block: string, address: string): boolean {
  const [network = '', length = '32'] = block.split('/');
  const list = new BlockList();
  list.addSubnet(network, Number(length));
  return list.check(address);
}

function like(pattern: string, text: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*/g, '.*')
    .replace(/\?/g, '.');
  return new RegExp(`^${source}$`, 's').test(text);
}

function list<T extends string | number>(value: T | readonly T[]): readonly T[] {
  return Array.isArray(value) ? (value as readonly T[]) : [value as T];
}
