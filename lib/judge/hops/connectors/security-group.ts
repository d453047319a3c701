import { type App, type Cursor, Reference, type Resource, type World } from '../../template';
import type { Connector } from '../connector';
import type { Fact } from '../fact';
import type { IngressRule, NetworkIngress, PortRange } from '../network-facts';
import { hidden, none, type Observed, observe, stated } from '../observed';

const GROUP = 'AWS::EC2::SecurityGroup';
const RULE = 'AWS::EC2::SecurityGroupIngress';

/**
 * Security groups, with the rules within them and those that stand beside them: what a group lets in is the union
 * of both.
 */
export const securityGroup: Connector = {
  service: 'security-group',
  types: [GROUP, RULE],
  makes: ['network-ingress'],
  facts(resource, world): readonly Fact[] {
    const view = world.view(resource);
    if (resource.type === GROUP) {
      return [
        ingress(resource, world, [
          ...rulesWithin(view.at('SecurityGroupIngress')),
          ...rulesBeside(resource, world),
        ]),
      ];
    }
    if (view.at('GroupId').reference()?.type === GROUP) return [];
    // Rules for one group elsewhere are judged together, at the first of them.
    const same = rulesForSameGroup(resource, world.app).filter((rule) => world.exists(rule));
    if (same[0] !== resource) return [];
    const rules = same.map((rule) => ruleAt(world.view(rule)));
    return [ingress(resource, world, rules)];
  },
};

/** Rules that name their group in the same words: by one id, or in one template by the same reference. */
function rulesForSameGroup(rule: Resource, app: App): readonly Resource[] {
  const index = app.memo(securityGroup, 'rules by group', () => {
    const byGroup = new Map<string, Resource[]>();
    for (const one of app.resourcesOfType(RULE)) {
      const key = groupKey(one);
      byGroup.set(key, [...(byGroup.get(key) ?? []), one]);
    }
    return byGroup;
  });
  return index.get(groupKey(rule)) ?? [rule];
}

function groupKey({ template, properties, logicalId }: Resource): string {
  const { GroupId: id } = properties;
  if (typeof id === 'string') return id;
  return `${template.name} ${id === undefined ? logicalId : JSON.stringify(id)}`;
}

function ingress(resource: Resource, world: World, rules: readonly IngressRule[]): NetworkIngress {
  const region = resource.template.region;
  return { fact: 'network-ingress', resource, rules, region, when: world.when };
}

function rulesWithin(place: Cursor): readonly IngressRule[] {
  const list = place.list();
  if (list.state === 'unresolved') {
    const ports = hidden<PortRange>(place, list.why);
    return [{ from: hidden(place, list.why), tcpPorts: ports, udpPorts: ports }];
  }
  return list.state === 'given' ? list.value.map(ruleAt) : [];
}

function rulesBeside(group: Resource, world: World): readonly IngressRule[] {
  return world.app
    .referring(group, RULE, 'GroupId')
    .filter((rule) => world.exists(rule) && world.view(rule).at('GroupId').reference() === group)
    .map((rule) => ruleAt(world.view(rule)));
}

function ruleAt(rule: Cursor): IngressRule {
  return { from: sourceOf(rule), tcpPorts: portsOf(rule, TCP), udpPorts: portsOf(rule, UDP) };
}

function sourceOf(rule: Cursor): Observed<string> {
  const place = ['CidrIp', 'CidrIpv6'].map((name) => rule.at(name)).find((cursor) => cursor.isPresent);
  if (place !== undefined) return block(place);
  const list = rule.at('SourcePrefixListId');
  return list.isPresent ? hidden(list, 'what a prefix list holds is not in the template') : none(rule);
}

/** A block that is written out, or the one of a VPC or subnet of this app. */
function block(place: Cursor): Observed<string> {
  const value = place.value();
  if (value instanceof Reference && /^(CidrBlock|VPCCidrBlock)$/.test(value.attribute)) {
    const own = place.world.view(value.resource).at('CidrBlock').string();
    if (own.state === 'given') return { ...stated(place, own.value, { given: true }), got: own.value };
  }
  return observe<string>(place, place.string(), { otherwise: undefined });
}

/** By name and by number (IANA). */
const TCP = new Set(['tcp', '6']);
const UDP = new Set(['udp', '17']);
const ALL = new Set(['-1', 'all']);

function portsOf(rule: Cursor, transport: ReadonlySet<string>): Observed<PortRange> {
  const place = rule.at('IpProtocol');
  const protocol = place.string();
  if (protocol.state === 'unresolved') return hidden(place, protocol.why);
  const name = protocol.state === 'given' ? protocol.value.toLowerCase() : '-1';
  if (ALL.has(name)) return stated(place, { first: 0, last: 65_535 }, { given: true });
  if (!transport.has(name)) return none(place);
  const [from, to] = [rule.at('FromPort'), rule.at('ToPort')];
  const [first, last] = [from.number(), to.number()];
  if (first.state === 'unresolved') return hidden(from, first.why);
  if (last.state === 'unresolved') return hidden(to, last.why);
  if (first.state === 'absent' || first.value === -1) return stated(from, { first: 0, last: 65_535 });
  const end = last.state === 'given' ? last.value : first.value;
  return stated(from, { first: first.value, last: end }, { given: true });
}
