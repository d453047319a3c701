import type { Cursor } from '../../template';
import { isOneOf, isTrue, type PropertyTest, unknown, violation } from '../property';
import { COMPLIANT, NOT_APPLICABLE, type Verdict } from '../rule';

export const STAGE = 'AWS::ApiGateway::Stage';
export const DEPLOYMENT = 'AWS::ApiGateway::Deployment';
export const STAGE_V2 = 'AWS::ApiGatewayV2::Stage';

/** Asks a stage of a REST API: one of its own, or one that a deployment makes by the way. */
export function ofStage(test: PropertyTest): PropertyTest {
  return (properties, context) => {
    if (properties.resource.type !== DEPLOYMENT) return test(properties, context);
    return properties.at('StageName').isPresent
      ? test(properties.at('StageDescription'), context)
      : NOT_APPLICABLE;
  };
}

/** Settings of a stage, by method: those of all methods, and those that differ. */
interface MethodSettings {
  readonly at: Cursor;
  readonly ofAll: Cursor | undefined;
  readonly every: readonly Cursor[];
}

function methodSettings(stage: Cursor): MethodSettings | Verdict {
  const at = stage.at('MethodSettings');
  const list = at.list();
  if (list.state === 'unresolved') return unknown(at, list.why);
  const every = list.state === 'given' ? list.value : [];
  const ofAll = every.find((one) => is(one, 'ResourcePath', '/*') && is(one, 'HttpMethod', '*'));
  return { at, ofAll, every };
}

function is(setting: Cursor, key: string, value: string): boolean {
  const read = setting.at(key).string();
  return read.state === 'given' && read.value === value;
}

/** Errors at least; what is logged of each request is the matter of the access log. */
const levelIsLogged = isOneOf('LoggingLevel', ['ERROR', 'INFO']);

/** Every method of a stage logs what went wrong. */
export const writesExecutionLog: PropertyTest = (stage, context) => {
  const settings = methodSettings(stage);
  if ('verdict' in settings) return settings;
  const { at, ofAll, every } = settings;
  const ofStageItself = stage.at('LoggingLevel').isPresent;
  const others = every.filter((one) => one === ofAll || one.at('LoggingLevel').isPresent);
  const verdicts = [...(ofStageItself && ofAll === undefined ? [stage] : []), ...others].flatMap((one) =>
    levelIsLogged(one, context),
  );
  const bad = verdicts.filter(({ verdict }) => verdict !== 'compliant');
  if (bad.length > 0) return bad;
  return ofAll !== undefined || ofStageItself
    ? COMPLIANT
    : violation(at, 'without all methods (/* and *)', 'LoggingLevel ERROR or INFO for them');
};

/**
 * What a stage caches is encrypted. With a cache, answers to GET are cached unless a setting says otherwise.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-caching.html
 */
export const cachesEncrypted: PropertyTest = (stage, context) => {
  const cluster = stage.at('CacheClusterEnabled');
  const on = cluster.boolean();
  if (on.state === 'unresolved') return unknown(cluster, on.why);
  if (on.state === 'absent' || !on.value) return NOT_APPLICABLE;
  const settings = methodSettings(stage);
  if ('verdict' in settings) return settings;
  const { at, ofAll, every } = settings;
  const ofStageItself = stage.at('CacheDataEncrypted').isPresent;
  const cached = every.filter((one) => {
    const caching = one.at('CachingEnabled').boolean();
    return caching.state !== 'given' || caching.value;
  });
  const asked = ofStageItself && ofAll === undefined ? [stage, ...cached] : cached;
  const bad = asked
    .flatMap((one) => isTrue('CacheDataEncrypted')(one, context))
    .filter(({ verdict }) => verdict !== 'compliant');
  if (bad.length > 0) return bad;
  return ofAll !== undefined || ofStageItself
    ? COMPLIANT
    : violation(at, 'without all methods (/* and *)', 'CacheDataEncrypted true for them');
};
