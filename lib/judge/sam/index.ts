import { isJsonMap, type Json, type JsonMap, own, type TemplatePath } from '../template/rendered-app';
import { writeApi, writeHttpApi } from './api';
import { writeEvents } from './events';
import { writeFunction } from './function';
import { withGlobals } from './globals';
import { defined, isCall, Made, mapAt, type PlaceRow, type SamResource } from './made';
import { PROPERTY_TABLES } from './properties';
import { rewriteReferences } from './references';
import { IMPLICIT_APIS, type Route, Routes } from './routes';

/** The transform that makes a template one of the serverless application model (SAM). */
export const SAM_TRANSFORM = 'AWS::Serverless-2016-10-31';

const PREFIX = 'AWS::Serverless::';

/** A template with SAM's resources written out as those of CloudFormation. */
export interface SamTranslation {
  readonly json: JsonMap;
  /** What no table here covers. */
  readonly notJudged: readonly string[];
  /** Where a part of the written out template stands in SAM's own. */
  readonly writtenAt: (path: TemplatePath) => TemplatePath;
  /** The resources of SAM that one of the written out template is made of; none, where it stands in SAM's own. */
  readonly makersOf: (logicalId: string) => readonly string[];
}

/** Whether a template asks for SAM's transform. */
export function isSam({ Transform: transform }: JsonMap): boolean {
  return Array.isArray(transform)
    ? (transform as readonly Json[]).includes(SAM_TRANSFORM)
    : transform === SAM_TRANSFORM;
}

/**
 * Writes out what SAM documents that it makes, as far as it carries or keeps data.
 *
 * Permissions, deployments' digests and versions are left out. Kinds that no table covers stay as they are, and count
 * as *not judged* like every type without a connector.
 */
export function translateSam(template: JsonMap): SamTranslation {
  const made = new Made();
  const routes = new Routes();
  const declared = isJsonMap(template.Resources) ? Object.entries(template.Resources) : [];
  const resources = declared.flatMap(([id, raw]) => samResource(template, id, raw) ?? []);
  const mapped = new Set(resources.map(({ id }) => id));
  const { Globals: globals } = template;
  if (globals !== undefined && (!isJsonMap(globals) || isCall(globals))) {
    made.notJudged.add('Globals are not written out');
  }
  for (const of of resources) writeEvents(of, made, routes);
  for (const [kind, id] of Object.entries(IMPLICIT_APIS)) {
    if (routes.of(id).length > 0 && !mapped.has(id))
      resources.push(implicitApi(template, kind, id, routes.of(id)));
  }
  for (const of of resources) write(of, made, routes, template);
  const rest = declared.filter(([id]) => !mapped.has(id));
  for (const [id, raw] of rest) if (isJsonMap(raw) && raw.Connectors !== undefined) sayConnector(made, id);
  const Resources: Record<string, Json | undefined> = Object.create(null);
  for (const [id, raw] of [...rest, ...made.resources]) {
    if (Object.hasOwn(Resources, id)) {
      made.notJudged.add(`${id}: SAM makes a resource of this name, which stands in the template too`);
    } else Resources[id] = raw;
  }
  return {
    json: rewriteReferences({ ...template, Resources }, Resources),
    notJudged: [...made.notJudged],
    writtenAt: (path) => made.writtenAt(path, template),
    makersOf: (logicalId) => made.makersOf(logicalId),
  };
}

function samResource(template: JsonMap, id: string, raw: Json | undefined): SamResource | undefined {
  const type = isJsonMap(raw) ? raw.Type : undefined;
  if (!isJsonMap(raw) || typeof type !== 'string' || !type.startsWith(PREFIX)) return undefined;
  const kind = type.slice(PREFIX.length);
  if (kind !== 'Connector' && own(PROPERTY_TABLES, kind) === undefined) return undefined;
  return { id, kind, raw, properties: withGlobals(template, kind, mapAt(raw, 'Properties') ?? {}) };
}

/** It exists where any function that asks for it does; where all of them hang on one condition, so does it. */
function implicitApi(template: JsonMap, kind: string, id: string, routes: readonly Route[]): SamResource {
  const [first] = routes;
  const condition = first?.of.raw.Condition;
  const isShared = routes.every(({ of }) => of.raw.Condition === condition);
  const properties = withGlobals(template, kind, kind === 'Api' ? { StageName: 'Prod' } : {});
  return {
    id,
    kind,
    properties,
    raw: defined({ Condition: isShared ? condition : undefined }),
    ...(first === undefined ? {} : { askedBy: { id: first.of.id, place: first.place } }),
  };
}

function write(of: SamResource, made: Made, routes: Routes, template: JsonMap): void {
  if (of.kind === 'Connector') {
    sayConnector(made, of.id);
    return;
  }
  if (of.raw.Connectors !== undefined) sayConnector(made, of.id);
  const table = own(PROPERTY_TABLES, of.kind);
  if (table === undefined) return;
  if (mapAt(of.raw, 'Properties') === undefined && of.raw.Properties !== undefined) {
    made.say(of, 'its Properties are not written out');
  }
  const handedOn: Record<string, Json | undefined> = {};
  for (const [name, value] of Object.entries(of.properties)) {
    const renamed = own(table.renamed, name);
    if (table.same.includes(name)) handedOn[name] = value;
    else if (renamed?.endsWith('.Mode'))
      handedOn[renamed.slice(0, -'.Mode'.length)] = { Mode: value ?? null };
    else if (renamed !== undefined) handedOn[renamed] = value;
    else if (!table.read.includes(name) && !table.neither.includes(name)) {
      made.say(of, `property ${name} is not one that is mapped`);
    }
  }
  if (of.kind === 'Function') writeFunction(of, handedOn, made);
  else if (of.kind === 'Api') writeApi(of, handedOn, made, routes, template);
  else if (of.kind === 'HttpApi') writeHttpApi(of, handedOn, made, routes, template);
  else writeSimple(of, handedOn, made);
}

const SIMPLE_TYPES: Readonly<Record<string, string>> = {
  Application: 'AWS::CloudFormation::Stack',
  GraphQLApi: 'AWS::AppSync::GraphQLApi',
  LayerVersion: 'AWS::Lambda::LayerVersion',
  SimpleTable: 'AWS::DynamoDB::Table',
  StateMachine: 'AWS::StepFunctions::StateMachine',
};

function writeSimple(of: SamResource, handedOn: JsonMap, made: Made): void {
  const renamed = Object.entries(PROPERTY_TABLES[of.kind]?.renamed ?? {});
  const places = renamed.map(([written, here]): PlaceRow => [here, written]);
  made.add(of, of.id, SIMPLE_TYPES[of.kind] ?? `${PREFIX}${of.kind}`, handedOn, places);
  if (of.kind !== 'GraphQLApi') return;
  const { Cache: cache, DomainName: domain } = of.properties;
  if (isJsonMap(cache)) {
    made.add(of, `${of.id}ApiCache`, 'AWS::AppSync::ApiCache', { ...cache, ApiId: apiId(of) }, [
      ['', 'Cache'],
    ]);
  }
  if (isJsonMap(domain)) {
    made.add(of, `${of.id}DomainName`, 'AWS::AppSync::DomainName', domain, [['', 'DomainName']]);
  }
}

function apiId({ id }: SamResource): JsonMap {
  return { 'Fn::GetAtt': [id, 'ApiId'] };
}

/** A connector's policy for a queue or a topic takes the place of any other on it. */
function sayConnector(made: Made, id: string): void {
  made.notJudged.add(
    `${id}: a connector of SAM writes permissions, and policies of queues and topics, at deployment`,
  );
}
