import { type AddressRange, isMoreThanOneOrganisation, parseCidr } from '../../hops/address-range';
import type { Cursor, Reading } from '../../template';
import { PORTS } from '../administration-ports-are-not-open-to-anyone';
import { type PropertyTest, unknown, violation } from '../property';
import { COMPLIANT, NOT_APPLICABLE } from '../rule';

const ENTRY = 'AWS::EC2::NetworkAclEntry';

/** By number (IANA): what a network ACL calls all, TCP and UDP. */
const ALL = -1;
const WITH_PORTS = [6, 17];

/**
 * Whether an entry of a network ACL lets administrators in from all over the internet. The first entry by number that
 * fits a packet decides, so that a Deny with a lower number makes it harmless.
 */
export const letsNoAdministratorsIn: PropertyTest = (entry) => {
  const ingress = isIngress(entry);
  const allowed = actionOf(entry);
  if (ingress === false || allowed === 'deny') return NOT_APPLICABLE;
  const ports = PORTS.filter(([port]) => opens(entry, port) !== false);
  const at = sourceOf(entry);
  const source = at.string();
  const range = source.state === 'given' ? parseCidr(source.value) : undefined;
  if (ports.length === 0) return COMPLIANT;
  if (range === undefined) {
    return unknown(
      at,
      source.state === 'unresolved' ? source.why : `${entry.path} names no block of addresses`,
    );
  }
  if (!isMoreThanOneOrganisation([range])) return COMPLIANT;
  const open = ports.filter(([port]) => !isDeniedBefore(entry, port, range));
  const [first] = open;
  if (first === undefined) return COMPLIANT;
  return ingress && allowed === 'allow' && opens(entry, first[0]) === true
    ? violation(at, text(source), 'addresses that you know', `${open.map(said).join(' and ')} can be reached`)
    : unknown(at, 'the template hides what the entry is about');
};

function said([port, name]: readonly [number, string]): string {
  return `port ${port} (${name})`;
}

function text(source: Reading<string>): string {
  return source.state === 'given' ? source.value : '';
}

function sourceOf(entry: Cursor): Cursor {
  const six = entry.at('Ipv6CidrBlock');
  return six.isPresent ? six : entry.at('CidrBlock');
}

function isIngress(entry: Cursor): boolean | undefined {
  const egress = entry.at('Egress').boolean();
  return egress.state === 'unresolved' ? undefined : egress.state === 'absent' || !egress.value;
}

function actionOf(entry: Cursor): 'allow' | 'deny' | undefined {
  const action = entry.at('RuleAction').string();
  if (action.state !== 'given') return undefined;
  return action.value.toLowerCase() === 'deny' ? 'deny' : 'allow';
}

/** Whether an entry is about a port; `undefined` where that is hidden. */
function opens(entry: Cursor, port: number): boolean | undefined {
  const protocol = entry.at('Protocol').number();
  if (protocol.state !== 'given') return undefined;
  if (protocol.value === ALL) return true;
  if (!WITH_PORTS.includes(protocol.value)) return false;
  const from = entry.at('PortRange', 'From').number();
  const to = entry.at('PortRange', 'To').number();
  if (from.state === 'unresolved' || to.state === 'unresolved') return undefined;
  if (from.state === 'absent') return true;
  return from.value <= port && port <= (to.state === 'given' ? to.value : from.value);
}

function isDeniedBefore(entry: Cursor, port: number, range: AddressRange): boolean {
  const { world } = entry;
  const acl = entry.at('NetworkAclId').reference();
  const number = entry.at('RuleNumber').number();
  if (acl === undefined || number.state !== 'given') return false;
  return world.app
    .referring(acl, ENTRY, 'NetworkAclId')
    .filter((other) => world.exists(other))
    .map((other) => world.view(other))
    .some((other) => {
      const before = other.at('RuleNumber').number();
      return (
        other.at('NetworkAclId').reference() === acl &&
        before.state === 'given' &&
        before.value < number.value &&
        actionOf(other) === 'deny' &&
        isIngress(other) === true &&
        opens(other, port) === true &&
        isForAll(other, entry) &&
        covers(other, range)
      );
    });
}

/** A Deny of one protocol leaves the others open. */
function isForAll(denied: Cursor, allowed: Cursor): boolean {
  const [one, other] = [denied, allowed].map((entry) => entry.at('Protocol').number());
  return (
    one?.state === 'given' && (one.value === ALL || (other?.state === 'given' && one.value === other.value))
  );
}

function covers(denied: Cursor, { family, first, last }: AddressRange): boolean {
  const source = sourceOf(denied).string();
  const range = source.state === 'given' ? parseCidr(source.value) : undefined;
  return range !== undefined && range.family === family && range.first <= first && last <= range.last;
}
