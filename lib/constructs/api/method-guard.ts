import { Reference, Stack, Tokenization } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { byCodeUnit } from '../../core/order';
import { checkReason, recordLoosening } from '../loosening';
import { hasBody, nameOf, parseRoute } from './routes';
import { templateProperty } from './template-property';

/**
 * The model that holds whatever content type a request names. Under any other key, requests that name another type
 * would not be looked at.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-apigateway-method.html (RequestModels)
 */
export const ANY_CONTENT_TYPE = '$default';

/** Methods that are looser than the others, each with a sentence that says why. */
export interface MethodExceptions {
  /**
   * Methods that anybody may call who can reach the API, such as `{ 'OPTIONS /orders': '…' }` for preflights of browsers,
   * each with a sentence that says why. The sentence is written into the template.
   *
   * @default - none
   */
  readonly openMethods?: Readonly<Record<string, string>>;
  /**
   * Methods that take a body which no model describes, such as `{ 'ANY /{proxy+}': '…' }`, each with a sentence that says
   * why. The sentence is written into the template.
   *
   * @default - none
   */
  readonly unvalidatedMethods?: Readonly<Record<string, string>>;
}

/**
 * Refuses, at synthesis, an API with a method that asks callers for nothing, takes a body that nothing describes, or goes on
 * in clear: whenever and however it was added, in whichever stack.
 */
export function guardMethods(
  api: apigateway.RestApi,
  { openMethods = {}, unvalidatedMethods = {} }: MethodExceptions,
): void {
  record(api, 'openMethods', openMethods);
  record(api, 'unvalidatedMethods', unvalidatedMethods);
  api.node.addValidation({
    validate: () => {
      const methods = methodsOf(api);
      return [
        ...problems(
          methods.filter(isOpen),
          openMethods,
          'methods must ask callers who they are',
          "give them an authorization, or add them to 'openMethods' with a sentence that says why",
          "'openMethods'",
        ),
        ...problems(
          methods.filter((method) => hasBody(method.httpMethod) && !isValidated(method)),
          unvalidatedMethods,
          `methods that take a body must have a model for it under ${ANY_CONTENT_TYPE} and a validator that looks at bodies`,
          "pass a schema as 'body' to addRoute, or add them to 'unvalidatedMethods' with a sentence that says why",
          "'unvalidatedMethods'",
        ),
        ...problems(
          methods.filter(goesOnInClear),
          {},
          'integrations must go on over TLS',
          'name an https:// URL',
          'integrations',
        ),
      ];
    },
  });
}

function record(
  api: apigateway.RestApi,
  property: keyof MethodExceptions,
  exceptions: Readonly<Record<string, string>>,
): void {
  for (const [route, reason] of Object.entries(exceptions)) {
    parseRoute(api, property, route);
    checkReason(api, `${property}['${route}']`, reason);
    recordLoosening(api.node.defaultChild as apigateway.CfnRestApi, `${property} ${route}`, reason);
  }
}

function problems(
  found: readonly apigateway.CfnMethod[],
  exceptions: Readonly<Record<string, string>>,
  rule: string,
  remedy: string,
  property: string,
): string[] {
  const names = found.map(routeOf).sort(byCodeUnit);
  const left = names.filter((name) => !Object.hasOwn(exceptions, name));
  const stale = Object.keys(exceptions).filter((name) => !names.includes(name));
  return [
    ...(left.length === 0 ? [] : [`${rule}, got ${left.join(', ')}, ${remedy}`]),
    ...(stale.length === 0
      ? []
      : [
          `${property} must name methods that are there and need it, got ${stale.sort(byCodeUnit).join(', ')}, remove them`,
        ]),
  ];
}

/** Every method of the API in the app. */
function methodsOf(api: apigateway.RestApi): apigateway.CfnMethod[] {
  const resource = api.node.defaultChild;
  return api.node.root.node
    .findAll()
    .filter((construct) => apigateway.CfnMethod.isCfnMethod(construct))
    .filter((method) => {
      const reference = Tokenization.reverse(method.restApiId);
      return Reference.isReference(reference)
        ? reference.target === resource
        : method.restApiId === api.restApiId;
    });
}

function isOpen(method: apigateway.CfnMethod): boolean {
  const authorizationType = templateProperty(method, 'AuthorizationType', method.authorizationType);
  return authorizationType === undefined || authorizationType === apigateway.AuthorizationType.NONE;
}

function isValidated(method: apigateway.CfnMethod): boolean {
  const given = templateProperty(method, 'RequestModels', method.requestModels);
  const models: unknown = Stack.of(method).resolve(given);
  if (typeof models !== 'object' || models === null || !(ANY_CONTENT_TYPE in models)) return false;
  const requestValidatorId = templateProperty(method, 'RequestValidatorId', method.requestValidatorId);
  if (requestValidatorId === undefined) return false;
  if (typeof requestValidatorId !== 'string') return true;
  const validator = Tokenization.reverse(requestValidatorId);
  if (!Reference.isReference(validator)) return true;
  const { target } = validator;
  return !apigateway.CfnRequestValidator.isCfnRequestValidator(target) || target.validateRequestBody === true;
}

/** Functions and services of AWS are called over TLS, whatever an address says. */
function goesOnInClear(method: apigateway.CfnMethod): boolean {
  const said = new Map<string, unknown>();
  for (const part of [method.integration, templateProperty(method, 'Integration', {})]) {
    // The L1 begins its names with small letters, an override with capital ones, and may name a part of them.
    const integration: object = Stack.of(method).resolve(part) ?? {};
    for (const [name, value] of Object.entries(integration)) said.set(name.toLowerCase(), value);
  }
  const uri = said.get('uri');
  const isHttp = said.get('type') === 'HTTP' || said.get('type') === 'HTTP_PROXY';
  return isHttp && typeof uri === 'string' && !/^https:/i.test(uri);
}

function routeOf(resource: apigateway.CfnMethod): string {
  const method = resource.node.scope;
  const path = method instanceof apigateway.Method ? method.resource.path : resource.node.path;
  return nameOf({ method: resource.httpMethod, path });
}
