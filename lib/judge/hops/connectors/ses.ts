import { type Connector, hop, resourceParty } from '../connector';
import type { Fact, HopProtocol } from '../fact';
import { hidden, observe, stated } from '../observed';

const TLS_POLICIES: Readonly<Record<string, HopProtocol>> = { REQUIRE: 'tls', OPTIONAL: 'tls-or-plaintext' };

/** Mail that SES delivers for others through a configuration set. */
export const ses: Connector = {
  service: 'ses',
  types: ['AWS::SES::ConfigurationSet'],
  facts(resource, world): readonly Fact[] {
    const view = world.view(resource);
    const policy = view.at('DeliveryOptions', 'TlsPolicy');
    return [
      hop(view, {
        kind: 'ses.delivery',
        from: resourceParty(resource),
        to: { what: 'external', name: 'receiving mail servers' },
        protocol: observe<HopProtocol, string>(policy, policy.string(), {
          map: (value) => TLS_POLICIES[value.toUpperCase()],
          otherwise: 'tls-or-plaintext',
        }),
        // SES documents no floor: it takes what the receiver speaks, "earlier versions of TLS" included.
        floor: hidden(policy, 'the receiving mail server chooses the version'),
        // SMTP between servers encrypts to whoever answers: without MTA-STS or DANE nobody checks the name.
        serverAuthenticated: stated(policy, false),
        endsHere: true,
      }),
    ];
  },
};
