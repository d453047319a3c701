import { type Connector, hop, resourceParty } from '../connector';
import { INTERNET } from '../data-store';
import type { ClientAuthentication, Fact } from '../fact';
import { observe, stated } from '../observed';

const AUTH_TYPES: Readonly<Record<string, ClientAuthentication>> = { NONE: 'none', AWS_IAM: 'iam' };

/** Function URLs: HTTPS with TLS 1.2 at least, by AWS. Who may call is all that the template decides. */
export const lambda: Connector = {
  service: 'lambda',
  types: ['AWS::Lambda::Url'],
  facts(resource, world): readonly Fact[] {
    const view = world.view(resource);
    const authType = view.at('AuthType');
    const target = view.at('TargetFunctionArn').reference();
    return [
      hop(view, {
        kind: 'lambda.url',
        from: INTERNET,
        to: resourceParty(target ?? resource),
        protocol: stated(view, 'tls'),
        floor: stated(view, 'TLSv1.2'),
        // The name is under `on.aws`, and its certificate is a public one of AWS.
        serverAuthenticated: stated(view, true),
        clientAuthentication: observe<ClientAuthentication, string>(authType, authType.string(), {
          map: (value) => AUTH_TYPES[value.toUpperCase()],
          otherwise: 'none',
        }),
        certificate: stated(view, 'service-owned'),
        acceptsWrites: true,
      }),
    ];
  },
};
