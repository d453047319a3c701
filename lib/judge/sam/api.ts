import { isJsonMap, type Json, type JsonMap, own } from '../template/rendered-app';
import {
  defined,
  isCall,
  type Made,
  mapAt,
  type PlaceRow,
  picked,
  type SamResource,
  s3Address,
  shortHash,
} from './made';
import type { Routes } from './routes';

/** A REST API: its stages, its definition with the routes of events, and its domain. */
export function writeApi(of: SamResource, own: JsonMap, made: Made, routes: Routes, template: JsonMap): void {
  const { properties } = of;
  const { StageName: stageName, DefinitionUri: uri, OpenApiVersion: version } = properties;
  const { body, says } = definitionOf(of, routes);
  if (says !== undefined) made.say(of, says);
  made.add(
    of,
    of.id,
    'AWS::ApiGateway::RestApi',
    {
      ...own,
      ...(uri === undefined ? { Body: body } : { BodyS3Location: s3Location(uri) }),
      EndpointConfiguration: endpointConfiguration(properties.EndpointConfiguration),
    },
    [
      ['Body', 'DefinitionBody'],
      ['BodyS3Location', 'DefinitionUri'],
      ['EndpointConfiguration.Types', 'EndpointConfiguration.Type'],
    ],
  );
  const deployment = `${of.id}Deployment`;
  // Without an OpenAPI version SAM also makes a stage of this name, by its deployment.
  const extra = version === undefined ? { StageName: 'Stage' } : {};
  made.add(of, deployment, 'AWS::ApiGateway::Deployment', { RestApiId: { Ref: of.id }, ...extra });
  const stage = stageId(of, stageName, template);
  made.add(of, stage, 'AWS::ApiGateway::Stage', {
    RestApiId: { Ref: of.id },
    DeploymentId: { Ref: deployment },
    StageName: stageName ?? 'Prod',
    ...picked(properties, [
      'AccessLogSetting',
      'CacheClusterEnabled',
      'CacheClusterSize',
      'CanarySetting',
      'MethodSettings',
      'TracingEnabled',
      'Variables',
    ]),
  });
  writeDomain(of, made, template, { stage, isRest: true });
}

/** An HTTP API, as a REST API. */
export function writeHttpApi(
  of: SamResource,
  own: JsonMap,
  made: Made,
  routes: Routes,
  template: JsonMap,
): void {
  const { properties } = of;
  const { StageName: stageName, DefinitionUri: uri } = properties;
  const { body, says } = definitionOf(of, routes);
  if (says !== undefined) made.say(of, says);
  made.add(
    of,
    of.id,
    'AWS::ApiGatewayV2::Api',
    { ...own, ...(uri === undefined ? { Body: body } : { BodyS3Location: s3Location(uri) }) },
    [
      ['Body', 'DefinitionBody'],
      ['BodyS3Location', 'DefinitionUri'],
    ],
  );
  const stage =
    stageName === undefined || stageName === '$default'
      ? `${of.id}ApiGatewayDefaultStage`
      : stageId(of, stageName, template);
  made.add(of, stage, 'AWS::ApiGatewayV2::Stage', {
    ApiId: { Ref: of.id },
    AutoDeploy: true,
    StageName: stageName ?? '$default',
    ...picked(properties, ['AccessLogSettings', 'DefaultRouteSettings', 'RouteSettings', 'StageVariables']),
  });
  writeDomain(of, made, template, { stage, isRest: false });
}

function definitionOf(of: SamResource, routes: Routes): { body: Json | undefined; says?: string } {
  const { DefinitionBody: given, DefinitionUri: uri } = of.properties;
  const asked = routes.of(of.id).length > 0;
  if (uri !== undefined) {
    return {
      body: undefined,
      ...(asked ? { says: 'routes of events are added to a definition in S3' } : {}),
    };
  }
  // A function around the definition hides it, as its evaluation will say.
  if (given !== undefined && (!isJsonMap(given) || isCall(given))) return { body: given };
  return { body: routes.body(of.id, given) };
}

/** `s3://bucket/key`, a map, or a local file that packaging uploads. */
function s3Location(uri: Json): Json {
  const address = s3Address(uri);
  return address === undefined ? uri : { Bucket: address.bucket, Key: address.key };
}

function endpointConfiguration(given: Json | undefined): Json | undefined {
  if (!isJsonMap(given)) return given === undefined ? undefined : { Types: [given] };
  if (isCall(given)) return { Types: [given] };
  const { Type: type, VPCEndpointIds: endpoints, ...rest } = given;
  return defined({
    ...rest,
    ...(type === undefined ? {} : { Types: [type] }),
    ...(endpoints === undefined ? {} : { VpcEndpointIds: endpoints }),
  });
}

