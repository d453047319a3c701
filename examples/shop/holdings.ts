import { DataClassification } from 'cdk-secure-transmission';
import type { SETTINGS } from './settings';
import type { Shop } from './shop';

/**
 * What each store holds: the packs judge by it, so change it with what the shop does.
 *
 * No store holds card numbers. Customers pay at a payment provider, and the shop keeps the token that it answers with.
 */
export function describeHoldings({ data, shop, edge }: Shop, { dataOwner: owner }: typeof SETTINGS): void {
  // The containers log in to orders and sessions: handing out and erasing what is about one person is theirs to do.
  const [erasureHandler, accessHandler] = [shop.service, shop.service.node.path];
  const customers = { subjects: ['customers'], transferBases: ['no-transfer'], owner } as const;

  DataClassification.of(data.products).holdsPublicData({ owner });
  DataClassification.of(data.orders).set({
    ...customers,
    holds: ['personal-data', 'payment-token'],
    categories: ['name', 'delivery-address', 'order-history'],
    purposes: ['delivery of orders', 'bookkeeping'],
    lawfulBases: ['contract', 'legal-obligation'],
    // As long as the law wants books to be kept, in most countries that the shop sells to.
    retentionDays: 3650,
    erasureHandler,
    accessHandler,
  });
  DataClassification.of(data.sessions).holdsPersonalData({
    ...customers,
    categories: ['sessions'],
    purposes: ['to know who is logged in'],
    lawfulBases: ['contract'],
    retentionDays: 1,
    erasureHandler,
    accessHandler,
  });
  DataClassification.of(data.shipments).holdsPersonalData({
    ...customers,
    categories: ['name', 'delivery-address'],
    purposes: ['delivery of orders'],
    lawfulBases: ['contract'],
    // Messages that nobody could handle stay longest, and are gone by themselves.
    retentionDays: 14,
  });

  const visits = {
    subjects: ['customers'],
    purposes: ['detection and investigation of attacks'],
    lawfulBases: ['legitimate-interests'],
    retentionDays: 400,
    owner,
    // A person has to be found in them first: whoever answers for them does that, on request.
    erasureHandler: owner,
    accessHandler: owner,
  } as const;
  // CloudFront connects to it, not the customer: their addresses are not in its log.
  DataClassification.of(shop.loadBalancer).holdsPersonalData({
    ...visits,
    categories: ['visited-pages'],
    transferBases: ['no-transfer'],
  });
  // They are in us-east-1, with AWS, which is on the Data Privacy Framework List (GDPR 45).
  DataClassification.of(edge.distribution).holdsPersonalData({
    ...visits,
    categories: ['network-addresses', 'visited-pages'],
    transferBases: ['adequacy-decision'],
  });

  // No customer connects to what is in the network, and the containers log nothing of customers: keep it so.
  const { logGroup, refusedLoginsLogGroup } = data.orders;
  for (const log of [data.network, logGroup, refusedLoginsLogGroup, shop.service]) {
    DataClassification.of(log).holdsInternalData({ owner, retentionDays: 400 });
  }
  // Alarms name certificates and zones.
  for (const alarms of [shop.certificate, edge.alarmTopic]) {
    DataClassification.of(alarms).holdsInternalData({ owner });
  }
}
