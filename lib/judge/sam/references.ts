import { isJsonMap, type Json, type JsonMap } from '../template/rendered-app';
import { isCall } from './made';

/** What SAM lets a template name of what it makes: `!Ref Api.Stage`, `!Ref Function.Alias`. */
const PART = /^([A-Za-z0-9]+)\.(Stage|Deployment|Alias)$/;

/** Writes `Ref: Api.Stage` as the reference to the resource that SAM made. */
export function rewriteReferences(template: JsonMap, resources: JsonMap): JsonMap {
  const ids = Object.keys(resources);
  const named = (name: string): string => {
    const [, owner = '', part = ''] = PART.exec(name) ?? [];
    if (resources[owner] === undefined) return name;
    return ids.find((id) => id.startsWith(owner) && isMade(resources[id], part, owner)) ?? name;
  };
  return rewrite(template, named) as JsonMap;
}

function isMade(resource: Json | undefined, type: string, owner: string): boolean {
  if (!isJsonMap(resource) || typeof resource.Type !== 'string' || !resource.Type.endsWith(`::${type}`))
    return false;
  const {
    RestApiId: rest,
    ApiId: http,
    FunctionName: function_,
  } = isJsonMap(resource.Properties) ? resource.Properties : {};
  return [rest, http, function_].some((each) => isJsonMap(each) && each.Ref === owner);
}

function rewrite(node: Json, named: (name: string) => string): Json {
  if (Array.isArray(node)) return (node as readonly Json[]).map((item) => rewrite(item, named));
  if (!isJsonMap(node)) return node;
  const { Ref: name } = node;
  if (isCall(node) && typeof name === 'string') return { ...node, Ref: named(name) };
  const text = node['Fn::Sub'];
  if (typeof text === 'string') {
    return { ...node, 'Fn::Sub': text.replace(/\$\{([^}!]+)\}/g, (_, each: string) => `\${${named(each)}}`) };
  }
  const out: Record<string, Json | undefined> = Object.create(null);
  for (const [key, item] of Object.entries(node)) out[key] = item === undefined ? item : rewrite(item, named);
  return out;
}
