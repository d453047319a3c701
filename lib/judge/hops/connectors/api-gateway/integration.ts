import { type Cursor, isValueMap, Unresolved } from '../../../template';
import { hop, resourceParty } from '../../connector';
import type { Hop, HopProtocol, NotJudged, Party } from '../../fact';
import type { HopKind } from '../../hop-kinds';
import { hidden, none, type Observed, stated } from '../../observed';
import { protocolOf, urlAt } from '../../url';

/** How one way to write an integration spells its properties. */
export interface IntegrationNames {
  readonly type: string;
  readonly uri: string;
  readonly connectionType: string;
  readonly tlsConfig: string;
  readonly skipVerification: string;
  readonly serverName: string;
  /** The load balancer that a VPC link V2 leads a REST API to; an HTTP API names it as the URI. */
  readonly target: string;
}

/** `AWS::ApiGateway::Method`, in its `Integration`. */
export const METHOD_INTEGRATION: IntegrationNames = {
  type: 'Type',
  uri: 'Uri',
  connectionType: 'ConnectionType',
  tlsConfig: 'TlsConfig',
  skipVerification: 'InsecureSkipVerification',
  serverName: 'ServerNameToVerify',
  target: 'IntegrationTarget',
};

/** `AWS::ApiGatewayV2::Integration`. */
export const V2_INTEGRATION: IntegrationNames = {
  ...METHOD_INTEGRATION,
  type: 'IntegrationType',
  uri: 'IntegrationUri',
};

/** `x-amazon-apigateway-integration` in an OpenAPI definition. */
const OPENAPI_INTEGRATION: IntegrationNames = {
  type: 'type',
  uri: 'uri',
  connectionType: 'connectionType',
  tlsConfig: 'tlsConfig',
  skipVerification: 'insecureSkipVerification',
  serverName: 'serverNameToVerify',
  target: 'integrationTarget',
};

/** Kinds of hop of the two generations of API Gateway. */
export type IntegrationKind = Extract<HopKind, 'apigateway.integration' | 'apigatewayv2.integration'>;

const AWS_TYPES = new Set(['AWS', 'AWS_PROXY']);
const HTTP_TYPES = new Set(['HTTP', 'HTTP_PROXY']);

/** The hop from an API to what answers its requests; none where API Gateway answers itself. */
export function integrationHops(
  at: Cursor,
  names: IntegrationNames,
  kind: IntegrationKind,
  from: Party,
  label?: string,
): Hop[] {
  const type = at.at(names.type).string();
  if (!at.isPresent) return [];
  const named = type.state === 'given' ? type.value.toUpperCase() : undefined;
  if (named === 'MOCK') return [];
  const uri = at.at(names.uri);
  const common = {
    kind,
    from,
    label,
    // AWS docs, "Supported security policies": API Gateway only supports TLS 1.2 on egress.
    floor: stated(uri, 'TLSv1.2' as const),
    clientAuthentication: none<never>(uri),
  };
  if (named !== undefined && AWS_TYPES.has(named)) {
    const to = awsParty(uri);
    const serverAuthenticated = stated(uri, true);
    return [hop(at, { ...common, to, protocol: stated(uri, 'tls' as const), serverAuthenticated })];
  }
  if (named === undefined || !HTTP_TYPES.has(named)) {
    const why =
      type.state === 'unresolved'
        ? type.why
        : named === undefined
          ? 'an integration has to have one'
          : `${named} is not an integration type we know`;
    const to: Party = { what: 'external', name: 'an integration that is not known' };
    return [hop(at, { ...common, to, protocol: hidden(at.at(names.type), why) })];
  }
  const url = urlAt(uri);
  const connection = at.at(names.connectionType).string();
  const isPrivate = connection.state === 'given' && connection.value.toUpperCase() === 'VPC_LINK';
  const balancer = isPrivate ? at.at(names.target).reference() : undefined;
  const to = balancer === undefined ? httpParty(uri, url.host, isPrivate) : resourceParty(balancer);
  const tlsConfig = at.at(names.tlsConfig);
  if (kind === 'apigatewayv2.integration' && url.scheme.value === undefined) {
    // An HTTP API names a listener or service by ARN, and TLS by the presence of a TLS configuration.
    if (connection.state === 'unresolved') {
      return [hop(at, { ...common, to, protocol: hidden(at.at(names.connectionType), connection.why) })];
    }
    if (isPrivate) {
      const protocol = byTlsConfig(tlsConfig);
      const serverName = tlsConfig.at(names.serverName);
      return [hop(at, { ...common, to, protocol, serverAuthenticated: verifiesName(serverName) })];
    }
  }
  const serverAuthenticated = verifiesIssuer(tlsConfig.at(names.skipVerification));
  return [hop(at, { ...common, to, protocol: protocolOf(url), serverAuthenticated })];
}

