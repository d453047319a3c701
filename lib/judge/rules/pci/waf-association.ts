import { type Cursor, Text, Unresolved, type Value } from '../../template';
import { type Pointing, type PropertyTest, pointingAt, unknown, violation } from '../property';
import { COMPLIANT, NOT_APPLICABLE, type Verdict } from '../rule';

const ASSOCIATION = 'AWS::WAFv2::WebACLAssociation';
const REST_API = 'AWS::ApiGateway::RestApi';

/** Whether something public of a region has a web ACL; what only a network reaches needs none. */
export const endpointHasWebAcl: PropertyTest = (properties) => {
  const { type } = properties.resource;
  const exposure =
    type === 'AWS::ApiGateway::Stage'
      ? exposureOfStage(properties)
      : type === 'AWS::AppSync::GraphQLApi'
        ? exposureAt(properties.at('Visibility'), 'GLOBAL')
        : exposureOfLoadBalancer(properties);
  if (exposure === 'private') return NOT_APPLICABLE;
  const { found, hidden } =
    type === 'AWS::ApiGateway::Stage' ? stageAssociations(properties) : associations(properties);
  if (found.length > 0) return COMPLIANT;
  if (hidden !== undefined) return unknown(hidden, 'what the association is of is hidden');
  return exposure === 'public' ? violation(properties, 'no WebACLAssociation', 'one') : exposure;
};

type Exposure = 'public' | 'private' | Verdict;

function exposureAt(at: Cursor, isPublic: string): Exposure {
  const value = at.string();
  if (value.state === 'unresolved') return unknown(at, value.why);
  return value.state === 'absent' || value.value === isPublic ? 'public' : 'private';
}

/** AWS WAF filters what Application Load Balancers take, and nothing of the other kinds. */
function exposureOfLoadBalancer(properties: Cursor): Exposure {
  const kind = exposureAt(properties.at('Type'), 'application');
  return kind === 'public' ? exposureAt(properties.at('Scheme'), 'internet-facing') : kind;
}

function exposureOfStage(stage: Cursor): Exposure {
  const at = stage.at('RestApiId');
  const api = at.reference();
  if (api?.type !== REST_API) return unknown(at, 'the REST API is not in the templates, and may be private');
  const types = stage.world.view(api).at('EndpointConfiguration', 'Types');
  const list = types.list();
  if (list.state === 'unresolved') return unknown(types, list.why);
  const kinds = list.state === 'given' ? list.value.map((kind) => kind.string()) : [];
  return kinds.some((kind) => kind.state === 'given' && kind.value === 'PRIVATE') ? 'private' : 'public';
}

function associations(properties: Cursor): Pointing {
  return pointingAt(properties, ASSOCIATION, 'ResourceArn');
}

/** The ARN of a stage names the API, and the stage itself or its name: `.../restapis/{api}/stages/{stage}`. */
function stageAssociations(stage: Cursor): Pointing {
  const direct = associations(stage);
  if (direct.found.length > 0) return direct;
  const api = stage.at('RestApiId').reference();
  if (api === undefined) return direct;
  const named = stage.at('StageName').string();
  const name = named.state === 'given' ? named.value : undefined;
  const which = (sought: Named) =>
    pointingAt(
      stage.world.view(api),
      ASSOCIATION,
      'ResourceArn',
      (at) => namesStage(at.value(), name) === sought,
    );
  const byName = which('this');
  if (byName.found.length > 0) return byName;
  const [unsure] = which('hidden').found;
  return unsure === undefined ? direct : { found: [], hidden: unsure.at('ResourceArn') };
}

type Named = 'this' | 'other' | 'hidden';

/** What names the API already. */
function namesStage(value: Value | undefined, name: string | undefined): Named {
  if (!(value instanceof Text)) return 'other';
  const end = value.parts.at(-1);
  if (end instanceof Unresolved) return 'hidden';
  if (typeof end !== 'string' || !end.includes('/stages/')) return 'other';
  if (name === undefined) return 'hidden';
  return end.endsWith(`/stages/${name}`) ? 'this' : 'other';
}
