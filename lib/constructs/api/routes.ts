import { Token } from 'aws-cdk-lib';
import { invalidProperty, type Place } from '../invalid-property';

/** The methods of HTTP that API Gateway knows. */
export const METHODS = ['ANY', 'DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'];
/** Those whose requests have a body, or may have one. */
const WITH_BODY = ['ANY', 'PATCH', 'POST', 'PUT'];

/** The stage of a REST API where none is given. */
export const DEFAULT_STAGE = 'prod';

/** What callers ask for. */
export interface ApiRoute {
  /** `GET`, `POST` and so on; `ANY` for all of them. */
  readonly method: string;
  /** The path below the stage, such as `/orders/{id}`; in a permission `*` may stand for the rest: `/orders/*`. */
  readonly path: string;
}

/** A route as people write it: `GET /orders/{id}`. */
export function nameOf({ method, path }: ApiRoute): string {
  return `${method} ${path}`;
}

/** Whether requests by this method can have a body. */
export function hasBody(method: string): boolean {
  return WITH_BODY.includes(method.toUpperCase());
}

/** Reads `GET /orders/{id}`. */
export function parseRoute(place: Place, property: string, text: string): ApiRoute {
  const [method = '', path = '', ...rest] = text.split(' ');
  if (rest.length === 0 && METHODS.includes(method) && path.startsWith('/')) return { method, path };
  throw invalidProperty(
    place,
    `'${property}' must name methods as 'GET /orders/{id}', got ${JSON.stringify(text.slice(0, 80))}, write one of ${METHODS.join(', ')}, a space and the path`,
  );
}

/** What stands behind the stage in the ARN by which a route is allowed. */
export function arnPartOf(place: Place, { method, path }: ApiRoute): string {
  if (!METHODS.includes(method)) {
    throw invalidProperty(
      place,
      `'method' must be one of ${METHODS.join(', ')}, got ${JSON.stringify(method.slice(0, 80))}, use ANY for all of them`,
    );
  }
  if (!path.startsWith('/')) {
    throw invalidProperty(
      place,
      `'path' must begin with a slash, got ${JSON.stringify(path.slice(0, 80))}, write it as /orders/{id}`,
    );
  }
  // A parameter matches anything, and IAM policies have no other word for it.
  return `${method === 'ANY' ? '*' : method}${path.replace(/\{[^}]*\}/g, '*')}`;
}

/** Refuses what is no name of a stage, or not known yet: permissions and policies spell it. */
export function checkStageName(place: Place, name: string): void {
  if (!Token.isUnresolved(name) && /^[\w-]{1,128}$/.test(name)) return;
  const got = Token.isUnresolved(name) ? 'an unresolved value' : JSON.stringify(name.slice(0, 80));
  throw invalidProperty(
    place,
    `'stageName' must be 1 to 128 letters, digits, _ and -, known at synthesis, got ${got}, rename it`,
  );
}
