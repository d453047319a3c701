import type { Connector } from '../../connector';
import { listenerCertificateFacts, listenerFacts, listenerRuleFacts } from './listener';
import { gatewayFacts } from './network-resident';
import { targetGroupFacts } from './target-group';
import { LISTENER, LISTENER_CERTIFICATE, LISTENER_RULE, LOAD_BALANCER, TARGET_GROUP } from './types';

/**
 * Application and Network Load Balancers.
 *
 * Gateway Load Balancers carry IP packets between network appliances and have no say in TLS: they have no hops.
 */
export const elbV2: Connector = {
  service: 'elbv2',
  types: [LOAD_BALANCER, LISTENER, LISTENER_RULE, LISTENER_CERTIFICATE, TARGET_GROUP],
  facts(resource, world) {
    const view = world.view(resource);
    switch (resource.type) {
      case LISTENER:
        return listenerFacts(view);
      case LISTENER_RULE:
        return listenerRuleFacts(view);
      case LISTENER_CERTIFICATE:
        return listenerCertificateFacts(view);
      case TARGET_GROUP:
        return targetGroupFacts(view);
      default:
        // A load balancer speaks through its listeners, which read its scheme.
        return gatewayFacts(view);
    }
  },
};
