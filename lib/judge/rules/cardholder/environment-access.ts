import type { AddressRange } from '../../hops/address-range';
import { isMoreThanOneOrganisation, parseCidr } from '../../hops/address-range';
import type { PackRule } from '../../packs/pack';
import { readDocument } from '../../policy';
import { type Cursor, isValueMap, Reference, show, Unresolved, type Value } from '../../template';
import { type PropertyTest, unknown, violation } from '../property';
import { COMPLIANT, NOT_APPLICABLE, type Verdict } from '../rule';
import { cardholderRow } from './row';
import { scopeOf } from './scope';

const GROUP = 'AWS::EC2::SecurityGroup';
const EGRESS = 'AWS::EC2::SecurityGroupEgress';
const PREFIX_LIST = 'AWS::EC2::PrefixList';

/** Rules on ways out of and into the cardholder data environment, with their levels. */
export const ENVIRONMENT_ACCESS_ROWS: readonly PackRule[] = [
  cardholderRow(
    'warning',
    {
      id: 'CardholderEgressIsLimited',
      title: 'the cardholder data environment cannot send to all of the internet',
      risk: 'Whoever breaks in sends what is found there wherever they like, and fetches their tools the same way.',
      fix: 'Name addresses, prefix lists or security groups in SecurityGroupEgress; without any rule EC2 adds one for everything. CDK: allowAllOutbound: false of SecurityGroup, which is true by default, and connections.allowTo() for what is needed.',
      references: {
        pciDss: ['1.3.2', '1.4.1', '1.2.5', 'A1.1.3'],
        gdpr: ['32(1)(b)'],
        cwe: ['CWE-284'],
      },
      resourceTypes: [GROUP],
      test: inEnvironment(limitsEgress),
    },
    'info',
  ),
  cardholderRow('warning', {
    id: 'CardholderApiIsPrivate',
    title: 'an API of the cardholder data environment is reached from networks that it names',
    risk: 'Everybody on the internet can try an API behind which card numbers are, and one hole in it is enough.',
    fix: 'Set EndpointConfiguration.Types to PRIVATE, and a Policy that allows or denies by aws:SourceVpce or aws:SourceVpc; an API that has to be public needs a waiver that says what stands before it. CDK: endpointTypes: [EndpointType.PRIVATE] and policy of RestApi.',
    references: {
      pciDss: ['1.3.1', '1.4.1', '1.4.2', '1.4.4'],
      gdpr: ['25(2)', '32(1)(b)'],
      cwe: ['CWE-668'],
    },
    resourceTypes: ['AWS::ApiGateway::RestApi'],
    test: inEnvironment(isPrivate),
  }),
];

/** Asks only of what says that it is of the environment; `AccountDataIsInScope` asks for the words. */
function inEnvironment(test: PropertyTest): PropertyTest {
  return (properties, context) =>
    scopeOf(properties).value === 'cde' ? test(properties, context) : NOT_APPLICABLE;
}

/** A block that a rule lets traffic go to. */
interface Destination {
  readonly at: Cursor;
  readonly range: AddressRange;
}

/** The blocks that a rule names, and what it hides. */
interface Destinations {
  readonly blocks: readonly Destination[];
  readonly hidden?: Verdict;
}

/**
 * Rules of a group add up: two halves of the internet are the internet.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-ec2-securitygroup.html (a group without
 * egress rules gets one for everything when it is made)
 */
function limitsEgress(group: Cursor): Verdict {
  const within = group.at('SecurityGroupEgress');
  const list = within.list();
  if (list.state === 'unresolved') return unknown(within, list.why);
  if (within.items().length === 0) {
    return violation(within, within.isPresent ? 'empty' : 'absent', 'rules that name where to');
  }
  const found = [...within.items(), ...beside(group)].map(destinationsOf);
  const blocks = found.flatMap(({ blocks: of }) => of);
  if (isMoreThanOneOrganisation(blocks.map(({ range }) => range))) {
    const [widest, ...others] = [...blocks].sort((a, b) => (sizeOf(a.range) > sizeOf(b.range) ? -1 : 1));
    if (widest !== undefined) {
      const alone = isMoreThanOneOrganisation([widest.range]);
      const detail = alone
        ? undefined
        : `together with ${others.map(({ at }) => show(at.value())).join(', ')}`;
      return violation(widest.at, show(widest.at.value()), 'addresses that you know', detail);
    }
  }
  return found.find(({ hidden }) => hidden !== undefined)?.hidden ?? COMPLIANT;
}

