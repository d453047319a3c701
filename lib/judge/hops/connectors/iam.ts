import { readDocument, type Statement } from '../../policy';
import { type Cursor, isValueList, Text, Unresolved, type Value, whyUnresolved } from '../../template';
import type { Connector } from '../connector';
import type { AccessGrant, Fact } from '../fact';
import { hidden, type Observed, stated } from '../observed';

/** The policies of IAM, wherever they stand. */
export const iam: Connector = {
  service: 'iam',
  types: [
    'AWS::IAM::Policy',
    'AWS::IAM::ManagedPolicy',
    'AWS::IAM::RolePolicy',
    'AWS::IAM::UserPolicy',
    'AWS::IAM::GroupPolicy',
    'AWS::IAM::Role',
    'AWS::IAM::User',
    'AWS::IAM::Group',
  ],
  makes: ['access-grant'],
  facts(resource, world): readonly Fact[] {
    const view = world.view(resource);
    if (/Policy$/.test(resource.type)) return [grant(view, administratorIn(view.at('PolicyDocument')))];
    return [...inline(view.at('Policies')), ...attached(view.at('ManagedPolicyArns'))];
  },
};

function grant({ resource, world }: Cursor, administrator: Observed<boolean>): AccessGrant {
  return {
    fact: 'access-grant',
    resource,
    administrator,
    region: resource.template.region,
    when: world.when,
  };
}

function inline(policies: Cursor): readonly AccessGrant[] {
  const list = policies.list();
  if (list.state === 'unresolved') return [grant(policies, hidden(policies, list.why))];
  if (list.state === 'absent') return [];
  return list.value.map((policy) => grant(policies, administratorIn(policy.at('PolicyDocument'))));
}

/** The managed policies that AWS keeps; those of this app are judged where they stand. */
function attached(arns: Cursor): readonly AccessGrant[] {
  const list = arns.list();
  if (list.state !== 'given') return [];
  return list.value.flatMap((arn) => {
    const value = arn.value();
    const text = value instanceof Text ? value.toString() : value;
    if (typeof text !== 'string' || !text.includes(':policy/')) return [];
    return [grant(arns, stated(arn, /:policy\/AdministratorAccess$/.test(text), { given: true }))];
  });
}

function administratorIn(document: Cursor): Observed<boolean> {
  const read = readDocument(document);
  if (read.state === 'unresolved') return hidden(document, read.why);
  if (read.state === 'absent') return stated(document, false);
  const answers = read.statements.map((statement) => ({ statement, answer: isAdministrator(statement) }));
  const [found] = answers.filter(({ answer }) => answer === true);
  if (found !== undefined) {
    const at = { ...stated(document, true, { given: true }), path: found.statement.path };
    return { ...at, got: 'every action on every resource' };
  }
  const [unclear] = answers.filter(({ answer }) => answer instanceof Unresolved);
  if (unclear === undefined) return { ...stated(document, false, { given: true }), got: 'a policy' };
  const { statement, answer } = unclear;
  return {
    ...hidden<boolean>(document, answer instanceof Unresolved ? answer.why : ''),
    path: statement.path,
  };
}

function isAdministrator({ content }: Statement): boolean | Unresolved {
  if (content instanceof Unresolved) return content;
  const { Effect: effect, Action: action, Resource: resource } = content;
  const parts = [
    effect === 'Allow' ? true : effect instanceof Unresolved ? effect : false,
    holds(action, (text) => /^(\*|\*:\*)$/.test(text)),
    holds(resource, (text) => /^(\*|arn:\*|arn:[^:]*:\*)$/.test(text)),
  ];
  if (parts.includes(false)) return false;
  return parts.find((part) => part instanceof Unresolved) ?? true;
}

/** Whether a text, or one of a list, is of a kind; hidden where only the hidden ones could be. */
function holds(value: Value | undefined, test: (text: string) => boolean): boolean | Unresolved {
  const items = value === undefined ? [] : isValueList(value) ? value : [value];
  if (items.some((item) => typeof item === 'string' && test(item))) return true;
  const why = items
    .map((item) => (item instanceof Unresolved ? whyUnresolved(item) : undefined))
    .find(Boolean);
  return why === undefined ? false : new Unresolved(why);
}
