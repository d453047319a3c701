import type { Cursor, Reading } from '../../template';

const METHOD = 'AWS::ApiGateway::Method';
const HTTP = new Set(['HTTP', 'HTTP_PROXY']);

/** Whether a stage's API calls servers by HTTP, from its methods and its OpenAPI document. */
export function callsHttp(stage: Cursor): 'yes' | 'no' | 'hidden' {
  const { world } = stage;
  const api = stage.at('RestApiId').reference();
  if (api === undefined) return 'hidden';
  const ofMethods = world.app
    .referring(api, METHOD, 'RestApiId')
    .filter((method) => world.exists(method))
    .map((method) => isHttp(world.view(method).at('Integration', 'Type').string()));
  const kinds = [...ofMethods, ...ofDocument(world.view(api))];
  if (kinds.includes(true)) return 'yes';
  return kinds.includes(undefined) ? 'hidden' : 'no';
}

function isHttp(type: Reading<string>): boolean | undefined {
  if (type.state === 'unresolved') return undefined;
  return type.state === 'given' && HTTP.has(type.value.toUpperCase());
}

function ofDocument(api: Cursor): readonly (boolean | undefined)[] {
  // A document that is elsewhere or hidden is told by `ResourceCanBeJudged`.
  const paths = api.at('Body', 'paths').entries();
  if (paths.state !== 'given') return [];
  return paths.value.flatMap(([, path]) => {
    const methods = path.entries();
    if (methods.state !== 'given') return [undefined];
    return methods.value
      .filter(([name]) => !name.startsWith('x-') && name !== 'parameters')
      .map(([, method]) => isHttp(method.at('x-amazon-apigateway-integration', 'type').string()));
  });
}