function beside({ world, resource }: Cursor): readonly Cursor[] {
  return world.app
    .referring(resource, EGRESS, 'GroupId')
    .filter((rule) => world.exists(rule) && world.view(rule).at('GroupId').reference() === resource)
    .map((rule) => world.view(rule));
}

/** The blocks of a rule; none where it names a group. */
function destinationsOf(rule: Cursor): Destinations {
  const block = ['CidrIp', 'CidrIpv6'].map((name) => rule.at(name)).find((at) => at.isPresent);
  if (block !== undefined) return blockAt(block);
  const list = rule.at('DestinationPrefixListId');
  if (!list.isPresent) return { blocks: [] };
  const made = list.reference();
  if (made?.type !== PREFIX_LIST) return hiddenAt(list, 'what a prefix list holds is not in the template');
  const entries = list.world.view(made).at('Entries');
  const found = entries.items().map((entry) => blockAt(entry.at('Cidr')));
  const hidden = found.find((one) => one.hidden !== undefined)?.hidden;
  return { blocks: found.flatMap(({ blocks }) => blocks), ...(hidden === undefined ? {} : { hidden }) };
}

function blockAt(cidr: Cursor): Destinations {
  const value = cidr.value();
  // That of a network of this app.
  const own =
    value instanceof Reference && /CidrBlock$/.test(value.attribute)
      ? cidr.world.view(value.resource).at('CidrBlock').string()
      : cidr.string();
  if (own.state === 'unresolved') return hiddenAt(cidr, own.why);
  const range = own.state === 'given' ? parseCidr(own.value) : undefined;
  return range === undefined
    ? hiddenAt(cidr, `${show(value)} is no block of addresses`)
    : { blocks: [{ at: cidr, range }] };
}

function hiddenAt(at: Cursor, why: string): Destinations {
  return { blocks: [], hidden: unknown(at, why) };
}

function sizeOf({ family, first, last }: AddressRange): bigint {
  return (last - first + 1n) << (family === 6 ? 0n : 96n);
}

/** Which endpoints resolve its name (VpcEndpointIds) decides nothing: the policy does. */
function isPrivate(api: Cursor): Verdict {
  const types = api.at('EndpointConfiguration', 'Types');
  const list = types.list();
  if (list.state === 'unresolved') return unknown(types, list.why);
  const kinds = types.items().map((kind) => kind.string());
  const hidden = kinds.find((kind) => kind.state === 'unresolved');
  if (hidden?.state === 'unresolved') return unknown(types, hidden.why);
  const names = kinds.flatMap((kind) => (kind.state === 'given' ? [kind.value] : []));
  if (!names.includes('PRIVATE')) {
    return violation(types, names.length === 0 ? 'absent' : names.join(', '), 'PRIVATE');
  }
  return namesNetworks(api.at('Policy'));
}

const NETWORK_KEYS = /^aws:(sourcevpce|sourcevpc|sourcevpcarn|vpcsourceip)$/i;

/** A Deny for other networks, or no Allow without a network. */
function namesNetworks(policy: Cursor): Verdict {
  const document = readDocument(policy);
  if (document.state === 'unresolved') return unknown(policy, document.why);
  const want = 'a Deny for other aws:SourceVpce or aws:SourceVpc';
  if (document.state === 'absent') return violation(policy, 'absent', want);
  const statements = document.statements.map(({ content }) => content);
  const unclear = statements.find((content) => content instanceof Unresolved);
  if (unclear instanceof Unresolved) return unknown(policy, unclear.why);
  const maps = statements.filter(isValueMap);
  const denies = maps.some(
    ({ Effect: effect, Condition: when }) => effect === 'Deny' && isOfNetwork(when, EXCEPT),
  );
  const allowed = maps.filter(({ Effect: effect }) => effect === 'Allow');
  const isLimited = allowed.length > 0 && allowed.every(({ Condition: when }) => isOfNetwork(when, ONLY));
  return denies || isLimited ? COMPLIANT : violation(policy, 'open to every network', want);
}

/** Operators by which a Deny spares networks; a Deny for one network by name leaves all others open. */
const EXCEPT = /^(?:for(?:any|all)values:)?(?:stringnot|arnnot|notip)/i;
/** Operators by which an Allow names networks. */
const ONLY = /^(?:for(?:any|all)values:)?(?:string(?!not)|arn(?!not)|ipaddress)/i;

function isOfNetwork(condition: Value | undefined, operators: RegExp): boolean {
  return (
    isValueMap(condition) &&
    Object.entries(condition).some(
      ([operator, keys]) =>
        operators.test(operator) &&
        isValueMap(keys) &&
        Object.keys(keys).some((key) => NETWORK_KEYS.test(key)),
    )
  );
}
