import type { PackRule } from '../../packs/pack';
import type { Cursor } from '../../template';
import { decided, isTrue, propertyRow, unknown, violation } from '../property';
import { COMPLIANT, NOT_APPLICABLE, type Verdict } from '../rule';
import { isDelivered } from './edge-log-delivery';
import { REQUEST_LOG } from './requirements';

const CLASSIC = 'AWS::ElasticLoadBalancing::LoadBalancer';
const LOAD_BALANCER = 'AWS::ElasticLoadBalancingV2::LoadBalancer';
const LISTENER = 'AWS::ElasticLoadBalancingV2::Listener';
const SWITCH = 'access_logs.s3.enabled';

/** Rules on load balancers beside those on encryption, with their levels. */
export const EDGE_LOAD_BALANCER_ROWS: readonly PackRule[] = [
  propertyRow('warning', {
    id: 'LoadBalancerWritesAccessLog',
    title: 'a load balancer writes down the requests that it took',
    risk: 'Nobody can tell who asked for what, from where, and what was answered: neither an attack nor what it got is found.',
    fix: 'Add access_logs.s3.enabled with true and access_logs.s3.bucket to LoadBalancerAttributes (AccessLoggingPolicy of a Classic Load Balancer), or deliver the log with AWS::Logs::DeliverySource and AWS::Logs::Delivery. CDK: logAccessLogs(bucket) of ApplicationLoadBalancer and NetworkLoadBalancer, which write none by default; TlsLoadBalancer and TlsNetworkLoadBalancer do.',
    references: {
      pciDss: REQUEST_LOG,
      gdpr: ['32(1)(d)', '33(1)'],
      securityHub: ['ELB.5'],
      cwe: ['CWE-778'],
      awsConfig: ['ELB_LOGGING_ENABLED'],
    },
    resourceTypes: [LOAD_BALANCER, CLASSIC],
    test: (properties, context) =>
      properties.resource.type === CLASSIC
        ? isTrue('AccessLoggingPolicy.Enabled')(properties, context)
        : writesAccessLog(properties),
  }),
];

function writesAccessLog(properties: Cursor): Verdict {
  const type = properties.at('Type').string();
  // A Gateway Load Balancer has no such log, and a network load balancer writes of TLS alone.
  if (type.state === 'given' && type.value === 'gateway') return NOT_APPLICABLE;
  if (type.state === 'given' && type.value === 'network' && servesNoTls(properties)) return NOT_APPLICABLE;
  const own = attribute(properties, SWITCH);
  if (own.verdict === 'compliant') return own;
  const delivered = isDelivered(properties);
  if (delivered === 'yes') return COMPLIANT;
  return delivered === 'no' || own.verdict === 'unknown'
    ? own
    : unknown(delivered.hidden, 'whose log is delivered is hidden');
}

/** The attribute of a load balancer that switches something on, off where it is not there. */
export function attribute(properties: Cursor, key: string): Verdict {
  const at = properties.at('LoadBalancerAttributes');
  const list = at.list();
  if (list.state === 'unresolved') return unknown(at, list.why);
  const items = list.state === 'given' ? list.value : [];
  const keys = items.map((item) => [item, item.at('Key').string()] as const);
  const [found] = keys.find(([, name]) => name.state === 'given' && name.value === key) ?? [];
  if (found !== undefined) {
    const value = found.at('Value');
    return decided(value, value.boolean(), 'violation', 'true', (on) => on);
  }
  const hidden = keys.find(([, name]) => name.state === 'unresolved');
  if (hidden?.[1].state === 'unresolved') return unknown(hidden[0], hidden[1].why);
  return violation(at, `no ${key}`, 'one that is true');
}

/** Whether all listeners that the templates show pass TLS on or have none. */
function servesNoTls({ world, resource }: Cursor): boolean {
  const protocols = world.app
    .referring(resource, LISTENER, 'LoadBalancerArn')
    .filter((listener) => world.exists(listener))
    .map((listener) => world.view(listener).at('Protocol').string());
  return (
    protocols.length > 0 &&
    protocols.every((protocol) => protocol.state === 'given' && protocol.value.toUpperCase() !== 'TLS')
  );
}