function byTlsConfig(tlsConfig: Cursor): Observed<HopProtocol> {
  const value = tlsConfig.value();
  if (value instanceof Unresolved) return hidden(tlsConfig, value.why);
  return value === undefined
    ? stated(tlsConfig, 'plaintext' as const)
    : stated(tlsConfig, 'tls' as const, { given: true });
}

function verifiesName(serverName: Cursor): Observed<boolean> {
  // Any name will do, known or not: it is verified.
  const isNamed = serverName.isPresent && serverName.value() !== '';
  return stated(serverName, isNamed, { given: serverName.isPresent });
}

function verifiesIssuer(skip: Cursor): Observed<boolean> {
  const reading = skip.boolean();
  if (reading.state === 'unresolved') return hidden(skip, reading.why);
  return stated(skip, !(reading.state === 'given' && reading.value), { given: reading.state === 'given' });
}

function awsParty(uri: Cursor): Party {
  const resource = uri.reference();
  if (resource !== undefined) return resourceParty(resource);
  const text = uri.string();
  const service =
    text.state === 'given' ? /^arn:[^:]*:apigateway:[^:]*:([^:]+):/.exec(text.value)?.[1] : undefined;
  return { what: 'aws', name: service?.split('.').at(-1) ?? 'an AWS service' };
}

function httpParty(uri: Cursor, host: string, isPrivate: boolean): Party {
  const resource = uri.reference();
  if (resource !== undefined) return resourceParty(resource);
  if (isPrivate) return { what: 'vpc', name: host === '' ? 'a service in the VPC' : host };
  return { what: 'external', name: host === '' ? 'a host that is not known' : host };
}

/** The hops that an OpenAPI definition in the template describes; what cannot be read is *not judged*. */
export function definitionHops(api: Cursor, kind: IntegrationKind, from: Party): (Hop | NotJudged)[] {
  const location = api.at('BodyS3Location');
  if (location.isPresent) return [notJudged(location, 'its OpenAPI definition is a file in S3')];
  const body = api.at('Body');
  const paths = body.at('paths').entries();
  if (paths.state === 'unresolved') return [notJudged(body, paths.why)];
  if (paths.state === 'absent') {
    return body.isPresent && !isValueMap(body.value())
      ? [notJudged(body, 'it is not an OpenAPI object')]
      : [];
  }
  return paths.value.flatMap(([path, methods]) => {
    const listed = methods.entries();
    if (listed.state === 'unresolved') return [notJudged(methods, listed.why)];
    if (listed.state === 'absent') return [];
    return listed.value.flatMap(([method, operation]): (Hop | NotJudged)[] => {
      const integration = operation.at(INTEGRATION);
      if (!integration.isPresent) return [];
      const written = followReference(integration, body);
      const value = written?.value();
      if (written === undefined || !isValueMap(value)) {
        return [
          notJudged(integration, value instanceof Unresolved ? value.why : 'it refers to what is not there'),
        ];
      }
      const label = `${method.toUpperCase()} ${path}`;
      return integrationHops(written, OPENAPI_INTEGRATION, kind, from, label);
    });
  });
}

const INTEGRATION = 'x-amazon-apigateway-integration';

/** HTTP APIs may keep integrations below `components` and refer to them. */
function followReference(integration: Cursor, body: Cursor): Cursor | undefined {
  const pointer = integration.at('$ref').string();
  if (pointer.state === 'absent') return integration;
  if (pointer.state === 'unresolved' || !pointer.value.startsWith('#/')) return undefined;
  const keys = pointer.value.slice(2).split('/');
  const target = body.at(...keys.map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~')));
  return target.isPresent ? target : undefined;
}

/** Something that the template hides; never taken for fine. */
export function notJudged(at: Cursor, why: string): NotJudged {
  return {
    fact: 'not-judged',
    resource: at.resource,
    why,
    severity: 'unknown',
    path: at.path,
    when: at.world.when,
  };
}
