import { isJsonMap, type Json, type JsonMap, own } from '../template/rendered-app';
import type { Made, SamResource } from './made';

/** A path of an API that an event asks for. */
export interface Route {
  readonly path: string;
  readonly method: string;
  readonly of: SamResource;
  /** Where the event stands below the properties of its function. */
  readonly place: string;
}

/** The API that SAM makes for events that name none. */
export const IMPLICIT_APIS = { Api: 'ServerlessRestApi', HttpApi: 'ServerlessHttpApi' } as const;

/** What events add to the definitions of APIs. */
export class Routes {
  readonly #byApi = new Map<string, Route[]>();

  /** Notes the route of an event. */
  add(
    kind: 'Api' | 'HttpApi',
    of: SamResource,
    { properties, place }: { readonly properties: JsonMap; readonly place: string },
    made: Made,
  ): void {
    const named = kind === 'Api' ? properties.RestApiId : properties.ApiId;
    const api = named === undefined ? IMPLICIT_APIS[kind] : isJsonMap(named) ? named.Ref : named;
    if (typeof api !== 'string') {
      made.say(of, `the API at ${place} is not named by Ref`);
      return;
    }
    const { Path: path = '$default', Method: method = 'any' } = properties;
    const route = { path: String(path), method: String(method).toLowerCase(), of, place };
    this.#byApi.set(api, [...(this.#byApi.get(api) ?? []), route]);
  }

  /** The routes that events ask for. */
  of(api: string): readonly Route[] {
    return this.#byApi.get(api) ?? [];
  }

  /** A definition with these routes; `undefined` for one that is not written out. */
  body(api: string, definition: JsonMap | undefined): JsonMap {
    const routes = this.#byApi.get(api) ?? [];
    const whole: JsonMap = definition ?? {
      openapi: '3.0.1',
      info: { version: '1.0', title: { Ref: 'AWS::StackName' } },
    };
    if (routes.length === 0) return definition === undefined ? { ...whole, paths: {} } : definition;
    const paths: Record<string, Json | undefined> = Object.create(null);
    for (const [path, item] of Object.entries(isJsonMap(whole.paths) ? whole.paths : {})) paths[path] = item;
    for (const { path, method, of } of routes) {
      const verb = method === 'any' ? 'x-amazon-apigateway-any-method' : method;
      const item = own(paths, path);
      const known = isJsonMap(item) ? item : {};
      paths[path] = {
        ...known,
        [verb]: { ...(isJsonMap(known[verb]) ? known[verb] : {}), ...integration(of) },
      };
    }
    return { ...whole, paths };
  }
}

function integration({ id, kind }: SamResource): JsonMap {
  const uri =
    kind === 'Function'
      ? // literal-arn: SAM writes the partition as a pseudo parameter too
        `arn:\${AWS::Partition}:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/\${${id}.Arn}/invocations`
      : `arn:\${AWS::Partition}:apigateway:\${AWS::Region}:states:action/StartExecution`;
  const type = kind === 'Function' ? 'aws_proxy' : 'aws';
  return { 'x-amazon-apigateway-integration': { httpMethod: 'POST', type, uri: { 'Fn::Sub': uri } } };
}
