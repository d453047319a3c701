import Ajv, { type ValidateFunction } from 'ajv/dist/2020';
import { openApiDocument } from '../../../lib/constructs/token-vault/runtime/http/open-api';
import type { ApiResponse } from '../../../lib/constructs/token-vault/runtime/http/response';
import { ROUTES, type Route, type RouteName } from '../../../lib/constructs/token-vault/runtime/http/routes';

const ajv = new Ajv({ strict: false, allErrors: true });
ajv.addSchema({ $id: 'api', ...openApiDocument() });
const compiled = new Map<string, ValidateFunction>();

/** What in a body does not fit the document, by an implementation of JSON Schema that nobody here wrote. */
export function requestMisfits(name: RouteName, body: unknown): readonly string[] {
  return misfits(name, 'requestBody/content/application~1json/schema', body);
}

/** What in an answer does not fit the document. */
export function responseMisfits(
  name: RouteName,
  { statusCode, headers, body }: ApiResponse,
): readonly string[] {
  const isOk = statusCode === 200;
  const type = isOk ? 'application/json' : 'application/problem+json';
  if (headers['content-type'] !== type) return [`the type is ${headers['content-type']}`];
  const place = isOk
    ? 'responses/200/content/application~1json/schema'
    : 'responses/default/content/application~1problem+json/schema';
  return misfits(name, place, JSON.parse(body));
}

function misfits(name: RouteName, place: string, value: unknown): readonly string[] {
  const route: Route = ROUTES[name];
  const path = `/t/{tenant}/g/{grantee}${route.path}`.replaceAll('/', '~1');
  const pointer = `api#/paths/${encodeURIComponent(path)}/${route.method.toLowerCase()}/${place}`;
  const validate = compiled.get(pointer) ?? ajv.compile({ $ref: pointer });
  compiled.set(pointer, validate);
  return validate(value)
    ? []
    : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}
