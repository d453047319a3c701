import type { Cursor, Resource, World } from '../../../template';
import { hop, resourceParty } from '../../connector';
import type { Hop, NotJudged } from '../../fact';
import { hidden, none, type Observed, observe, stated } from '../../observed';
import { clientsOf, endpointTypesOf, tlsPolicyOf } from './endpoint';
import { definitionHops, notJudged } from './integration';
import { bypassOf } from './mapping';

/** The hops into a REST API by its default endpoint, and out of it by its OpenAPI definition. */
export function restApiFacts(api: Resource, world: World): (Hop | NotJudged)[] {
  const view = world.view(api);
  const hops: (Hop | NotJudged)[] = definitionHops(view, 'apigateway.integration', resourceParty(api));
  const original = view.at('CloneFrom');
  if (original.isPresent) hops.push(notJudged(original, 'its methods are those of another API'));
  if (isDefaultEndpointClosed(view)) return hops;
  const types = endpointTypesOf(view);
  const accessMode = extended(view, 'EndpointAccessMode', 'x-amazon-apigateway-endpoint-access-mode');
  hops.push(
    hop(view, {
      kind: 'apigateway.api',
      from: clientsOf(types),
      to: resourceParty(api),
      protocol: stated(view, 'tls' as const),
      policyService: 'apigateway',
      tlsPolicy: apiTlsPolicyOf(view),
      serverAuthenticated: stated(view, true),
      // Each method decides for itself.
      clientAuthentication: none(view),
      certificate: stated(view, 'service-owned' as const),
      endpointAccessMode: observe<string>(accessMode, accessMode.string(), { otherwise: undefined }),
      bypasses: bypassOf(view, disabledAt(view)),
    }),
  );
  return hops;
}

/** The TLS policy of a REST API itself. */
export function apiTlsPolicyOf(view: Cursor): Observed<string> {
  const policy = extended(view, 'SecurityPolicy', 'x-amazon-apigateway-security-policy');
  if (!policy.isPresent) {
    const why = whyDefinitionHidden(view);
    if (why !== undefined) return hidden(policy, why);
  }
  return tlsPolicyOf(policy, endpointTypesOf(view));
}

/** Whether clients can come by a custom domain only. */
export function isDefaultEndpointClosed(view: Cursor): boolean {
  const disabled = disabledAt(view).boolean();
  return disabled.state === 'given' && disabled.value;
}

function disabledAt(view: Cursor): Cursor {
  const property = view.at('DisableExecuteApiEndpoint');
  if (property.isPresent) return property;
  // Where the definition is hidden, what it would close counts as open.
  const inBody = view.at('Body', 'x-amazon-apigateway-endpoint-configuration', 'disableExecuteApiEndpoint');
  return inBody.isPresent ? inBody : property;
}

/** A property that the OpenAPI definition can hold instead. */
function extended(view: Cursor, property: string, extension: string): Cursor {
  const own = view.at(property);
  if (own.isPresent) return own;
  const body = view.at('Body');
  if (body.entries().state === 'unresolved') return own;
  const inBody = body.at(extension);
  return inBody.isPresent ? inBody : own;
}

function whyDefinitionHidden(view: Cursor): string | undefined {
  if (view.at('BodyS3Location').isPresent) return 'the OpenAPI definition in S3 may set it';
  const body = view.at('Body').entries();
  return body.state === 'unresolved' ? body.why : undefined;
}
