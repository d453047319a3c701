import { type Cursor, show } from '../../template';
import type { Connector } from '../connector';
import type { Fact } from '../fact';
import { hidden, type Observed, stated } from '../observed';

/** Fields of CloudFront's logs that hold query strings: of the request, of the page that led to it, and cookies. */
const TELLING = new Set(['cs-uri-query', 'cs(Referer)', 'cs(Cookie)']);

/**
 * What CloudWatch Logs delivers of the requests to a distribution. Without a list of fields it delivers them all
 * (CloudWatch Logs API Reference, `CreateDelivery`).
 */
export const logDelivery: Connector = {
  service: 'log-delivery',
  types: ['AWS::Logs::Delivery'],
  reads: ['AWS::Logs::DeliverySource'],
  makes: ['log-content'],
  facts(resource, world): readonly Fact[] {
    const view = world.view(resource);
    const fields = view.at('RecordFields');
    // Only CloudFront's logs of requests have such fields.
    if (!fields.isPresent && !isOfDistribution(view)) return [];
    const common = { resource, region: resource.template.region, when: world.when };
    return [{ fact: 'log-content', ...common, queryStrings: queryStringsIn(fields) }];
  },
};

function isOfDistribution(delivery: Cursor): boolean {
  const source = delivery.at('DeliverySourceName').reference();
  if (source?.type !== 'AWS::Logs::DeliverySource') return false;
  const { world } = delivery;
  const logged = world.view(source).at('ResourceArn');
  if (logged.reference()?.type === 'AWS::CloudFront::Distribution') return true;
  return show(logged.value()).includes(':distribution/');
}

function queryStringsIn(fields: Cursor): Observed<boolean> {
  const list = fields.list();
  if (list.state === 'absent') return stated(fields, true);
  if (list.state === 'unresolved') return hidden(fields, list.why);
  const names = list.value.map((field) => [field, field.string()] as const);
  const telling = names.find(([, name]) => name.state === 'given' && TELLING.has(name.value));
  if (telling !== undefined) return stated(telling[0], true, { given: true });
  const unsure = names.find(([, name]) => name.state === 'unresolved');
  if (unsure?.[1].state === 'unresolved') return hidden(unsure[0], unsure[1].why);
  return stated(fields, false, { given: true });
}
