import { isJsonMap, type Json, type JsonMap, own } from '../template/rendered-app';
import { isCall } from './made';

/** A resource's properties over those that `Globals` give to its kind: maps are merged, lists put together. */
export function withGlobals(template: JsonMap, kind: string, properties: JsonMap): JsonMap {
  const globals = isJsonMap(template.Globals) ? own(template.Globals, kind) : undefined;
  return isJsonMap(globals) ? (merged(globals, properties) as JsonMap) : properties;
}

function merged(global: Json, local: Json): Json {
  if (Array.isArray(global) && Array.isArray(local))
    return [...(global as readonly Json[]), ...(local as readonly Json[])];
  if (!isJsonMap(global) || !isJsonMap(local) || isCall(global) || isCall(local)) return local;
  const out: Record<string, Json | undefined> = Object.create(null);
  for (const [key, value] of [...Object.entries(global), ...Object.entries(local)]) {
    const before = out[key];
    out[key] = before === undefined || value === undefined ? value : merged(before, value);
  }
  return out;
}