/** The name of the stage becomes part of the id, where it can be told. */
function stageId({ id }: SamResource, name: Json | undefined, template: JsonMap): string {
  const text = resolved(name, template);
  return typeof text === 'string' && /^[A-Za-z0-9]+$/.test(text) ? `${id}${text}Stage` : `${id}Stage`;
}

/** SAM puts the values of parameters in place before it works; here only defaults are known. */
function resolved(value: Json | undefined, { Parameters: parameters }: JsonMap): Json | undefined {
  const name = isJsonMap(value) ? value.Ref : undefined;
  const declared = typeof name === 'string' && isJsonMap(parameters) ? own(parameters, name) : undefined;
  return isJsonMap(declared) ? (declared.Default ?? value) : value;
}

interface DomainOptions {
  readonly stage: string;
  readonly isRest: boolean;
}

function writeDomain(of: SamResource, made: Made, template: JsonMap, { stage, isRest }: DomainOptions): void {
  const { Domain: given } = of.properties;
  if (given === undefined) return;
  const domain = mapAt(of.properties, 'Domain');
  if (domain === undefined) {
    made.say(of, 'its Domain is not written out');
    return;
  }
  const {
    DomainName: name,
    CertificateArn: certificate,
    EndpointConfiguration: endpoint = 'REGIONAL',
  } = domain;
  const kind = resolved(endpoint, template);
  const hash = shortHash(resolved(name, template) ?? '');
  const isPrivate = isRest && kind === 'PRIVATE';
  const id = isRest && !isPrivate ? `ApiGatewayDomainName${hash}` : `ApiGatewayDomainNameV2${hash}`;
  const shared = defined({
    DomainName: name,
    MutualTlsAuthentication: domain.MutualTlsAuthentication,
  });
  const places: readonly PlaceRow[] = [
    ['', 'Domain'],
    ['RegionalCertificateArn', 'Domain.CertificateArn'],
    ['EndpointConfiguration', 'Domain.EndpointConfiguration'],
    ['DomainNameConfigurations.0', 'Domain'],
    ['DomainNameConfigurations.0.EndpointType', 'Domain.EndpointConfiguration'],
  ];
  if (isRest) {
    const type = isPrivate ? 'AWS::ApiGateway::DomainNameV2' : 'AWS::ApiGateway::DomainName';
    const key = isPrivate || kind === 'EDGE' ? 'CertificateArn' : 'RegionalCertificateArn';
    made.add(
      of,
      id,
      type,
      {
        ...shared,
        ...picked(domain, [
          'OwnershipVerificationCertificateArn',
          'EndpointAccessMode',
          'Policy',
          'SecurityPolicy',
        ]),
        [key]: certificate,
        EndpointConfiguration: { Types: [endpoint] },
      },
      places,
    );
  } else {
    const configuration = defined({
      CertificateArn: certificate,
      EndpointType: endpoint,
      ...picked(domain, ['OwnershipVerificationCertificateArn', 'SecurityPolicy']),
    });
    made.add(
      of,
      id,
      'AWS::ApiGatewayV2::DomainName',
      { ...shared, DomainNameConfigurations: [configuration] },
      places,
    );
  }
  for (const path of basePaths(domain.BasePath))
    writeMapping(of, made, { path, id, stage, isRest, isPrivate });
}

function basePaths(given: Json | undefined): readonly (string | undefined)[] {
  if (!Array.isArray(given) || given.length === 0) return [undefined];
  return (given as readonly Json[]).map((path) => (typeof path === 'string' ? path : undefined));
}

interface Mapping extends DomainOptions {
  readonly path: string | undefined;
  readonly id: string;
  readonly isPrivate: boolean;
}

function writeMapping(of: SamResource, made: Made, { path, id, stage, isRest, isPrivate }: Mapping): void {
  const places: readonly PlaceRow[] = [['', 'Domain']];
  const label = path === undefined || path === '/' ? '' : path.replace(/[^A-Za-z0-9]/g, '');
  const key = path === undefined || path === '/' ? {} : { path: path.replace(/^\//, '') };
  if (isPrivate) {
    made.add(
      of,
      `${of.id}${label}BasePathMapping`,
      'AWS::ApiGateway::BasePathMappingV2',
      { DomainNameArn: { Ref: id }, RestApiId: { Ref: of.id }, Stage: { Ref: stage }, BasePath: key.path },
      places,
    );
  } else if (isRest) {
    made.add(
      of,
      `${of.id}${label}BasePathMapping`,
      'AWS::ApiGateway::BasePathMapping',
      { DomainName: { Ref: id }, RestApiId: { Ref: of.id }, Stage: { Ref: stage }, BasePath: key.path },
      places,
    );
  } else {
    made.add(
      of,
      `${of.id}${label}ApiMapping`,
      'AWS::ApiGatewayV2::ApiMapping',
      { DomainName: { Ref: id }, ApiId: { Ref: of.id }, Stage: { Ref: stage }, ApiMappingKey: key.path },
      places,
    );
  }
}
